/**
 * Signs that keep a message, over the gateway: a reaction names its message and whoever gave it; a pin names neither, so the
 * channel's pins are looked at, and the line that Discord writes about each says who pinned it. What a look missed, the next one finds.
 */
import type { Message } from '../../bot/message.ts'
import {
  ChatFailure,
  type ChatUser,
  type Hooks,
  type MessageRef,
  type Sign,
  type Telemetry,
} from '../../bot/ports.ts'
import { REACTIONS } from '../../bot/words.ts'
import { instantOf } from './messages.ts'
import { render } from './render.ts'
import type { Api, Json } from './rest.ts'

/** Pins and messages that one look takes in. */
const PINS = 10
const LINES = 100
const PINNED_LINE = 6
/** Pins that were handed on, kept so that a look does not do so again. */
const MAX_SEEN = 1000
const TICK = encodeURIComponent('✅')
/** Announcement, public and private thread. */
export const THREADS: readonly unknown[] = [10, 11, 12]

type Parts = {
  readonly api: Api
  readonly guildId: string
  readonly me: () => Promise<string>
  readonly hooks: () => Hooks
  readonly telemetry: Telemetry
}

const part = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(part) : [])
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

export type Marks = {
  reacted(payload: unknown): Promise<void>
  pinned(payload: unknown): Promise<void>
}

export function createMarks({ api, guildId, me, hooks, telemetry }: Parts): Marks {
  const parents = new Map<string, string | undefined>()
  const seen = new Set<string>()

  /** The channel that a thread is in: it never changes. */
  async function parentOf(channel: string): Promise<string | undefined> {
    if (!parents.has(channel)) {
      const { type, parent_id } = await api.call('GET', `/channels/${channel}`)
      parents.set(channel, THREADS.includes(type) ? text(parent_id) : undefined)
    }
    return parents.get(channel)
  }

  /** Undefined where such a sign keeps nothing; else the channel that the thread is in, if it is one. */
  async function placeOf(channel: string, sign: Sign): Promise<{ readonly parent?: string } | undefined> {
    if (await hooks().keeps(channel, sign)) return {}
    const parent = await parentOf(channel)
    return parent !== undefined && (await hooks().keeps(parent, sign)) ? { parent } : undefined
  }

  async function keep(
    ref: MessageRef,
    user: ChatUser,
    more: { readonly cause: string; readonly parent?: string; readonly own: boolean },
  ): Promise<void> {
    const { own, ...rest } = more
    const at = instantOf(ref.id)
    const ownMessage = { ref, user: undefined, author: 'Tocsin', own, text: null, at, link: undefined }
    const answer = await hooks().receive({
      chat: 'discord',
      user,
      channel: ref.channel,
      line: '/incident note',
      ...rest,
      ...(own ? { about: ownMessage } : { mark: ref }),
    })
    if (answer.kind === 'say')
      await tell(ref, user, answer.message).catch(error =>
        telemetry.log('warn', 'discord.mark_not_answered', { error }),
      )
  }

  /** A reaction cannot be answered to one person alone: what was kept gets a tick, a refusal is a direct message. */
  async function tell({ channel, id }: MessageRef, user: ChatUser, message: Message): Promise<void> {
    if (message.tone !== 'refused') {
      await api.call('PUT', `/channels/${channel}/messages/${id}/reactions/${TICK}/@me`)
      return
    }
    const direct = await api.call('POST', '/users/@me/channels', { recipient_id: user.id })
    const body = render(message, hooks().directory)
    await api.call('POST', `/channels/${String(direct.id)}/messages`, body)
  }

  return {
    async reacted(payload) {
      const { user_id, channel_id, message_id, emoji, member, message_author_id, guild_id } = part(payload)
      const [user, channel, id] = [text(user_id), text(channel_id), text(message_id)]
      const sign = signOf(part(emoji))
      if (!user || !channel || !id || !sign || guild_id !== guildId || user === (await me())) return
      const who = userOf(user, part(member))
      const place = who.kind === 'bot' ? undefined : await placeOf(channel, sign)
      if (!place) return
      const own = message_author_id === (await me())
      await keep({ channel, id }, who, { cause: `discord:${sign}:${id}:${user}`, ...place, own })
    },
    async pinned(payload) {
      const { channel_id, last_pin_timestamp, guild_id } = part(payload)
      const channel = text(channel_id)
      if (!channel || !text(last_pin_timestamp) || guild_id !== guildId) return
      const place = await placeOf(channel, 'pin')
      if (!place) return
      const self = await me()
      const { items } = await api.call('GET', `/channels/${channel}/messages/pins?limit=${PINS}`)
      const fresh = list(items)
        .map(({ pinned_at, message }) => ({ pinnedAt: String(pinned_at), message: part(message) }))
        .filter(({ pinnedAt, message }) => !seen.has(`${String(message.id)} ${pinnedAt}`))
      if (fresh.length === 0) return
      const lines = list(await api.call('GET', `/channels/${channel}/messages?limit=${LINES}`))
      for (const { pinnedAt, message } of fresh) {
        const id = String(message.id)
        const pinner = text(part(pinLineOf(lines, id)?.author).id)
        if (pinner !== undefined && pinner !== self) {
          const member = await api.call('GET', `/guilds/${guildId}/members/${pinner}`).catch(unlessLeft)
          const own = part(message.author).id === self
          const cause = `discord:pin:${id}:${pinnedAt}`
          if (member) await keep({ channel, id }, userOf(pinner, member), { cause, ...place, own })
        }
        remember(`${id} ${pinnedAt}`)
      }
    },
  }

  function remember(pin: string): void {
    seen.add(pin)
    const [oldest] = seen
    if (seen.size > MAX_SEEN && oldest !== undefined) seen.delete(oldest)
  }
}

function unlessLeft(error: unknown): undefined {
  if (error instanceof ChatFailure && error.reason === 'unknown_member') return undefined
  throw error
}

const signOf = ({ id, name }: Json): Sign | undefined =>
  id == null
    ? (Object.keys(REACTIONS) as (keyof typeof REACTIONS)[]).find(
        sign => REACTIONS[sign] === String(name).replaceAll('\uFE0F', ''),
      )
    : undefined

function userOf(id: string, member: Json): ChatUser {
  const user = part(member.user)
  return {
    id,
    name: text(member.nick) ?? text(user.global_name) ?? text(user.username) ?? id,
    kind: user.bot === true ? 'bot' : 'member',
    groups: Array.isArray(member.roles) ? member.roles.filter(role => typeof role === 'string') : [],
  }
}

/** The line that Discord writes into the channel when a message is pinned: its author pinned it. */
const pinLineOf = (lines: readonly Json[], id: string): Json | undefined =>
  lines.find(line => line.type === PINNED_LINE && part(line.message_reference).message_id === id)
