/** Answers put together: what two of them both have counts once, whatever their order. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compare, putTogether } from '../../../bot/evidence/answers.ts'
import type { Answer, LogLine, Series, Trace } from '../../../bot/evidence/types.ts'

const series = (service: string, name: string, more: Partial<Series> = {}): Series => ({
  source: 'prom',
  service,
  name,
  points: [[1, 1]],
  link: null,
  ...more,
})
const metrics = (...all: readonly Series[]): Answer => ({ kind: 'series', source: 'prom', series: all })
const logs = (service: string, lines: readonly LogLine[], more: object = {}): Answer => ({
  kind: 'logs',
  source: 'loki',
  service,
  lines,
  cut: false,
  link: null,
  ...more,
})
const trace = (id: string, durationMs: number, more: Partial<Trace> = {}): Trace => ({
  id,
  at: 5,
  operation: 'GET /',
  durationMs,
  slowest: null,
  link: null,
  ...more,
})
const traces = (
  service: string,
  all: readonly Trace[],
  usualMs: readonly number[],
  more: object = {},
): Answer => ({
  kind: 'traces',
  source: 'tempo',
  service,
  traces: all,
  usualMs,
  link: null,
  ...more,
})
const line = (at: number, text: string): LogLine => ({ at, text })

test('nothing is nothing', () => {
  expect(putTogether([])).toEqual({ series: [], logs: [], traces: [] })
})

test('each of one name alone is as it was given, in the order of their names', () => {
  const [b, a, other] = [series('b', 'x'), series('a', 'y'), series('a', 'x', { source: 'zoo' })]
  const [second, first] = [logs('b', [line(2, 'x'), line(1, 'x')]), logs('a', [])]
  const [late, early] = [traces('b', [trace('t', 1)], [3, 1]), traces('a', [], [])]
  expect(putTogether([metrics(other, b), second, late, metrics(a), early, first])).toEqual({
    series: [a, b, other],
    logs: [first, second],
    traces: [early, late],
  })
})

test('what is told apart only together is told apart: a source, a service and a name are three', () => {
  const [one, two] = [series('a', 'bc'), series('ab', 'c')]
  expect(putTogether([metrics(one, two)]).series).toHaveLength(2)
})

test('series of one name are one, with the points of all and the first link by name', () => {
  const all = [
    series('a', 'x', { points: [[2, 9]], link: 'https://b' }),
    series('a', 'x', { points: [[1, 7]], link: null }),
    series('a', 'x', {
      points: [
        [2, 9],
        [3, 4],
      ],
      link: 'https://a',
    }),
  ]
  expect(putTogether([metrics(all[0]!), metrics(all[1]!, all[2]!)]).series).toEqual([
    series('a', 'x', {
      points: [
        [2, 9],
        [1, 7],
        [2, 9],
        [3, 4],
      ],
      link: 'https://a',
    }),
  ])
})

test('of logs a line is there as often as in the answer that has it most often; one that was cut makes all cut', () => {
  const one = logs('a', [line(1, 'x'), line(1, 'x'), line(2, 'y')], { cut: true, link: 'https://b' })
  const two = logs('a', [line(1, 'x'), line(2, 'y'), line(2, 'y'), line(2, 'y'), line(1, 'y'), line(11, 'x')])
  const expected = [
    line(1, 'x'),
    line(1, 'x'),
    line(2, 'y'),
    line(2, 'y'),
    line(2, 'y'),
    line(1, 'y'),
    line(11, 'x'),
  ]
  expect(putTogether([one, two]).logs).toEqual([logs('a', expected, { cut: true, link: 'https://b' })])
  expect(putTogether([two, two]).logs).toMatchObject([{ cut: false, link: null, lines: { length: 6 } }])
})

test('of traces one of each is there, the longest, and what is usual is as the answer has it that knows most', () => {
  const found = putTogether([
    traces('a', [trace('t1', 5), trace('t2', 7, { operation: 'b' })], [1, 2], { link: 'https://z' }),
    traces('a', [trace('t1', 9), trace('t2', 7, { operation: 'a' }), trace('t3', 1)], [1, 2, 3]),
    traces('a', [trace('t1', 8)], [2, 2, 3]),
  ]).traces
  const kept = [trace('t1', 9), trace('t2', 7, { operation: 'a' }), trace('t3', 1)]
  expect(found).toEqual([traces('a', kept, [2, 2, 3], { link: 'https://z' })])
})

test('whatever the order of the answers, they say the same', () => {
  const short = fc.integer({ min: 0, max: 3 })
  const answer = fc.oneof(
    fc.array(fc.tuple(short, fc.constantFrom('x', 'y'))).map(all =>
      logs(
        'a',
        all.map(([at, text]) => line(at, text)),
      ),
    ),
    fc.array(fc.tuple(short, short)).map(all =>
      traces(
        'a',
        all.map(([id, ms]) => trace(`t${id}`, ms, { link: `https://${ms}` })),
        all.map(([, ms]) => ms),
      ),
    ),
  )
  const sorted = (all: readonly unknown[]) => all.map(each => JSON.stringify(each)).sort()
  const said = (all: readonly Answer[]) => {
    const found = putTogether(all)
    return [
      found.logs.map(each => ({ ...each, lines: sorted(each.lines) })),
      found.traces.map(each => ({ ...each, traces: sorted(each.traces), usualMs: sorted(each.usualMs) })),
    ]
  }
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 4 }), all => {
      expect(said(all.toReversed())).toEqual(said(all))
    }),
  )
})

test('names are compared as a machine does, whatever its language', () => {
  expect([compare('a', 'b'), compare('b', 'a'), compare('a', 'a'), compare('Z', 'a')]).toEqual([-1, 1, 0, -1])
})
