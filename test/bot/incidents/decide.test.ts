/** Whatever is asked of an incident, in whatever order: the rules are total, pure, and leave nobody unheard. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decide } from '../../../bot/incidents/decide.ts'
import type { IncidentEvent, PageStart } from '../../../bot/incidents/events.ts'
import { fold } from '../../../bot/incidents/fold.ts'
import { type Incident, isActive, livePages } from '../../../bot/incidents/state.ts'
import { summaryOf } from '../../../bot/incidents/summary.ts'
import { Refusal } from '../../../bot/refusal.ts'
import { START } from './any.ts'
import { anyLife } from './asking.ts'
import { begin, declarer, ID, type Life } from './life.ts'

const RUNS = { numRuns: 120 }

type Lived = typeof anyLife extends fc.Arbitrary<infer T> ? T : never

/** Lives it; `look` sees it after each step. */
function live(
  { world, declared, asked }: Lived,
  look: (life: Life, events: readonly IncidentEvent[]) => void,
): Life {
  const life = begin(world, START)
  look(life, life.ask(declared, declarer).events)
  for (const { afterMs, actor, command } of asked) {
    life.now += afterMs
    look(life, life.ask(command, actor).events)
  }
  return life
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const each of Object.values(value)) frozen(each)
  }
  return value
}

test('whatever is asked, in whatever order, is answered with events that fold or with a refusal that says why', () => {
  fc.assert(
    fc.property(anyLife, life => {
      const { world, asked } = life
      const lived = live(life, () => undefined)
      for (const { actor, command } of asked) {
        const answer = decide({ world, actor, now: lived.now }, lived.incident, command)
        if (answer instanceof Refusal) expect(answer.message).toMatch(/\S.*[.?]/)
        else expect(answer.every(event => event.type.length > 0)).toBe(true)
      }
    }),
    RUNS,
  )
})

test('a decision changes nothing that it was given, and asked again decides the same', () => {
  fc.assert(
    fc.property(anyLife, life => {
      const lived = live({ ...life, world: frozen(life.world) }, ({ incident }) => void frozen(incident))
      for (const { actor, command } of frozen(life.asked)) {
        const asked = frozen({ world: life.world, actor, now: lived.now })
        const once = decide(asked, lived.incident, command)
        expect(decide(asked, lived.incident, command)).toEqual(once)
      }
    }),
    RUNS,
  )
})

test('a history may be folded in any two parts, and comes back from its JSON as the same incident (I23)', () => {
  fc.assert(
    fc.property(anyLife, fc.nat(), (life, cut) => {
      const { history, incident } = live(life, () => undefined)
      expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1))
      const at = 1 + (cut % history.length)
      expect(fold(ID, history.slice(at), fold(ID, history.slice(0, at)))).toEqual(incident)
      expect(fold(ID, JSON.parse(JSON.stringify(history)))).toEqual(JSON.parse(JSON.stringify(incident)))
      expect(fold(ID, history)).toEqual(incident)
    }),
    RUNS,
  )
})

const CALLS = /^(?:rung|step|window|page):/
const callsOf = ({ timers }: Life) => [...timers.keys()].filter(key => CALLS.test(key))

test('once it is acknowledged, resolved or closed no call is armed for it, until somebody is called anew (I6)', () => {
  fc.assert(
    fc.property(anyLife, life => {
      live(life, (lived, events) => {
        const stops = events.some(each => each.type === 'acknowledged')
        if (stops) expect(callsOf(lived)).toEqual([])
        const { incident } = lived
        if (incident && livePages(incident).length === 0 && (incident.acked || !isActive(incident)))
          expect(callsOf(lived)).toEqual([])
      })
    }),
    RUNS,
  )
})

test('its timers are what it owes: one for the next rung, one for each step that waits, one for each copy that has not left (I2)', () => {
  fc.assert(
    fc.property(anyLife, life => {
      live(life, ({ incident, timers, now }) => {
        if (!incident) return
        const rung = timers.get(`rung:${ID}`)
        // A timer that was asked about out of turn is due still; the store takes it with its decision.
        expect(rung?.dueAt).toBe(incident.chain?.next?.dueAt)
        for (const { page, steps, ended } of incident.pages)
          for (const [index, { state, targets }] of steps.entries()) {
            const waits = timers.has(`step:${ID}:${page}:${index}`)
            if (state === 'waiting') expect(waits).toBe(ended === null)
            if (ended !== null)
              for (const target of targets)
                expect(timers.has(`page:${ID}:${page}:${index}:${target}`)).toBe(false)
          }
        const owes = isActive(incident) && !incident.acked && !summaryOf(incident).quiet
        expect(owes ? rung !== undefined : true, `${incident.status} owes a call and has no timer`).toBe(true)
        if (rung) expect(rung.dueAt).toBeGreaterThanOrEqual(Math.min(now, incident.declaredAt))
      })
    }),
    RUNS,
  )
})

const reasonsOf = (event: IncidentEvent): readonly string[] => {
  switch (event.type) {
    case 'rung_paged':
      return [event.why, ...event.pages.map(page => page.why)]
    case 'paged_by_hand':
      return event.pages.map(page => page.why)
    case 'rung_skipped':
    case 'chain_started':
    case 'page_failed':
    case 'page_held':
      return [event.why]
    default:
      return []
  }
}
const pagesOf = (event: IncidentEvent): readonly PageStart[] | undefined =>
  event.type === 'rung_paged' || event.type === 'paged_by_hand' ? event.pages : undefined

test('nobody is called without a reason, no call has nobody in it, and no page is without a way to reach its person (I10)', () => {
  fc.assert(
    fc.property(anyLife, life => {
      let paged = 0
      live(life, (_, events) => {
        for (const event of events) {
          for (const why of reasonsOf(event)) expect(why).toMatch(/^(?!.*undefined)\S/)
          const pages = pagesOf(event)
          if (!pages) continue
          expect(pages.length > 0 || (event.type === 'rung_paged' && event.channel !== null)).toBe(true)
          expect(new Set(pages.map(page => page.person)).size).toBe(pages.length)
          for (const { page, steps } of pages) {
            paged += 1
            expect(page).toBe(paged)
            expect(steps.length).toBeGreaterThan(0)
            expect(steps[0]?.afterMs).toBe(0)
            for (const { targets } of steps) expect(targets.length).toBeGreaterThan(0)
          }
        }
      })
    }),
    RUNS,
  )
})

test('a list shows what is true: open, acknowledged, quiet (I23)', () => {
  fc.assert(
    fc.property(anyLife, life => {
      const { incident } = live(life, () => undefined)
      const is = incident as Incident
      const row = summaryOf(is)
      expect(row.open).toBe(is.status !== 'closed' && is.status !== 'postmortem')
      expect(row.acked).toBe(is.acked !== null)
      expect(JSON.parse(JSON.stringify(row))).toEqual(row)
    }),
    RUNS,
  )
})
