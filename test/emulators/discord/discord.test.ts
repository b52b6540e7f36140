/** The emulator as another client finds it: discord.js itself logs in, registers, answers, posts and resumes. */
import {
  ApplicationCommandOptionType,
  ButtonStyle,
  Client,
  ComponentType,
  Events,
  GatewayIntentBits,
  type TextChannel,
} from 'discord.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Discord, startDiscord } from './index.ts'

const ME = '100000000000000001'
const channel = { channel: 'incidents' }
const none = { parse: [] }
let discord: Discord
let client: Client
let clock: { now(): number; at: number }

beforeEach(async () => {
  clock = { at: Date.now(), now: () => clock.at }
  discord = await startDiscord({ clock })
  discord.users.add({ id: ME, name: 'Aiko' })
  discord.channels.add({ name: 'incidents' })
  client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: discord.apiUrl, retries: 0 } })
  const ready = new Promise(resolve => client.once(Events.ClientReady, resolve))
  await client.login(discord.token)
  await ready
  await client.application?.commands.set(
    [
      {
        name: 'incident',
        description: 'Incidents',
        options: [
          {
            type: ApplicationCommandOptionType.Subcommand,
            name: 'declare',
            description: 'Declare one',
            options: [
              {
                type: ApplicationCommandOptionType.String,
                name: 'title',
                description: 'What',
                required: true,
              },
            ],
          },
        ],
      },
    ],
    discord.guildId,
  )
})
afterEach(async () => {
  await client.destroy()
  await discord.stop()
})

const room = () => discord.channels.all().find(each => each.name === 'incidents')?.id ?? ''
const post = async (content: string, more: Record<string, unknown> = {}) =>
  ((await client.channels.fetch(room())) as TextChannel).send({
    content,
    allowedMentions: { parse: [] },
    ...more,
  })

test('a command is heard with its options and answered, for the one who asked alone', async () => {
  client.on(Events.InteractionCreate, async interaction => {
    if (interaction.isChatInputCommand())
      await interaction.reply({
        content: `heard ${interaction.options.getString('title')}`,
        flags: 64,
        allowedMentions: none as never,
      })
  })
  const { answer } = await discord.user(ME).slash('/incident declare', { title: 'Down' }, channel)
  expect(answer && discord.text(answer)).toBe('heard Down')
  expect(answer?.ephemeral_to).toBe(ME)
  discord.expectNoViolations()
})

test('a message of another is read without its words, until the Message Content intent is on; its pin is found', async () => {
  const said = discord.say('incidents', ME, 'Rolled back')
  const own = discord.say('incidents', discord.botId, 'Mine')
  const read = (id: string) =>
    client.rest.get(`/channels/${room()}/messages/${id}`) as Promise<{
      content: string
      author: { id: string }
    }>
  expect(await read(said.id)).toMatchObject({ content: '', author: { id: ME } })
  expect((await read(own.id)).content).toBe('Mine')
  discord.giveContent()
  expect((await read(said.id)).content).toBe('Rolled back')
  const heard: unknown[] = []
  client.ws.on('CHANNEL_PINS_UPDATE' as never, (data: unknown) => heard.push(data))
  discord.user(ME).pin(said)
  await expect.poll(() => heard).toMatchObject([{ channel_id: room() }])
  expect(await client.rest.get(`/channels/${room()}/messages/pins`)).toMatchObject({
    items: [{ message: { id: said.id } }],
    has_more: false,
  })
  const [line] = (await client.rest.get(`/channels/${room()}/messages`)) as readonly unknown[]
  expect(line).toMatchObject({ type: 6, author: { id: ME }, message_reference: { message_id: said.id } })
  discord.expectNoViolations()
})

test('what is not registered cannot be typed', async () => {
  await expect(discord.user(ME).slash('/incident delcare', {}, channel)).rejects.toThrow('is not registered')
  await expect(discord.user(ME).slash('/incident declare', {}, channel)).rejects.toThrow('needs title')
  await expect(
    discord.user(ME).slash('/incident declare', { title: 'x', colour: 'y' }, channel),
  ).rejects.toThrow('no option colour')
})

test('a button is pressed, its message edited, and a second answer is refused', async () => {
  const codes: unknown[] = []
  client.on(Events.InteractionCreate, async interaction => {
    if (!interaction.isButton()) return
    await interaction.reply({ content: 'done', flags: 64, allowedMentions: none as never })
    const { id, token } = interaction
    await client.rest
      .post(`/interactions/${id}/${token}/callback`, {
        auth: false,
        body: { type: 4, data: { content: 'again', allowed_mentions: none } },
      })
      .catch((error: { code: number }) => codes.push(error.code))
  })
  const sent = await post('Press', {
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          { type: ComponentType.Button, style: ButtonStyle.Primary, label: 'Ack', customId: 'ack' },
        ],
      },
    ],
  })
  const [message] = discord.messages('incidents')
  if (!message) throw new Error('nothing was posted')
  const { answer } = await discord.user(ME).click(message, 'Ack')
  expect(answer && discord.text(answer)).toBe('done')
  await expect.poll(() => codes).toEqual([40060])
  await sent.edit({ content: 'Over', components: [], allowedMentions: { parse: [] } })
  expect(discord.text(message)).toBe('Over')
})

