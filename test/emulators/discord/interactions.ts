/** Interactions: what a person did, how long the bot has to answer, and what an answer may be. */
import { randomBytes } from 'node:crypto'
import { checkModal } from './check.ts'
import { channelJson, type Guild, memberJson, messageJson, userJson } from './guild.ts'
import { wrongCallback } from './published.ts'
import { DiscordError, type Interaction, type Json, type Message } from './types.ts'

const ANSWER_MS = 3_000
const TOKEN_MS = 15 * 60_000

export type Interactions = ReturnType<typeof createInteractions>
type Check = (body: Json, options?: { edit?: boolean; reply?: boolean }) => Json

/** Which answers each kind of interaction takes. */
const ALLOWED: Readonly<Record<number, readonly number[]>> = {
  2: [4, 5, 9],
  3: [4, 5, 6, 7, 9],
  4: [8],
  5: [4, 5, 6, 7],
}

export function createInteractions(
  guild: Guild,
  clock: { now(): number },
  violation: (what: string) => void,
) {
  const all = new Map<string, Interaction>()

  function begin(type: number, user: string, channel: string, data: Json, more: Json = {}): Interaction {
    const id = guild.snowflake()
    const token = `aW50ZXJhY3Rpb246${randomBytes(24).toString('base64url')}`
    const place = guild.channelOf(channel)
    const who = guild.users.get(user)
    if (!who) throw new Error(`there is no user ${user}`)
    const from =
      place.type === 1
        ? { user: userJson(who) }
        : { member: memberJson(guild.memberOf(user)), guild_id: guild.id }
    let settle = () => {}
    const settled = new Promise<void>(resolve => {
      settle = resolve
    })
    const interaction: Interaction = {
      id,
      token,
      user,
      channel,
      type,
      at: clock.now(),
      acknowledged: false,
      deferred: false,
      answer: undefined,
      modal: undefined,
      choices: undefined,
      settled,
      settle,
      payload: {
        id,
        token,
        type,
        application_id: guild.application,
        version: 1,
        channel_id: channel,
        channel: channelJson(place, guild.id),
        locale: 'en-US',
        app_permissions: '0',
        entitlements: [],
        authorizing_integration_owners: { '0': guild.id },
        context: place.type === 1 ? 1 : 0,
        attachment_size_limit: 10_485_760,
        ...from,
        data,
        ...more,
      },
    }
    all.set(id, interaction)
    return interaction
  }

  function answer(interaction: Interaction, body: Json, check: Check): void {
    if (clock.now() - interaction.at > ANSWER_MS) throw new DiscordError(404, 10062, 'Unknown interaction')
    if (interaction.acknowledged)
      throw new DiscordError(400, 40060, 'Interaction has already been acknowledged.')
    const type = Number(body.type)
    if (!ALLOWED[interaction.type]?.includes(type))
      throw new DiscordError(
        400,
        50035,
        `type: ${type} does not answer an interaction of type ${interaction.type}`,
      )
    const against = wrongCallback(body)
    if (against) violation(`an answer of type ${type}: Discord's description says: ${against}`)
    const data = (body.data ?? {}) as Json
    if (type === 9) {
      checkModal(data)
      interaction.modal = data
    }
    if (type === 8) interaction.choices = (data.choices ?? []) as readonly Json[]
    if (type === 4) interaction.answer = say(interaction, check(data, { reply: true }))
    interaction.acknowledged = true
    interaction.deferred = type === 5
    if (type !== 5) interaction.settle()
  }

  const say = (interaction: Interaction, body: Json): Message => {
    const ephemeral = (Number(body.flags ?? 0) & 64) !== 0 || interaction.deferred
    return guild.post(guild.channelOf(interaction.channel), body, ephemeral ? interaction.user : null)
  }

  return {
    begin,
    answer,
    callback(id: string, token: string, body: Json, check: Check): void {
      const interaction = all.get(id)
      if (!interaction || interaction.token !== token)
        throw new DiscordError(404, 10062, 'Unknown interaction')
      answer(interaction, body, check)
    },
    editOriginal(token: string, body: Json, check: Check): Message {
      const interaction = [...all.values()].find(each => each.token === token)
      if (!interaction || clock.now() - interaction.at > TOKEN_MS)
        throw new DiscordError(401, 50027, 'Invalid Webhook Token')
      if (!interaction.acknowledged) throw new DiscordError(404, 10015, 'Unknown Webhook')
      const content = check(body, { edit: true })
      if (interaction.answer) guild.edit(interaction.answer, content)
      else interaction.answer = say(interaction, content)
      interaction.settle()
      return interaction.answer
    },
    messageJson: (message: Message) => messageJson(message, guild),
  }
}
