/** Weeks that leave no minute out and count none twice, and patterns that know when they are chance. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spread } from '../../../bot/digest/figures.ts'
import type { Past } from '../../../bot/digest/past.ts'
import { improvements, patternsOf, tail } from '../../../bot/digest/patterns.ts'
import { lastPeriod, periodAt, weekStart } from '../../../bot/digest/period.ts'

const ZONES = [
  'Etc/UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Sao_Paulo',
]

test('weeks follow each other without a gap and without an overlap, whatever the clocks do', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: Date.parse('2005-01-01'), max: Date.parse('2030-01-01') }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 0, max: 1439 }),
      (zone, at, weekday, minute) => {
        const anchor = { weekday: weekday as 1, minute }
        const week = periodAt(anchor, zone, at)
        expect(week.from).toBeLessThanOrEqual(at)
        expect(week.to).toBeGreaterThan(at)
        expect(periodAt(anchor, zone, week.to).from).toBe(week.to)
        expect(lastPeriod(anchor, zone, at).to).toBe(week.from)
        expect(periodAt(anchor, zone, week.to - 1)).toEqual(week)
      },
    ),
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

test('quartiles lie between neighbours in proportion', () => {
  expect(spread([1, 2, 3, 4])).toEqual({ count: 4, median: 2.5, low: 1.75, high: 3.25 })
  expect(spread([])).toBeNull()
})

// Sums of exact fractions: 10 throws of a coin, 20 of a die.
test.each([
  [10, 8, 0.5, 56 / 1024],
  [10, 0, 0.5, 1],
  [10, 10, 0.5, 1 / 1024],
  [20, 8, 1 / 6, 0.011253],
])('of %i at least %i at %d: %d', (n, k, p, chance) => {
  expect(tail(n, k, p)).toBeCloseTo(chance, 5)
})

const past = (at: string, more: Partial<Past> = {}): Past => ({
  id: 'INC-1',
  title: 't',
  declaredAt: Date.parse(at),
  ackedAt: null,
  resolvedAt: null,
  severity: 'SEV2',
  service: null,
  pages: [],
  alerts: [],
  lastChangeAt: null,
  cause: null,
  published: false,
  ...more,
})
const at = (day: number, hour: number) =>
  `2026-11-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:30:00Z`

test('an hour that holds half of them is said, with the chance that it is none', () => {
  const all = Array.from({ length: 12 }, (_, day) => past(at(day + 1, day % 2 === 0 ? 9 : day)))
  const [hour] = improvements(
    patternsOf(all, each => each),
    3,
  )
  expect(hour).toMatchObject({
    about: 'hour',
    say: expect.stringContaining('58 % of 12 incidents began between 09:00 and 10:00'),
  })
  expect(hour?.chance).toBeLessThan(0.001)
})

test('nine incidents say nothing, and evenly spread ones say nothing', () => {
  const few = Array.from({ length: 9 }, (_, day) => past(at(day + 1, 9)))
  expect(
    improvements(
      patternsOf(few, each => each),
      3,
    ),
  ).toEqual([])
  const even = Array.from({ length: 24 }, (_, hour) =>
    past(at((hour % 28) + 1, hour), { service: `s${hour % 4}` }),
  )
  expect(
    improvements(
      patternsOf(even, each => each),
      4,
    ),
  ).toEqual([])
})

test('a service of two that holds four of ten may be chance, and is said to be', () => {
  const all = Array.from({ length: 10 }, (_, day) =>
    past(at(day + 1, day * 2), { service: day < 4 ? 'a' : 'b' }),
  )
  const found = improvements(
    patternsOf(all, each => each),
    2,
  )
  expect(found.find(each => each.say.includes("a's"))?.chance).toBe(1)
})

test('services that break within half an hour of each other, and hours after a change, are counted', () => {
  const { together, afterChange, withoutChange } = patternsOf(
    [
      past('2026-11-01T10:00:00Z', { service: 'a', lastChangeAt: Date.parse('2026-11-01T09:10:00Z') }),
      past('2026-11-01T10:29:00Z', { service: 'b', lastChangeAt: Date.parse('2026-10-30T09:10:00Z') }),
      past('2026-11-01T11:30:00Z', { service: 'c' }),
    ],
    each => each,
  )
  expect(together).toEqual({ 'a and b': 1 })
  expect(afterChange[0]).toBe(1)
  expect(withoutChange).toBe(2)
})
