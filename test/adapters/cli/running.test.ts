/** The running program as its keepers meet it: health, metrics, an outside watcher, traces, reloads, and the API. */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { listening, makeHome } from '../../support/program.ts'
import { TEAM } from '../../support/team.ts'

const DOWN = '/incident declare The whole site is down for everyone'
const readiness = async (response: Response) =>
  (await response.json()) as { ready: boolean; checks: Record<string, { ok: boolean; detail: string }> }

test('healthz, readyz with its details and metrics answer while it runs, and SIGTERM ends it cleanly', async () => {
  const program = await makeHome(TEAM).start()
  await program.says('diego', DOWN)
  await program.says('diego', '/incident akc')
  await expect.poll(() => program.pagesOf('aiko')).toHaveLength(1)
  expect(await (await program.get('/healthz')).json()).toEqual({ ok: true })
  const ready = await program.get('/readyz')
  expect(ready.status).toBe(200)
  expect((await readiness(ready)).checks).toMatchObject({
    database: { ok: true },
    clockwork: { ok: true },
    audit: { ok: true, detail: 'every open incident has a timer or a reason' },
    paging: { ok: true },
    console: { ok: true },
  })
  await expect
    .poll(async () => (await program.get('/metrics')).text())
    .toContain('tocsin_deliveries_total{kind="page",outcome="accepted"} 1')
  const metrics = await (await program.get('/metrics')).text()
  for (const line of [
    /^tocsin_commands_total\{chat="console",outcome="done"\} 1$/m,
    /^tocsin_commands_total\{chat="console",outcome="refused"\} 1$/m,
    /^tocsin_config_last_reload_successful 1$/m,
    /^tocsin_page_latency_seconds_count\{way="console"\} 1$/m,
    /^tocsin_timer_lateness_seconds_bucket\{le="\+Inf",kind="page"\} \d+$/m,
    /^tocsin_process_cpu_seconds_total \d/m,
    /^tocsin_process_resident_memory_bytes \d+$/m,
    /^tocsin_disk_free_bytes \d/m,
    /^tocsin_network_bytes\{direction="sent"\} \d/m,
    /^tocsin_audit_ok 1$/m,
  ])
    expect(metrics).toMatch(line)
  await program.end('SIGTERM')
})

test('the outside watcher hears a heartbeat only while the audit is clean and paging is on (I30)', {
  timeout: 60_000,
}, async () => {
  const home = makeHome(TEAM)
  const watcher = await listening()
  const env = { HEARTBEAT_URL: `${watcher.url}/beat`, HEARTBEAT_EVERY: '1s' }
  const first = await home.start(env)
  await expect.poll(() => watcher.got.length, { timeout: 5_000 }).toBeGreaterThan(0)
  expect((await home.run('backup', join(home.folder, 'b.db'))).code).toBe(0)
  await first.end('SIGTERM')
  expect((await home.run('restore', join(home.folder, 'b.db'))).code).toBe(0)
  const heard = watcher.got.length
  const held = await home.start(env)
  await expect.poll(() => held.log(), { timeout: 5_000 }).toContain('heartbeat.withheld')
  const ready = await held.get('/readyz')
  expect(ready.status).toBe(503)
  expect((await readiness(ready)).checks.paging).toEqual({
    ok: false,
    detail: 'held after a restore: npx tocsin resume',
  })
  expect(watcher.got.length).toBe(heard)
  expect((await home.run('resume')).code).toBe(0)
  await expect.poll(() => watcher.got.length, { timeout: 5_000 }).toBeGreaterThan(heard)
})

test('a clockwork that gets nowhere for half a minute is not ready, and the outside watcher hears nothing until it does (I30)', {
  timeout: 120_000,
}, async () => {
  const home = makeHome(`${TEAM}\nseverities: { SEV1: { respond_within: 1s } }`)
  const watcher = await listening()
  const program = await home.start({ HEARTBEAT_URL: `${watcher.url}/beat`, HEARTBEAT_EVERY: '1s' })
  await program.says('diego', DOWN)
  const other = new Database(join(home.folder, 't.db'))
  other.exec('BEGIN IMMEDIATE')
  const clockwork = async () => (await readiness(await program.get('/readyz'))).checks.clockwork?.ok
  await expect.poll(clockwork, { timeout: 60_000, interval: 500 }).toBe(false)
  expect((await program.get('/readyz')).status).toBe(503)
  const heard = watcher.got.length
  const paged = (await program.pagesOf('diego')).length
  await pause(3_000)
  expect(watcher.got.length).toBe(heard)
  other.exec('ROLLBACK')
  other.close()
  await expect.poll(clockwork, { timeout: 10_000 }).toBe(true)
  await expect.poll(() => watcher.got.length, { timeout: 10_000 }).toBeGreaterThan(heard)
  await expect
    .poll(async () => (await program.pagesOf('diego')).length, { timeout: 10_000 })
    .toBeGreaterThan(paged)
  await program.end('SIGTERM')
})

