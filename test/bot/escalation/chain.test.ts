/** The chain against a model of thirty lines: who is called and when, whatever people press meanwhile. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IncidentCommand } from '../../../bot/incidents/commands.ts'
import type { IncidentEvent } from '../../../bot/incidents/events.ts'
import { config, TEAM } from '../../support/team.ts'
import { PEOPLE, START, worldOf } from '../incidents/any.ts'
import { begin, declarer, type Life, until } from '../incidents/life.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const WINDOW = 5 * MINUTE

/** A chain of one person a rung, each a window after the one before, so many times over. */
class Model {
  readonly people: readonly string[]
  readonly passes: number
  /** Which call comes next, counted through all passes; undefined: none. */
  next: number | undefined
  dueAt = 0
  acked = false
  closed = false
  exhausted = false
  readonly called: string[] = []

  constructor(people: readonly string[], passes: number, now: number) {
    this.people = people
    this.passes = passes
    this.restart(now)
  }
  restart(now: number): void {
    Object.assign(this, { next: 0, acked: false, closed: false, exhausted: false, dueAt: now })
    this.passTo(now)
  }
  stop(): void {
    this.next = undefined
  }
  /** Everything that comes due until then. */
  passTo(now: number): void {
    while (this.next !== undefined && this.dueAt <= now) this.move(this.dueAt)
  }
  move(now: number): void {
    const at = this.next ?? 0
    const over = at >= this.people.length * this.passes
    if (over) Object.assign(this, { next: undefined, exhausted: true })
    else {
      this.called.push(`${now - START} ${this.people[at % this.people.length]}`)
      Object.assign(this, { next: at + 1, dueAt: now + WINDOW })
    }
  }
}

type Real = { readonly life: Life; readonly called: string[] }

/** One press or one stretch of time: what the model does, and what is asked of the incident. */
class Press implements fc.Command<Model, Real> {
  readonly name: string
  readonly may: (model: Model) => boolean
  readonly does: (model: Model, now: number) => void
  readonly asks: IncidentCommand

  constructor(
    name: string,
    asks: IncidentCommand,
    may: (model: Model) => boolean,
    does: (model: Model, now: number) => void,
  ) {
    this.name = name
    this.asks = asks
    this.may = may
    this.does = does
  }
  check = () => true
  run(model: Model, { life, called }: Real): void {
    const allowed = this.may(model)
    if (allowed) this.does(model, life.now)
    const { events, refusal } = life.ask(this.asks, { kind: 'person', person: 'aiko', via: 'slack' })
    if (!allowed) expect(events.filter(each => each.type !== 'status_changed')).toEqual([])
    else expect(refusal).toBeUndefined()
    called.push(...callsIn(events, life.now))
    same(model, { life, called })
  }
  toString = () => this.name
}

class Wait implements fc.Command<Model, Real> {
  readonly ms: number
  constructor(ms: number) {
    this.ms = ms
  }
  check = () => true
  run(model: Model, { life, called }: Real): void {
    const target = life.now + this.ms
    while (life.now < target) {
      const due = Math.min(target, ...[...life.timers.values()].map(each => Math.max(each.dueAt, life.now)))
      called.push(...callsIn(until(life, due), due))
      if (due === target) break
    }
    model.passTo(target)
    same(model, { life, called })
  }
  toString = () => `wait ${this.ms / 1000} s`
}

const callsIn = (events: readonly IncidentEvent[], at: number): readonly string[] =>
  events.flatMap(each =>
    each.type === 'rung_paged' ? each.pages.map(page => `${at - START} ${page.person}`) : [],
  )

function same(model: Model, { life: { incident }, called }: Real): void {
  expect(called).toEqual(model.called)
  expect(incident?.acked !== null).toBe(model.acked)
  expect(incident?.chain?.exhaustedAt !== null).toBe(model.exhausted)
  expect(incident?.chain?.next?.dueAt).toBe(model.next === undefined ? undefined : model.dueAt)
}

const open = (model: Model) => !model.closed
const owed = (model: Model) => open(model) && !model.acked
const more = (model: Model) =>
  owed(model) && model.next !== undefined && model.next < model.people.length * model.passes
const PRESSES = [
  new Press('ack', { do: 'ack', page: null }, owed, model => {
    model.acked = true
    model.stop()
  }),
  new Press(
    'unack',
    { do: 'unack' },
    model => open(model) && model.acked,
    (model, now) => model.restart(now),
  ),
  new Press('escalate', { do: 'escalate' }, more, (model, now) => model.move(now)),
  new Press('close', { do: 'status', to: 'closed' }, open, model => {
    model.closed = true
    model.stop()
  }),
  new Press(
    'reopen',
    { do: 'reopen' },
    model => model.closed,
    (model, now) => model.restart(now),
  ),
]

test('who is called, and when, is what the model says, whatever is pressed meanwhile (I4, I5)', () => {
  const steps = fc.commands(
    [
      fc.constantFrom(...PRESSES),
      fc.constantFrom(1000, MINUTE, WINDOW, 7 * MINUTE, HOUR).map(ms => new Wait(ms)),
    ],
    { size: '+1' },
  )
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 2 }),
      steps,
      (count, repeat, commands) => {
        const people = PEOPLE.slice(0, count)
        const rungs = people.map(person => `{ page: to_${person} }`).join(', ')
        const roles = people.map(person => `  to_${person}: { people: [${person}] }`).join('\n')
        const yaml = TEAM.replace('roles:', `roles:\n${roles}`)
        const level = `severities: { SEV1: { respond_within: 5m, repeat: ${repeat}, update_within: never, escalation: [${rungs}] } }`
        const world = worldOf(config(`${yaml}\n${level}`))
        const setup = () => {
          const life = begin(world, START)
          const { events } = life.ask(
            {
              do: 'declare',
              number: 1,
              title: 'Down',
              details: '',
              service: null,
              severity: 'SEV1',
              test: false,
              drill: false,
              judged: { severity: 'SEV1', criterion: 'default', confidence: 1, reasons: [] },
            },
            declarer,
          )
          return {
            model: new Model(people, repeat + 1, START),
            real: { life, called: [...callsIn(events, START)] },
          }
        }
        fc.modelRun(setup, commands)
      },
    ),
    { numRuns: 100 },
  )
})
