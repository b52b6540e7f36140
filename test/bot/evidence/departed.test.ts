/** When exactly a metric is out, and when it is back; of hand-made series, whose usual value and spread are known. */
import { expect, test } from 'vitest'
import { anomalyOf } from '../../../bot/evidence/anomalies.ts'
import type { Series } from '../../../bot/evidence/types.ts'

const MINUTE = 60_000
const FROM = Date.parse('2026-11-24T03:00:00Z')
const stretch = { from: FROM, to: FROM + 30 * MINUTE }
const at = (minute: number) => FROM + minute * MINUTE
const series = (points: Series['points']): Series => ({
  source: 'prom',
  service: 'checkout',
  name: 'latency',
  points,
  link: 'https://p',
})
/** Before the stretch it is 9 and 11 in turn: usually 10, and a robust standard deviation is 1.4826. */
const before = (count = 60, stepMinutes = 1) =>
  Array.from(
    { length: count },
    (_, index) => [at((index - count) * stepMinutes), index % 2 === 0 ? 9 : 11] as const,
  )
const inside = (values: readonly number[], from = 0) =>
  values.map((value, index) => [at(from + index), value] as const)
const calm = (count: number) => Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 9 : 11))
const judged = (values: readonly number[]) => anomalyOf(series([...before(), ...inside(values)]), stretch)
const found = (values: readonly number[]) => {
  const one = judged(values)
  return typeof one === 'string'
    ? one
    : [
        one.direction,
        (one.at - FROM) / MINUTE,
        one.until === null ? null : (one.until - FROM) / MINUTE,
        one.peak,
      ]
}
const rep = (count: number, value: number) => Array<number>(count).fill(value)

test('all of it is told: since when, until when, which way, how far, what is usual, by which test', () => {
  const one = judged([...calm(10), ...rep(5, 40), 43, ...calm(14)])
  expect(one).toEqual({
    kind: 'anomaly',
    source: 'prom',
    service: 'checkout',
    name: 'latency',
    at: at(10),
    until: at(16),
    direction: 'up',
    usual: expect.closeTo(10, 0),
    peak: 43,
    score: expect.closeTo(30 / 1.4826, 0),
    test: 'median and MAD of the hour before, trend removed',
    link: 'https://p',
  })
})

test.each([
  ['more than five deviations away', [...calm(9), ...rep(5, 18.5), ...calm(9)], ['up', 9, 14, 18.5]],
  ['less', [...calm(9), ...rep(5, 16.4), ...calm(9)], 'usual'],
  ['away downwards', [...calm(9), ...rep(5, 1.5), ...calm(9)], ['down', 9, 14, 1.5]],
  ['out three times', [...calm(9), ...rep(3, 40), ...calm(9)], ['up', 9, 12, 40]],
  ['out twice', [...calm(9), ...rep(2, 40), ...calm(9)], 'usual'],
  ['out at the end', [...calm(9), ...rep(3, 40)], ['up', 9, null, 40]],
  ['out from the beginning on', [...rep(9, 40), ...calm(9)], ['up', 0, 9, 40]],
  [
    'out, then half of the way back',
    [...calm(9), ...rep(5, 40), ...rep(5, 15), ...calm(9)],
    ['up', 9, 19, 40],
  ],
  [
    'out, then more than half of the way back',
    [...calm(9), ...rep(5, 40), ...rep(5, 13), ...calm(9)],
    ['up', 9, 14, 40],
  ],
  [
    'out on one side and then on the other',
    [...calm(9), ...rep(5, 30), ...rep(5, -30), ...calm(9)],
    ['down', 14, 19, -30],
  ],
  ['out twice as far as before', [...rep(5, 25), ...calm(9), ...rep(5, 60)], ['up', 14, null, 60]],
  ['out as far as before', [...rep(5, 60), ...calm(9), ...rep(5, 60)], ['up', 0, 5, 60]],
] as const)('%s', (_, values, expected) => {
  expect(found(values)).toEqual(expected)
})

test('no departure is told as further out than a hundred', () => {
  expect(judged([...calm(9), ...rep(9, 1e6)])).toMatchObject({ score: 100, peak: 1e6 })
})

