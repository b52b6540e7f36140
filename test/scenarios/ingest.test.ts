/** Alerts and changes as systems send them, over HTTP: one incident a group, nothing twice, nothing lost, nothing believed unsigned. */
import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTokens } from '../../adapters/ingest/tokens.ts'
import { StoreFailure } from '../../adapters/sql/failure.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { alertmanagerRoutes } from '../../adapters/web/alertmanager.ts'
import { ingestRoutes } from '../../adapters/web/ingest.ts'
import { startServer, type WebServer } from '../../adapters/web/server.ts'
import { type Night, night } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'

const YAML = `${TEAM}
integrations:
  prom: { source: alertmanager, token: prom-token-0123456789, service: checkout }
  pd: { source: pagerduty, token: pd-token-0123456789ab }
  gh: { source: github, token: gh-token-0123456789ab, secret: hush-hush-hush }
  own: { source: generic, token: own-token-0123456789a, mapping: { title: what.name, severity: how.bad }, severities: { awful: SEV1 } }
  quiet: { source: generic, token: quiet-token-012345678, declare: false }
`
let n: Night
let server: WebServer

beforeEach(async () => {
  n = await night({ config: config(YAML) })
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  const tokens = createTokens(() => n.app.worlds.current().config, telemetry)
  const parts = { app: n.app, store: n.store, clock: n.clock, tokens, allows: async () => false }
  server = await startServer({
    host: '127.0.0.1',
    port: 0,
    routes: [ingestRoutes({ ...parts, intake: n.app.intake }), alertmanagerRoutes(parts)],
    rawRoutes: [],
    telemetry,
  })
})
afterEach(async () => {
  await server.close()
  await n.stop()
})

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await fetch(server.url + path, { method: 'POST', body: text, headers })
  const said = (await answer.json()) as Record<string, unknown>
  await n.app.clockwork.tick()
  return { status: answer.status, ...said }
}

const fires = (name: string, more: Record<string, unknown> = {}, labels: Record<string, string> = {}) => ({
  status: 'firing',
  labels: { alertname: name, severity: 'critical', ...labels },
  annotations: { summary: `${name} on the cluster` },
  startsAt: '2026-11-24T02:59:00Z',
  endsAt: '0001-01-01T00:00:00Z',
  ...more,
})
const webhook = (...alerts: unknown[]) => ({ version: '4', groupKey: 'g1', status: 'firing', alerts })
const PROM = '/ingest/alertmanager/prom-token-0123456789'

test('an alert declares an incident, pages the right person, and the same delivery twice is the same once', async () => {
  expect(await post(PROM, webhook(fires('PodsCrash')))).toMatchObject({ status: 200, incidents: ['INC-1'] })
  expect(await post(PROM, webhook(fires('PodsCrash')))).toMatchObject({ status: 200, incidents: ['INC-1'] })
  const incident = await n.incident()
  expect(incident).toMatchObject({ title: 'PodsCrash on the cluster', severity: 'SEV2', service: 'checkout' })
  expect(incident.judged).toMatchObject({
    criterion: 'the sender says critical',
    reasons: ['the sender says critical'],
  })
  expect(n.pagesOf('aiko')).toHaveLength(1)
  expect(
    (await n.app.engine.history('INC-1')).filter(({ event }) => event.type === 'alert_fired'),
  ).toHaveLength(1)
})

test('two hundred alerts of one group are one incident', async () => {
  const many = Array.from({ length: 200 }, (_, index) => fires('PodsCrash', {}, { pod: `p${index}` }))
  expect(await post(PROM, webhook(...many))).toMatchObject({ incidents: ['INC-1'] })
  expect(Object.keys((await n.incident()).alerts)).toHaveLength(200)
  expect(n.pagesOf('aiko')).toHaveLength(1)
})

test('a group that fires in two deliveries at once opens one incident', async () => {
  const one = webhook(fires('PodsCrash', {}, { pod: 'a' }))
  const two = webhook(fires('PodsCrash', {}, { pod: 'b' }))
  const both = await Promise.all([post(PROM, one), post(PROM, two)])
  expect(both.map(each => (each as { incidents?: unknown }).incidents)).toEqual([['INC-1'], ['INC-1']])
  expect(Object.keys((await n.incident()).alerts)).toHaveLength(2)
})

