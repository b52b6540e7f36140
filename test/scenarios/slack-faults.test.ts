/** What goes wrong between Tocsin and Slack, and what people see of it: nothing lost, nothing doubled, everything said. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqlite, type SqliteStore } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { type App, createApp } from '../../bot/app.ts'
import { dispatch } from '../../commands/dispatch.ts'
import type { Slack } from '../emulators/slack/index.ts'
import { visibleText } from '../emulators/slack/index.ts'
import { countedIds, VirtualClock } from '../support/clock.ts'
import { type Desk, startDesk } from '../support/desks.ts'
import { runTo } from '../support/run-to.ts'
import { testSigner } from '../support/signer.ts'
import { ms, START } from '../support/story.ts'
import { config } from '../support/team.ts'

let desk: Desk
let slack: Slack
let app: App
let store: SqliteStore
let clock: VirtualClock

beforeEach(async () => {
  clock = new VirtualClock(START)
  desk = await startDesk('slack socket', clock)
  slack = desk.slack!
  store = await openSqlite(':memory:')
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  app = await createApp({
    config: config(),
    store,
    chats: [desk.chat],
    pagers: [],
    signer: testSigner,
    clock,
    ids: countedIds(),
    telemetry,
    dispatch,
  })
  await app.start()
  await desk.ready()
})
afterEach(async () => {
  slack.expectNoViolations()
  await app.stop()
  await desk.stop()
  await store.close()
})

const at = (after: string) => runTo(Date.parse(START) + ms(after), { app, store, clock })
const declare = () => desk.says('diego', '/incident declare The whole site is down for everyone')
const toAiko = (args: Readonly<Record<string, unknown>>) => String(args.channel).startsWith('D')

describe('a page', () => {
  test.each(['accept-then-reset', 'accept-then-500', 'malformed', 'html'] as const)(
    'whose answer is lost (%s) is looked for, and is there once (I9)',
    async kind => {
      slack.fault({ method: 'chat.postMessage', kind, when: toAiko })
      await declare()
      await at('1m')
      expect(desk.pages('aiko')).toHaveLength(1)
      await desk.press('aiko', 'Ack')
      await at('2m')
      expect(desk.pages('aiko')[0]).toContain('Acknowledged by')
    },
  )

  test('whose first answer is lost, and whose next try is put off, is there once all the same', async () => {
    slack.fault({ method: 'chat.postMessage', kind: 'accept-then-500', when: toAiko })
    slack.fault({ method: 'conversations.history', kind: '500' })
    slack.fault({ method: 'chat.postMessage', kind: '429', retryAfter: 3, when: toAiko })
    await declare()
    await at('2m')
    expect(desk.pages('aiko')).toHaveLength(1)
  })

  test('is found by its key behind a day in which much was said', async () => {
    const team = slack.channels.all().find(channel => channel.name === 'incidents')!
    for (let each = 0; each < 150; each++)
      await slack.user('U0DIEGO').say(`number ${each}`, { channel: team.id })
    const to = { channel: team.id }
    const sent = await desk.chat.post(to, { summary: 'It is down', tone: 'SEV1', blocks: [] }, 'a post')
    const look = (key: string) => desk.chat.find(to, key, clock.now() - ms('24h'))
    expect(await look('a post')).toEqual(sent)
    expect(await look('another post')).toBeUndefined()
  })

  test('that Slack puts off is sent when it may be, not before (I13)', async () => {
    slack.fault({ method: 'chat.postMessage', kind: '429', retryAfter: 7, when: toAiko })
    await declare()
    await at('6s')
    expect(desk.pages('aiko')).toHaveLength(0)
    await at('8s')
    expect(desk.pages('aiko')).toHaveLength(1)
  })

  test('that does not get through in half a minute makes way for the next rung, and still arrives', async () => {
    slack.fault({
      method: 'chat.postMessage',
      kind: '500',
      times: 8,
      when: args =>
        toAiko(args) &&
        !JSON.stringify(args).includes('U0BEN') &&
        desk.pages('ben').length === 0 &&
        slack.calls('conversations.open').length === 1,
    })
    await declare()
    await at('45s')
    expect(desk.pages('ben')).toHaveLength(1)
    await at('4m')
    expect(desk.pages('aiko')).toHaveLength(1)
  })

  test('to a deactivated account moves on to the next rung at once, and says so (I11)', async () => {
    slack.users.deactivate('U0AIKO')
    await declare()
    await at('5s')
    expect(desk.pages('ben')).toHaveLength(1)
    expect(desk.room()[0]).toContain('Not reached: Aiko Tanaka (the account is deactivated)')
  })

  test('for which Slack wants minutes does not make the incident wait', async () => {
    slack.fault({
      method: 'chat.postMessage',
      kind: '429',
      retryAfter: 600,
      when: args => toAiko(args) && slack.calls('conversations.open').length === 1,
    })
    await declare()
    await at('2s')
    expect(desk.pages('ben')).toHaveLength(1)
  })
})

describe('the channel', () => {
  test('gets a suffix when its name is taken, also by an archived one', async () => {
    slack.channels.add({ name: 'inc-20261124-whole-site-down-everyone' })
    slack.channels.archive('inc-20261124-whole-site-down-everyone')
    await declare()
    await at('5s')
    expect(slack.channels.get('inc-20261124-whole-site-down-everyone-2')).toBeDefined()
    expect(slack.messages('inc-20261124-whole-site-down-everyone-2').length).toBeGreaterThan(0)
  })

  test('whose creation was done and not heard of is found and not opened twice', async () => {
    slack.fault({ method: 'conversations.create', kind: 'accept-then-reset' })
    await declare()
    await at('1m')
    const opened = slack.channels.all().filter(channel => channel.name.startsWith('inc-'))
    const cards = opened.flatMap(channel => slack.messages(channel.id))
    expect(cards.length).toBeGreaterThan(0)
    expect(opened.length).toBeLessThanOrEqual(2)
  })

  test("that may not be opened leaves the incident in the team's channel, says which scope is missing, and can be retried", async () => {
    slack.revokeScopes('channels:manage')
    await declare()
    await at('5s')
    expect(desk.pages('aiko')).toHaveLength(1)
    const card = slack.messages('incidents').map(visibleText).join('\n')
    expect(card).toContain('channels:manage')
    slack.grantScopes('channels:manage')
    await desk.says('diego', '/incident retry INC-1')
    await at('10s')
    expect(desk.room().length).toBeGreaterThan(0)
  })

  test("that may not be opened: whoever has the incident is asked in the team's channel, and updates are read there", async () => {
    slack.revokeScopes('channels:manage')
    await declare()
    await at('5s')
    await desk.press('aiko', 'Ack')
    await desk.says('aiko', '/incident update INC-1 Rolled back, watching')
    await at('30m10s')
    const team = slack.messages('incidents').map(visibleText).join('\n')
    expect(team).toContain('Rolled back, watching')
    expect(team).toContain('still on it?')
  })

  test('that somebody archives by hand is said once, and its card is not edited again every second', async () => {
    await declare()
    await at('5s')
    slack.channels.archive(slack.channels.all().find(channel => channel.name.startsWith('inc-'))?.name ?? '')
    await desk.press('aiko', 'Ack')
    await at('10m')
    const failed = (await app.engine.history('INC-1')).flatMap(({ event }) =>
      event.type === 'setup_failed' ? [event.step] : [],
    )
    expect(failed.sort()).toEqual(['card', 'topic'])
    expect(slack.calls('chat.update').length).toBeLessThan(6)
  })

  test('is whole although one invitation fails; the failure is on the card with a retry', async () => {
    slack.fault({
      method: 'conversations.invite',
      kind: 'ok:false',
      error: 'cant_invite',
      when: args => String(args.users) === 'U0AIKO',
    })
    await declare()
    await at('10s')
    expect(desk.room()[0]).toContain('Set-up incomplete')
    expect(desk.room()[0]).toContain('invite Aiko Tanaka')
    expect(desk.room()[0]).toContain('[Retry set-up]')
    await desk.says('diego', '/incident retry INC-1')
    await at('20s')
    expect(desk.room()[0]).not.toContain('Set-up incomplete')
  })
})

test('the links of its service are bookmarked in the channel', async () => {
  await desk.says('diego', '/incident declare The whole site is down for everyone --service checkout')
  await at('5s')
  const room = slack.channels.all().find(channel => channel.name.startsWith('inc-'))
  expect([...(room?.bookmarks.values() ?? [])].map(each => [each.title, each.link])).toEqual([
    ['Runbook', 'https://wiki.example.com/checkout'],
  ])
})

describe('a person', () => {
  test('whom no configuration names learns how to be linked, and does nothing', async () => {
    slack.users.add({ id: 'U0STRANGE' })
    const ack = await slack.user('U0STRANGE').slash('/incident declare It is all broken')
    expect(visibleText(ack.message!)).toContain('slack: U0STRANGE')
    expect(await store.incidents({ limit: 5 })).toHaveLength(0)
  })

  test.each([
    ['a guest', { is_restricted: true }, 'Guests'],
    ['a bot', { is_bot: true }, 'Bots'],
    ['somebody of another workspace', { is_stranger: true }, 'another workspace'],
  ])('who is %s may not act, even under a name of the team (S14)', async (_, kind, words) => {
    slack.users.add({ id: 'U0DIEGO', ...kind })
    expect(await declare()).toContain(words)
    expect(await store.incidents({ limit: 5 })).toHaveLength(0)
  })

  test('uses the message shortcut: the form begins with what was said', async () => {
    const message = await slack.user('U0BEN').say('Search gives nothing since noon', { channel: 'incidents' })
    await slack.user('U0DIEGO').shortcut('declare_from', message)
    expect(JSON.stringify(slack.seenBy('U0DIEGO').modal)).toContain('Search gives nothing since noon')
  })

  test('keeps a message in the timeline with its author', async () => {
    await declare()
    await at('5s')
    const room = slack.channels.all().find(channel => channel.name.startsWith('inc-'))!
    const message = await slack.user('U0DIEGO').say('Deploy 4711 went out at 02:55', { channel: room.id })
    await slack.user('U0DIEGO').shortcut('timeline_add', message)
    const events = await store.load('INC-1')
    expect(events.find(event => event.type === 'note_added')?.data).toMatchObject({
      text: 'Deploy 4711 went out at 02:55',
      from: {
        author: 'Diego Ruiz',
        by: 'diego',
        link: `https://acme.slack.com/archives/${room.id}/p${message.ts.replace('.', '')}`,
      },
    })
  })

  test('begins an action item from a message: the form has its words and its link, and sends it off', async () => {
    const message = await slack
      .user('U0BEN')
      .say('We should test the migration first <@U0AIKO>', { channel: 'incidents' })
    await slack.user('U0DIEGO').shortcut('action_from', message)
    const modal = slack.seenBy('U0DIEGO').modal
    expect(JSON.stringify(modal)).toMatch(/We should test the migration first @.*archives\/C/)
    await slack.user('U0DIEGO').submit(modal!, { 'Whose is it?': 'aiko', 'Until when?': '14d' })
    await at('5s')
    expect((await app.engine.actions()).items).toMatchObject([{ id: 'ACT-1', owner: 'aiko' }])
    expect(desk.pages('aiko').join()).toContain('ACT-1')
  })

  test('opens the home page: their pages, the open incidents, who is on call', async () => {
    await declare()
    await at('5s')
    await slack.user('U0AIKO').openHome()
    await expect.poll(() => slack.seenBy('U0AIKO').home).toBeDefined()
    const home = visibleText(slack.seenBy('U0AIKO').home!)
    expect(home).toContain('Your pages')
    expect(home).toContain('INC-1')
    expect(home).toContain('On call now')
  })
})

test('a token that is revoked is said in the health, and not hammered (I13)', async () => {
  await declare()
  await at('5s')
  slack.revokeBotToken()
  await desk
    .says('diego', '/incident update INC-1 still looking')
    .catch(() => 'answered over the socket or not at all')
  await at('1h')
  expect(desk.chat.health()).toMatchObject({ connected: false })
  const after = slack.log.filter(entry => entry.what === 'request').length
  await at('3h')
  expect(slack.log.filter(entry => entry.what === 'request').length).toBe(after)
})
