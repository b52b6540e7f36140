/**
 * A chat with people in it. What people see in it is kept with its times. The one finds a message by its key, as Slack does; the
 * other refuses a double for some minutes and finds nothing, as Discord does.
 */
import { TRAITS } from '../../adapters/console/traits.ts'
import type { Message } from '../../bot/message.ts'
import { CANNOT_DM, type Chat, ChatFailure, type MessageRef, type Place } from '../../bot/ports.ts'
import { textOf } from '../support/story.ts'
import { whoHas } from './cast.ts'
import type { Refused, Seen } from './evidence.ts'
import { type Fate, isDeaf } from './fate.ts'
import type { Arrival, Sky } from './weather.ts'

type Parts = {
  readonly name: 'slack' | 'discord'
  readonly sky: Sky
  readonly fate: Fate
  readonly now: () => number
  /** Channels that are archived now. */
  readonly archived: ReadonlySet<string>
  readonly refused: Refused[]
  see(seen: Seen): void
}

/** How long Discord knows a nonce. */
const REMEMBERED_MS = 5 * 60_000

export const pressesOf = (message: Message): readonly string[] =>
  message.blocks.flatMap(block => (block.kind === 'buttons' ? block.buttons.map(each => each.command) : []))

export function openPub({ name, sky, fate, now, archived, refused, see }: Parts): Chat {
  const all: Seen[] = []
  let connected = false
  const whereOf = (to: Place) => ('user' in to ? `@${whoHas(to.user, name)}` : to.channel)

  /** For good, whatever the weather. */
  function admit(where: string, key: string): void {
    const person = where.startsWith('@') ? where.slice(1) : undefined
    if (name === 'discord' && person && fate.closed.has(person))
      throw new ChatFailure('never', CANNOT_DM, 'their direct messages are closed to Tocsin')
    if (!archived.has(`${name}:${where}`) && !(person && isDeaf(fate, person, name))) return
    refused.push({ at: now(), by: name, where, key })
    throw new ChatFailure('never', person ? 'user_disabled' : 'is_archived', 'it is not there any more')
  }

  function post(where: string, message: Message, key: string, arrived: Arrival): MessageRef {
    const known = all.find(
      each => each.key === key && each.where === where && each.at > now() - REMEMBERED_MS,
    )
    if (name === 'discord' && known) {
      known.arrived = arrived
      return { channel: where, id: known.id }
    }
    const text = textOf(message)
    const id = `${name}-${all.length + 1}`
    const seen: Seen = {
      id,
      by: name,
      where,
      key,
      at: now(),
      text,
      first: text,
      presses: pressesOf(message),
      came: arrived,
      arrived,
    }
    all.push(seen)
    see(seen)
    return { channel: where, id }
  }

  const quietly = () => sky.request('', () => undefined)
  return {
    name,
    traits: { ...TRAITS, rooms: name === 'slack' && fate.rooms, bookmarks: false, reaches: 'people' },
    async start() {
      connected = true
    },
    async stop() {},
    health: () => ({ connected, detail: 'open' }),
    async post(to, message, key) {
      const where = whereOf(to)
      admit(where, key)
      return sky.request(key, how => post(where, message, key, how))
    },
    async edit(ref, message) {
      admit(ref.channel, '')
      return sky.request('', () => {
        const each = all.find(one => one.id === ref.id)
        if (each) each.text = textOf(message)
      })
    },
    async find(to, key, sinceAt) {
      if (name === 'discord') return undefined
      return sky.request('', how => {
        const found = all.find(one => one.key === key && one.where === whereOf(to) && one.at >= sinceAt)
        if (found && how === 'heard') found.arrived = how
        return found && { channel: found.where, id: found.id }
      })
    },
    read: async () => undefined,
    history: async () => ({ messages: [], next: null }),
    openRoom: (room, key) => sky.request(key, () => ({ channel: `#${room}`, name: room })),
    setTopic: quietly,
    invite: quietly,
    pin: quietly,
    bookmark: quietly,
    archive: quietly,
    keepGroup: quietly,
  }
}
