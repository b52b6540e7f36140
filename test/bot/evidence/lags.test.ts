/** Which pairs count as moving together, to the minute and to the point: of hand-made curves, level by level. */
import { expect, test } from 'vitest'
import type { Anomaly } from '../../../bot/evidence/anomalies.ts'
import { togetherOf } from '../../../bot/evidence/correlate.ts'
import type { Series } from '../../../bot/evidence/types.ts'

const MINUTE = 60_000
/** Usually 0, and 100 is twenty deviations away: 5 is one. */
const anomaly = (service: string, more: object = {}) =>
  ({
    source: 'prom',
    service,
    name: 'latency',
    usual: 0,
    peak: 100,
    score: 20,
    ...more,
  }) as unknown as Anomaly
const curve = (
  service: string,
  values: readonly (number | null)[],
  from = 0,
  more: Partial<Series> = {},
): Series => ({
  source: 'prom',
  service,
  name: 'latency',
  points: values.flatMap((value, minute) =>
    value === null ? [] : [[(from + minute) * MINUTE, value] as const],
  ),
  link: null,
  ...more,
})
const step = (count: number, from: number, to = count, height = 100) =>
  Array.from({ length: count }, (_, minute) => (minute >= from && minute < to ? height : 0))
const together = (...all: readonly Series[]) =>
  togetherOf(
    all.map(({ service }) => anomaly(service)),
    all,
  ).map(
    ({ first, after, lagMs, strength }) =>
      `${first.service} ${lagMs / MINUTE} ${after.service} ${strength.toFixed(2)}`,
  )

test('a pair is named in full, the one that moved first before the other', () => {
  const [pair] = togetherOf(
    [anomaly('a'), anomaly('b')],
    [curve('b', step(35, 12)), curve('a', step(35, 10))],
  )
  expect(pair).toEqual({
    first: { source: 'prom', service: 'a', name: 'latency' },
    after: { source: 'prom', service: 'b', name: 'latency' },
    lagMs: 2 * MINUTE,
    strength: expect.closeTo(1, 6),
  })
})

test.each([
  [
    'at once, in the order of their names',
    [curve('b', step(35, 10)), curve('a', step(35, 10))],
    ['a 0 b 1.00'],
  ],
  ['ten minutes apart', [curve('a', step(35, 12)), curve('b', step(35, 22))], ['a 10 b 1.00']],
  ['the other way round', [curve('a', step(35, 10)), curve('b', step(35, 10, 35, -100))], ['a 0 b -1.00']],
  ['the second first', [curve('a', step(35, 14)), curve('b', step(35, 11))], ['b 3 a 1.00']],
  ['twenty minutes of both', [curve('a', step(20, 10)), curve('b', step(20, 10))], ['a 0 b 1.00']],
  ['fewer', [curve('a', step(19, 10)), curve('b', step(19, 10))], []],
  [
    'with holes in one',
    [
      curve('a', step(35, 10)),
      curve(
        'b',
        step(35, 10).map((each, minute) => (minute % 3 === 0 ? null : each)),
      ),
    ],
    ['a 0 b 1.00'],
  ],
  [
    'with too many',
    [
      curve('a', step(35, 10)),
      curve(
        'b',
        step(35, 10).map((each, minute) => (minute % 2 === 0 ? null : each)),
      ),
    ],
    [],
  ],
  ['of which one began later', [curve('a', step(35, 14)), curve('b', step(30, 11), 5)], ['a 2 b 1.00']],
  ['of which one stands still', [curve('a', step(35, 10)), curve('b', step(35, 0))], []],
  ['within the usual range', [curve('a', step(35, 10)), curve('b', step(35, 10, 35, 12))], []],
  ['just out of it', [curve('a', step(35, 10)), curve('b', step(35, 10, 35, 12.5))], ['a 0 b 1.00']],
  [
    'with wobbles on a height',
    [
      curve('a', step(35, 10)),
      curve(
        'b',
        step(35, 10, 35, 90).map((each, minute) => each * (1 - (minute % 3) / 10)),
      ),
    ],
    ['a 0 b 1.00'],
  ],
  ['alone', [curve('a', step(35, 10))], []],
  ['without any point', [curve('a', step(35, 10)), curve('b', [])], []],
])('moved together: %s', (_, all, expected) => {
  expect(together(...all)).toEqual(expected)
})

test('levels are each twice as far: 1 of 2.5 deviations, 2 of 5, 3 of 10, upwards and downwards', () => {
  const stairs = (...heights: readonly number[]) => heights.flatMap(each => Array<number>(8).fill(each))
  const pair = (one: readonly number[], other: readonly number[]) =>
    together(curve('a', one), curve('b', other))
  expect(pair(stairs(0, 12.5, 25, 50), stairs(0, 24, 49, 99))).toEqual(['a 0 b 1.00'])
  expect(pair(stairs(0, 25, 25, 50), stairs(0, 12.5, 24.9, 50))).toEqual(['a 0 b 1.00'])
  expect(pair(stairs(0, 25, 49, 50), stairs(0, 25, 25, 99))).toEqual(['a 0 b 1.00'])
  expect(pair(stairs(-50, -25, 25, 50), stairs(-50, -25, 25, 50))).toEqual(['a 0 b 1.00'])
})

test('below 0.7 is chance', () => {
  const flips = (every: number) =>
    step(40, 20).map((each, minute) => (minute % every === 0 ? 100 - each : each))
  expect(together(curve('a', step(40, 20)), curve('b', flips(8)))).toEqual(['a 0 b 0.75'])
  expect(together(curve('a', step(40, 20)), curve('b', flips(6)))).toEqual([])
})

test('a series without its anomaly is compared with nothing, and one of another name is another', () => {
  const [a, b] = [curve('a', step(35, 10)), curve('b', step(35, 10))]
  expect(togetherOf([anomaly('a')], [a, b])).toEqual([])
  expect(togetherOf([anomaly('a'), anomaly('b', { name: 'errors' })], [a, b])).toEqual([])
  expect(togetherOf([], [])).toEqual([])
})

test('the strongest come first, and of those that are as strong the first by name', () => {
  const blurred = step(35, 10).map((each, minute) => (minute === 30 ? 0 : each))
  expect(together(curve('c', step(35, 10)), curve('a', blurred), curve('b', step(35, 10)))).toEqual([
    'b 0 c 1.00',
    'a 0 b 0.93',
    'a 0 c 0.93',
  ])
})
