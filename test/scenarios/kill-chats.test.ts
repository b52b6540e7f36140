/**
 * The main story on the shipped program and a real chat protocol, with a kill -9 and a broken connection in its middle:
 * declared, answered, paged, killed, the next rung on time, acknowledged, silence. Real time; the emulator is in the test.
 */
import { expect, onTestFinished, test } from 'vitest'
import { type Discord, startDiscord } from '../emulators/discord/index.ts'
import { buttonsOf, type Slack, startSlack, visibleText } from '../emulators/slack/index.ts'
import { makeHome, type Program } from '../support/program.ts'
import { TEAM } from '../support/team.ts'

const FAST = `${TEAM}\nseverities: { SEV1: { respond_within: 3s, repeat: 0 } }`
const WORDS = 'The whole site is down for everyone'
const realTime = { now: () => Date.now() }

/** What the story needs of a chat. */
type Place = {
  readonly env: Readonly<Record<string, string>>
  /** The program runs again, here. */
  attach(program: Program): Promise<void>
  /** The connection breaks without a word. */
  cut(): void
  declare(): Promise<string>
  pages(person: 'aiko' | 'ben' | 'chika'): readonly string[]
  ack(person: 'ben'): Promise<void>
  check(): void
}

async function slackPlace(http: boolean): Promise<Place> {
  const slack: Slack = await startSlack()
  onTestFinished(() => slack.stop())
  const ids = { aiko: 'U0AIKO', ben: 'U0BEN', chika: 'U0CHIKA', diego: 'U0DIEGO' }
  for (const id of Object.values(ids)) slack.users.add({ id })
  for (const name of ['incidents', 'queue']) slack.channels.add({ name, members: Object.values(ids) })
  const pagesOf = (person: keyof typeof ids) =>
    slack.seenBy(ids[person]).messages.filter(one => one.channel.startsWith('D') && !one.ephemeral_to)
  return {
    env: {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
      ...(http ? { SLACK_SIGNING_SECRET: slack.signingSecret } : { SLACK_APP_TOKEN: slack.appToken }),
    },
    async attach(program) {
      if (http) return slack.useHttp(`${program.url}/slack/events`)
      slack.useSocket()
      await slack.connected(2)
    },
    cut: () => slack.dropSockets(),
    async declare() {
      const { message } = await slack
        .user(ids.diego)
        .slash(`/incident declare ${WORDS}`, { channel: 'incidents' })
      return message ? visibleText(message) : ''
    },
    pages: person => pagesOf(person).map(one => `${visibleText(one)} ${buttonsOf(one).join(' ')}`),
    async ack(person) {
      const page = pagesOf(person).at(-1)
      if (page) await slack.user(ids[person]).click(page, 'Ack')
    },
    check: () => slack.expectNoViolations(),
  }
}

async function discordPlace(http: boolean): Promise<Place> {
  const discord: Discord = await startDiscord({ clock: realTime })
  onTestFinished(() => discord.stop())
  const ids = {
    aiko: '100000000000000001',
    ben: '100000000000000002',
    chika: '100000000000000003',
    diego: '100000000000000004',
  }
  for (const [name, id] of Object.entries(ids)) discord.users.add({ id, name })
  for (const name of ['incidents', 'queue']) discord.channels.add({ name })
  const { token, applicationId, guildId, apiUrl, publicKey } = discord
  return {
    env: {
      DISCORD_TOKEN: token,
      DISCORD_APPLICATION_ID: applicationId,
      DISCORD_GUILD_ID: guildId,
      DISCORD_API_URL: apiUrl,
      ...(http ? { DISCORD_PUBLIC_KEY: publicKey } : {}),
    },
    async attach(program) {
      if (http) discord.useHttp(`${program.url}/discord/interactions`)
      else await discord.connected()
    },
    cut: () => discord.gateway.drop(),
    async declare() {
      const channel = { channel: 'incidents' }
      const { answer } = await discord.user(ids.diego).slash('/incident declare', { title: WORDS }, channel)
      return answer ? discord.text(answer) : ''
    },
    pages: person =>
      discord.seenBy(ids[person]).direct.map(one => `${discord.text(one)} ${discord.buttons(one).join(' ')}`),
    async ack(person) {
      const page = discord.seenBy(ids[person]).direct.at(-1)
      if (page) await discord.user(ids[person]).click(page, 'Ack')
    },
    check: () => discord.expectNoViolations(),
  }
}

const PLACES: readonly (readonly [string, () => Promise<readonly Place[]>])[] = [
  ['Slack over Socket Mode', async () => [await slackPlace(false)]],
  ['Slack over signed HTTP', async () => [await slackPlace(true)]],
  ['Discord over the gateway', async () => [await discordPlace(false)]],
  ['Discord over signed HTTP', async () => [await discordPlace(true)]],
  ['Slack and Discord at once', async () => [await slackPlace(false), await discordPlace(false)]],
]

test.each(PLACES)(
  '%s: killed between two rungs, the next person is paged on time and nobody twice; an ack is silence',
  {
    timeout: 60_000,
  },
  async (_, open) => {
    const places = await open()
    const [first] = places
    if (!first) throw new Error('no place')
    const env = Object.assign({}, ...places.map(place => place.env)) as Record<string, string>
    const home = makeHome(FAST)
    const begin = async () => {
      const program = await home.start(env)
      for (const place of places) await place.attach(program)
      return program
    }
    const counts = (person: 'aiko' | 'ben' | 'chika') => places.map(place => place.pages(person).length)
    const one = places.map(() => 1)

    const before = await begin()
    for (const place of places) place.cut()
    for (const place of places) await place.attach(before)
    const declaredAt = Date.now()
    expect(await first.declare()).toContain('INC-1')
    await expect.poll(() => counts('aiko'), { timeout: 3_000 }).toEqual(one)
    await before.end('SIGKILL')

    const after = await begin()
    await expect.poll(() => counts('ben'), { timeout: 10_000, interval: 20 }).toEqual(one)
    expect(Date.now() - declaredAt).toBeGreaterThanOrEqual(3_000)
    await first.ack('ben')
    const acked = (person: 'aiko' | 'ben') =>
      places.every(place => /Acknowledged by Ben Okafor/.test(place.pages(person)[0] ?? ''))
    await expect.poll(() => acked('aiko') && acked('ben'), { timeout: 5_000 }).toBe(true)
    expect(counts('aiko')).toEqual(one)
    // The third rung would have been due three seconds after the second.
    const ms = 2_500
    await expect
      .poll(() => Date.now() - declaredAt > 6_000 + ms, { timeout: 12_000, interval: 200 })
      .toBe(true)
    expect(counts('chika')).toEqual(places.map(() => 0))
    for (const place of places) place.check()
    await after.end('SIGTERM')
  },
)
