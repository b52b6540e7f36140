/** What the sources saw tells a deployment that did it from one that only happened to be near. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSources } from '../../adapters/sources/open.ts'
import type { Change } from '../../bot/alerts/types.ts'
import { remember } from '../../bot/postmortem/load.ts'
import { markdown } from '../../bot/postmortem/render.ts'
import { type LokiEmulator, startLoki } from '../emulators/sources/loki.ts'
import { type PrometheusEmulator, startPrometheus } from '../emulators/sources/prometheus.ts'
import { startTempo, type TracesEmulator } from '../emulators/sources/traces.ts'
import { type Night, night, START } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'
import { durations, requests, up } from '../support/watched.ts'

const at = (minutes: number) => Date.parse(START) + minutes * 60_000
let prom: PrometheusEmulator
let loki: LokiEmulator
let tempo: TracesEmulator
let n: Night

beforeEach(async () => {
  ;[prom, loki, tempo] = await Promise.all([startPrometheus(), startLoki(), startTempo()])
  const team = config(`${TEAM.replace(/services:[\s\S]*$/, '')}services:
  web: { tier: 1, depends_on: [checkout, orders] }
  checkout: { depends_on: [payments] }
  orders: { depends_on: [payments] }
  payments: {}
  search: {}
integrations: { ci: { source: github, token: ci-token-0123456789ab }, am: { source: alertmanager, token: am-token-0123456789ab } }
private_addresses: true
sources:
  prom: { kind: prometheus, url: "${prom.url}" }
  logs: { kind: loki, url: "${loki.url}" }
  traces: { kind: tempo, url: "${tempo.url}" }
`)
  n = await night({ config: team, source: openSources({ config: () => team, hide: () => undefined }) })
})
afterEach(async () => {
  await n.stop()
  await Promise.all([prom.stop(), loki.stop(), tempo.stop()])
})

const deployed = (service: string, minutes: number): Change => ({
  id: `${service}-${minutes}`,
  kind: 'deployment',
  state: 'succeeded',
  service,
  title: `${service} v42`,
  version: 'v42',
  environment: 'production',
  by: 'ben',
  at: at(minutes),
  link: 'https://ci.example.com/42',
})
const seen = (...changes: Change[]) =>
  n.app.intake(n.app.worlds.current().config.integrations.ci!, { alerts: [], changes })
const told = async () => (await remember(n.app.engine, await n.app.engine.world(), 'INC-1'))!
const declare = () => n.says('diego', '/incident declare The shop is down for everyone --service web')

/** Payments is slow since six minutes ago, and those that call it fail since four. */
function paymentsIsSlow() {
  for (const job of ['web', 'checkout', 'orders', 'payments']) prom.scrape(up({ job }))
  prom.scrape(
    ...durations({ job: 'payments' }, { perSecond: 30, usual: 0.08, slow: { from: at(-6), value: 2 } }),
    ...requests({ job: 'checkout' }, { perSecond: 40, errors: { from: at(-4), value: 9 } }),
    ...requests({ job: 'orders' }, { perSecond: 20, errors: { from: at(-4), value: 4 } }),
    ...requests({ job: 'web' }, { perSecond: 90 }),
  )
  const lines = Array.from(
    { length: 30 },
    (_, index) => [at(-4) + index * 7000, `ERROR payments: timeout after ${2000 + index} ms`] as const,
  )
  loki.push({ labels: { app: 'checkout' }, lines })
  const spans = (index: number, start: number, ms: number) => ({
    id: (index + 1).toString(16).padStart(32, '0'),
    spans: [
      { id: 'a1', service: 'payments', operation: 'POST /pay', start, ms },
      {
        id: 'b2',
        parent: 'a1',
        service: 'payments',
        operation: 'charge card',
        kind: 'internal' as const,
        start: start + 1,
        ms: ms - 5,
      },
    ],
  })
  tempo.send(...Array.from({ length: 40 }, (_, index) => spans(index, at(-80) + index * 60_000, 80 + index)))
  tempo.send(spans(100, at(-5), 2400), spans(101, at(-3), 2600))
}

