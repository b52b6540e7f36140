/** From answers to findings and candidates: the same whatever the order, and no sign of nothing. */
import { expect, test } from 'vitest'
import { examine, type Inquiry, investigationOf, NOTHING_SEEN } from '../../../bot/evidence/investigation.ts'
import type { Answer, Series } from '../../../bot/evidence/types.ts'

const MINUTE = 60_000
const ONSET = Date.parse('2026-11-24T00:00:00Z')
const stretch = { onset: ONSET, from: ONSET - 30 * MINUTE, to: ONSET + 5 * MINUTE }

const series = (service: string, valueAt: (minute: number) => number): Series => ({
  source: 'prom',
  service,
  name: 'error rate',
  points: Array.from({ length: 96 }, (_, index) => [ONSET + (index - 90) * MINUTE, valueAt(index - 90)]),
  link: `https://prom.example.com/${service}`,
})
const wobble = (minute: number) => 1 + 0.1 * Math.sin(minute * 2.3)

test('a metric that left what is usual is a finding, from its first point out; one that did not is none', () => {
  const answers: Answer[] = [
    {
      kind: 'series',
      source: 'prom',
      series: [
        series('checkout', minute => wobble(minute) + (minute >= -4 ? 8 : 0)),
        series('search', wobble),
      ],
    },
  ]
  const { findings, series: kept } = examine(stretch, answers)
  expect(findings).toMatchObject([
    { kind: 'anomaly', service: 'checkout', at: ONSET - 4 * MINUTE, until: null, direction: 'up' },
  ])
  expect(kept.map(each => each.service)).toEqual(['checkout'])
})

test('nothing seen: the first sign is the onset, and there are no candidates', () => {
  const inquiry: Inquiry = {
    services: {},
    service: 'checkout',
    onset: ONSET,
    seen: NOTHING_SEEN,
    changes: [],
    alerts: [],
  }
  expect(investigationOf(inquiry)).toEqual({
    findings: [],
    together: [],
    candidates: [],
    innocent: [],
    firstSign: { at: ONSET, what: 'it was declared', link: null },
  })
})
