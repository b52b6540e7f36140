/** A whole incident, as a page about it should show it: a deployment, alerts, an answer that comes late, notes, a correction, an end. */
import type { Alert, Change } from '../../bot/alerts/types.ts'
import { told } from './changes.ts'
import type { Night } from './story.ts'
import { TEAM } from './team.ts'

export const LONG_NIGHT_TEAM = `${TEAM.replace(/services:[\s\S]*$/, '')}services:
  checkout: { tier: 1, depends_on: [payments-db], links: { Runbook: "https://wiki.example.com/checkout" }, escalation: { SEV1: [ { page: oncall_primary }, { after: 3m, page: oncall_secondary }, { after: 6m, page: manager } ] } }
  payments-db: {}
integrations:
  ci: { source: github, token: ci-token-0123456789ab }
  prom: { source: alertmanager, token: prom-token-0123456789, service: checkout }
`

const MINUTE = 60_000

export async function longNight(n: Night): Promise<void> {
  const { ci, prom } = n.app.worlds.current().config.integrations
  const start = n.clock.now()
  const deployed = (minutes: number, title: string, by: string): Change => ({
    id: title,
    kind: 'deployment',
    state: 'succeeded',
    service: title.split(' ')[0] ?? '',
    title,
    version: title.split(' ')[1] ?? '',
    environment: 'production',
    by,
    at: start + minutes * MINUTE,
    link: 'https://ci.example.com/4711',
  })
  const alert = (minutes: number, title: string, status: 'firing' | 'resolved'): Alert => ({
    fingerprint: title,
    status,
    title,
    details: 'Errors are 41 % of requests',
    severity: 'critical',
    service: 'checkout',
    group: 'checkout',
    labels: { alertname: title },
    startsAt: start + minutes * MINUTE,
    endsAt: status === 'resolved' ? n.clock.now() : null,
    link: 'https://prom.example.com/graph',
  })
  await n.app.intake(ci!, { alerts: [], changes: [deployed(-95, 'payments-db v17', 'chika')] })
  await n.app.intake(ci!, { alerts: [], changes: [deployed(-4, 'checkout v42', 'ben')] })
  await n.app.intake(prom!, { alerts: [alert(-1, 'CheckoutErrors', 'firing')], changes: [] })
  await n.at('2m')
  await n.app.intake(prom!, { alerts: [alert(1, 'CheckoutLatency', 'firing')], changes: [] })
  await n.at('4m')
  await n.says('ben', '/incident ack INC-1')
  await n.says('ben', '/incident role INC-1 commander @ben')
  await n.at('6m')
  await n.says('ben', '/incident note INC-1 Only cards are broken; wallets go through')
  await n.says('ben', '/incident status INC-1 investigating')
  await n.at('11m')
  await n.says('chika', '/incident note INC-1 The pool of payments-db is full: 100 of 100')
  await n.says('ben', '/incident update INC-1 Checkout v42 holds its connections. Rolling back to v41.')
  await n.at('16m')
  await n.app.intake(ci!, { alerts: [], changes: [deployed(15, 'checkout v41', 'ben')] })
  await n.says('ben', '/incident status INC-1 mitigated')
  await n.at('18m')
  await n.app.intake(prom!, { alerts: [alert(1, 'CheckoutLatency', 'resolved')], changes: [] })
  await n.at('21m')
  await n.app.intake(prom!, { alerts: [alert(-1, 'CheckoutErrors', 'resolved')], changes: [] })
  await n.says('ben', '/incident update INC-1 Payments go through again. Watching for half an hour.')
  await n.at('34m')
  await n.says('ben', '/incident status INC-1 resolved')
  const { entries } = await told(n)
  const wrong = entries.find(({ text }) => text.includes('100 of 100'))
  await n.says(
    'chika',
    `/incident edit INC-1 ${wrong?.id} Chika Sato noted: The pool of payments-db was full, 50 of 50`,
  )
  const idle = entries.find(({ text }) => text.includes('Only cards'))
  await n.says('ben', `/incident note INC-1 lol`)
  await n.says('ben', `/incident edit INC-1 e${(await n.incident()).seq} --hide`)
  if (!wrong || !idle) throw new Error('the night has not its notes')
}
