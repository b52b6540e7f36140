/** The figures under an anomaly: medians, slopes and ranks; what is usual of an hour, and of the same time of earlier hours and days. */
import { expect, test } from 'vitest'
import { median, quantile, ranks, runningMedian, slopeOf } from '../../../bot/evidence/robust.ts'
import { DAYS, HOURS, placeOf, seasonOf } from '../../../bot/evidence/season.ts'
import { type Point, recent, spreadOf, usualOf } from '../../../bot/evidence/usual.ts'

const MINUTE = 60_000
const long = Array.from({ length: 21 }, (_, index) => (index * 8) % 21)

test.each([
  [[3, 1, 2], 0.5, 2],
  [[4, 1, 2, 3], 0.5, 2.5],
  [[10, 0], 0.9, 9],
  [[10, 0], 0, 0],
  [[10, 0], 1, 10],
  [[7], 0.3, 7],
  [[10, 9, 100], 0, 9],
  [long, 0.5, 10],
  [long, 0.1, 2],
  [long, 1, 20],
  [long.slice(0, 11).map(each => each * 10), 0, 0],
])('of %j the value below which a share of %d lies is %d', (values, share, expected) => {
  expect(quantile(values, share)).toBeCloseTo(expected, 9)
})
test('of nothing there is no median', () => {
  expect([median([]), median([2, 4])]).toEqual([Number.NaN, 3])
})
test('a running median looks at two on either side, and at the ends at those that are there', () => {
  expect(runningMedian([1, 9, 2, 8, 3, 100])).toEqual([2, 5, 3, 8, 5.5, 8])
  expect(runningMedian([])).toEqual([])
})
test.each([
  [[0, 1, 2], [1, 3, 5], 2],
  [[0, 1, 2, 3], [0, 1, 2, 99], 17],
  [[5, 5], [1, 2], 0],
  [[0, 0, 2], [4, 6, 0], -2.5],
  [[], [], 0],
])('the slope of %j to %j is %d', (xs, ys, slope) => {
  expect(slopeOf(xs, ys)).toBeCloseTo(slope, 5)
})
test.each([
  [
    [10, 30, 20],
    [1, 3, 2],
  ],
  [
    [5, 5, 1],
    [2.5, 2.5, 1],
  ],
  [
    [2, 1, 2, 2],
    [3, 1, 3, 3],
  ],
  [[], []],
])('the ranks of %j are %j', (values, expected) => {
  expect(ranks(values)).toEqual(expected)
})

const points = (
  count: number,
  valueAt: (index: number) => number,
  stepMs = MINUTE,
  from = 0,
): readonly Point[] =>
  Array.from({ length: count }, (_, index) => [from + index * stepMs, valueAt(index)] as const)

test('the last half of an hour is what lies less than 30 minutes before its last point', () => {
  expect(recent(points(61, index => index))).toEqual(Array.from({ length: 30 }, (_, index) => index + 31))
  expect(recent([])).toEqual([])
})

test('usual is between the level of the last half hour and the trend carried on', () => {
  const rising = usualOf(points(60, index => index, MINUTE, 7 * MINUTE))
  const [low, high] = rising.bandAt(77 * MINUTE) ?? []
  expect(low).toBeCloseTo(44.5, 6)
  expect(high).toBeCloseTo(70, 6)
  const falling = usualOf(points(60, index => -index, MINUTE, 7 * MINUTE)).bandAt(77 * MINUTE)
  expect(falling?.[0]).toBeCloseTo(-70, 6)
  expect(falling?.[1]).toBeCloseTo(-44.5, 6)
  expect(usualOf([[0, 5]]).bandAt(9)).toEqual([5, 5])
})

test('a few wild points bend neither the level nor the trend', () => {
  const wild = usualOf(points(60, index => (index % 20 === 3 ? 1e6 : 10 + (index % 2))))
  const [low = 0, high = 0] = wild.bandAt(70 * MINUTE) ?? []
  expect(low).toBeGreaterThan(9.9)
  expect(high).toBeLessThan(11.1)
})