test('after three seconds an interaction is unknown, after fifteen minutes its token', async () => {
  const codes: unknown[] = []
  client.on(Events.InteractionCreate, async interaction => {
    if (!interaction.isChatInputCommand()) return
    const { id, token } = interaction
    if (interaction.options.getString('title') === 'late') {
      clock.at += 3_001
      await interaction
        .reply({ content: 'late', allowedMentions: none as never })
        .catch((error: { code: number }) => codes.push(error.code))
    } else {
      await client.rest.post(`/interactions/${id}/${token}/callback`, {
        auth: false,
        body: { type: 5, data: { flags: 64 } },
      })
      clock.at += 15 * 60_000 + 1
      await client.rest
        .patch(`/webhooks/${discord.applicationId}/${token}/messages/@original`, {
          auth: false,
          body: { content: 'late', allowed_mentions: none },
        })
        .catch((error: { code: number }) => codes.push(error.code))
    }
  })
  void discord
    .user(ME)
    .slash('/incident declare', { title: 'late' }, channel)
    .catch(() => undefined)
  await expect.poll(() => codes).toEqual([10062])
  void discord
    .user(ME)
    .slash('/incident declare', { title: 'deferred' }, channel)
    .catch(() => undefined)
  await expect.poll(() => codes).toEqual([10062, 50027])
})

test.each([
  ['2,001 characters', { content: 'x'.repeat(2001) }],
  ['an embed of 4,097', { embeds: [{ description: 'x'.repeat(4097) }] }],
  [
    'embeds of 6,001 together',
    { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
  ],
  [
    'six buttons in a row',
    {
      components: [
        {
          type: 1,
          components: Array.from({ length: 6 }, (_, at) => ({
            type: 2,
            style: 1,
            label: 'x',
            custom_id: `${at}`,
          })),
        },
      ],
    },
  ],
  [
    'two buttons with one id',
    {
      components: [
        { type: 1, components: [1, 2].map(() => ({ type: 2, style: 1, label: 'x', custom_id: 'a' })) },
      ],
    },
  ],
  [
    'an id of 101',
    {
      components: [{ type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: 'x'.repeat(101) }] }],
    },
  ],
  ['a nonce of 26', { content: 'x', nonce: 'x'.repeat(26) }],
])('%s are refused with 50035, and remembered as a broken rule', async (_, body) => {
  const error = await client.rest
    .post(`/channels/${room()}/messages`, { body: { allowed_mentions: none, ...body } })
    .catch((thrown: { code: number }) => thrown)
  expect(error).toMatchObject({ code: 50035 })
  expect(discord.violations.length).toBeGreaterThan(0)
})

test('a message without allowed_mentions breaks a rule of the house', async () => {
  await client.rest.post(`/channels/${room()}/messages`, { body: { content: 'hello' } })
  expect(discord.violations).toContain('a message without allowed_mentions')
})

test('a nonce that is enforced gives the first message again, for a few minutes', async () => {
  const send = () => post('once', { nonce: 'abc', enforceNonce: true })
  const first = await send()
  expect((await send()).id).toBe(first.id)
  clock.at += 5 * 60_000 + 1
  expect((await send()).id).not.toBe(first.id)
})

test('a sixth message within five seconds has to wait, and asking early breaks a rule (I13)', async () => {
  const raw = () =>
    fetch(`${discord.apiUrl}/v10/channels/${room()}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'x', allowed_mentions: none }),
    })
  for (let each = 0; each < 5; each++) expect((await raw()).status).toBe(200)
  const sixth = await raw()
  expect([sixth.status, sixth.headers.get('retry-after')]).toEqual([429, '5'])
  expect((await raw()).status).toBe(429)
  expect(discord.violations.join()).toContain('before its retry_after was over')
  clock.at += 5_001
  expect((await raw()).status).toBe(200)
})

test('closed direct messages, a missing permission and a wrong token are answered as Discord does', async () => {
  discord.users.closeMessages(ME)
  const direct = (await client.rest.post('/users/@me/channels', { body: { recipient_id: ME } })) as {
    id: string
  }
  const to = (id: string) =>
    client.rest
      .post(`/channels/${id}/messages`, { body: { content: 'x', allowed_mentions: none } })
      .catch((thrown: { code: number }) => thrown.code)
  expect(await to(direct.id)).toBe(50007)
  discord.deny(1n << 11n)
  expect(await to(room())).toBe(50013)
  expect(await to('1')).toBe(10003)
  discord.revokeToken()
  const refused = await client.rest.get('/users/@me').catch((thrown: { status: number }) => thrown.status)
  expect(refused).toBe(401)
})

test('after a cut discord.js resumes and gets what it missed', { timeout: 15_000 }, async () => {
  client.on(Events.InteractionCreate, async interaction => {
    if (interaction.isChatInputCommand())
      await interaction.reply({ content: 'heard', allowedMentions: none as never })
  })
  discord.gateway.drop()
  const { answer } = await discord.user(ME).slash('/incident declare', { title: 'Down' }, channel)
  expect(answer && discord.text(answer)).toBe('heard')
  expect(discord.gateway.identifies()).toBe(1)
})
