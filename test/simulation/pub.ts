/**
 * A chat with people in it and weather: it loses requests, takes them and says that it did not, asks to wait. What people see in
 * it is kept with its times; nothing else of the product is looked at by the checker.
 */
import { TRAITS } from '../../adapters/console/traits.ts'
import type { Message } from '../../bot/message.ts'
import { type Chat, ChatFailure, type Hooks, type MessageRef, type Place } from '../../bot/ports.ts'
import type { VirtualClock } from '../support/clock.ts'
import { textOf } from '../support/story.ts'
import type { Chance } from './chance.ts'

export type Seen = {
  readonly id: string
  /** `@aiko` or a channel. */
  readonly where: string
  readonly key: string
  readonly at: number
  /** What it says now; edits put it in the place of what it said. */
  text: string
  readonly first: string
}

export type Pub = {
  readonly chat: Chat
  readonly seen: readonly Seen[]
  /** 0: nothing fails; 1: everything does. */
  weather(share: number): void
  /** Called with each new message. */
  onMessage(listener: (seen: Seen) => void): void
}

export function openPub(name: string, clock: VirtualClock, luck: Chance): Pub {
  const seen: Seen[] = []
  const listeners: ((each: Seen) => void)[] = []
  let share = 0
  let hooks: Hooks | undefined

  /** What the weather does to one request; `work` is what the request brings about. */
  async function request<T>(work: () => T): Promise<T> {
    await Promise.resolve()
    if (!luck.happens(share)) return work()
    switch (luck.upTo(4)) {
      case 0:
        throw new ChatFailure('later', 'http_500', 'the pub is closed')
      case 1:
        throw new ChatFailure('later', 'rate_limited', 'one at a time', luck.upTo(20) * 1000)
      case 2:
        throw new ChatFailure('doubt', 'reset', 'the line broke before it was heard')
      default:
        work()
        throw new ChatFailure('doubt', 'reset', 'the line broke after it was heard')
    }
  }

  const whereOf = (to: Place) => ('user' in to ? `@${to.user}` : to.channel)
  const chat: Chat = {
    name,
    traits: {
      ...TRAITS,
      rooms: false,
      topics: false,
      pins: false,
      bookmarks: false,
      invites: false,
      reaches: 'people',
    },
    async start(given) {
      hooks = given
    },
    async stop() {},
    health: () => ({ connected: hooks !== undefined, detail: 'open' }),
    post: (to, message: Message, key) =>
      request((): MessageRef => {
        const text = textOf(message)
        const each = {
          id: `${name}-${seen.length + 1}`,
          where: whereOf(to),
          key,
          at: clock.now(),
          text,
          first: text,
        }
        seen.push(each)
        for (const listener of listeners) listener(each)
        return { channel: each.where, id: each.id }
      }),
    edit: (ref, message) =>
      request(() => {
        const each = seen.find(one => one.id === ref.id)
        if (each) each.text = textOf(message)
      }),
    async find(to, key, sinceAt) {
      const each = seen.find(one => one.key === key && one.where === whereOf(to) && one.at >= sinceAt)
      return each && { channel: each.where, id: each.id }
    },
    read: async () => undefined,
    history: async () => ({ messages: [], next: null }),
    openRoom: async () => {
      throw new ChatFailure('never', 'no_rooms', 'the pub has one room')
    },
    setTopic: async () => {},
    invite: async () => {},
    pin: async () => {},
    bookmark: async () => {},
    archive: async () => {},
    keepGroup: async () => {},
  }
  return {
    chat,
    seen,
    weather: next => {
      share = next
    },
    onMessage: listener => void listeners.push(listener),
  }
}
