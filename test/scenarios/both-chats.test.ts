/** One team on Slack and Discord: a person has both identities, and an incident lives on both at once. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqlite, type SqliteStore } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { type App, createApp } from '../../bot/app.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { countedIds, VirtualClock } from '../support/clock.ts'
import { type Desk, startDesk } from '../support/desks.ts'
import { runTo } from '../support/run-to.ts'
import { testSigner } from '../support/signer.ts'
import { checkHistories, ms, START } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'

let slack: Desk
let discord: Desk
let app: App
let store: SqliteStore
let clock: VirtualClock

async function begin(text = TEAM): Promise<void> {
  app = await createApp({
    config: config(text),
    store,
    chats: [slack.chat, discord.chat],
    pagers: [],
    signer: testSigner,
    clock,
    ids: countedIds(),
    telemetry: createTelemetry({ level: 'fatal', secrets: [] }),
    dispatch,
  })
  await app.start()
  await Promise.all([slack.ready(), discord.ready()])
}

beforeEach(async () => {
  clock = new VirtualClock(START)
  slack = await startDesk('slack socket', clock)
  discord = await startDesk('discord gateway', clock)
  store = await openSqlite(':memory:')
})
afterEach(async () => {
  slack.expectNoViolations()
  discord.expectNoViolations()
  await checkHistories(store, app)
  await app.stop()
  await slack.stop()
  await discord.stop()
  await store.close()
})

const at = (after: string) => runTo(Date.parse(START) + ms(after), { app, store, clock })
const DOWN = '/incident declare The whole site is down for everyone'

test('a page is one page with a copy on each chat, and an ack on one edits the copy on the other', async () => {
  await begin()
  await slack.says('diego', DOWN)
  await at('2s')
  expect(slack.pages('aiko')).toHaveLength(1)
  expect(discord.pages('aiko')).toHaveLength(1)
  expect(await discord.press('aiko', 'Ack')).toContain('acknowledged')
  await at('10m')
  for (const desk of [slack, discord]) {
    expect(desk.pages('aiko')[0]).toContain('Acknowledged by Aiko Tanaka')
    expect(desk.pages('aiko')[0]).not.toContain('[Ack]')
    expect(desk.pages('ben')).toHaveLength(0)
  }
})

test('the card, the channel and the updates are on both, whoever says them where', async () => {
  await begin()
  await discord.says('diego', DOWN)
  await at('5s')
  await discord.says('aiko', '/incident update INC-1 Rolled back')
  await slack.says('aiko', '/incident status INC-1 mitigated')
  await at('20s')
  for (const desk of [slack, discord]) {
    expect(desk.room()[0]).toContain('mitigated')
    expect(desk.room().join('\n')).toContain('Rolled back')
    expect(desk.team().join('\n')).toContain('INC-1')
  }
})

test('the ack of one person on both chats at the same moment is one ack (I7)', async () => {
  await begin()
  await slack.says('diego', DOWN)
  await at('2s')
  const answers = await Promise.all([slack.press('aiko', 'Ack'), discord.press('aiko', 'Ack')])
  expect(answers.filter(answer => /acknowledged after/.test(answer))).toHaveLength(1)
  const events = await store.load('INC-1')
  expect(events.filter(event => event.type === 'acknowledged')).toHaveLength(1)
})

test('while one chat refuses every page, the other carries it, and the chain does not hurry on', async () => {
  await begin()
  discord.discord?.users.leave('100000000000000001')
  await slack.says('diego', DOWN)
  await at('4m')
  expect(slack.pages('aiko')).toHaveLength(1)
  expect(slack.pages('ben')).toHaveLength(0)
})

test('`channels` says where incidents live; pages go wherever their person is linked', async () => {
  await begin(`${TEAM}\nchannels: [discord]`)
  await slack.says('diego', DOWN)
  await at('10s')
  expect(discord.room()[0]).toContain('INC-1')
  expect(slack.room()).toEqual([])
  expect(slack.team()).toEqual([])
  expect(slack.pages('aiko')).toHaveLength(1)
})
