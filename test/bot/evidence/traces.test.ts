/** Slow requests, by operation, and what they waited for. */
import { expect, test } from 'vitest'
import { slowOf, type Traces } from '../../../bot/evidence/traces.ts'
import type { Trace } from '../../../bot/evidence/types.ts'

const AT = Date.parse('2026-11-24T03:07:00Z')
const trace = (id: string, durationMs: number, more: Partial<Trace> = {}): Trace => ({
  id,
  at: AT + Number(id.slice(1)),
  operation: 'POST /pay',
  durationMs,
  slowest: { service: 'payments-db', operation: 'SELECT', selfMs: durationMs - 50 },
  link: `https://jaeger.example.com/${id}`,
  ...more,
})
/** 1 to 100 ms: the 95th percentile is 95.05. */
const USUAL = Array.from({ length: 100 }, (_, index) => index + 1)
const traces = (all: readonly Trace[], usualMs: readonly number[] = USUAL): Traces => ({
  kind: 'traces',
  source: 'jaeger',
  service: 'payments',
  traces: all,
  usualMs,
  link: 'https://jaeger.example.com/search',
})

test('slow is over twice the 95th percentile of the hour before, and not a millisecond less', () => {
  expect(slowOf(traces([trace('t1', 190), trace('t2', 191)]))).toEqual([
    {
      kind: 'slow',
      source: 'jaeger',
      service: 'payments',
      operation: 'POST /pay',
      at: AT + 2,
      count: 1,
      worstMs: 191,
      usualMs: expect.closeTo(95.05) as number,
      slowest: { service: 'payments-db', operation: 'SELECT', selfMs: 141 },
      link: 'https://jaeger.example.com/t2',
    },
  ])
})

test('each operation is told once, the one with most slow requests first, with the earliest, the worst and its link', () => {
  const found = slowOf(
    traces([
      trace('t5', 300),
      trace('t3', 900),
      trace('t4', 400, { operation: 'GET /cart' }),
      trace('t9', 500, { link: null }),
    ]),
  )
  expect(found).toMatchObject([
    { operation: 'POST /pay', at: AT + 3, count: 3, worstMs: 900, link: 'https://jaeger.example.com/t3' },
    { operation: 'GET /cart', count: 1 },
  ])
})

test('the span that is the slowest of most of them is named, with the median of what it took by itself', () => {
  const other = { service: 'fraud', operation: 'score', selfMs: 9000 }
  const [found] = slowOf(
    traces([
      trace('t1', 250),
      trace('t2', 350),
      trace('t3', 650),
      trace('t4', 9100, { slowest: other }),
      trace('t5', 400, { slowest: null }),
    ]),
  )
  expect(found?.slowest).toEqual({ service: 'payments-db', operation: 'SELECT', selfMs: 300 })
  expect(slowOf(traces([trace('t1', 250, { slowest: null })]))[0]?.slowest).toBeNull()
})

test('a trace that was given twice counts once; the search is linked where the trace has no link', () => {
  expect(slowOf(traces([trace('t1', 250, { link: null }), trace('t1', 250, { link: null })]))).toMatchObject([
    { count: 1, link: 'https://jaeger.example.com/search' },
  ])
})

test('of an hour with fewer than twenty requests nobody says what is usual', () => {
  expect(slowOf(traces([trace('t1', 1e6)], USUAL.slice(0, 19)))).toEqual([])
  expect(slowOf(traces([trace('t1', 1e6)], USUAL.slice(0, 20)))).toHaveLength(1)
})
