/**
 * Discord as a chat. What a person did comes over the gateway or as a signed request, is translated in one place and answered
 * in time; everything that leaves goes out in one attempt, its failures told as they are.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DiscordSettings } from '../../bot/config/types.ts'
import type { Message } from '../../bot/message.ts'
import {
  type Chat,
  ChatFailure,
  type ChatTraits,
  type Clock,
  type Hooks,
  type Telemetry,
} from '../../bot/ports.ts'
import { refuse } from '../../bot/refusal.ts'
import type { Command } from '../../commands/command.ts'
import { answerWith, completions, question, type Reply } from './answer.ts'
import { completesOf, register } from './commands.ts'
import { createGateway } from './gateway.ts'
import { signedInteractions } from './http.ts'
import { type Completing, translate } from './interactions.ts'
import { lacking } from './invite.ts'
import { nonceOf, withNonce } from './key.ts'
import { createMarks } from './marks.ts'
import { createMessages } from './messages.ts'
import { createPlaces } from './places.ts'
import { hasPictures, render, withoutPictures } from './render.ts'
import { type Api, createApi, type Json } from './rest.ts'

export type DiscordOptions = {
  readonly token: string
  readonly applicationId: string
  readonly guildId: string
  /** Set: signed requests instead of the gateway. */
  readonly publicKey?: string
  readonly apiUrl?: string
  readonly commands: readonly Command[]
  readonly settings: () => DiscordSettings
  readonly clock: Clock
  readonly telemetry: Telemetry
}

export type Discord = Chat & {
  readonly requestListener?: (request: IncomingMessage, response: ServerResponse) => void
}

/** A bookmark has no place here: the links of a service are on the card. */
export const traitsOf = ({ places }: DiscordSettings): ChatTraits => ({
  rooms: true,
  topics: places === 'channel',
  pins: true,
  bookmarks: false,
  invites: true,
  reaches: 'people',
  pictures: 'png',
  paceMs: 1000,
})

export function createDiscord(options: DiscordOptions): Discord {
  const { clock, telemetry, applicationId, guildId } = options
  const api = createApi(options)
  const places = createPlaces(api, guildId, options.settings)
  const typed = new Map<string, Readonly<Record<string, string>>>()
  let hooks: Hooks | undefined
  let missing: readonly string[] = []
  let asked = Promise.resolve()
  let self: string | undefined

  const known = (): Hooks => {
    if (!hooks) throw new ChatFailure('later', 'not_started', 'Discord is not connected yet')
    return hooks
  }

  /** Our own user: in older applications another id than the application's. */
  async function me(): Promise<string> {
    self ??= String((await api.call('GET', '/users/@me')).id)
    return self
  }
  const messages = createMessages(api, guildId, me)
  const marks = createMarks({ api, guildId, me, hooks: known, telemetry })

  async function receive(payload: unknown, reply: Reply): Promise<void> {
    const inbound = translate(payload, guildId, self)
    if (!inbound) return
    if (inbound.kind === 'question') return reply(question(inbound.label, inbound.command))
    if (inbound.kind === 'completing') return reply(completions(await complete(inbound)))
    const { receive, directory } = known()
    await answerWith(
      { api, applicationId, clock, telemetry, directory, typed },
      inbound,
      reply,
      receive(inbound.input),
    )
  }

  async function complete({ group, command, option, typed: sought, user }: Completing) {
    const what = completesOf(options.commands, group, command, option)
    return what ? known().complete(user, what, sought) : []
  }

  const answered = async (payload: unknown, reply: Reply): Promise<void> => {
    try {
      await receive(payload, reply)
    } catch (error) {
      telemetry.log('warn', 'discord.answer_lost', { error })
    }
  }

  async function heard(type: string, payload: unknown): Promise<void> {
    if (type === 'INTERACTION_CREATE') {
      const { id, token } = (payload ?? {}) as Json
      const callback = `/interactions/${String(id)}/${String(token)}/callback` as const
      return answered(payload, async body => void (await api.reply('POST', callback, body)))
    }
    try {
      await (type === 'CHANNEL_PINS_UPDATE' ? marks.pinned(payload) : marks.reacted(payload))
    } catch (error) {
      telemetry.log('warn', 'discord.mark_lost', { type, error })
    }
  }

  const gateway = options.publicKey
    ? undefined
    : createGateway({
        ...options,
        api,
        receive(type, payload) {
          asked = Promise.all([asked, heard(type, payload)]).then(() => undefined)
        },
      })
  const requestListener = options.publicKey
    ? signedInteractions({ publicKey: options.publicKey, clock, receive: answered })
    : undefined

  async function send(channel: string, message: Message, key: string): Promise<Json> {
    const { files, ...rendered } = render(message, known().directory)
    const nonce = nonceOf(key)
    const components = withNonce(rendered.components, nonce)
    const body = { ...rendered, components, nonce, enforce_nonce: true }
    return api.call('POST', `/channels/${channel}/messages`, body, files)
  }

  return {
    name: 'discord',
    get traits() {
      return traitsOf(options.settings())
    },
    ...(requestListener ? { requestListener } : {}),
    async start(given) {
      hooks = given
      missing = await prepare(api, me, options)
      await gateway?.start()
    },
    async stop() {
      await gateway?.stop()
      await asked
    },
    health() {
      const refused = api.refused() ?? gateway?.refused()
      if (refused) return { connected: false, detail: `Discord refuses to connect: ${refused}` }
      const connected = gateway?.connected() ?? true
      const lacks = missing.length > 0 ? `; permissions missing: ${missing.join(', ')}` : ''
      return { connected, detail: `${connected ? 'connected' : 'not connected, trying again'}${lacks}` }
    },
    async post(to, message, key) {
      const channel = await places.idOf(to)
      const { id } = await send(channel, message, key).catch((error: unknown) => {
        if (!(error instanceof ChatFailure) || error.kind !== 'never' || !hasPictures(message)) throw error
        // Perhaps it is the pictures that it does not take: the words go without them, or fail for a reason of their own.
        return send(channel, withoutPictures(message, error.say), key)
      })
      if (typeof id !== 'string')
        throw new ChatFailure('doubt', 'bad_answer', 'Discord did not say where the message is')
      return { channel, id }
    },
    async edit(ref, message) {
      const { files, ...rendered } = render(message, known().directory)
      const body = { ...rendered, allowed_mentions: { parse: [] } }
      await api.call('PATCH', `/channels/${ref.channel}/messages/${ref.id}`, body, files).catch(notDoubtful)
    },
    find: async (to, key, sinceAt) => messages.find(await places.idOf(to), nonceOf(key), sinceAt),
    read: messages.read,
    history: messages.history,
    openRoom: (name, key) => places.open(name, key),
    setTopic: (channel, topic) => places.topic(channel, topic).catch(notDoubtful),
    invite: (channel, user) => places.invite(channel, user).catch(notDoubtful),
    pin: async ref =>
      void (await api.call('PUT', `/channels/${ref.channel}/messages/pins/${ref.id}`).catch(notDoubtful)),
    bookmark: async () => {
      throw new ChatFailure('never', 'no_bookmarks', 'Discord has no bookmarks')
    },
    async keepGroup(role, users, others) {
      for (const user of [...users, ...others]) {
        const member = await api.call('GET', `/guilds/${guildId}/members/${user}`).catch(unlessGone)
        const has = Array.isArray(member?.roles) && member.roles.includes(role)
        if (!member || has === users.includes(user)) continue
        await api
          .call(has ? 'DELETE' : 'PUT', `/guilds/${guildId}/members/${user}/roles/${role}`)
          .catch(notDoubtful)
      }
    },
    archive: channel => places.archive(channel).catch(notDoubtful),
  }
}

