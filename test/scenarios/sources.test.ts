/** The systems that watch the services are asked, and what they saw is there when somebody looks. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSources } from '../../adapters/sources/open.ts'
import { remember } from '../../bot/postmortem/load.ts'
import { type PrometheusEmulator, startPrometheus } from '../emulators/sources/prometheus.ts'
import { type Night, night, START } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'
import { durations, requests, up } from '../support/watched.ts'

const at = (minutes: number) => Date.parse(START) + minutes * 60_000
let prom: PrometheusEmulator
let n: Night

beforeEach(async () => {
  prom = await startPrometheus()
  const team = config(`${TEAM.replace(/services:[\s\S]*$/, '')}services:
  checkout: { tier: 1, depends_on: [payments] }
  payments: {}
private_addresses: true
sources:
  prom: { kind: prometheus, url: "${prom.url}" }
`)
  n = await night({ config: team, source: openSources({ config: () => team, hide: () => undefined }) })
})
afterEach(async () => {
  await n.stop()
  await prom.stop()
})

const room = () => n.texts('#inc-20261124-checkout-down-everyone')
const entries = async () => (await remember(n.app.engine, await n.app.engine.world(), 'INC-1'))?.entries ?? []
const declare = () => n.says('diego', '/incident declare Checkout is down for everyone --service checkout')
const shown = () => entries().then(all => all.filter(each => each.source === 'finding'))

test('errors that began before the declaration are in the timeline and in the channel, with the query that shows them', async () => {
  prom.scrape(
    ...requests({ job: 'checkout' }, { perSecond: 40, errors: { from: at(-4), value: 9 } }),
    ...durations({ job: 'payments' }, { perSecond: 30, usual: 0.08, slow: { from: at(-6), value: 2 } }),
    up({ job: 'checkout' }),
  )
  await declare()
  await n.at('20s')
  const found = await shown()
  expect(found.map(({ text }) => text.replace(/ up to.*/, ''))).toEqual([
    'payments: latency p95',
    'checkout: error rate',
    'checkout: request rate',
  ])
  const errors = found[1]!
  expect(errors.at).toBeGreaterThan(at(-4))
  expect(errors.at).toBeLessThan(at(-3))
  expect(errors.learntAt).toBe(at(0))
  expect(new URL(errors.link!).searchParams.get('g0.expr')).toBe(
    'sum(rate(http_requests_total{job="checkout",code=~"5.."}[2m])) or 0 * sum(rate(http_requests_total{job="checkout"}[2m]))',
  )
  expect(room().at(-1)).toContain('What showed, in order')
  expect(room().at(-1)).toMatch(/payments: latency p95 up to 2\.\d+, usually 0\.09.*checkout: error rate/)
  expect(await n.hears('aiko', '/incident timeline INC-1')).toContain('INC-1')
})

test('the message in the channel is one, edited when the stretch is over; who investigates gets another', async () => {
  prom.scrape(...requests({ job: 'checkout' }, { perSecond: 40, errors: { from: at(-4), value: 9 } }))
  const told = () => room().filter(each => each.includes('What may have caused'))
  await declare()
  await n.at('20s')
  const asked = prom.asked.length
  await n.at('6m')
  expect(prom.asked.length).toBe(2 * asked)
  expect(told()).toHaveLength(1)
  expect(JSON.stringify(await n.says('aiko', '/incident investigate INC-1'))).toContain('Asking prom')
  await n.at('7m')
  expect(told()).toHaveLength(2)
})

test('a configuration that an older version kept has no sources, and an incident is declared all the same', async () => {
  const { sources: _, ...older } = n.app.worlds.current().config
  await n.store.configure(older, n.clock.now())
  await declare()
  expect(n.pagesOf('aiko')).toHaveLength(1)
  expect(await n.hears('aiko', '/incident investigate INC-1')).toContain('INC-1')
  expect(prom.asked).toEqual([])
})

test('nothing is posted where nothing was found', async () => {
  prom.scrape(...requests({ job: 'checkout' }, { perSecond: 40 }), up({ job: 'checkout' }))
  await declare()
  await n.at('10m')
  expect(await shown()).toEqual([])
  expect(room().join()).not.toContain('What may have caused')
  expect(JSON.stringify(await n.says('aiko', '/incident investigate INC-1'))).toContain(
    'prom (nothing unusual in what it has)',
  )
})

test('a source that is down is said once, asked again, and delays no page', async () => {
  prom.weather({ status: 503 })
  await declare()
  expect(n.pagesOf('aiko')).toHaveLength(1)
  await n.at('1m')
  const failures = (await n.app.engine.history('INC-1')).filter(({ event }) => event.type === 'source_failed')
  expect(failures).toHaveLength(1)
  expect(room().at(-1)).toContain('prom has trouble (503). To ask again: /incident investigate INC-1')
  prom.weather('fine')
  prom.scrape(...requests({ job: 'checkout' }, { perSecond: 40, errors: { from: at(-4), value: 9 } }))
  await n.at('3m')
  expect((await shown()).map(({ text }) => text)).toContainEqual(
    expect.stringContaining('checkout: error rate up'),
  )
  await n.at('5m')
  expect(
    (await n.incident()).pages.map(({ person, startedAt, lateMs }) => [person, startedAt, lateMs]),
  ).toEqual([
    ['aiko', at(0), 0],
    ['ben', at(5), 0],
  ])
})
