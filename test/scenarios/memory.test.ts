/** What an incident remembers: a bad deployment comes out first, an innocent one does not, and the timeline is in the true order. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { candidatesOf } from '../../bot/evidence/candidates.ts'
import { deployed, seen, told } from '../support/changes.ts'
import { type Night, night, START } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'

const YAML = `${TEAM.replace(/services:[\s\S]*$/, '')}services:
  checkout: { tier: 1, depends_on: [payments-db] }
  search: {}
  payments-db: {}
integrations:
  ci: { source: github, token: ci-token-0123456789ab }
  prom: { source: alertmanager, token: prom-token-0123456789 }
`
let n: Night
beforeEach(async () => {
  n = await night({ config: config(YAML) })
})
afterEach(() => n.stop())

const at = (minutes: number) => Date.parse(START) + minutes * 60_000

test('a bad deployment of what checkout depends on is the first candidate, with its reasons and its link', async () => {
  await seen(n, deployed('payments-db', -6), deployed('search', -2), deployed('checkout', -300))
  await n.says('diego', '/incident declare Checkout is down for everyone --service checkout')
  const [first, ...others] = candidatesOf(
    await n.app.engine.world(),
    await n.incident(),
    await n.app.engine.ingested(),
  )
  expect(first).toMatchObject({
    title: 'payments-db v42',
    reasons: ['deployment succeeded 6 min before the first sign', 'checkout depends on payments-db'],
    link: 'https://ci.example.com/42',
  })
  expect(others.every(each => each.score < (first?.score ?? 0) / 2)).toBe(true)
  expect(await n.hears('aiko', '/incident investigate INC-1')).toContain('payments-db v42')
})

test('a deployment after the first sign, or of a service that it does not depend on, is not blamed', async () => {
  await seen(n, deployed('checkout', 3), deployed('search', -1))
  n.clock.moveTo(at(5))
  const prom = n.app.worlds.current().config.integrations.prom!
  await n.app.intake(prom, {
    changes: [],
    alerts: [
      {
        fingerprint: 'f',
        status: 'firing',
        title: 'Errors in checkout',
        details: '',
        severity: 'critical',
        service: 'checkout',
        group: 'g',
        labels: {},
        startsAt: at(1),
        endsAt: null,
        link: null,
      },
    ],
  })
  const found = candidatesOf(await n.app.engine.world(), await n.incident(), await n.app.engine.ingested())
  expect(found.map(each => [each.title, each.score < 0.1])).toEqual([['search v42', true]])
})

test('the timeline is in the true order, whatever the order in which things were learnt', async () => {
  await n.says('diego', '/incident declare Checkout is down for everyone --service checkout')
  await n.at('2m')
  await seen(n, deployed('checkout', -10))
  const { entries } = await told(n)
  expect(entries[0]).toMatchObject({ source: 'change', who: 'ben', at: at(-10), learntAt: at(2) })
  expect(entries.map(entry => entry.at)).toEqual([...entries.map(entry => entry.at)].sort((a, b) => a - b))
})

test('an alert that declared nothing is in the timeline of whatever depends on its service, and of nothing else', async () => {
  const prom = n.app.worlds.current().config.integrations.prom!
  const info = (fingerprint: string, service: string) => ({
    fingerprint,
    status: 'firing' as const,
    title: `Replica of ${service} lags`,
    details: '',
    severity: 'info',
    service,
    group: fingerprint,
    labels: {},
    startsAt: at(-4),
    endsAt: null,
    link: 'https://prom.example.com/1',
  })
  await n.app.intake(prom, { changes: [], alerts: [info('f1', 'payments-db'), info('f2', 'search')] })
  await n.says('diego', '/incident declare Checkout is down for everyone --service checkout')
  const alerts = (await told(n)).entries.filter(({ source }) => source === 'alert')
  expect(alerts).toMatchObject([
    {
      text: 'prom: Replica of payments-db lags (payments-db)',
      at: at(-4),
      learntAt: at(0),
      link: 'https://prom.example.com/1',
    },
  ])
})

test('words that are noted outside an incident are kept until it is said which one they are of', async () => {
  const alone = await n.says('diego', '/incident note Deploy 4711 went out')
  expect(JSON.stringify(alone)).toMatch(/Which incident\?.*Deploy 4711 went out/)
  await n.says('diego', '/incident declare Checkout is down for everyone')
  await n.at('1m')
  await n.says('diego', '/incident declare Search finds nothing at all --severity SEV3')
  const asked = await n.says('ben', '/incident note Deploy 4711 went out at 02:55')
  const offered =
    asked.kind === 'say'
      ? asked.message.blocks.flatMap(block => (block.kind === 'buttons' ? block.buttons : []))
      : []
  expect(offered.map(({ label }) => label)).toEqual([
    'INC-2 Search finds nothing at all',
    'INC-1 Checkout is down for everyone',
  ])
  await n.says('ben', offered[1]?.command ?? '')
  expect((await told(n)).entries.map(({ text }) => text).join()).toContain('Deploy 4711 went out at 02:55')
  expect((await told(n, 'INC-2')).entries.map(({ text }) => text).join()).not.toContain('Deploy 4711')
})

test('an entry is not hidden and corrected in one breath: it is asked which', async () => {
  await n.says('diego', '/incident declare Checkout is down for everyone')
  expect(await n.hears('aiko', '/incident edit INC-1 e1 another title --hide')).toContain('one at a time')
  expect((await told(n)).entries.find(entry => entry.id === 'e1')?.before).toEqual([])
})

test('an entry is corrected and hidden with its history; one that is not there is said', async () => {
  await n.says('diego', '/incident declare Checkout is down for everyone')
  await n.says('diego', '/incident note INC-1 Rolled back')
  const { id } = (await told(n)).entries.find(entry => entry.source === 'chat')!
  await n.says('aiko', `/incident edit INC-1 ${id} Rolled back to v41`)
  await n.says('aiko', `/incident edit INC-1 ${id} --hide`)
  expect((await told(n)).entries.find(entry => entry.id === id)).toMatchObject({
    text: 'Rolled back to v41',
    before: ['Diego Ruiz noted: Rolled back'],
    hidden: true,
  })
  expect(await n.hears('aiko', '/incident edit INC-1 e999 --hide')).toContain('INC-1 has no entry e999')
})