test.each([
  ['of noise that is even on both sides', [-2, -1, 0, 1, 2], [-2, -1, 0, 1, 2], 1.4826, 1.4826],
  ['that goes further up', [0, 1, 2, 3, 4], [-1, 0, 0, 1, 20], 12.4 / 1.2816, 1.4826],
  ['that goes further down', [0, 1, 2, 3, 4], [-20, -1, 0, 0, 1], 1.4826, 12.4 / 1.2816],
  ['of counts that hardly move: half of a step', [0, 0, 0, 0, 3], [0, 0, 0, 0, 0], 1.5, 1.5],
  ['of what never moved', [5, 5, 5], [0, 0, 0], 0, 0],
])('the spread %s', (_, values, rest, up, down) => {
  const found = spreadOf(
    values.map((value, index) => [index, value] as const),
    rest,
  )
  expect(found.up).toBeCloseTo(up, 6)
  expect(found.down).toBeCloseTo(down, 6)
})

test.each([
  [-1, 0],
  [0, 0],
  [1, 1],
  [10, 1],
  [11, 2],
  [20, 2],
  [21, 3],
])('the first point that is not before %d is at place %d', (at, place) => {
  expect(
    placeOf(
      [
        [0, 1],
        [10, 1],
        [20, 1],
      ],
      at,
    ),
  ).toBe(place)
})

const HOUR = 60 * MINUTE
/** Since so many hours, a point a minute; each hour rises from 0 to 59 and lies higher than the one before by `by`. */
const hourly = (hours: number, by = 0) =>
  points(hours * 60, index => (index % 60) + Math.floor(index / 60) * by, MINUTE, -hours * HOUR)
const lastHour = (all: readonly Point[]) => all.slice(-60)

test('what earlier hours had at the same minute, lifted to the level of now', () => {
  const all = hourly(4, 100)
  const season = seasonOf(all, lastHour(all), HOURS)
  expect(season?.name).toBe('the hours before at the same minute')
  expect(season?.bandAt(10 * MINUTE)).toEqual([410, 410])
  expect([season?.up, season?.down]).toEqual([0.25, 0.25])
  expect(season?.bandAt(200 * MINUTE)).toBeNull()
})

test('hours that differ give a band', () => {
  const wide = hourly(4).map(
    ([at, value]): Point => [at, at < -2 * HOUR && (at / MINUTE + 240) % 60 < 20 ? value - 8 : value],
  )
  expect(seasonOf(wide, lastHour(wide), HOURS)?.bandAt(10 * MINUTE)).toEqual([2, 10])
})

test.each([
  ['two hours before', hourly(3), true],
  ['one hour before', hourly(2), false],
  ['most of two', hourly(3).slice(10), false],
  ['enough of two', hourly(4).filter((_, index) => index >= 180 || index % 60 >= 10), true],
  ['too little of two', hourly(4).filter((_, index) => index >= 180 || index % 60 >= 20), false],
])('that repeats is said of %s: %s', (_, all, said) => {
  expect(seasonOf(all, lastHour(all), HOURS) !== null).toBe(said)
})

test('of hours three are looked at, and of days a week', () => {
  const old = (all: readonly Point[], before: number) =>
    all.map(([at, value]): Point => [at, at < before ? value * 1000 : value])
  const hours = old(hourly(5), -4 * HOUR)
  expect(seasonOf(hours, lastHour(hours), HOURS)?.bandAt(10 * MINUTE)).toEqual([10, 10])
  const reached = old(hourly(4), -3 * HOUR)
  expect(seasonOf(reached, lastHour(reached), HOURS)?.bandAt(10 * MINUTE)?.[0]).toBeLessThan(0)
  const days = (count: number) =>
    old(
      points(count * 288, index => index % 288, 5 * MINUTE, -count * 24 * HOUR),
      -7 * 24 * HOUR - HOUR,
    )
  const seasonOfDays = (all: readonly Point[]) => seasonOf(all, all.slice(-12), DAYS)
  expect(seasonOfDays(days(8))?.name).toBe('the days before at the same time')
  expect(seasonOfDays(days(8))?.bandAt(0)).toEqual([1, 1])
})
