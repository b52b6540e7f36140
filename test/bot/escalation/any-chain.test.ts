/** What holds for any chain in any world: it moves forward, each rung has one outcome with its reason, it ends, and an outage costs each person one call. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Chain, IncidentEvent } from '../../../bot/incidents/events.ts'
import { summaryOf } from '../../../bot/incidents/summary.ts'
import { anyWorld, START } from '../incidents/any.ts'
import { anyLife, declaration } from '../incidents/asking.ts'
import { begin, declarer, type Fate, type Life, until } from '../incidents/life.ts'

const RUNS = { numRuns: 150 }
const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE
/** From Friday evening to Monday morning, and a little. */
const NEXT_BUSINESS_DAY = 4 * DAY

/** Of some copies each is refused for good. */
const fate = fc.integer({ min: 0, max: 7 }).map(
  (bits): Fate =>
    ({ page, step }) =>
      ((bits >> ((page + step) % 3)) & 1) === 0,
)

const declared = fc.tuple(anyWorld, declaration, fate)
function start(
  world: Parameters<typeof begin>[0],
  how: Parameters<Life['ask']>[0],
): { life: Life; events: readonly IncidentEvent[] } {
  const life = begin(world, START)
  return { life, events: life.ask(how, declarer).events }
}

type Place = { readonly pass: number; readonly rung: number }
const placesIn = (events: readonly IncidentEvent[]): readonly Place[] =>
  events.flatMap(each => (each.type === 'rung_paged' || each.type === 'rung_skipped' ? [each] : []))

const chainOf = ({ incident }: Life): Chain => {
  if (!incident?.chain) throw new Error('a declared incident has a chain')
  return incident.chains[incident.chain.severity]
}
const windowOf = ({ respondWithin }: Chain): number =>
  respondWithin === 'next business day' ? NEXT_BUSINESS_DAY : respondWithin
const longest = (chain: Chain): number =>
  Math.max(windowOf(chain), ...chain.rungs.map(({ afterMs = 0 }) => afterMs))

test('a chain never goes back, goes through its passes and no further, and ends with a word or in a channel (I4)', () => {
  fc.assert(
    fc.property(declared, ([world, how, arrives]) => {
      const { life, events } = start(world, how)
      const chain = chainOf(life)
      const all = [...events, ...until(life, START + 400 * DAY, arrives)]
      const places = placesIn(all)
      places.forEach(({ pass, rung }, index) => {
        const before = places[index - 1]
        expect(pass).toBeLessThanOrEqual(chain.repeat + 1)
        expect(rung).toBeLessThanOrEqual(chain.rungs.length)
        if (before) expect(pass * 100 + rung).toBeGreaterThanOrEqual(before.pass * 100 + before.rung)
      })
      const paged = all.flatMap(each => (each.type === 'rung_paged' ? [`${each.pass}/${each.rung}`] : []))
      expect(new Set(paged).size).toBe(paged.length)
      expect(life.incident?.chain?.next).toBeNull()
      if (life.incident) expect(summaryOf(life.incident).quiet).toBe(true)
      expect(all.filter(each => each.type === 'chain_exhausted').length).toBeLessThanOrEqual(1)
    }),
    RUNS,
  )
})

test('every rung that the chain comes by is paged, or passed over with the reason, and never in silence (I10)', () => {
  fc.assert(
    fc.property(declared, ([world, how, arrives]) => {
      const { life, events } = start(world, how)
      const chain = chainOf(life)
      const all = [...events, ...until(life, START + 400 * DAY, arrives)]
      const known = new Set(placesIn(all).map(({ pass, rung }) => `${pass}/${rung}`))
      const exhausted = all.find(each => each.type === 'chain_exhausted')
      const passes = exhausted ? exhausted.pass : 1
      for (let pass = 1; pass <= passes; pass++)
        for (let rung = 1; rung <= chain.rungs.length; rung++) expect([...known]).toContain(`${pass}/${rung}`)
      for (const each of all) if (each.type === 'rung_skipped') expect(each.why).toMatch(/\S/)
    }),
    RUNS,
  )
})

test('when the next rung is due is never in the past of its incident, and never further away than its chain says (I3)', () => {
  fc.assert(
    fc.property(anyLife, ({ world, declared: how, asked }) => {
      const { life } = start(world, how)
      for (const { afterMs, actor, command } of asked) {
        until(life, life.now + afterMs)
        life.ask(command, actor)
        const { incident } = life
        const next = incident?.chain?.next
        if (!incident || !next) continue
        expect(Number.isFinite(next.dueAt)).toBe(true)
        expect(next.dueAt).toBeGreaterThanOrEqual(incident.declaredAt)
        expect(next.dueAt).toBeLessThanOrEqual(life.now + longest(chainOf(life)))
        expect(life.timers.get('rung:INC-1')?.dueAt).toBe(next.dueAt)
      }
    }),
    RUNS,
  )
})

test('after an outage of a second or of ninety days nobody is called twice before a whole window has passed (I17)', () => {
  const outage = fc.oneof(
    fc.integer({ min: 1, max: 3600 }).map(seconds => seconds * SECOND),
    fc.integer({ min: 1, max: 90 }).map(days => days * DAY),
  )
  fc.assert(
    fc.property(
      declared,
      fc.integer({ min: 0, max: 60 }),
      outage,
      ([world, how, arrives], minutes, downMs) => {
        const { life } = start(world, how)
        until(life, START + minutes * MINUTE, arrives)
        const due = life.incident?.chain?.next?.dueAt ?? Number.POSITIVE_INFINITY
        life.now += downMs
        const back = life.now
        const late = due < back - 10 * SECOND
        const events = until(life, back, arrives)
        const called = events.flatMap(each =>
          each.type === 'rung_paged' ? each.pages.map(page => page.person) : [],
        )
        expect(called.length, called.join()).toBe(new Set(called).size)
        const next = life.incident?.chain?.next
        const chain = chainOf(life)
        if (!late || !next || typeof chain.respondWithin !== 'number') return
        const paged = events.some(each => each.type === 'rung_paged' && each.lateMs > 0)
        const after = chain.rungs[next.rung - 1]?.afterMs
        if (paged && after === undefined)
          expect(next.dueAt - back).toBeGreaterThanOrEqual(chain.respondWithin)
      },
    ),
    RUNS,
  )
})
