/** When it began: what counts as the first sign, and what is about something else. */
import { expect, test } from 'vitest'
import { firstSignOf, relative } from '../../../bot/evidence/first-sign.ts'
import type { Inquiry } from '../../../bot/evidence/investigation.ts'
import type { Finding } from '../../../bot/evidence/types.ts'

const MINUTE = 60_000
const ONSET = Date.parse('2026-11-24T03:07:00Z')
const at = (minute: number) => ONSET + minute * MINUTE
const anomaly = (minute: number, more: object = {}) =>
  ({
    kind: 'anomaly',
    service: 'checkout',
    name: 'error rate',
    direction: 'up',
    at: at(minute),
    until: null,
    score: 8,
    link: 'https://p',
    ...more,
  }) as unknown as Finding
const alert = (minute: number | null, more: object = {}) => ({
  startsAt: minute === null ? null : at(minute),
  endsAt: null,
  status: 'firing',
  title: 'Errors',
  service: 'checkout',
  link: null,
  ...more,
})
const services = { shop: { dependsOn: ['checkout'] }, checkout: { dependsOn: ['db'] }, db: { dependsOn: [] } }
const DECLARED = '0 it was declared'

/** The minute of the first sign, and what it was. */
function first(
  findings: readonly Finding[],
  alerts: readonly object[] = [],
  service: string | null = 'checkout',
): string {
  const inquiry = { services, service, onset: ONSET, alerts } as unknown as Inquiry
  const sign = firstSignOf(inquiry, findings)
  return `${(sign.at - ONSET) / MINUTE} ${sign.what}`
}

test.each([
  ['nothing at all', [], DECLARED],
  ['a metric of the service', [anomaly(-4)], '-4 error rate of checkout went up'],
  [
    'a metric of what it depends on',
    [anomaly(-4, { service: 'db', direction: 'down' })],
    '-4 error rate of db went down',
  ],
  ['a metric of what depends on it', [anomaly(-4, { service: 'shop' })], DECLARED],
  ['a metric of nobody near', [anomaly(-4, { service: 'search' })], DECLARED],
  ['a metric that went less far', [anomaly(-4, { score: 7.9 })], DECLARED],
  ['a metric at the same moment', [anomaly(0)], DECLARED],
  ['a metric that was back long before', [anomaly(-20, { until: at(-10) })], DECLARED],
  [
    'a metric that was back just before',
    [anomaly(-20, { until: at(-2) })],
    '-20 error rate of checkout went up',
  ],
  ['an error in a log', [anomaly(-4, { kind: 'errors' })], DECLARED],
  [
    'the earlier of two',
    [anomaly(-9), anomaly(-4, { name: 'latency' })],
    '-9 error rate of checkout went up',
  ],
  [
    'the earlier of two, told later',
    [anomaly(-4, { name: 'latency' }), anomaly(-9)],
    '-9 error rate of checkout went up',
  ],
  ['two at once', [anomaly(-4, { name: 'latency' }), anomaly(-4)], '-4 error rate of checkout went up'],
  [
    'two at once, the other way round',
    [anomaly(-4), anomaly(-4, { name: 'latency' })],
    '-4 error rate of checkout went up',
  ],
])('%s', (_, findings, expected) => {
  expect(first(findings)).toBe(expected)
})

test('of a service that is not known every metric counts', () => {
  expect(first([anomaly(-4, { service: 'search' })], [], null)).toBe('-4 error rate of search went up')
})

test.each([
  ['of the service, before', alert(-10), '-10 Errors'],
  ['half an hour before', alert(-30), '-30 Errors'],
  ['longer before', alert(-30.1), DECLARED],
  ['at the onset', alert(0), '0 Errors'],
  ['at the onset, whosever it is', alert(0, { service: 'search' }), '0 Errors'],
  ['at the onset, of nobody', alert(0, { service: null }), '0 Errors'],
  ['after it', alert(1), DECLARED],
  ['without a time', alert(null), DECLARED],
  ['of another service', alert(-10, { service: 'search' }), DECLARED],
  ['of no service', alert(-10, { service: null }), DECLARED],
  ['of what it depends on', alert(-10, { service: 'db' }), '-10 Errors'],
  ['that was over long before', alert(-20, { status: 'resolved', endsAt: at(-10) }), DECLARED],
  ['that was over just before', alert(-20, { status: 'resolved', endsAt: at(-2) }), '-20 Errors'],
  ['that fires again', alert(-20, { endsAt: at(-10) }), '-20 Errors'],
])('an alert %s', (_, one, expected) => {
  expect(first([], [one])).toBe(expected)
})

test('an alert of before counts for nobody when it is not known which service is affected', () => {
  expect(first([], [alert(-10)], null)).toBe(DECLARED)
})

test('the first sign says whose it is and where to look; the declaration says whose it is', () => {
  const sign = (findings: readonly Finding[], service: string | null) =>
    firstSignOf({ services, service, onset: ONSET, alerts: [] } as unknown as Inquiry, findings)
  expect(sign([anomaly(-4, { service: 'db' })], 'checkout')).toMatchObject({
    service: 'db',
    link: 'https://p',
  })
  expect(sign([], 'checkout')).toEqual({
    at: ONSET,
    what: 'it was declared',
    service: 'checkout',
    link: null,
  })
  expect(sign([], null).service).toBeNull()
})

test('a moment is said as so long before or after it', () => {
  const sign = { at: ONSET, what: 'errors went up', service: null, link: null }
  expect(relative(at(-4), sign)).toBe('4 min before the first sign')
  expect(relative(ONSET, sign)).toBe('0 s before the first sign')
  expect(relative(at(4), sign)).toBe('4 min after the first sign (errors went up)')
})