test('what is resolved is noted, the last one says so, and when it fires again after the close it is another incident', async () => {
  await post(PROM, webhook(fires('PodsCrash')))
  const over = { status: 'resolved', endsAt: '2026-11-24T03:00:00Z' }
  await post(PROM, webhook(fires('PodsCrash', over)))
  await n.at('10s')
  const ends = (await n.app.engine.history('INC-1')).filter(({ event }) => event.type === 'alert_resolved')
  expect(ends).toMatchObject([{ event: { left: 0 } }])
  expect((await n.incident()).status).not.toBe('resolved')
  await n.says('aiko', '/incident close INC-1')
  expect(await post(PROM, webhook(fires('PodsCrash', over)))).toMatchObject({ incidents: ['INC-1'] })
  expect(await post(PROM, webhook(fires('PodsCrash')))).toMatchObject({ incidents: ['INC-1'] })
  const again = fires('PodsCrash', { startsAt: '2026-11-24T03:05:00Z' })
  expect(await post(PROM, webhook(again))).toMatchObject({ incidents: ['INC-2'] })
})

test('a worse alert of the same group raises the severity and calls more people; a milder one does not lower it', async () => {
  const warning = fires('Latency', {}, { severity: 'warning' })
  await post(PROM, webhook(warning))
  expect((await n.incident()).severity).toBe('SEV3')
  await post(PROM, webhook(fires('Latency', {}, { severity: 'P1', pod: 'b' })))
  expect((await n.incident()).severity).toBe('SEV1')
  await post(PROM, webhook(fires('Latency', {}, { severity: 'warning', pod: 'c' })))
  expect((await n.incident()).severity).toBe('SEV1')
})

test('Prometheus posts to the Alertmanager API, amtool reads it', async () => {
  const headers = { authorization: 'Bearer prom-token-0123456789' }
  const alert = {
    labels: { alertname: 'DiskFull', severity: 'page' },
    annotations: {},
    startsAt: '2026-11-24T02:59:00Z',
  }
  expect(await post('/api/v2/alerts', [alert], headers)).toMatchObject({ status: 200 })
  const get = async (path: string) => (await fetch(server.url + path, { headers })).json()
  expect(await get('/api/v2/alerts')).toMatchObject([
    { labels: { alertname: 'DiskFull' }, status: { state: 'active' }, annotations: { incident: 'INC-1' } },
  ])
  expect(await get('/api/v2/alerts?filter=alertname%3D%22Other%22')).toEqual([])
  expect(await get('/api/v2/silences')).toEqual([])
  expect(await get('/api/v2/status')).toMatchObject({ cluster: { status: 'disabled' } })
  expect((await fetch(`${server.url}/api/v2/alerts`)).status).toBe(401)
  expect(await post('/api/v2/alerts', [{ labels: {} }], headers)).toMatchObject({ status: 400 })
})

test('PagerDuty events: trigger, the same key again, resolve', async () => {
  const event = (event_action: string, more = {}) => ({
    routing_key: 'pd-token-0123456789ab',
    event_action,
    dedup_key: 'disk-1',
    payload: { summary: 'Disk is full', source: 'db-1', severity: 'critical' },
    ...more,
  })
  expect(await post('/v2/enqueue', event('trigger'))).toMatchObject({
    status: 'success',
    dedup_key: 'disk-1',
  })
  await post('/v2/enqueue', event('trigger'))
  expect(await n.incident()).toMatchObject({ title: 'Disk is full' })
  await post('/v2/enqueue', event('resolve'))
  expect(Object.values((await n.incident()).alerts)[0]?.status).toBe('resolved')
  expect(await post('/v2/enqueue', { ...event('trigger'), routing_key: 'x' })).toMatchObject({
    status: 'invalid event',
  })
  expect(await post('/v2/enqueue', event('explode'))).toMatchObject({ status: 'invalid event' })
})

