/** What moved together, by how much the one came after the other, and what did not. */
import { expect, test } from 'vitest'
import type { Anomaly } from '../../../bot/evidence/anomalies.ts'
import { togetherOf } from '../../../bot/evidence/correlate.ts'
import { examine } from '../../../bot/evidence/investigation.ts'
import type { Series } from '../../../bot/evidence/types.ts'
import { chance } from '../../simulation/chance.ts'
import { normal, ONSET, STRETCH } from '../../support/series.ts'

const MINUTE = 60_000

const metric = (name: string, seed: number, valueAt: (minute: number) => number, stepMs = 30_000): Series => {
  const luck = chance(seed)
  const count = (125 * MINUTE) / stepMs
  return {
    source: 'prom',
    service: name,
    name: 'latency',
    points: Array.from({ length: count + 1 }, (_, index) => {
      const minute = -120 + (index * stepMs) / MINUTE
      return [ONSET + minute * MINUTE, 100 + normal(luck) + valueAt(minute)] as const
    }),
    link: null,
  }
}
const step =
  (from: number, size: number, to = 99) =>
  (minute: number) =>
    minute >= from && minute < to ? size : 0
const together = (...all: readonly Series[]) => {
  const { findings, series } = examine({ onset: ONSET, ...STRETCH }, [
    { kind: 'series', source: 'prom', series: all },
  ])
  return togetherOf(
    findings.filter((each): each is Anomaly => each.kind === 'anomaly'),
    series,
  )
}

test('one that departed four minutes after another moved together with it, four minutes later', () => {
  const [pair, ...others] = together(
    metric('checkout', 1, step(-8, 30)),
    metric('payments', 2, step(-12, 50)),
  )
  expect(pair).toMatchObject({
    first: { service: 'payments' },
    after: { service: 'checkout' },
    lagMs: 4 * MINUTE,
  })
  expect(pair!.strength).toBeGreaterThan(0.95)
  expect(others).toEqual([])
})

test('one that fell while the other rose moved with it, the other way round', () => {
  const [pair] = together(metric('a', 1, step(-8, 30)), metric('b', 2, step(-8, -30)))
  expect(pair).toMatchObject({ lagMs: 0 })
  expect(pair!.strength).toBeLessThan(-0.95)
})

test('two with points at other times and of other steps are compared by the minute', () => {
  const [pair] = together(metric('a', 1, step(-10, 30), 15_000), metric('b', 2, step(-8, 30), 60_000))
  expect(pair).toMatchObject({ first: { service: 'a' }, lagMs: 2 * MINUTE })
})

test('two that departed a quarter of an hour apart did not move together, nor one that came back at once', () => {
  expect(together(metric('a', 1, step(-25, 30, -20)), metric('b', 2, step(-6, 30)))).toEqual([])
  expect(together(metric('a', 1, step(-28, 30, -23)), metric('b', 2, step(-3, 30)))).toEqual([])
})

test('what stayed in its usual range is compared with nothing', () => {
  expect(
    together(
      metric('a', 1, step(-8, 30)),
      metric('b', 2, () => 0),
    ),
  ).toEqual([])
})

test('of many pairs a hundred are told, the strongest first', () => {
  const many = Array.from({ length: 16 }, (_, index) => metric(`s${index}`, index + 1, step(-8, 30)))
  const pairs = together(...many)
  expect(pairs).toHaveLength(100)
  expect(pairs.map(({ strength }) => Math.abs(strength))).toEqual(
    pairs.map(({ strength }) => Math.abs(strength)).toSorted((a, b) => b - a),
  )
})
