/**
 * Where incidents live on Discord: a channel under a category, a thread, or a forum post, as the configuration says. A channel
 * that an attempt opened whose answer was lost is found again by its mark, and never opened twice.
 */

import type { DiscordSettings } from '../../bot/config/types.ts'
import { ChatFailure, type Place } from '../../bot/ports.ts'
import { literal } from './markdown.ts'
import type { Api, Json } from './rest.ts'

const TEXT = 0
const PUBLIC_THREAD = 11
/** A week, the longest: a thread that an incident still needs is not put away by silence. */
const ARCHIVE_MINUTES = 10_080
const TOPIC = 1_024
const NAME = 100
/** VIEW_CHANNEL, SEND_MESSAGES, READ_MESSAGE_HISTORY; and SEND_MESSAGES with SEND_MESSAGES_IN_THREADS. */
const MEMBER = String((1n << 10n) | (1n << 11n) | (1n << 16n))
const WRITING = String((1n << 11n) | (1n << 38n))

export type Places = {
  /** The id of a channel, or of the direct messages with a user. */
  idOf(place: Place): Promise<string>
  open(name: string, key: string): Promise<{ readonly channel: string; readonly name: string }>
  topic(channel: string, topic: string): Promise<void>
  invite(channel: string, user: string): Promise<void>
  /** Read-only and kept: nothing of an incident is deleted. */
  archive(channel: string): Promise<void>
}

export function createPlaces(api: Api, guildId: string, settings: () => DiscordSettings): Places {
  const known = new Map<string, string>()

  async function remember(key: string, find: () => Promise<string>): Promise<string> {
    const id = known.get(key) ?? (await find())
    known.set(key, id)
    return id
  }

  const channels = async (): Promise<readonly Json[]> => {
    const all: unknown = await api.call('GET', `/guilds/${guildId}/channels`)
    return Array.isArray(all) ? all : []
  }

  async function byName(name: string): Promise<string> {
    const found = (await channels()).find(channel => channel.name === name && channel.type !== 4)
    if (typeof found?.id !== 'string')
      throw new ChatFailure(
        'never',
        'unknown_channel',
        `there is no channel #${name} that Tocsin can see: create it, or give Tocsin's role access`,
      )
    return found.id
  }

  async function direct(user: string): Promise<string> {
    const { id } = await api.call('POST', '/users/@me/channels', { recipient_id: user })
    if (typeof id !== 'string')
      throw new ChatFailure('doubt', 'bad_answer', 'Discord opened no direct messages')
    return id
  }

  async function openChannel(name: string, mark: string): Promise<{ channel: string; name: string }> {
    const all = await channels()
    const ours = all.find(channel => channel.topic === mark)
    if (ours) return placed(ours)
    const free = freeName(name, new Set(all.map(channel => String(channel.name))))
    const { category } = settings()
    const wanted = { name: free, type: TEXT, topic: mark }
    const parent = category === undefined ? {} : { parent_id: category }
    return placed(
      await api.call('POST', `/guilds/${guildId}/channels`, { ...wanted, ...parent }).catch(error => {
        // A category holds fifty channels; an incident does not wait until somebody tidies up.
        if (!(error instanceof ChatFailure) || category === undefined || !CATEGORY_FULL.has(error.reason))
          throw error
        return api.call('POST', `/guilds/${guildId}/channels`, wanted)
      }),
    )
  }

  async function openThread(name: string, forum: boolean): Promise<{ channel: string; name: string }> {
    const { parent = '' } = settings()
    const { threads } = await api.call('GET', `/guilds/${guildId}/threads/active`)
    const active = Array.isArray(threads) ? (threads as readonly Json[]) : []
    const ours = active.find(thread => thread.name === name && thread.parent_id === parent)
    if (ours) return placed(ours)
    const message = { content: literal(name), allowed_mentions: { parse: [] } }
    return placed(
      await api.call('POST', `/channels/${parent}/threads`, {
        name,
        auto_archive_duration: ARCHIVE_MINUTES,
        ...(forum ? { message } : { type: PUBLIC_THREAD }),
      }),
    )
  }

  return {
    async idOf(place) {
      if ('user' in place) return remember(`user:${place.user}`, () => direct(place.user))
      const name = place.channel.replace(/^#/, '')
      return /^\d{15,21}$/.test(name) ? name : remember(`name:${name}`, () => byName(name))
    },
    open(name, key) {
      const { places } = settings()
      const incident = key.split(':')[1] ?? key
      return places === 'channel'
        ? openChannel(name, `Tocsin ${key}`)
        : openThread(`${name} ${incident}`.slice(0, NAME), places === 'forum')
    },
    topic: async (channel, topic) =>
      void (await api.call('PATCH', `/channels/${channel}`, { topic: topic.slice(0, TOPIC) })),
    async invite(channel, user) {
      if (settings().places === 'channel')
        await api.call('PUT', `/channels/${channel}/permissions/${user}`, {
          type: 1,
          allow: MEMBER,
          deny: '0',
        })
      else await api.call('PUT', `/channels/${channel}/thread-members/${user}`)
    },
    async archive(channel) {
      if (settings().places === 'channel')
        await api.call('PUT', `/channels/${channel}/permissions/${guildId}`, {
          type: 0,
          allow: '0',
          deny: WRITING,
        })
      else await api.call('PATCH', `/channels/${channel}`, { archived: true, locked: true })
    },
  }
}

/** How Discord says that a category has its fifty channels. */
const CATEGORY_FULL = new Set(['discord_50035', 'discord_50024'])

function placed({ id, name }: Json): { channel: string; name: string } {
  if (typeof id !== 'string') throw new ChatFailure('doubt', 'bad_answer', 'Discord opened no channel')
  return { channel: id, name: `#${String(name)}` }
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  const base = name.slice(0, NAME - 4)
  let free = base
  for (let suffix = 2; taken.has(free); suffix++) free = `${base}-${suffix}`
  return free
}
