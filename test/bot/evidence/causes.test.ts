/** Nights whose cause is known: it must come out first, in the right order, and what is innocent must not be blamed. */
import { expect, test } from 'vitest'
import { examine, type Inquiry, investigationOf } from '../../../bot/evidence/investigation.ts'
import type { Answer, Series } from '../../../bot/evidence/types.ts'
import type { SeenChange } from '../../../bot/ingested/ingested.ts'
import { chance } from '../../simulation/chance.ts'
import { normal } from '../../support/series.ts'

const MINUTE = 60_000
const ONSET = Date.parse('2026-11-24T03:07:00Z')
const at = (minute: number) => ONSET + minute * MINUTE
const stretch = { onset: ONSET, from: at(-30), to: at(5) }

/** An hour and a half, a point every half minute; `rise`: from which minute on, and by how many times the noise. */
function series(
  service: string,
  name: string,
  rise?: readonly [minute: number, size: number],
  seed = 1,
): Series {
  const luck = chance(seed + service.length * 31 + name.length)
  const points = Array.from({ length: 191 }, (_, index) => {
    const minute = index / 2 - 90
    const more = rise && minute >= rise[0] ? rise[1] * Math.min(1, (minute - rise[0] + 1) / 3) : 0
    return [at(minute), 50 + normal(luck) + more] as const
  })
  return {
    source: 'prom',
    service,
    name,
    points,
    link: `https://prom.example.com/${service}/${encodeURIComponent(name)}`,
  }
}

const answer = (...all: readonly Series[]): Answer => ({ kind: 'series', source: 'prom', series: all })

const change = (
  title: string,
  service: string | null,
  minute: number,
  more: Partial<SeenChange> = {},
): SeenChange => ({
  id: `${title} ${minute}`,
  kind: 'deployment',
  state: 'succeeded',
  service,
  title,
  version: null,
  environment: 'production',
  by: 'ben',
  at: at(minute),
  link: `https://ci.example.com/${encodeURIComponent(title)}`,
  integration: 'ci',
  learntAt: at(minute),
  seq: 1,
  ...more,
})

const services = {
  shop: { dependsOn: ['checkout', 'search'] },
  checkout: { dependsOn: ['payments', 'carts'] },
  payments: { dependsOn: ['payments-db'] },
  'payments-db': { dependsOn: [] },
  carts: { dependsOn: ['payments'] },
  search: { dependsOn: [] },
}

const inquire = (
  service: string | null,
  answers: readonly Answer[],
  changes: readonly SeenChange[],
): Inquiry => ({
  services,
  service,
  onset: ONSET,
  seen: examine(stretch, answers),
  changes,
  alerts: [],
})

test('a bad deployment raises latency in one service and errors in two that depend on it: it is the first candidate', () => {
  const { candidates, findings, firstSign } = investigationOf(
    inquire(
      'checkout',
      [
        answer(series('payments', 'latency', [-8, 40]), series('payments', 'error rate')),
        answer(series('checkout', 'error rate', [-5, 30]), series('carts', 'error rate', [-5.5, 30])),
        answer(series('payments-db', 'latency'), series('search', 'latency')),
      ],
      [
        change('payments v42', 'payments', -10),
        change('search v7', 'search', -6),
        change('shop v1', 'shop', -90),
      ],
    ),
  )
  expect(findings.map(each => [each.service, Math.round((each.at - ONSET) / MINUTE)])).toEqual([
    ['payments', -8],
    ['carts', -5],
    ['checkout', -5],
  ])
  expect(firstSign.what).toBe('latency of payments went up')
  expect(candidates[0]).toMatchObject({
    title: 'payments v42',
    link: 'https://ci.example.com/payments%20v42',
  })
  expect(candidates[0]?.reasons.join('; ')).toMatch(
    /^deployment succeeded \d min( \d+ s)? before the first sign; checkout depends on payments; the latency of payments left its usual range \d min( \d+ s)? after it$/,
  )
  expect(candidates[1]).toMatchObject({ kind: 'service', title: 'payments' })
  expect(candidates[1]?.reasons[0]).toMatch(
    /^payments moved \d min( \d+ s)? before checkout, and together with it \([01]\.\d\d\)$/,
  )
  expect(candidates[0]!.score).toBeGreaterThan(candidates[1]!.score + 0.05)
})

test('the same deployment is innocent when a database was slow before it: the database comes out, and why the deployment does not', () => {
  const { candidates, innocent, firstSign } = investigationOf(
    inquire(
      'checkout',
      [
        answer(series('payments-db', 'latency', [-20, 60])),
        answer(series('payments', 'latency', [-18, 40])),
        answer(series('checkout', 'error rate', [-5, 30])),
      ],
      [change('payments v42', 'payments', -10)],
    ),
  )
  expect(firstSign).toMatchObject({ what: 'latency of payments-db went up' })
  expect(candidates.map(each => each.title)).not.toContain('payments v42')
  expect(candidates[0]).toMatchObject({ kind: 'service', title: 'payments-db' })
  expect(candidates[0]?.reasons).toContain('checkout depends on payments-db by way of payments')
  const payments = candidates.find(each => each.title === 'payments')
  expect(payments?.reasons.at(-1)).toBe('but payments-db, which it depends on, moved before it')
  expect(innocent).toMatchObject([{ title: 'payments v42', score: 0 }])
  expect(innocent[0]?.reasons[0]).toMatch(
    /^deployment succeeded \d+ min( \d+ s)? after the first sign \(latency of payments-db went up\)$/,
  )
})

