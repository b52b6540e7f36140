/** What comes in from systems, and what becomes of it: an incident, a line of one, a note, or nothing. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Alert } from '../../../bot/alerts/types.ts'
import { createIntake, type Intake } from '../../../bot/engine/intake.ts'
import type { IncidentSummary } from '../../../bot/ports.ts'
import { countedIds } from '../../support/clock.ts'
import { type Process, type Processes, processes } from '../../support/processes.ts'
import { config, TEAM } from '../../support/team.ts'

const YAML = `${TEAM}  search: {}
integrations:
  prom: { source: alertmanager, token: prom-token-0123456789, service: checkout }
  any: { source: generic, token: any-token-0123456789ab, mapping: { title: t }, severities: { awful: SEV1 } }
  quiet: { source: generic, token: quiet-token-012345678, declare: false, mapping: { title: t } }
  gh: { source: github, token: gh-token-0123456789ab, secret: hush-hush-hush }
  open: { source: github, token: open-token-0123456789 }
`
let all: Processes
let one: Process
let intake: Intake
beforeEach(async () => {
  all = await processes()
  begin(YAML)
})
afterEach(() => all.store.close())

function begin(yaml: string) {
  one = all.open({ config: config(yaml) })
  intake = createIntake({ engine: one.engine, store: one.store, ids: countedIds() })
}
const T0 = Date.parse('2026-11-24T02:59:00Z')
const alert = (more: Partial<Alert> = {}): Alert => ({
  ...{
    fingerprint: 'f1',
    status: 'firing',
    title: 'Checkout errors',
    details: 'a lot',
    severity: 'critical',
  },
  ...{ service: null, group: 'g1', labels: {}, startsAt: T0, endsAt: null, link: null },
  ...more,
})
const from = (name: string) => one.worlds.current().config.integrations[name]!
const take = (name: string, ...alerts: readonly Alert[]) => intake(from(name), { alerts, changes: [] })
const nothing = { incidents: [], noted: 0, changes: 0 }
const noted = async () =>
  (await all.store.load('ingested')).map(({ actor, data }) => {
    const { why, integration } = data as { why: string; integration: string }
    return [actor, integration, why]
  })
const typesOf = async (id: string) => (await all.store.load(id)).map(({ type }) => type)

test('an alert declares an incident of its service, as its sender words it, and whoever sends it again is told the same', async () => {
  expect(await take('prom', alert())).toEqual({ ...nothing, incidents: ['INC-1'] })
  expect(await one.engine.incident('INC-1')).toMatchObject({
    ...{ title: 'Checkout errors', details: 'a lot', service: 'checkout', severity: 'SEV2', chosen: false },
    ...{ test: false, drill: false, declaredBy: { kind: 'alert', integration: 'prom' }, number: 1 },
    alerts: { 'prom/f1': alert() },
  })
  const before = await typesOf('INC-1')
  expect(await take('prom', alert())).toEqual({ ...nothing, incidents: ['INC-1'] })
  expect(await typesOf('INC-1')).toEqual(before)
  expect(await all.store.groupHolder('prom/g1')).toBe('INC-1')
})

test('alerts of one group are one incident, of two groups two, and of two senders two', async () => {
  const taken = await take(
    'prom',
    alert(),
    alert({ fingerprint: 'f2' }),
    alert({ fingerprint: 'f3', group: 'g2', title: 'Search errors' }),
  )
  expect(taken).toEqual({ ...nothing, incidents: ['INC-1', 'INC-2'] })
  expect(Object.keys((await one.engine.incident('INC-1'))?.alerts ?? {})).toEqual(['prom/f1', 'prom/f2'])
  expect(await take('prom', alert({ fingerprint: 'f4' }))).toEqual({ ...nothing, incidents: ['INC-1'] })
  expect(await take('any', alert())).toEqual({ ...nothing, incidents: ['INC-3'] })
})

test('an alert that does not say when it began is a new one each time', async () => {
  await take('prom', alert({ startsAt: null }))
  await take('prom', alert({ startsAt: null, status: 'resolved' }))
  await take('prom', alert({ startsAt: null }))
  expect((await typesOf('INC-1')).filter(type => type === 'alert_fired')).toHaveLength(2)
})

test('what declares nothing is noted, with the reason', async () => {
  expect(await take('any', alert({ severity: 'awful' }))).toEqual({ ...nothing, incidents: ['INC-1'] })
  const quiet = { ...nothing, noted: 1 }
  expect(await take('quiet', alert())).toEqual(quiet)
  expect(await take('prom', alert({ status: 'resolved' }))).toEqual(quiet)
  expect(await take('prom', alert())).toEqual(quiet)
  expect(await take('prom', alert({ startsAt: T0 + 1 }))).toEqual({ ...nothing, incidents: ['INC-2'] })
  expect(await noted()).toEqual([
    ['alert:quiet', 'quiet', 'the route declares nothing at SEV2'],
    ['alert:prom', 'prom', 'it is over, and belongs to no open incident'],
  ])
})

test('the service is the one of the route, else the one that the alert names, where the team has it', async () => {
  await take('prom', alert({ service: 'search' }))
  await take('any', alert({ service: 'search' }))
  await take('any', alert({ service: 'unheard', group: 'g2', fingerprint: 'f2' }))
  await take('any', alert({ group: 'g3', fingerprint: 'f3' }))
  const services = ['INC-1', 'INC-2', 'INC-3', 'INC-4'].map(
    async id => (await one.engine.incident(id))?.service,
  )
  expect(await Promise.all(services)).toEqual(['checkout', 'search', null, null])
})

test('with two hundred incidents open a storm declares no more, and still joins those that are there (S21)', async () => {
  const seen = (count: number) => {
    for (let each = 0; each < count; each++)
      one.worlds.seen({ id: `OLD-${each}`, open: true } as IncidentSummary)
  }
  seen(199)
  expect((await take('prom', alert())).incidents).toEqual(['INC-1'])
  expect(await take('prom', alert({ group: 'g2', fingerprint: 'f2' }))).toEqual({ ...nothing, noted: 1 })
  expect((await take('prom', alert({ fingerprint: 'f3' }))).incidents).toEqual(['INC-1'])
  expect(await noted()).toEqual([['alert:prom', 'prom', 'too many incidents are open']])
})

const change = {
  id: 'c1',
  kind: 'deployment',
  state: 'succeeded',
  service: 'checkout',
  title: 'v42',
} as const
test('changes are kept once, beside the alerts of the same delivery', async () => {
  const whole = { ...change, version: null, environment: null, by: null, at: T0, link: null }
  const taken = await intake(from('prom'), { alerts: [alert()], changes: [whole, { ...whole, id: 'c2' }] })
  expect(taken).toEqual({ incidents: ['INC-1'], noted: 0, changes: 2 })
  await intake(from('prom'), { alerts: [], changes: [whole] })
  const { changes } = await one.engine.ingested()
  expect(changes.map(({ id, integration, title }) => [id, integration, title])).toEqual([
    ['c1', 'prom', 'v42'],
    ['c2', 'prom', 'v42'],
  ])
  expect((await all.store.load('ingested'))[0]?.actor).toBe('alert:prom')
})

test('what a tracker says of its issues counts when it is signed, and of the repository that the team has', async () => {
  begin(`${YAML}actions: { github: { repo: Acme/Shop, token_file: /run/secrets/github } }\n`)
  const issue = { number: 7, url: 'https://t/7', title: 't', closed: true, updatedAt: 1 }
  const asks = async (name: string, repo: string, seen = [issue]) => {
    one.asked()
    const taken = await intake(from(name), { alerts: [], changes: [], issues: { repo, seen } })
    expect(taken).toEqual(nothing)
    return one.asked().includes('loadMany actions')
  }
  expect(await asks('gh', 'acme/shop')).toBe(true)
  expect(await asks('gh', 'acme/shop', [])).toBe(false)
  expect(await asks('gh', 'acme/other')).toBe(false)
  expect(await asks('open', 'acme/shop')).toBe(false)
  begin(YAML)
  expect(await asks('gh', 'acme/shop')).toBe(false)
})