test('one trace goes from the command through the timers to the second page', {
  timeout: 60_000,
}, async () => {
  const collector = await listening()
  const home = makeHome(`${TEAM}\nseverities: { SEV1: { respond_within: 1s } }`)
  const program = await home.start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })
  await program.says('diego', DOWN)
  await expect.poll(() => program.pagesOf('ben'), { timeout: 5_000 }).toHaveLength(1)
  await program.end('SIGTERM')
  type Span = { name: string; traceId: string; spanId: string; parentSpanId?: string }
  const spans = collector.got
    .filter(({ path }) => path === '/v1/traces')
    .flatMap(({ body }) => JSON.parse(body).resourceSpans)
    .flatMap(resource => resource.scopeSpans)
    .flatMap(scope => scope.spans as Span[])
  const command = spans.find(span => span.name === 'command')
  const pages = spans.filter(span => span.name === 'deliver page' && span.traceId === command?.traceId)
  expect(pages).toHaveLength(2)
  const known = new Set(spans.map(span => span.spanId))
  expect(pages.every(span => span.parentSpanId !== undefined && known.has(span.parentSpanId))).toBe(true)
})

test('a broken reload keeps the old configuration and says so in the channel; a good one counts at once (I28)', {
  timeout: 60_000,
}, async () => {
  const home = makeHome(TEAM)
  const program = await home.start()
  const successful = async () =>
    /^tocsin_config_last_reload_successful (\d)$/m.exec(await (await program.get('/metrics')).text())?.[1]
  const said = async () =>
    (await program.messages('diego', '#incidents')).map(entry => entry.body.message?.summary ?? '').join('\n')

  home.configure(TEAM.replace('people: [aiko]', 'people: [aikoo]'))
  program.signal('SIGHUP')
  await expect.poll(successful, { timeout: 5_000 }).toBe('0')
  await expect.poll(said).toContain('The configuration was not reloaded')
  expect(JSON.stringify(await program.messages('diego', '#incidents'))).toContain('did you mean aiko?')
  expect(await program.says('diego', '/oncall who')).toContain('Aiko')

  home.configure(TEAM.replace('people: [aiko]', 'people: [chika]'))
  program.signal('SIGHUP')
  await expect.poll(successful, { timeout: 5_000 }).toBe('1')
  expect(await program.says('diego', '/oncall who')).toContain('Chika')
})

test('a token opens the API, a revoked one does not', { timeout: 60_000 }, async () => {
  const home = makeHome(TEAM)
  const program = await home.start()
  await program.says('diego', DOWN)
  const { out } = await home.run('token', 'create', 'grafana', '--json')
  const { token } = JSON.parse(out) as { token: string }
  const described = (await (await program.get('/api/openapi.json')).json()) as {
    paths: Record<string, object>
  }
  expect(Object.keys(described.paths)).toContain('/api/v1/incidents/{id}/postmortem')
  const asked = (bearer: string) => program.get('/api/v1/incidents', { authorization: `Bearer ${bearer}` })
  expect((await asked('wrong')).status).toBe(401)
  expect(await (await asked(token)).json()).toMatchObject({ incidents: [{ id: 'INC-1', severity: 'SEV1' }] })
  expect((await home.run('token', 'revoke', 'grafana')).code).toBe(0)
  expect((await asked(token)).status).toBe(401)
})

test('what was overridden in chat, and what a schedule was before it was edited, counts on the command line', {
  timeout: 60_000,
}, async () => {
  const home = makeHome(TEAM)
  const program = await home.start()
  await program.says('ben', '/oncall take 3h')
  const { out } = await home.run('simulate', '--severity', 'SEV1', '--json')
  expect((JSON.parse(out) as { pages: { person: string }[] }).pages[0]?.person).toBe('ben')
  await program.end('SIGTERM')
  home.configure(TEAM.replace('people: [aiko]', 'people: [chika]'))
  const from = new Date(Date.now() - 60 * 60_000).toISOString()
  const to = new Date(Date.now() + 24 * 60 * 60_000).toISOString()
  const said = await home.run('oncall', '--schedule', 'primary', '--from', from, '--to', to, '--json')
  expect((JSON.parse(said.out) as { person: string }[]).map(shift => shift.person)).toEqual([
    'aiko',
    'ben',
    'chika',
  ])
})