/** Registers the commands and names the permissions that are missing; throws when Discord refuses the token. */
async function prepare(
  api: Api,
  me: () => Promise<string>,
  options: DiscordOptions,
): Promise<readonly string[]> {
  const { applicationId, guildId, commands, telemetry } = options
  try {
    const self = await me()
    const done = await register(api, `/applications/${applicationId}/guilds/${guildId}/commands`, commands)
    telemetry.log('info', 'discord.commands', { registration: done })
    const missing = lacking(await permissionsOf(api, guildId, self))
    for (const permission of missing) telemetry.log('warn', 'discord.permission_missing', { permission })
    return missing
  } catch (error) {
    if (error instanceof ChatFailure && error.reason === 'bad_token')
      throw refuse(
        'discord_token',
        'Discord refuses DISCORD_TOKEN.',
        'Copy the token from "Bot" of the application, or reset it there.',
      )
    if (error instanceof ChatFailure && error.kind === 'never')
      throw refuse(
        'discord_settings',
        `Discord refuses to begin: ${error.say}.`,
        'Look at npx tocsin discord invite.',
      )
    telemetry.log('warn', 'discord.unreachable', { error })
    return []
  }
}

async function permissionsOf(api: Api, guildId: string, me: string): Promise<bigint> {
  const [member, roles] = await Promise.all([
    api.call('GET', `/guilds/${guildId}/members/${me}`),
    api.call('GET', `/guilds/${guildId}/roles`),
  ])
  const own = new Set([guildId, ...(Array.isArray(member.roles) ? (member.roles as readonly string[]) : [])])
  return (Array.isArray(roles) ? (roles as readonly Json[]) : [])
    .filter(role => own.has(String(role.id)))
    .reduce((all, role) => all | BigInt(String(role.permissions ?? 0)), 0n)
}

/** Whoever left the server has no roles to keep. */
function unlessGone(error: unknown): undefined {
  if (error instanceof ChatFailure && ['unknown_member', 'left_server'].includes(error.reason))
    return undefined
  throw error
}

/** What may be done twice without harm is simply tried again. */
function notDoubtful(error: unknown): never {
  throw error instanceof ChatFailure && error.kind === 'doubt'
    ? new ChatFailure('later', error.reason, error.say)
    : error
}
