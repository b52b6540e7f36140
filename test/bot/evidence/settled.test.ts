/** What several answers found is told once, by when it began: the one that says more. */
import { expect, test } from 'vitest'
import { examine, investigationOf } from '../../../bot/evidence/investigation.ts'
import type { Answer, Finding, Series } from '../../../bot/evidence/types.ts'
import { at, errors, inquiryOf, moved, ONSET, slow } from './inquiries.ts'

const told = (...findings: readonly Finding[]) => investigationOf(inquiryOf({ findings })).findings

test.each<readonly [string, Finding, Finding, 1 | 2]>([
  ['a metric that went further', moved('a', -5, null, { score: 9 }), moved('a', -8), 1],
  ['a metric of another name', moved('a', -8), moved('a', -5, null, { name: 'errors' }), 2],
  ['a metric of another service', moved('a', -8), moved('b', -5), 2],
  ['a metric of another source', moved('a', -8), moved('a', -5, null, { source: 'other' }), 2],
  ['errors that came more often', errors('a', -5, { count: 12 }), errors('a', -8), 1],
  ['errors of another kind', errors('a', -8), errors('a', -5, { template: 'bang' }), 2],
  ['slow requests of which there were more', slow('a', -5, null, { count: 12 }), slow('a', -8, null), 1],
  [
    'slow requests of another operation',
    slow('a', -8, null),
    slow('a', -5, null, { operation: 'POST /' }),
    2,
  ],
  ['as much, and earlier', moved('a', -8), moved('a', -5), 1],
])('%s', (_, one, other, count) => {
  expect(told(other, one)).toEqual([one, other].slice(0, count))
  expect(told(one, other)).toEqual([one, other].slice(0, count))
})

const stretch = { onset: ONSET, from: at(-30), to: at(5) }
/** Calm until the minute at which it goes up by so much. */
const series = (service: string, name: string, minute: number, height: number): Series => ({
  source: 'prom',
  service,
  name,
  points: Array.from({ length: 191 }, (_, index) => {
    const when = index / 2 - 90
    return [at(when), 10 + (index % 2) + (when >= minute ? height : 0)] as const
  }),
  link: null,
})
const answer = (...all: readonly Series[]): Answer => ({ kind: 'series', source: 'prom', series: all })

test('the series of what was found are kept, a point a minute of the stretch alone', () => {
  const seen = examine(stretch, [answer(series('a', 'x', -5, 40), series('b', 'x', 99, 0))])
  expect(seen.findings).toMatchObject([{ service: 'a', name: 'x' }])
  expect(seen.watched).toEqual(['a', 'b'])
  const minutes = Array.from({ length: 36 }, (_, index) => [at(index - 30), index < 25 ? 10.5 : 50.5])
  expect(seen.series).toEqual([{ ...series('a', 'x', 0, 0), points: [...minutes.slice(0, 35), [at(5), 50]] }])
})

test('of a service twenty metrics are told, those that went furthest, beside those of others', () => {
  const many = Array.from({ length: 22 }, (_, index) => series('a', `m${index}`, -5, 20 + index))
  const { findings } = examine(stretch, [answer(...many, series('b', 'x', -4, 20))])
  const names = findings.map(each => `${each.service} ${each.kind === 'anomaly' ? each.name : ''}`)
  expect(names).toHaveLength(21)
  expect(names.at(-1)).toBe('b x')
  expect(names).not.toContain('a m0')
  expect(names).not.toContain('a m1')
  expect(names).toContain('a m2')
})
