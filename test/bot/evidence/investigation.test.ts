/** From answers to an investigation: the same whatever the order in which they came, and however often. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Alert } from '../../../bot/alerts/types.ts'
import { examine, type Inquiry, investigationOf, NOTHING_SEEN } from '../../../bot/evidence/investigation.ts'
import type { Answer, Series } from '../../../bot/evidence/types.ts'
import { nightOf } from '../../support/nights.ts'
import { ONSET, STRETCH, seriesOf } from '../../support/series.ts'

const MINUTE = 60_000
const stretch = { onset: ONSET, ...STRETCH }

const metric = (service: string, seed: number, departs?: number): Series => ({
  ...seriesOf(
    'flat, normal noise',
    seed,
    departs === undefined ? undefined : { shape: 'step', size: 20, at: ONSET + departs * MINUTE },
  ),
  service,
  name: 'latency',
  link: `https://prom.example.com/${service}`,
})

const ANSWERS: readonly Answer[] = [
  { kind: 'series', source: 'prom', series: [metric('payments-db', 1, -9), metric('search', 2)] },
  { kind: 'series', source: 'prom', series: [metric('payments', 3, -8)] },
  { kind: 'series', source: 'prom', series: [metric('checkout', 4, -5), metric('carts', 5, -4)] },
  {
    kind: 'logs',
    source: 'loki',
    service: 'checkout',
    cut: true,
    link: 'https://loki.example.com/q',
    lines: Array.from({ length: 40 }, (_, index) => ({
      at: ONSET - 2 * MINUTE + (index >> 1) * 5000,
      text: `order ${index >> 1} failed: payments is slow`,
    })),
  },
  {
    kind: 'traces',
    source: 'tempo',
    service: 'checkout',
    link: null,
    usualMs: Array.from({ length: 40 }, (_, index) => 20 + index),
    traces: Array.from({ length: 5 }, (_, index) => ({
      id: `t${index}`,
      at: ONSET + index * 1000,
      operation: 'POST /pay',
      durationMs: 900 + index,
      slowest: { service: 'payments', operation: 'charge', selfMs: 700 },
      link: `https://tempo.example.com/t${index}`,
    })),
  },
]

const shuffledOf = <T>(all: readonly T[]) => fc.shuffledSubarray([...all], { minLength: all.length })

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
    firstSign: { at: ONSET, what: 'it was declared', service: 'checkout', link: null },
  })
})

test('findings are in the order in which they began, each with its query; what is kept of a metric is a point a minute', () => {
  const seen = examine(stretch, ANSWERS)
  expect(seen.findings.map(each => [each.kind, each.service])).toEqual([
    ['anomaly', 'payments-db'],
    ['anomaly', 'payments'],
    ['anomaly', 'checkout'],
    ['anomaly', 'carts'],
    ['errors', 'checkout'],
    ['slow', 'checkout'],
  ])
  expect(seen.findings.every(each => each.link !== null)).toBe(true)
  expect(seen.watched).toEqual(['carts', 'checkout', 'payments', 'payments-db', 'search'])
  expect(seen.series.map(each => each.service).toSorted()).toEqual([
    'carts',
    'checkout',
    'payments',
    'payments-db',
  ])
  for (const { points } of seen.series) {
    expect(points.length).toBeLessThanOrEqual(36)
    expect(
      points.every(([at], index) => at >= STRETCH.from && (index === 0 || at > points[index - 1]![0])),
    ).toBe(true)
  }
})

test('answers in any order, some of them given twice, say the same', () => {
  const once = examine(stretch, ANSWERS)
  fc.assert(
    fc.property(
      fc.subarray([...ANSWERS]).chain(twice => shuffledOf([...ANSWERS, ...twice])),
      answers => {
        const inside = answers.map(answer =>
          answer.kind === 'series' ? { ...answer, series: answer.series.toReversed() } : answer,
        )
        expect(examine(stretch, inside)).toEqual(once)
      },
    ),
    { numRuns: 50 },
  )
})

test('what was kept of each source, in any order and some of it twice, comes to the same candidates', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.boolean(),
      fc.infiniteStream(fc.nat()),
      (seed, guilty, places) => {
        const { inquiry } = nightOf(seed, guilty)
        const mixed = <T>(all: readonly T[], again = 0): readonly T[] =>
          [...all, ...all.slice(0, again)]
            .map(each => ({ each, place: places.next().value }))
            .toSorted((a, b) => a.place - b.place)
            .map(({ each }) => each)
        const { seen, changes } = inquiry
        const other = {
          ...inquiry,
          changes: mixed(changes, 2),
          seen: { ...seen, findings: mixed(seen.findings, 3), series: mixed(seen.series, 3) },
        }
        expect(investigationOf(other)).toEqual(investigationOf(inquiry))
      },
    ),
    { numRuns: 25 },
  )
})

test('every candidate has a link and a reason, a score between 0 and 1, and they are ranked by it', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const { candidates } = investigationOf(nightOf(seed, seed % 2 === 0).inquiry)
    const scores = candidates.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    for (const { score, reasons, link, kind } of candidates) {
      expect(score > 0 && score <= 1).toBe(true)
      expect(reasons.length).toBeGreaterThan(0)
      if (kind === 'change') expect(link).toMatch(/^https:/)
    }
  }
})

test('of forty seeded nights the deployment that did it is first in 36, the database in 32, one that did not do it in 2 at the most', () => {
  const firsts = (guilty: boolean) =>
    Array.from({ length: 40 }, (_, index) => nightOf(index + 1, guilty)).map(
      ({ inquiry, cause, deployment }) => {
        const [first] = investigationOf(inquiry).candidates
        return { right: first?.title === cause, blamed: first?.title === deployment }
      },
    )
  const count = (all: readonly boolean[]) => all.filter(Boolean).length
  const innocent = firsts(false)
  expect(count(firsts(true).map(({ right }) => right))).toBeGreaterThanOrEqual(36)
  expect(count(innocent.map(({ right }) => right))).toBeGreaterThanOrEqual(32)
  expect(count(innocent.map(({ blamed }) => blamed))).toBeLessThanOrEqual(2)
})

test('the alert that began at the onset is what it is called by', () => {
  const alert: Alert = {
    fingerprint: 'f',
    status: 'firing',
    title: 'Checkout answers with errors',
    details: '',
    severity: null,
    service: null,
    group: 'g',
    labels: {},
    startsAt: ONSET,
    endsAt: null,
    link: 'https://prom.example.com/alert',
  }
  const inquiry = {
    services: {},
    service: 'checkout',
    onset: ONSET,
    seen: NOTHING_SEEN,
    changes: [],
    alerts: [alert],
  }
  expect(investigationOf(inquiry).firstSign).toEqual({
    at: ONSET,
    what: 'Checkout answers with errors',
    service: null,
    link: 'https://prom.example.com/alert',
  })
})
