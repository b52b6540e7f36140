/** What goes wrong between Tocsin and Discord, and what people see of it: nothing lost, nothing doubled, everything said. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqlite, type SqliteStore } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { type App, createApp } from '../../bot/app.ts'
import { buttons } from '../../bot/message.ts'
import { dispatch } from '../../commands/dispatch.ts'
import type { Discord } from '../emulators/discord/index.ts'
import { countedIds, VirtualClock } from '../support/clock.ts'
import { type Desk, startDesk } from '../support/desks.ts'
import { runTo } from '../support/run-to.ts'
import { testSigner } from '../support/signer.ts'
import { ms, START } from '../support/story.ts'
import { config } from '../support/team.ts'

const AIKO = '100000000000000001'
const DIEGO = '100000000000000004'

let desk: Desk
let discord: Discord
let app: App
let store: SqliteStore
let clock: VirtualClock

beforeEach(async () => {
  clock = new VirtualClock(START)
  desk = await startDesk('discord gateway', clock)
  if (!desk.discord) throw new Error('the desk has no Discord')
  discord = desk.discord
  store = await openSqlite(':memory:')
  app = await createApp({
    config: config(),
    store,
    chats: [desk.chat],
    pagers: [],
    signer: testSigner,
    clock,
    ids: countedIds(),
    telemetry: createTelemetry({ level: process.env.DBG ?? 'fatal', secrets: [] }),
    dispatch,
  })
  await app.start()
  await desk.ready()
})
afterEach(async () => {
  discord.expectNoViolations()
  await app.stop()
  await desk.stop()
  await store.close()
})

const at = (after: string) => runTo(Date.parse(START) + ms(after), { app, store, clock })
const declare = () => desk.says('diego', '/incident declare The whole site is down for everyone')
const room = () => discord.channels.all().find(channel => channel.name.startsWith('inc-'))
const TO_AIKO = {
  method: 'POST',
  path: /\/messages$/,
  when: ({ path }: { path: string }) => path.includes(discord.guild.direct(AIKO).id),
}

describe('a page', () => {
  test.each(['accept-then-reset', 'accept-then-500', 'malformed', 'html'] as const)(
    'whose answer is lost (%s) is found and not sent again (I9)',
    async kind => {
      discord.fault({ ...TO_AIKO, kind })
      await declare()
      await at('1m')
      expect(discord.calls.filter(call => call.method === 'POST' && TO_AIKO.when(call))).toHaveLength(1)
      expect(desk.pages('aiko')).toHaveLength(1)
      await desk.press('aiko', 'Ack')
      await at('2m')
      expect(desk.pages('aiko')[0]).toContain('Acknowledged by')
    },
  )

  test('whose answer is lost, and that cannot be looked for, is sent again with its nonce, and is there once (I9)', async () => {
    discord.fault({ ...TO_AIKO, kind: 'accept-then-reset' })
    discord.fault({ ...TO_AIKO, method: 'GET', kind: '500' })
    await declare()
    await at('1m')
    expect(discord.calls.filter(call => call.method === 'POST' && TO_AIKO.when(call))).toHaveLength(2)
    expect(desk.pages('aiko')).toHaveLength(1)
  })

  test('is found by its key when Discord has long forgotten its nonce, and behind whatever was sent after it (I9)', async () => {
    const to = { user: AIKO }
    const ack = buttons({ label: 'Ack', command: '/incident ack INC-1 --page 1' })
    const sent = await desk.chat.post(to, { summary: 'It is down', tone: 'SEV1', blocks: [ack] }, 'a page')
    for (let more = 0; more < 150; more++)
      discord.guild.post(discord.guild.direct(AIKO), { content: `${more}` })
    clock.moveTo(Date.parse(START) + ms('1h'))
    const look = (key: string) => desk.chat.find(to, key, Date.parse(START))
    expect(await look('a page')).toEqual(sent)
    expect(await look('another page')).toBeUndefined()
  })

  test('of which nothing was heard just before the ack stops asking all the same', async () => {
    discord.fault({ ...TO_AIKO, kind: 'accept-then-reset' })
    discord.fault({ ...TO_AIKO, method: 'GET', kind: '500' })
    await declare()
    await at('0s')
    await desk.press('aiko', 'Ack')
    await at('1m')
    expect(desk.pages('aiko')).toHaveLength(1)
    expect(desk.pages('aiko')[0]).toContain('Acknowledged by')
  })

  test('that Discord puts off is sent when it may be, not before (I13)', async () => {
    discord.fault({ ...TO_AIKO, kind: '429', retryAfter: 7 })
    await declare()
    await at('6s')
    expect(desk.pages('aiko')).toHaveLength(0)
    await at('8s')
    expect(desk.pages('aiko')).toHaveLength(1)
  })

  test('that does not get through in half a minute makes way for the next rung, and still arrives', async () => {
    discord.fault({ ...TO_AIKO, kind: '500', times: 8 })
    await declare()
    await at('45s')
    expect(desk.pages('ben')).toHaveLength(1)
    await at('4m')
    expect(desk.pages('aiko')).toHaveLength(1)
  })

  test("to somebody whose direct messages are closed is a mention in the incident's channel, said once, with its buttons", async () => {
    discord.users.closeMessages(AIKO)
    await declare()
    await at('10s')
    const mentions = discord.notifications().filter(each => each.user === AIKO)
    expect(mentions).toHaveLength(1)
    const [mention] = mentions
    expect(mention && discord.text(mention.message)).toContain('@aiko')
    expect(mention && discord.buttons(mention.message)).toEqual(['Ack', 'Escalate', 'Not me'])
    expect(desk.pages('ben')).toHaveLength(0)
    expect(await desk.says('diego', '/incident timeline INC-1')).toContain(
      'their direct messages are closed to Tocsin',
    )
    if (mention) await discord.user(AIKO).click(mention.message, 'Ack')
    await at('2m')
    expect(mention && discord.text(mention.message)).toContain('Acknowledged by Aiko Tanaka')
    expect((await app.engine.incident('INC-1'))?.acked?.by).toBe('aiko')
  })

  test('to somebody who left the server moves on to the next rung at once, and says so (I11)', async () => {
    discord.users.leave(AIKO)
    await declare()
    await at('5s')
    expect(desk.pages('ben')).toHaveLength(1)
    expect(desk.room()[0]).toContain('Not reached: Aiko Tanaka (they are not in the server any more)')
  })
})

describe('the channel', () => {
  test('gets a suffix when its name is there already', async () => {
    discord.channels.add({ name: 'inc-20261124-whole-site-down-everyone' })
    await declare()
    await at('5s')
    expect(discord.messages('inc-20261124-whole-site-down-everyone-2').length).toBeGreaterThan(0)
  })

  test('whose creation was done and not heard of is found and not opened twice', async () => {
    discord.fault({ method: 'POST', path: /^\/guilds\/\d+\/channels$/, kind: 'accept-then-reset' })
    await declare()
    await at('1m')
    expect(discord.channels.all().filter(channel => channel.name.startsWith('inc-'))).toHaveLength(1)
    expect(desk.room()[0]).toContain('INC-1')
  })

  test("that may not be opened leaves the incident in the team's channel, says what is missing, and can be retried", async () => {
    discord.deny(1n << 4n)
    await declare()
    await at('5s')
    expect(desk.pages('aiko')).toHaveLength(1)
    expect(desk.team().join('\n')).toContain('lacks a permission')
    for (const role of discord.guild.roles.values()) role.permissions = String((1n << 52n) - 1n)
    await desk.says('diego', '/incident retry INC-1')
    await at('10s')
    expect(room()).toBeDefined()
  })

  test('has its topic, its pinned card and the responders in it', async () => {
    await declare()
    await at('10s')
    expect(room()?.topic).toContain('SEV1')
    expect(room()?.pins).toHaveLength(1)
    expect([...(room()?.members ?? [])]).toEqual(expect.arrayContaining([AIKO, DIEGO]))
  })
})

describe('a person', () => {
  const STRANGE = '100000000000000099'
  const channel = { channel: 'incidents' }

  test('whom no configuration names learns how to be linked, does nothing, and completes nothing', async () => {
    discord.users.add({ id: STRANGE, name: 'aiko' })
    const { answer } = await discord
      .user(STRANGE)
      .slash('/incident declare', { title: 'It is all broken' }, channel)
    expect(answer && discord.text(answer)).toContain(`discord: "${STRANGE}"`)
    expect(await store.incidents({ limit: 5 })).toHaveLength(0)
    const { choices } = await discord.user(STRANGE).complete('/incident page', 'target', '', channel)
    expect(choices).toEqual([])
  })

  test('is offered the open incidents, the services and the people while they type', async () => {
    await declare()
    const offered = async (line: string, option: string, typed: string) =>
      (await discord.user(DIEGO).complete(line, option, typed, channel)).choices?.map(choice => choice.value)
    expect(await offered('/incident ack', 'incident', 'inc')).toEqual(['INC-1'])
    expect(await offered('/incident declare', 'service', 'che')).toEqual(['checkout'])
    expect(await offered('/incident role', 'person', 'ai')).toEqual(['aiko'])
    expect(await offered('/incident page', 'target', 'man')).toEqual(['manager'])
  })

  test('uses the menu of a message: the form begins with what was said', async () => {
    const message = discord.say('incidents', DIEGO, 'Search gives nothing since noon')
    const { modal } = await discord.user(DIEGO).menu('Declare incident', { message }, channel)
    expect(JSON.stringify(modal)).toContain('Search gives nothing since noon')
  })

  test('keeps a message in the timeline with its author and a link', async () => {
    await declare()
    await at('5s')
    const name = room()?.name ?? ''
    const message = discord.say(name, DIEGO, 'Deploy 4711 went out at 02:55')
    await discord.user(DIEGO).menu('Add to timeline', { message }, { channel: name })
    const events = await store.load('INC-1')
    expect(events.find(event => event.type === 'note_added')?.data).toMatchObject({
      text: 'Deploy 4711 went out at 02:55',
      from: { author: 'Diego Ruiz', by: 'diego', link: expect.stringContaining(message.id) },
    })
  })

  test('begins an action item from a message: the form has its words and its link, and sends it off', async () => {
    const message = discord.say('incidents', DIEGO, 'We should test the migration first')
    const { modal } = await discord.user(DIEGO).menu('Create action item', { message }, channel)
    expect(JSON.stringify(modal)).toMatch(/We should test the migration first.*discord\.com\/channels/)
    await discord.user(DIEGO).submit(modal ?? {}, { 'Whose is it?': 'aiko', 'Until when?': '14d' }, channel)
    await at('5s')
    expect((await app.engine.actions()).items).toMatchObject([{ id: 'ACT-1', owner: 'aiko' }])
    expect(desk.pages('aiko').join()).toContain('ACT-1')
  })

  test("is paged from the menu of a person in the incident's channel", async () => {
    await declare()
    await at('5s')
    await discord
      .user(DIEGO)
      .menu('Page this person', { user: '100000000000000003' }, { channel: room()?.name ?? '' })
    await at('10s')
    expect(desk.pages('chika')).toHaveLength(1)
  })

  test('is asked before an incident is closed, and closes it with the second press', async () => {
    await declare()
    await at('1s')
    await desk.press('aiko', 'Ack')
    await desk.says('aiko', '/incident status INC-1 resolved')
    await at('10s')
    const [card] = discord.messages(room()?.name ?? '')
    if (!card) throw new Error('there is no card')
    const { answer: question } = await discord.user(AIKO).click(card, 'Close')
    expect(question && discord.text(question)).toContain('Close: are you sure?')
    expect((await app.engine.incident('INC-1'))?.status).toBe('resolved')
    if (question) await discord.user(AIKO).click(question, 'Close')
    expect((await app.engine.incident('INC-1'))?.status).toBe('closed')
  })

  test('gets back what was typed when a form was wrong', async () => {
    const values = { 'What is broken?': 'It is all broken', 'Figures, if known': 'errors many' }
    const { modal } = await discord.user(DIEGO).slash('/incident declare', {}, channel)
    const { answer } = await discord.user(DIEGO).submit(modal ?? {}, values, channel)
    expect(answer && discord.text(answer)).toContain('not a number')
    const { modal: again } = await discord.user(DIEGO).click(answer!, 'Open the form again')
    expect(JSON.stringify(again)).toContain('It is all broken')
  })
})

test('a token that is revoked is said in the health, and not hammered (I13)', async () => {
  await declare()
  await at('5s')
  discord.revokeToken()
  await desk.says('diego', '/incident update INC-1 still looking')
  await at('1h')
  expect(desk.chat.health()).toMatchObject({ connected: false })
  const before = discord.calls.length
  await at('3h')
  expect(discord.calls.length).toBe(before)
})

test('a channel that is called again after a reopening reads so, however soon: Discord does not take it for a double', async () => {
  await desk.says('diego', '/incident declare A typo on the help page')
  await at('1s')
  expect(desk.queue()).toHaveLength(1)
  await desk.says('diego', '/incident close INC-1')
  await desk.says('diego', '/incident reopen INC-1')
  await at('10s')
  expect(desk.queue()).toHaveLength(2)
})
