/** Channels by name, direct messages by user, and an incident's channel: what Slack wants an id for. */
import { ChatFailure, type Place } from '../../bot/ports.ts'
import type { Api } from './api.ts'

const MAX_SUFFIX = 20
const PAGE = 200
/** A workspace with more public channels than this names its channel by id. */
const MAX_PAGES = 25

type Channel = {
  readonly id?: string
  readonly name?: string
  readonly is_member?: boolean
  readonly is_archived?: boolean
  readonly purpose?: { readonly value?: string }
}

export type Channels = {
  /** The id of a channel or of the direct messages with a user. */
  idOf(place: Place): Promise<string>
  /** Opens a channel; a taken name gets a suffix; `key` finds one that a doubtful attempt opened. */
  open(name: string, key: string): Promise<{ readonly channel: string; readonly name: string }>
}

export function createChannels(api: Api): Channels {
  const known = new Map<string, string>()

  async function list(match: (channel: Channel) => boolean): Promise<Channel | undefined> {
    let cursor = ''
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await api.call('conversations.list', {
        types: 'public_channel',
        exclude_archived: true,
        limit: PAGE,
        ...(cursor ? { cursor } : {}),
      })
      const found = ((answer.channels ?? []) as readonly Channel[]).find(match)
      if (found) return found
      cursor = (answer.response_metadata as { next_cursor?: string } | undefined)?.next_cursor ?? ''
      if (cursor === '') return undefined
    }
    return undefined
  }

  async function byName(name: string): Promise<string> {
    const found = await list(channel => channel.name === name)
    if (!found?.id)
      throw new ChatFailure(
        'never',
        'channel_not_found',
        `there is no public channel #${name} that Tocsin can see: create it, or invite Tocsin`,
      )
    if (found.is_member === false) await api.tryCall('conversations.join', { channel: found.id })
    return found.id
  }

  async function direct(user: string): Promise<string> {
    const answer = await api.call('conversations.open', { users: user })
    const id = (answer.channel as Channel | undefined)?.id
    if (!id) throw new ChatFailure('doubt', 'bad_answer', 'Slack opened no direct messages')
    return id
  }

  async function remember(key: string, find: () => Promise<string>): Promise<string> {
    const id = known.get(key) ?? (await find())
    known.set(key, id)
    return id
  }

  return {
    async idOf(place) {
      if ('user' in place) return remember(`user:${place.user}`, () => direct(place.user))
      const name = place.channel.replace(/^#/, '')
      return /^[CGD][A-Z0-9]{6,}$/.test(name) ? name : remember(`name:${name}`, () => byName(name))
    },
    open: (name, key) =>
      create(api, name, `Tocsin ${key}`, (taken, mark) =>
        list(channel => channel.name === taken && channel.purpose?.value === mark),
      ),
  }
}

/** A name that is taken may be ours: opened by an attempt whose answer was lost. Its purpose carries the key. */
async function create(
  api: Api,
  name: string,
  mark: string,
  ours: (taken: string, mark: string) => Promise<Channel | undefined>,
): Promise<{ channel: string; name: string }> {
  for (let suffix = 1; suffix <= MAX_SUFFIX; suffix++) {
    const candidate = `${name.slice(0, 76)}${suffix === 1 ? '' : `-${suffix}`}`
    try {
      const answer = await api.call('conversations.create', { name: candidate })
      const id = (answer.channel as Channel | undefined)?.id
      if (!id) throw new ChatFailure('doubt', 'bad_answer', 'Slack opened no channel')
      await api.tryCall('conversations.setPurpose', { channel: id, purpose: mark })
      return { channel: id, name: `#${candidate}` }
    } catch (error) {
      if (!(error instanceof ChatFailure) || error.reason !== 'name_taken') throw error
      const earlier = await ours(candidate, mark)
      if (earlier?.id) return { channel: earlier.id, name: `#${candidate}` }
    }
  }
  throw new ChatFailure('never', 'name_taken', `#${name} and ${MAX_SUFFIX} names like it are taken`)
}
