/**
 * `npm run bench:storm`: ten thousand alerts in a minute, of a hundred groups, over the shipped program (I29). How many were taken, how
 * soon the first page of each incident was with its provider, how soon an ack was answered meanwhile, and how much memory it took.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { startSlack } from '../emulators/slack/index.ts'
import { startNtfy } from '../emulators/ways/ntfy.ts'
import { line } from './quantiles.ts'
import { START } from './shipped.ts'

const ALERTS = 10_000
const GROUPS = 100
const OVER_MS = 60_000
const ACK_EVERY_MS = 500
const TOKEN = 'storm-token-0123456789ab'

const CONFIG = `team: { name: Storm, timezone: Europe/Berlin, channel: "#incidents" }
people:
  aiko: { name: Aiko Tanaka, slack: U0AIKO, ntfy: aiko-pages, notify: [ { after: 0s, by: push } ] }
roles: { oncall_primary: { people: [aiko] } }
severities: { SEV2: { escalation: [oncall_primary], respond_within: 1h } }
integrations: { storm: { source: generic, token: ${TOKEN} } }
`

const ntfy = await startNtfy()
const slack = await startSlack()
slack.users.add({ id: 'U0AIKO' })
slack.channels.add({ name: 'incidents', members: ['U0AIKO'] })
slack.useSocket()
const home = mkdtempSync(join(tmpdir(), 'tocsin-storm-'))
writeFileSync(join(home, 'tocsin.yaml'), CONFIG)
const child = spawn(process.execPath, START, {
  env: {
    PATH: process.env.PATH,
    TOCSIN_CONFIG: join(home, 'tocsin.yaml'),
    DATABASE_URL: join(home, 't.db'),
    NTFY_URL: ntfy.url,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
    LOG_LEVEL: 'error',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [ready] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
const url = /http:\S+\d/.exec(ready)?.[0] ?? ''

const firstSentAt = new Map<number, number>()
const pagedAt = new Map<number, number>()
const answers = new Map<number | string, number>()
const acks: number[] = []
let most = 0

function look(): void {
  const [, kB = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
  most = Math.max(most, Number(kB) / 1024)
  for (const { title } of ntfy.on('aiko-pages')) {
    const group = Number(/Failure (\d+)/.exec(title ?? '')?.[1])
    if (!pagedAt.has(group)) pagedAt.set(group, performance.now())
  }
}

async function alert(index: number): Promise<void> {
  const group = index % GROUPS
  if (!firstSentAt.has(group)) firstSentAt.set(group, performance.now())
  const body = { id: `a${index}`, title: `Failure ${group}`, severity: 'critical', group: `g${group}` }
  const status = await post(`/ingest/generic/${TOKEN}`, body)
  answers.set(status, (answers.get(status) ?? 0) + 1)
}

/** Somebody takes one incident after the other, while it storms. */
async function ack(number: number): Promise<void> {
  const startedAt = performance.now()
  await slack.user('U0AIKO').slash(`/incident ack INC-${number}`, { channel: 'incidents' })
  acks.push(performance.now() - startedAt)
}

async function post(path: string, body: object): Promise<number | string> {
  const headers = { 'content-type': 'application/json' }
  try {
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    await response.arrayBuffer()
    return response.status
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

await slack.connected(2)
const begunAt = performance.now()
const pending: Promise<void>[] = []
let [sent, acked] = [0, 0]
while (sent < ALERTS) {
  const due = Math.min(ALERTS, Math.floor(((performance.now() - begunAt) / OVER_MS) * ALERTS) + 1)
  while (sent < due) pending.push(alert(sent++))
  if (performance.now() - begunAt > (acked + 4) * ACK_EVERY_MS && acked < GROUPS) pending.push(ack(++acked))
  look()
  await pause(20)
}
await Promise.all(pending)
const took = performance.now() - begunAt
for (let wait = 0; wait < 100 && pagedAt.size < GROUPS; wait++) {
  look()
  await pause(100)
}
const latencies = [...pagedAt].map(([group, at]) => at - (firstSentAt.get(group) ?? at))
const codes = [...answers].map(([status, count]) => `${count} x ${status}`).join(', ')
console.log(
  [
    `${ALERTS} alerts of ${GROUPS} groups in ${(took / 1000).toFixed(0)} s: ${codes}; ${pagedAt.size} incidents paged, ${ntfy.on('aiko-pages').length} pages in all`,
    line('first page of an incident, alert sent to push taken', latencies),
    line('ack, meanwhile', acks),
    `resident memory at its most: ${most.toFixed(0)} MB (wanted: under 300 MB)`,
  ].join('\n'),
)
child.kill('SIGTERM')
await once(child, 'exit')
await ntfy.stop()
await slack.stop()
process.exit(0)
