/** Reminders as properties: whatever people do and however long nobody looks, a person is told little, and nothing is forgotten. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideActions } from '../../../bot/actions/decide.ts'
import type { ActionCommand, ActionEvent } from '../../../bot/actions/events.ts'
import { MAX_ITEMS, MAX_MESSAGES } from '../../../bot/actions/remind.ts'
import { type Actions, foldActions, NO_ACTIONS } from '../../../bot/actions/state.ts'
import { happen } from '../../../bot/incidents/fold.ts'
import { Refusal } from '../../../bot/refusal.ts'
import { isBusinessTime } from '../../../bot/schedules/business.ts'
import type { World } from '../../../bot/world.ts'
import { config, TEAM } from '../../support/team.ts'

const DAY = 24 * 3_600_000
const START = Date.parse('2026-11-24T09:00:00Z')
const DAYS = 40
const PEOPLE = ['aiko', 'ben', 'chika', 'diego'] as const
const team = TEAM.replace('name: Test team,', 'name: Test team, holidays: [2026-12-01, 2026-12-25],')
  .replace('name: Ben Okafor,', 'name: Ben Okafor, lead: chika,')
  .replace('name: Aiko Tanaka,', 'name: Aiko Tanaka, lead: chika,')
const world = { config: config(team) } as World
const { business } = world.config.team

type Reminded = Extract<ActionEvent, { type: 'reminded' }>
type Told = { readonly at: number; readonly event: Reminded }

/** What is done on a day, at some hour; a number is an outage of so many days. */
const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      owner: fc.constantFrom(...PEOPLE),
      days: fc.integer({ min: 1, max: 20 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('done' as const, 'snooze' as const, 'give' as const, 'reopen' as const),
      item: fc.nat(30),
      owner: fc.constantFrom(...PEOPLE),
      days: fc.integer({ min: 1, max: 9 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('outage' as const), days: fc.integer({ min: 1, max: 15 }) }),
  },
)
const life = fc.array(fc.record({ hour: fc.integer({ min: 0, max: 23 }), day: fc.nat(DAYS - 10), act }), {
  maxLength: 60,
})

function live(
  acts: readonly { hour: number; day: number; act: typeof act extends fc.Arbitrary<infer T> ? T : never }[],
) {
  let state: Actions = NO_ACTIONS
  let awakeAt = START
  const told: Told[] = []
  const team: number[] = []
  const handle = (command: ActionCommand, now: number) => {
    const decision = decideActions({ world, actor: { kind: 'timer' }, now }, state, command)
    if (decision instanceof Refusal) return
    for (const event of decision) {
      if (event.type === 'reminded') told.push({ at: now, event })
      if (event.type === 'overdue_told') team.push(now)
    }
    state = foldActions(happen(state.seq, decision, now, { kind: 'timer' }), state) ?? state
  }
  const plan = [...acts].sort((a, b) => a.day - b.day || a.hour - b.hour)
  for (let at = START; at < START + DAYS * DAY; at += 3_600_000) {
    const look = state.lookAt
    if (look !== null && look <= at && awakeAt <= at) handle({ do: 'remind' }, at)
    for (const { act: what } of plan.filter(each => START + each.day * DAY + each.hour * 3_600_000 === at)) {
      if (what.do === 'outage') awakeAt = Math.max(awakeAt, at + what.days * DAY)
      else if (awakeAt <= at) handle(commandOf(what, at), at)
    }
  }
  return { state, told, team }
}

function commandOf(
  what: { do: string; owner?: string; days: number; item?: number },
  now: number,
): ActionCommand {
  const id = `ACT-${what.item}`
  const dueAt = Math.floor(now / DAY) * DAY + (what.days + 1) * DAY - 1000
  switch (what.do) {
    case 'add':
      return {
        do: 'add_action',
        title: 'Mend it',
        description: '',
        owner: what.owner ?? 'ben',
        priority: 'P3',
        dueAt,
        incident: null,
      }
    case 'done':
      return { do: 'finish_action', id, evidence: 'https://git.example.com/1' }
    case 'snooze':
      return { do: 'snooze_action', id, dueAt, why: '' }
    case 'give':
      return { do: 'hand_over_action', id, owner: what.owner ?? 'ben' }
    default:
      return { do: 'reopen_action', id, why: 'not yet' }
  }
}

test('whatever is done and however long nobody looks: once a working day at most, four times in seven days, in business hours, ten items at once', () => {
  fc.assert(
    fc.property(life, acts => {
      const { told, team: channel } = live(acts)
      for (const { at, event } of told) {
        expect(isBusinessTime(business, at)).toBe(true)
        const mine = told.filter(each => each.event.person === event.person)
        expect(mine.filter(each => Math.floor(each.at / DAY) === Math.floor(at / DAY))).toHaveLength(1)
        expect(
          mine.filter(each => each.at >= at && each.at < at + 7 * DAY - 3_600_000).length,
        ).toBeLessThanOrEqual(MAX_MESSAGES)
        const { due, overdue, also = [] } = event
        expect(due.length + overdue.length + also.length).toBeLessThanOrEqual(MAX_ITEMS)
        expect(event.due.length + event.overdue.length + (event.led?.length ?? 0)).toBeGreaterThan(0)
        expect(new Set([...due, ...overdue, ...also]).size).toBe(due.length + overdue.length + also.length)
      }
      expect(new Set(channel.map(at => Math.floor(at / DAY))).size).toBe(channel.length)
    }),
    { numRuns: 200 },
  )
})

test('and nothing is forgotten: what is overdue for two weeks was told to its owner while it was, and the pauses only grow', () => {
  fc.assert(
    fc.property(life, acts => {
      const { state, told } = live(acts.filter(({ act: what }) => what.do !== 'outage'))
      const end = START + DAYS * DAY
      for (const item of state.items.filter(
        each => each.status !== 'completed' && end - each.dueAt > 14 * DAY,
      )) {
        const times = told.filter(({ event }) => event.overdue.includes(item.id)).map(({ at }) => at)
        expect(times.length).toBeGreaterThan(0)
      }
    }),
    { numRuns: 200 },
  )
})

test('one item that nobody touches: pauses of one, two, four and then seven days, longer only over days off', () => {
  const { told } = live([{ day: 0, hour: 0, act: { do: 'add', owner: 'ben', days: 1 } }])
  const days = told
    .filter(({ event }) => event.person === 'ben' && event.overdue.length > 0)
    .map(({ at }) => Math.floor((at - START) / DAY))
  const pauses = days.slice(1).map((day, index) => day - (days[index] ?? 0))
  // The second falls on a Sunday, the last on a holiday before a weekend.
  expect(pauses).toEqual([1, 3, 4, 7, 7, 10])
})