test('a deployment of a service whose metrics all stayed as usual counts less than one nobody measured', () => {
  const changes = [change('payments v42', 'payments', -4)]
  const score = (...all: readonly Series[]) =>
    investigationOf(inquire('checkout', [answer(...all)], changes)).candidates.find(
      each => each.title === 'payments v42',
    )
  const measured = score(series('payments', 'latency'))
  expect(measured?.reasons).toContain('nothing measured of payments left its usual range')
  expect(measured!.score).toBeLessThan(score()!.score / 2)
})

test('a rollout that began before the first sign and ended after it is one candidate, and not innocent', () => {
  const { candidates, innocent } = investigationOf(
    inquire(
      'checkout',
      [answer(series('checkout', 'error rate', [-3, 30]))],
      [
        change('checkout v9', 'checkout', -4, { state: 'started' }),
        change('checkout v9', 'checkout', 2, { state: 'succeeded' }),
      ],
    ),
  )
  expect(candidates[0]).toMatchObject({ title: 'checkout v9', at: at(-4) })
  expect(innocent).toEqual([])
})

test('what took it back, what came much later and what runs elsewhere is not told as innocent either', () => {
  const { candidates, innocent } = investigationOf(
    inquire(
      'checkout',
      [answer(series('checkout', 'error rate', [-8, 30]))],
      [
        change('checkout v8', 'checkout', 3, { kind: 'rollback' }),
        change('payments v5', 'payments', 30),
        change('search v7', 'search', -3),
        change('carts v3', 'carts', -3),
      ],
    ),
  )
  expect(candidates.filter(each => each.kind === 'change')).toEqual([])
  expect(innocent.map(each => each.title)).toEqual(['carts v3'])
})

test('a weak or short departure early on makes no deployment innocent', () => {
  const blip = series('checkout', 'queue length')
  const early = {
    ...blip,
    points: blip.points.map(
      ([when, value]) => [when, value + (when >= at(-25) && when < at(-20) ? 40 : 0)] as const,
    ),
  }
  const { candidates, firstSign } = investigationOf(
    inquire(
      'checkout',
      [answer(early, series('checkout', 'error rate', [-3, 30]))],
      [change('checkout v9', 'checkout', -4)],
    ),
  )
  expect(firstSign.what).toBe('error rate of checkout went up')
  expect(candidates[0]).toMatchObject({ title: 'checkout v9' })
})

test('slow requests that wait for a service, and new errors that name it, make it a candidate without any metric', () => {
  const trace = (index: number) => ({
    id: `t${index}`,
    at: at(-2) + index * 1000,
    operation: 'POST /pay',
    durationMs: 4000 + index,
    slowest: { service: 'payments-db', operation: 'SELECT orders', selfMs: 3800 },
    link: `https://jaeger.example.com/t${index}`,
  })
  const { candidates } = investigationOf(
    inquire(
      'payments',
      [
        {
          kind: 'traces',
          source: 'jaeger',
          service: 'payments',
          traces: Array.from({ length: 6 }, (_, index) => trace(index)),
          usualMs: Array.from({ length: 100 }, (_, index) => 100 + index),
          link: null,
        },
        {
          kind: 'logs',
          source: 'loki',
          service: 'payments',
          lines: Array.from({ length: 30 }, (_, index) => ({
            at: at(1) + index * 1000,
            text: `timeout after ${3000 + index} ms waiting for payments-db (order ${index})`,
          })),
          cut: false,
          link: 'https://loki.example.com/q',
        },
      ],
      [],
    ),
  )
  expect(candidates[0]).toMatchObject({
    kind: 'service',
    title: 'payments-db',
    link: 'https://jaeger.example.com/t5',
    reasons: [
      'slow requests of payments waited for payments-db (SELECT orders)',
      'new errors of payments name it',
      'payments depends on payments-db',
    ],
  })
  expect(candidates.map(each => each.title)).toContain('POST /pay of payments is slow')
})

test('where nobody said which service it is, the one that others depend on and that moved first comes out', () => {
  const { candidates } = investigationOf(
    inquire(
      null,
      [
        answer(series('payments-db', 'latency', [-12, 60]), series('payments', 'latency', [-9, 40])),
        answer(series('checkout', 'error rate', [-5, 30]), series('search', 'latency')),
      ],
      [],
    ),
  )
  expect(candidates[0]).toMatchObject({ kind: 'service', title: 'payments-db' })
})

test('with nothing else to say, what showed first says where to look', () => {
  const { candidates } = investigationOf(
    inquire('checkout', [answer(series('checkout', 'error rate', [-3, 30]))], []),
  )
  expect(candidates).toMatchObject([
    {
      kind: 'finding',
      title: 'error rate of checkout up',
      link: 'https://prom.example.com/checkout/error%20rate',
      reasons: ['it showed first', 'from the first sign on'],
    },
  ])
})

test('another alert on what it depends on is the first sign; one of a service elsewhere is not', () => {
  const alert = (service: string, minute: number) => ({
    fingerprint: service,
    status: 'firing' as const,
    title: `${service} is slow`,
    details: '',
    severity: null,
    service,
    group: service,
    labels: {},
    startsAt: at(minute),
    endsAt: null,
    link: null,
  })
  const { firstSign, innocent } = investigationOf({
    ...inquire('checkout', [], [change('checkout v9', 'checkout', -5)]),
    alerts: [alert('payments', -9), alert('search', -15)],
  })
  expect(firstSign).toEqual({ at: at(-9), what: 'payments is slow', service: 'payments', link: null })
  expect(innocent[0]?.reasons).toEqual(['deployment succeeded 4 min after the first sign (payments is slow)'])
})