test('where nothing ever moved, the least that it was out is just out', () => {
  const still = (values: readonly number[]) =>
    anomalyOf(series([...before().map(([when]) => [when, 10] as const), ...inside(values)]), stretch)
  expect(still([10, 10, 12, 12, 12, 12])).toMatchObject({ score: 5, usual: 10, at: at(2) })
  expect(still([10, 10, 12, 12, 14, 14, 14, 12])).toMatchObject({ score: 10, at: at(2), peak: 14 })
  expect(still([10, 10, 10.001, 10.001, 10.001])).toBe('usual')
  expect(still([10, 10, 10.0011, 10.0011, 10.0011])).toMatchObject({ at: at(2) })
  expect(still([10, 10, 10])).toBe('usual')
})

test.each([
  [
    'eight points before it',
    before(8),
    inside(rep(3, 40)),
    'median and MAD of the 8 points before, trend removed',
  ],
  ['seven points before it', before(7), inside(rep(3, 40)), 'unknown'],
  ['three points in it', before(), inside(rep(3, 40)), 'median and MAD of the hour before, trend removed'],
  ['two points in it', before(), inside(rep(2, 40)), 'unknown'],
  [
    'twenty points in the hour before',
    before(20, 3),
    inside(rep(3, 40)),
    'median and MAD of the hour before, trend removed',
  ],
  [
    'nineteen points in the hour before',
    before(30, 3.1),
    inside(rep(3, 40)),
    'median and MAD of the 20 points before, trend removed',
  ],
  [
    'points since its beginning',
    [],
    inside([...calm(15), ...rep(5, 40)]),
    'median and MAD of the first half of the stretch, trend removed',
  ],
  [
    'points since shortly before its middle',
    [],
    inside([...calm(8), ...rep(5, 40)], 7),
    'median and MAD of the first half of the stretch, trend removed',
  ],
  ['points since its middle', [], inside([...calm(7), ...rep(5, 40)], 8), 'unknown'],
] as const)('a stretch with %s', (_, earlier, later, test) => {
  const one = anomalyOf(series([...earlier, ...later]), stretch)
  expect(typeof one === 'string' ? one : one.test).toBe(test)
})

test('what comes after the stretch, is no number or is there twice makes no difference', () => {
  const plain = [...before(), ...inside([...calm(9), ...rep(5, 40)])]
  const after = inside(rep(9, 1e6), 31)
  const noise = plain.map(([when]) => [when, Number.POSITIVE_INFINITY] as const)
  const told = anomalyOf(series(plain), stretch)
  expect(told).toMatchObject({ at: at(9), peak: 40 })
  expect(anomalyOf(series([...after, ...noise, ...plain.toReversed()]), stretch)).toEqual(told)
  const twice = plain.flatMap(([when, value]) => [[when, value - 1] as const, [when, value + 1] as const])
  expect(anomalyOf(series(twice), stretch)).toEqual(told)
})

test('the peak and what is usual are those of the departure, and not of the stretch', () => {
  expect(judged([...calm(3), 500, ...calm(8), ...rep(5, 40), ...calm(4)])).toMatchObject({ peak: 40 })
  expect(judged([...calm(9), -20, -33, -21, -22, ...calm(4)])).toMatchObject({ direction: 'down', peak: -33 })
  const rising = Array.from({ length: 90 }, (_, minute) => minute + (minute >= 85 ? 60 : 0))
  const one = anomalyOf(series(rising.map((value, minute) => [at(minute - 60), value] as const)), stretch)
  expect(one).toMatchObject({ at: at(25), usual: expect.closeTo(87, 6), peak: 149 })
})

test('of two departures that went as far the earlier is told', () => {
  const still = [...before().map(([when]) => [when, 10] as const)]
  const twice = inside([10, 10, 10, 12, 12, 12, 12, 10, 10, 10, 10, 10, 12, 12, 12, 12])
  expect(anomalyOf(series([...still, ...twice]), stretch)).toMatchObject({
    at: at(3),
    until: at(7),
    score: 5,
  })
})
