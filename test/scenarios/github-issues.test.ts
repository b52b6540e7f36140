/** Action items as GitHub issues: opened once, kept in step both ways, and never round and round. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createGithubIssues } from '../../adapters/github/issues.ts'
import { createTokens } from '../../adapters/ingest/tokens.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { ingestRoutes } from '../../adapters/web/ingest.ts'
import { startServer, type WebServer } from '../../adapters/web/server.ts'
import { type Github, startGithub } from '../emulators/github/index.ts'
import { type Night, night } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'

const TOKEN = 'github-hook-0123456789'
let n: Night
let github: Github
let server: WebServer

beforeEach(async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'tocsin-github-')), 'token')
  const yaml = `${TEAM.replace('name: Ben Okafor,', 'name: Ben Okafor, github: ben-gh,')}
actions: { github: { repo: acme/checkout, token_file: ${file}, labels: [action-item, reliability] } }
integrations:
  gh: { source: github, token: ${TOKEN}, secret: hook-secret-0123456789 }
`
  n = await night({
    config: config(yaml),
    start: '2026-11-24T09:00:00Z',
    tracker: async clock => {
      github = await startGithub({ clock })
      writeFileSync(file, github.token)
      return createGithubIssues({
        settings: () => n.app.worlds.current().config.actions.github,
        apiUrl: github.url,
        hide: () => undefined,
      })
    },
  })
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  const tokens = createTokens(() => n.app.worlds.current().config, telemetry)
  server = await startServer({
    host: '127.0.0.1',
    port: 0,
    routes: [ingestRoutes({ intake: (...given) => n.app.intake(...given), tokens, clock: n.clock })],
    rawRoutes: [],
    telemetry,
  })
})
afterEach(async () => {
  expect(github.violations).toEqual([])
  await server.close()
  await n.stop()
  await github.stop()
})

const add = () => n.says('aiko', '/action add Test the migration first --owner @ben --due fri')
const item = async () => (await n.app.engine.actions()).items[0]
const writes = () => github.calls.filter(call => call.method !== 'GET').length
const hook = () => github.useHook(`${server.url}/ingest/github/${TOKEN}`)

test('an item becomes one issue with its labels and its owner, and what is done to it is done there', async () => {
  await add()
  await n.at('1m')
  expect(github.issues).toMatchObject([
    {
      number: 1,
      title: 'Test the migration first',
      state: 'open',
      labels: ['action-item', 'reliability'],
      assignees: ['ben-gh'],
    },
  ])
  expect(await item()).toMatchObject({
    issue: { number: 1, url: 'https://github.com/acme/checkout/issues/1' },
  })
  await n.says('ben', '/action edit ACT-1 Test each migration first')
  await n.says('ben', '/action done ACT-1 https://git.example.com/pull/42')
  await n.at('2m')
  expect(github.issues).toMatchObject([{ title: 'Test each migration first', state: 'closed' }])
  await n.says('ben', '/action reopen ACT-1 It happened again')
  await n.at('3m')
  expect(github.issues).toMatchObject([{ state: 'open' }])
})

test('an answer that was lost opens no second issue, nor does a crash', async () => {
  await add()
  github.fail('accept-then-reset')
  await n.at('30s')
  n = await n.crash()
  await n.at('5m')
  expect(github.issues).toHaveLength(1)
  expect((await item())?.issue?.number).toBe(1)
})

test("GitHub's limits are waited for, and a token that may not write is said in the item's updates", async () => {
  github.fail('limited')
  await add()
  await n.at('50s')
  expect(writes()).toBe(1)
  await n.at('3m')
  expect(github.issues).toHaveLength(1)
  github.fail('forbidden')
  await n.says('ben', '/action snooze ACT-1 14d')
  await n.at('4m')
  expect((await item())?.updates.at(-1)?.text).toBe(
    'Its issue could not be written: the token may not write issues of the repository.',
  )
})

test('closed on GitHub without a word: the item is completed with the issue as its evidence, and nothing goes back', async () => {
  await add()
  await n.at('1m')
  hook()
  const before = writes()
  n.clock.moveTo(n.clock.now() + 60_000)
  expect(await github.edit(1, { state: 'closed' })).toBe(200)
  expect(await item()).toMatchObject({
    status: 'completed',
    evidence: 'https://github.com/acme/checkout/issues/1',
  })
  await n.at('30m')
  expect(writes()).toBe(before)
  n.clock.moveTo(n.clock.now() + 60_000)
  await github.edit(1, { state: 'open', title: 'Test it in staging' })
  expect(await item()).toMatchObject({ status: 'open', title: 'Test it in staging' })
  await n.at('60m')
  expect(writes()).toBe(before)
})

test('a webhook that never came is made up for by looking, after an outage too', async () => {
  await add()
  await n.at('1m')
  n.clock.moveTo(n.clock.now() + 3_600_000)
  await github.edit(1, { state: 'closed' })
  n = await n.crash()
  await n.at('80m')
  expect(await item()).toMatchObject({ status: 'completed' })
  const seen = (await n.store.load('actions')).length
  await n.at('12h')
  expect((await n.store.load('actions')).length - seen).toBeLessThanOrEqual(2)
})

test('both changed it: the last writer counts, and what was overruled is said', async () => {
  await add()
  await n.at('1m')
  n.clock.moveTo(n.clock.now() + 60_000)
  await github.edit(1, { title: 'Theirs' })
  n.clock.moveTo(n.clock.now() + 60_000)
  github.fail('500')
  await n.says('ben', '/action edit ACT-1 Ours')
  await n.app.intake(n.app.worlds.current().config.integrations.gh!, {
    alerts: [],
    changes: [],
    issues: {
      repo: 'acme/checkout',
      seen: [
        {
          number: 1,
          url: 'https://github.com/acme/checkout/issues/1',
          title: 'Theirs',
          closed: false,
          updatedAt: n.clock.now() - 60_000,
        },
      ],
    },
  })
  await n.at('20m')
  expect(github.issues[0]?.title).toBe('Ours')
  expect((await item())?.updates.map(update => update.text).join()).toContain(
    'Its issue had become "Theirs", open',
  )
})

test('an unsigned webhook, or one of another repository, closes nothing', async () => {
  await add()
  await n.at('1m')
  const body = JSON.stringify({
    action: 'closed',
    issue: { number: 1, title: 'x', state: 'closed', updated_at: '2027-01-01T00:00:00Z' },
    repository: { full_name: 'acme/checkout' },
  })
  const headers = { 'content-type': 'application/json', 'x-github-event': 'issues' }
  const answer = await fetch(`${server.url}/ingest/github/${TOKEN}`, { method: 'POST', headers, body })
  expect(answer.status).toBe(401)
  const gh = n.app.worlds.current().config.integrations.gh!
  const seen = [{ number: 1, url: '', title: 'x', closed: true, updatedAt: n.clock.now() + 60_000 }]
  await n.app.intake(gh, { alerts: [], changes: [], issues: { repo: 'acme/other', seen } })
  expect(await item()).toMatchObject({ status: 'open', title: 'Test the migration first' })
})
