/** Weeks that leave no minute out and count none twice, whatever the clocks, the settings and outages do. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { offlineWorld } from '../../../adapters/cli/world.ts'
import type { Config } from '../../../bot/config/types.ts'
import { type DigestState, decideDigest, foldDigest } from '../../../bot/digest/digest.ts'
import { lastPeriod, periodAt, weekStart } from '../../../bot/digest/period.ts'
import type { Handoff } from '../../../bot/schedules/types.ts'
import { config } from '../../support/team.ts'

const ZONES = [
  'Etc/UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Sao_Paulo',
]
const DAY_MS = 24 * 60 * 60_000

const anchors = fc.record({
  weekday: fc.integer({ min: 1, max: 7 }) as fc.Arbitrary<1>,
  minute: fc.integer({ min: 0, max: 1439 }),
})
const instants = fc.integer({ min: Date.parse('2005-01-01'), max: Date.parse('2030-01-01') })

test('weeks follow each other without a gap and without an overlap, whatever the clocks do (I24)', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), instants, anchors, (zone, at, anchor) => {
      const week = periodAt(anchor, zone, at)
      expect(week.from).toBeLessThanOrEqual(at)
      expect(week.to).toBeGreaterThan(at)
      expect(periodAt(anchor, zone, week.to).from).toBe(week.to)
      expect(lastPeriod(anchor, zone, at).to).toBe(week.from)
      expect(periodAt(anchor, zone, week.to - 1)).toEqual(week)
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['2026-11-24T12:00:00Z', '2026-W48'],
  ['2027-01-01T12:00:00Z', '2026-W53'],
  ['2021-01-04T12:00:00Z', '2021-W01'],
  ['2024-12-30T12:00:00Z', '2025-W01'],
])('%s lies in %s', (at, id) => {
  expect(periodAt({ weekday: 1, minute: 0 }, 'Etc/UTC', Date.parse(at)).id).toBe(id)
  expect(weekStart(id)).toBeLessThanOrEqual(Date.parse(at))
})
test.each(['2026-W54', '2025-W53', 'W12', 'soon'])('%s is no week', id =>
  expect(weekStart(id)).toBeUndefined(),
)

const TEAM = config()
const NO_ENV = { get: () => undefined, secrets: [] }
const settings = (zone: string, every: Handoff): Config => ({
  ...TEAM,
  team: { ...TEAM.team, timezone: zone },
  digest: { ...TEAM.digest, every },
})

/** A life of the stream: it looks at each instant, and now and then the settings are others. */
const lives = fc.record({
  zone: fc.constantFrom(...ZONES),
  start: instants,
  looks: fc.array(
    fc.record({
      /** From running all the time to an outage of a month. */
      afterMs: fc.oneof(
        fc.integer({ min: 0, max: DAY_MS }),
        fc.integer({ min: 3 * DAY_MS, max: 30 * DAY_MS }),
      ),
      changes: fc.option(anchors, { freq: 1 }),
    }),
    { minLength: 1, maxLength: 40 },
  ),
})

test('every minute is told in one digest or is recorded as skipped, whatever is changed and however long Tocsin was away', () => {
  fc.assert(
    fc.property(lives, ({ zone, start, looks }) => {
      let state: DigestState | undefined
      let every: Handoff = { weekday: 1, minute: 540 }
      let now = start
      const covered: { from: number; to: number }[] = []
      for (const { afterMs, changes } of [{ afterMs: 0, changes: null }, ...looks]) {
        now += afterMs
        every = changes ?? every
        const asked = {
          world: offlineWorld(settings(zone, every), NO_ENV),
          actor: { kind: 'timer' as const },
          now,
        }
        const events = decideDigest(asked, state, { do: 'plan_digest' })
        for (const event of events) {
          if (event.type === 'digest_skipped') covered.push(...event.periods)
          if (event.type !== 'digest_due') continue
          covered.push(event.period)
          expect(now - event.period.to).toBeLessThanOrEqual(3 * DAY_MS)
        }
        state = foldDigest(
          events.map((event, index) => ({
            seq: (state?.seq ?? 0) + index + 1,
            at: now,
            actor: asked.actor,
            event,
          })),
          state,
        )
        expect(state?.at).toBe(periodAt(every, zone, now).to)
      }
      covered.forEach(({ from, to }, index) => {
        expect(to).toBeGreaterThan(from)
        expect(to).toBeLessThanOrEqual(now)
        expect(covered[index + 1]?.from ?? to).toBe(to)
      })
      // What is over does not wait, unless the end was moved while it went on.
      expect(state?.until).toBe(covered.at(-1)?.to ?? state?.until)
      if (looks.every(({ changes }) => changes === null))
        expect(now - (state?.until ?? 0)).toBeLessThan(8 * DAY_MS)
    }),
    { numRuns: 300 },
  )
})