test('a bad deployment makes one service slow and two that depend on it fail: it is the first candidate, and the timeline has the true order', async () => {
  await seen(deployed('payments', -8), deployed('search', -7), deployed('checkout', -200))
  paymentsIsSlow()
  await declare()
  await n.at('1m')
  await n.says('aiko', '/incident ack INC-1')
  await n.at('10m')
  const { entries, investigation, postmortem } = await told()
  const [first, second] = investigation.candidates
  expect(first).toMatchObject({ kind: 'change', title: 'payments v42', link: 'https://ci.example.com/42' })
  expect(second?.score ?? 0).toBeLessThan(first!.score)
  const order = entries.filter(({ source }) => ['change', 'finding'].includes(source)).map(({ text }) => text)
  const place = (words: string) => order.findIndex(text => text.includes(words))
  expect(place('payments v42')).toBeGreaterThanOrEqual(0)
  expect(place('payments v42')).toBeLessThan(place('payments: latency p95 up'))
  expect(place('payments: latency p95 up')).toBeLessThan(place('checkout: error rate up'))
  expect(place('orders: error rate up')).toBeGreaterThan(0)
  expect(place('checkout logged ERROR payments: timeout')).toBeGreaterThan(0)
  expect(order.find(text => text.includes('POST /pay'))).toContain('most of it in charge card of payments')
  expect(entries.every((entry, index) => index === 0 || entry.at >= entries[index - 1]!.at)).toBe(true)
  expect(entries.filter(({ source }) => source === 'finding').every(({ link }) => link !== null)).toBe(true)
  expect(markdown(postmortem)).toMatch(/payments v42 \(\d+ %\)/)
  expect(postmortem.figures).toMatchObject({ acknowledgeMs: 60_000, pages: 1 })
  expect(
    n.texts('#inc-20261124-shop-down-everyone').filter(each => each.includes('What may have caused')),
  ).toHaveLength(1)
})

test('a deployment after the first sign that the metrics show is innocent, though it came before the declaration', async () => {
  await seen(deployed('checkout', -3))
  paymentsIsSlow()
  await declare()
  await n.at('10m')
  const { investigation } = await told()
  expect(investigation.candidates.map(({ title }) => title)).not.toContain('checkout v42')
  expect(investigation.firstSign.at).toBeLessThan(at(-3))
})

test('sources that never answer keep nobody waiting: the page leaves at once, the next rung on time', async () => {
  for (const source of [prom, loki, tempo]) source.weather('silent')
  await n.app.receive({
    chat: 'console',
    cause: 'c1',
    user: { id: 'diego', name: 'diego', kind: 'member' },
    channel: '#incidents',
    line: '/incident declare The shop is down for everyone --service web',
  })
  const ticking = n.app.clockwork.tick()
  while (n.pagesOf('aiko').length === 0) await new Promise(resolve => setImmediate(resolve))
  expect(await Promise.race([ticking.then(() => 'over'), Promise.resolve('still asking')])).toBe(
    'still asking',
  )
  await ticking
  const why = (await n.app.engine.history('INC-1')).flatMap(({ event }) =>
    event.type === 'source_failed' ? [event.why] : [],
  )
  expect(why.toSorted()).toEqual(['logs', 'prom', 'traces'].map(name => `${name} did not answer within 7 s`))
  for (const source of [prom, loki, tempo]) source.weather('fine')
  await n.at('5m')
  expect((await n.incident()).pages.map(({ person, startedAt }) => [person, startedAt])).toEqual([
    ['aiko', at(0)],
    ['ben', at(5)],
  ])
}, 30_000)

test('a storm of incidents asks a source a few at a time, and every card and page is there', async () => {
  paymentsIsSlow()
  const alerts = Array.from({ length: 20 }, (_, index) => ({
    fingerprint: `f${index}`,
    status: 'firing' as const,
    title: `Part ${index} of payments fails`,
    details: '',
    severity: 'critical',
    service: 'payments',
    group: `g${index}`,
    labels: {},
    startsAt: at(0),
    endsAt: null,
    link: null,
  }))
  await n.app.intake(n.app.worlds.current().config.integrations.am!, { alerts, changes: [] })
  await n.at('1m')
  const all = await Promise.all(Array.from({ length: 20 }, (_, index) => n.incident(`INC-${index + 1}`)))
  expect(all.every(({ pages, rooms }) => pages.length === 1 && rooms.console?.card != null)).toBe(true)
  expect(all.every(({ sources }) => sources.prom?.failed === null && sources.prom.found > 0)).toBe(true)
})
