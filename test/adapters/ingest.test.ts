/** Each source's payload, as its documents describe it and in values of our own, becomes the same kinds of things. */
import { createSign, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { isAuthentic } from '../../adapters/ingest/signatures.ts'
import { confirmationOf, isFromSns } from '../../adapters/ingest/sns.ts'
import { READERS } from '../../adapters/ingest/sources.ts'
import type { Source } from '../../bot/words.ts'

const NOW = Date.parse('2026-11-24T03:00:00Z')
const read = async (source: Source, payload: unknown, event?: string) =>
  (await READERS[source]()).read(payload, {
    now: NOW,
    mapping: {},
    header: name => (name === 'x-github-event' ? event : undefined),
  })

const ALERTS: readonly (readonly [Source, unknown, object])[] = [
  [
    'alertmanager',
    { alerts: [{ status: 'firing', labels: { alertname: 'A', job: 'api' }, fingerprint: 'f' }] },
    { fingerprint: 'f', title: 'A', service: 'api' },
  ],
  [
    'grafana',
    { state: 'alerting', ruleId: 7, ruleName: 'CPU', message: 'hot' },
    { fingerprint: 'rule-7', title: 'CPU', details: 'hot' },
  ],
  [
    'grafana',
    { alerts: [{ status: 'resolved', labels: { alertname: 'A' }, panelURL: 'https://g.example/p' }] },
    { status: 'resolved', link: 'https://g.example/p' },
  ],
  [
    'datadog',
    {
      title: '[Triggered] Disk',
      alert_id: '5',
      alert_cycle_key: 'k',
      transition: 'Triggered',
      priority: 'P2',
      tags: 'service:db,env:prod',
    },
    { fingerprint: 'k', title: 'Disk', severity: 'P2', service: 'db', group: 'monitor-5' },
  ],
  [
    'datadog',
    { title: '[Recovered] Disk', alert_cycle_key: 'k', transition: 'Recovered' },
    { status: 'resolved' },
  ],
  [
    'sentry',
    {
      action: 'triggered',
      data: { event: { issue_id: '9', title: 'TypeError', level: 'error', web_url: 'https://s.example/9' } },
    },
    { fingerprint: 'issue-9', severity: 'error', link: 'https://s.example/9' },
  ],
  [
    'sentry',
    { action: 'resolved', data: { metric_alert: { id: '4', title: 'p95' } } },
    { fingerprint: 'metric-4', status: 'resolved' },
  ],
  [
    'newrelic',
    {
      id: 'u',
      state: 'ACTIVATED',
      title: 'Apdex',
      priority: 'CRITICAL',
      createdAt: NOW,
      issueUrl: 'https://n.example',
    },
    { fingerprint: 'u', startsAt: NOW, severity: 'CRITICAL' },
  ],
  ['newrelic', { id: 'u', state: 'CLOSED', title: 'Apdex' }, { status: 'resolved' }],
  [
    'uptimekuma',
    { heartbeat: { status: 0, msg: 'timeout' }, monitor: { id: 3, name: 'Shop' } },
    { fingerprint: 'monitor-3', title: 'Shop is down', details: 'timeout' },
  ],
  ['uptimekuma', { heartbeat: { status: 1 }, monitor: { id: 3, name: 'Shop' } }, { status: 'resolved' }],
  [
    'zabbix',
    { event_id: '12', event_name: 'Load', event_severity: 'High', event_value: '1', host_name: 'web-1' },
    { fingerprint: '12', service: 'web-1', severity: 'High' },
  ],
  ['zabbix', { event_id: '12', event_name: 'Load', event_value: '0' }, { status: 'resolved' }],
  [
    'gcp',
    {
      version: '1.2',
      incident: { incident_id: 'i', policy_name: 'P', state: 'open', started_at: NOW / 1000, summary: 's' },
    },
    { fingerprint: 'i', title: 'P', startsAt: NOW },
  ],
  ['gcp', { incident: { incident_id: 'i', policy_name: 'P', state: 'closed' } }, { status: 'resolved' }],
  [
    'azure',
    {
      data: {
        essentials: {
          alertRule: 'R',
          originAlertId: 'o',
          severity: 'Sev0',
          monitorCondition: 'Fired',
          firedDateTime: '2026-11-24T03:00:00Z',
        },
      },
    },
    { fingerprint: 'o', severity: 'critical', startsAt: NOW },
  ],
  [
    'azure',
    { data: { essentials: { alertRule: 'R', monitorCondition: 'Resolved' } } },
    { status: 'resolved' },
  ],
  [
    'opsgenie',
    { action: 'Create', alert: { alertId: 'a', message: 'M', priority: 'P1', alias: 'al', entity: 'e' } },
    { fingerprint: 'a', severity: 'P1', group: 'al', service: 'e' },
  ],
  ['opsgenie', { action: 'Close', alert: { alertId: 'a', message: 'M' } }, { status: 'resolved' }],
  [
    'pagerduty',
    {
      event: {
        event_type: 'incident.triggered',
        data: { id: 'Q', title: 'T', urgency: 'high', service: { summary: 'S' } },
      },
    },
    { fingerprint: 'Q', severity: 'high', service: 'S' },
  ],
  [
    'cloudwatch',
    {
      AlarmName: 'CPU',
      NewStateValue: 'ALARM',
      AWSAccountId: '1',
      Region: 'EU',
      StateChangeTime: '2026-11-24T03:00:00.000+0000',
    },
    { title: 'CPU', fingerprint: '1/EU/CPU' },
  ],
  ['cloudwatch', { AlarmName: 'CPU', NewStateValue: 'OK' }, { status: 'resolved' }],
  ['generic', { title: 'T', status: 'ok' }, { title: 'T', status: 'resolved' }],
]
test.each(ALERTS)('%s: %j', async (source, payload, wanted) => {
  expect((await read(source, payload))?.alerts).toMatchObject([{ status: 'firing', ...wanted }])
})

const CHANGES: readonly (readonly [Source, string | undefined, unknown, object])[] = [
  [
    'github',
    'deployment_status',
    {
      deployment: { id: 1, ref: 'v2', environment: 'prod' },
      deployment_status: { state: 'failure' },
      repository: { name: 'shop' },
    },
    { state: 'failed', service: 'shop', environment: 'prod' },
  ],
  [
    'github',
    'deployment',
    { deployment: { id: 1, description: 'Rollback to v1' }, repository: { name: 'shop' } },
    { kind: 'rollback', state: 'started' },
  ],
  [
    'github',
    'release',
    { action: 'published', release: { id: 5, tag_name: 'v3' }, repository: { name: 'shop' } },
    { version: 'v3' },
  ],
  [
    'gitlab',
    undefined,
    {
      object_kind: 'deployment',
      status: 'success',
      deployment_id: 4,
      short_sha: 'abc',
      project: { name: 'shop' },
    },
    { state: 'succeeded', version: 'abc' },
  ],
  [
    'argocd',
    undefined,
    { app: 'shop', revision: 'def', phase: 'Failed' },
    { state: 'failed', version: 'def', service: 'shop' },
  ],
  [
    'generic',
    undefined,
    { title: 'new checkout on', change: 'flag', service: 'shop' },
    { kind: 'flag', service: 'shop' },
  ],
]
test.each(CHANGES)('%s %s: %j', async (source, event, payload, wanted) => {
  expect((await read(source, payload, event))?.changes).toMatchObject([wanted])
})

const AGAIN: readonly (readonly [Source, object, object])[] = [
  [
    'generic',
    { title: 'new checkout on', change: 'flag', time: '2026-11-24T01:00:00Z' },
    { time: '2026-11-24T02:00:00Z' },
  ],
  [
    'argocd',
    { app: 'shop', revision: 'def', phase: 'Succeeded', finishedAt: '2026-11-24T01:00:00Z' },
    { finishedAt: '2026-11-24T02:00:00Z' },
  ],
]
test.each(AGAIN)(
  '%s: a change that is made again later is another one, sent again it is the same',
  async (source, payload, later) => {
    const id = async (given: object) => (await read(source, given))?.changes?.[0]?.id
    expect(await id(payload)).toBe(await id(payload))
    expect(await id({ ...payload, ...later })).not.toBe(await id(payload))
  },
)

test.each(Object.keys(READERS) as Source[])(
  '%s: another shape is told apart, and nothing hostile gets in',
  async source => {
    for (const payload of [{}, [], null, 7, 'x']) expect(await read(source, payload)).toBeUndefined()
    const hostile = JSON.parse(
      '{"alerts":[{"labels":{"__proto__":{"x":1},"a":{"b":1},"c":"d"},"generatorURL":"javascript:alert(1)"}],"title":"t"}',
    )
    for (const alert of (await read(source, hostile))?.alerts ?? []) {
      expect(alert.link).toBeNull()
      expect(({} as { x?: number }).x).toBeUndefined()
    }
  },
)

test('a signature must fit the raw bytes; a source that signs nothing is held to its token', () => {
  const header = (value: string) => () => value
  expect(isAuthentic('gitlab', 'secret', '{}', header('secret'))).toBe(true)
  expect(isAuthentic('gitlab', 'secret', '{}', header('Secret'))).toBe(false)
  expect(isAuthentic('sentry', 'secret', '{}', () => undefined)).toBe(false)
  expect(isAuthentic('zabbix', 'secret', '{}', () => undefined)).toBe(true)
})

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const PEM = `https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-${'a'.repeat(32)}.pem`
const amazon = async () => ({
  status: 200,
  body: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  header: () => undefined,
})
const notification = (url = PEM) => {
  const fields = { Message: '{}', MessageId: 'm', Timestamp: 't', TopicArn: 'a', Type: 'Notification' }
  const text = Object.entries(fields)
    .map(([name, value]) => `${name}\n${value}\n`)
    .join('')
  const Signature = createSign('RSA-SHA256').update(text).sign(privateKey, 'base64')
  return { ...fields, Signature, SignatureVersion: '2', SigningCertURL: url }
}

test('SNS: what Amazon signed is believed, and nothing else', async () => {
  expect(await isFromSns(notification(), amazon)).toBe(true)
  expect(await isFromSns({ ...notification(), Message: '{"x":1}' }, amazon)).toBe(false)
})
test.each([
  `https://sns.s3-us-west-2.amazonaws.com/SimpleNotificationService-${'a'.repeat(32)}.pem`,
  `https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-${'a'.repeat(32)}.pem`,
  `https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-${'a'.repeat(32)}.pem`,
  `http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-${'a'.repeat(32)}.pem`,
  `https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-${'a'.repeat(32)}.pem`,
  'https://sns.eu-west-1.amazonaws.com/other.pem',
])('SNS: %s is not asked for a certificate', async url => {
  const called = async () => {
    throw new Error('it was called')
  }
  expect(await isFromSns(notification(url), called)).toBe(false)
})
test('SNS: a confirmation is asked of Amazon, at an address that the body does not name', () => {
  const body = {
    TopicArn: 'arn:aws:sns:eu-west-1:123456789012:alarms',
    Token: 'ab'.repeat(40),
    SubscribeURL: 'https://evil.example',
  }
  expect(confirmationOf(body)).toMatch(
    /^https:\/\/sns\.eu-west-1\.amazonaws\.com\/\?Action=ConfirmSubscription&TopicArn=arn%3Aaws/,
  )
  expect(confirmationOf({ ...body, TopicArn: 'arn:aws:sns:evil.example/:1:x' })).toBeUndefined()
})