test('GitHub deployments are kept as changes, once, and only when GitHub signed them', async () => {
  const body = JSON.stringify({
    deployment: {
      id: 7,
      ref: 'v42',
      sha: 'abc',
      environment: 'production',
      created_at: '2026-11-24T02:50:00Z',
    },
    deployment_status: { state: 'success', created_at: '2026-11-24T02:55:00Z' },
    repository: { name: 'checkout', html_url: 'https://github.example/checkout' },
    sender: { login: 'ben' },
  })
  const signature = `sha256=${createHmac('sha256', 'hush-hush-hush').update(body).digest('hex')}`
  const headers = { 'x-github-event': 'deployment_status', 'x-hub-signature-256': signature }
  const path = '/ingest/github/gh-token-0123456789ab'
  expect(await post(path, body, headers)).toMatchObject({ status: 200, changes: 1 })
  await post(path, body, headers)
  expect((await n.app.engine.ingested()).changes).toMatchObject([
    { service: 'checkout', version: 'abc', state: 'succeeded', by: 'ben' },
  ])
  expect(
    await post(path, body, { ...headers, 'x-hub-signature-256': signature.replace(/.$/, '0') }),
  ).toMatchObject({ status: 401 })
  expect(await post(path, `${body} `, headers)).toMatchObject({ status: 401 })
})

test('an alert whose end came before its beginning declares nothing; when it fires again it does (I15)', async () => {
  const over = fires('Flap', { status: 'resolved', endsAt: '2026-11-24T03:00:00Z' })
  await post(PROM, webhook(over))
  expect(await post(PROM, webhook(fires('Flap')))).toMatchObject({ status: 200, incidents: [], noted: 1 })
  expect(await post(PROM, webhook(fires('Flap', { startsAt: '2026-11-24T03:05:00Z' })))).toMatchObject({
    incidents: ['INC-1'],
  })
})

test('while the database takes nothing a sender hears 503, and sends again (I29)', async () => {
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  const full = await startServer({
    host: '127.0.0.1',
    port: 0,
    routes: [
      app => {
        app.post('/ingest', () => {
          throw new StoreFailure('SQLITE_FULL', 'The disk is full.', new Error('full'))
        })
      },
    ],
    rawRoutes: [],
    telemetry,
  })
  const answer = await fetch(`${full.url}/ingest`, { method: 'POST', body: '{}' })
  expect(answer.status).toBe(503)
  expect(await answer.text()).toContain('The disk is full. Nothing was recorded; send it again.')
  await full.close()
})

test('a token that stands in the configuration is kept nowhere but as its hash', async () => {
  await n.app.configure(config(YAML))
  const kept = JSON.stringify(await n.store.load('config'))
  expect(kept).toContain('"gh"')
  expect(kept).not.toContain('gh-token-0123456789ab')
})

test('a mapping reads any JSON; a route that declares nothing notes what comes', async () => {
  await post('/ingest/generic/own-token-0123456789a', { what: { name: 'Kaboom' }, how: { bad: 'awful' } })
  expect(await n.incident()).toMatchObject({ title: 'Kaboom', severity: 'SEV1' })
  expect(await post('/ingest/generic/quiet-token-012345678', { title: 'Hm' })).toMatchObject({
    noted: 1,
    incidents: [],
  })
  expect(Object.values((await n.app.engine.ingested()).alerts)).toMatchObject([{ title: 'Hm' }])
})

test.each([
  ['a wrong token', '/ingest/alertmanager/nothing-like-it-0', '{}', 401],
  ["another source's token", '/ingest/grafana/prom-token-0123456789', '{}', 401],
  ['no JSON', PROM, 'oops', 400],
  ['another shape', PROM, '{"hello": 1}', 422],
  ['an unknown source', '/ingest/nagios/prom-token-0123456789', '{}', 401],
])('%s is refused and changes nothing', async (_, path, body, status) => {
  expect(await post(path, body)).toMatchObject({ status })
  expect(await n.store.incidents({ limit: 10 })).toEqual([])
})
