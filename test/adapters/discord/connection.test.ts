/** Discord cuts, renews and garbles as it pleases; people who type meanwhile notice little, and the process lives. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../../adapters/clock/system.ts'
import { type Discord as Chat, createDiscord } from '../../../adapters/discord/discord.ts'
import { createTelemetry } from '../../../adapters/telemetry/telemetry.ts'
import { startServer } from '../../../adapters/web/server.ts'
import type { DiscordSettings } from '../../../bot/config/types.ts'
import type { ChatInput, Clock, Directory } from '../../../bot/ports.ts'
import { COMMANDS } from '../../../commands/index.ts'
import { type Discord, startDiscord } from '../../emulators/discord/index.ts'
import { VirtualClock } from '../../support/clock.ts'

const ME = '100000000000000001'
const channel = { channel: 'incidents' }
const telemetry = createTelemetry({ level: 'silent', secrets: [] })
const directory: Directory = {
  person: id => ({ name: id, user: id === 'me' ? ME : undefined }),
  room: () => undefined,
  people: () => ['me'],
}

let discord: Discord
let chat: Chat
let heard: ChatInput[]
let settings: DiscordSettings
let slowness: Promise<void>

const build = (publicKey?: string, clock: Clock = systemClock) =>
  createDiscord({
    token: discord.token,
    applicationId: discord.applicationId,
    guildId: discord.guildId,
    apiUrl: discord.apiUrl,
    commands: COMMANDS,
    settings: () => settings,
    clock,
    telemetry,
    ...(publicKey ? { publicKey } : {}),
  })

const start = () =>
  chat.start({
    async receive(input) {
      heard.push(input)
      await slowness
      return { kind: 'say', message: { summary: 'heard', tone: 'calm', blocks: [] } }
    },
    home: async () => ({ summary: '', tone: 'calm', blocks: [] }),
    complete: async () => [],
    keeps: async () => false,
    directory,
  })

beforeEach(async () => {
  heard = []
  slowness = Promise.resolve()
  settings = { places: 'channel' }
  discord = await startDiscord({ clock: systemClock, heartbeatMs: 200 })
  discord.users.add({ id: ME, name: 'me' })
  discord.channels.add({ name: 'incidents' })
})
afterEach(async () => {
  await chat.stop()
  await discord.stop()
})

const ask = () => discord.user(ME).slash('/incident list', {}, channel)
const answer = async () => {
  const { answer: said } = await ask()
  return said ? discord.text(said) : 'nothing'
}

describe('over the gateway', () => {
  beforeEach(async () => {
    chat = build()
    await start()
    await discord.connected()
  })

  test.each([
    ['a cut', () => discord.gateway.drop()],
    ['op 7', () => discord.gateway.askToReconnect()],
    ['op 9 that can be resumed', () => discord.gateway.invalidate(true)],
    ['close code 4000', () => discord.gateway.close(4000)],
  ])(
    'after %s the session is resumed, and what was said meanwhile is answered once',
    { timeout: 60_000 },
    async (_, cut) => {
      cut()
      expect(await answer()).toBe('heard')
      await expect.poll(() => chat.health().connected, { timeout: 5_000 }).toBe(true)
      expect(discord.gateway.identifies()).toBe(1)
      expect(heard).toHaveLength(1)
      discord.expectNoViolations()
    },
  )

  test('after op 9 that cannot be resumed it identifies again', { timeout: 60_000 }, async () => {
    discord.gateway.invalidate(false)
    await expect.poll(() => discord.gateway.identifies(), { timeout: 10_000 }).toBe(2)
    await discord.connected()
    expect(await answer()).toBe('heard')
  })

  test('a connection that hears nothing any more is given up and resumed', { timeout: 60_000 }, async () => {
    discord.gateway.goDeaf()
    const before = discord.gateway.attempts()
    await expect.poll(() => discord.gateway.attempts(), { timeout: 10_000 }).toBeGreaterThan(before)
    discord.gateway.goDeaf(false)
    await expect.poll(() => chat.health().connected, { timeout: 10_000 }).toBe(true)
    expect(await answer()).toBe('heard')
    expect(discord.gateway.identifies()).toBe(1)
  })

  test('a payload that no client should die of changes nothing', async () => {
    for (const garbage of [
      '{',
      'null',
      '[]',
      '{"op":0,"t":"INTERACTION_CREATE","s":3,"d":null}',
      '{"op":0,"t":"THREAD_CREATE","s":4,"d":{"thread":null}}',
    ])
      discord.gateway.garbage(garbage)
    expect(await answer()).toBe('heard')
  })

  test('while Discord takes no connection it is tried ever more slowly, said in the health, and heard again when it does', {
    timeout: 60_000,
  }, async () => {
    const startedAt = performance.now()
    discord.gateway.goDown()
    await expect.poll(() => chat.health().connected, { timeout: 5_000 }).toBe(false)
    // Discord's own client would try every half second: eleven times by then.
    await expect.poll(() => discord.gateway.attempts(), { timeout: 12_000 }).toBeGreaterThan(4)
    expect(performance.now() - startedAt).toBeGreaterThan(3_000)
    discord.gateway.goUp()
    await expect.poll(() => chat.health().connected, { timeout: 15_000 }).toBe(true)
    expect(await answer()).toBe('heard')
  })

  test('the commands are registered once, and again only when they differ', async () => {
    expect(discord.registrations()).toBe(1)
    await chat.stop()
    chat = build()
    await start()
    expect(discord.registrations()).toBe(1)
    expect(discord.commands().map(command => command.name)).toEqual([
      'incident',
      'oncall',
      'action',
      'digest',
      'Declare incident',
      'Add to timeline',
      'Create action item',
      'Page this person',
    ])
  })

  test('a missing permission is said in the health', async () => {
    discord.deny(1n << 4n)
    await chat.stop()
    chat = build()
    await start()
    expect(chat.health().detail).toContain('permissions missing: MANAGE_CHANNELS')
  })
})

test('an answer that takes longer than two seconds is announced, and follows', {
  timeout: 60_000,
}, async () => {
  const clock = new VirtualClock(Date.now())
  let finish = () => {}
  slowness = new Promise(resolve => {
    finish = resolve
  })
  chat = build(undefined, clock)
  await start()
  await discord.connected()
  const asked = ask()
  await expect.poll(() => heard.length).toBe(1)
  clock.moveTo(clock.now() + 2_000)
  await expect
    .poll(() => discord.calls.some(({ path, body }) => path.endsWith('/callback') && body.type === 5))
    .toBe(true)
  finish()
  const { answer: said } = await asked
  expect(said && discord.text(said)).toBe('heard')
  expect(said?.ephemeral_to).toBe(ME)
})

test('a token that Discord refuses ends the start with the way out', async () => {
  discord.revokeToken()
  chat = build()
  await expect(start()).rejects.toThrow('Discord refuses DISCORD_TOKEN. Copy the token from "Bot"')
})

describe('over signed HTTP', () => {
  test('what Discord did not sign, what is old, and what was seen before are refused with 401 and act not at all (S1, S2)', async () => {
    chat = build(discord.publicKey)
    const server = await startServer({
      host: '127.0.0.1',
      port: 0,
      routes: [],
      rawRoutes: [
        {
          path: '/discord/interactions',
          handle: (request, response) => chat.requestListener?.(request, response),
        },
      ],
      telemetry,
    })
    await start()
    const url = `${server.url}/discord/interactions`
    const ping = { type: 1, id: '1', application_id: discord.applicationId }
    expect((await discord.forge(url, ping)).status).toBe(401)
    expect((await discord.signed(url, ping, Date.now() - 6 * 60_000)).status).toBe(401)
    const at = Date.now()
    const first = await discord.signed(url, ping, at)
    expect([first.status, await first.json()]).toEqual([200, { type: 1 }])
    expect((await discord.signed(url, ping, at)).status).toBe(401)
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401)
    expect(heard).toEqual([])
    discord.useHttp(url)
    expect(await answer()).toBe('heard')
    await server.close()
  })
})

describe.each([
  ['thread', 0],
  ['forum', 15],
] as const)('where incidents live in a %s', (places, type) => {
  test('it is opened once under its parent, and archived at the end', async () => {
    const parent = discord.channels.add({ name: 'home-of-incidents', type })
    settings = { places, parent: parent.id }
    chat = build()
    await start()
    const opened = await chat.openRoom('inc-20261124-checkout-down', 'room:INC-1:discord')
    expect(opened.name).toBe('#inc-20261124-checkout-down INC-1')
    expect(await chat.openRoom('inc-20261124-checkout-down', 'room:INC-1:discord')).toEqual(opened)
    await chat.invite(opened.channel, ME)
    await chat.post({ channel: opened.channel }, { summary: 'The card', tone: 'SEV1', blocks: [] }, 'card')
    await chat.archive(opened.channel)
    const thread = discord.channels.all().find(each => each.id === opened.channel)
    expect([thread?.parent_id, thread?.archived, thread?.members.has(ME)]).toEqual([parent.id, true, true])
    discord.expectNoViolations()
  })
})

test('a category with its fifty channels does not keep an incident from its channel', async () => {
  const category = discord.channels.add({ name: 'Incidents', type: 4 })
  for (let each = 0; each < 50; each++) discord.guild.addChannel(`old-${each}`, { parent_id: category.id })
  settings = { places: 'channel', category: category.id }
  chat = build()
  await start()
  const opened = await chat.openRoom('inc-20261124-checkout-down', 'room:INC-1:discord')
  expect(discord.channels.all().find(each => each.id === opened.channel)?.parent_id).toBeNull()
})
