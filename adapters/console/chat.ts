/**
 * The console as a chat like the others: channels, direct messages, cards that are edited in place. It is how a newcomer
 * sees the product in the first minute, without credentials. Everybody in the configuration is in it under their own key.
 */
import {
  type Chat,
  ChatFailure,
  type Clock,
  type Hooks,
  type MessageRef,
  type Place,
  type Said,
} from '../../bot/ports.ts'
import type { ConsoleLog, Entry } from './log.ts'
import { TRAITS } from './traits.ts'

export type Console = Chat & {
  readonly log: ConsoleLog
  /** Throws before the console has started. */
  hooks(): Hooks
  /** Called after each message that was posted or edited. */
  onChange(listener: (entry: Entry) => void): () => void
  /** Keeps what was said and tells the listeners. */
  append(entry: Parameters<ConsoleLog['append']>[0]): Entry
}

/** Suffixes that are tried for a name that is taken. */
const MAX_SUFFIX = 50

export function createConsole({ log, clock }: { readonly log: ConsoleLog; readonly clock: Clock }): Console {
  const listeners = new Set<(entry: Entry) => void>()
  let hooks: Hooks | undefined

  const tell = (entry: Entry): Entry => {
    for (const listener of listeners) listener(entry)
    return entry
  }
  const append: Console['append'] = entry => {
    log.ensureChannel(entry.channel)
    return tell(log.append(entry))
  }
  const known = (channel: string): string => {
    if (!log.channel(channel))
      throw new ChatFailure('never', 'channel_not_found', `the console has no channel ${channel}`)
    return channel
  }

  return {
    name: 'console',
    traits: TRAITS,
    log,
    append,
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    hooks() {
      if (!hooks) throw new Error('bug: the console was asked before it started')
      return hooks
    },
    async start(given) {
      hooks = given
    },
    async stop() {
      listeners.clear()
    },
    health: () => ({ connected: hooks !== undefined, detail: 'in this process' }),
    post: async (to, message, key) =>
      refOf(append({ channel: channelOf(to), key, at: clock.now(), author: 'tocsin', body: { message } })),
    async edit(ref, message) {
      const entry = log.replace(Number(ref.id), { message })
      if (!entry) throw new ChatFailure('never', 'message_not_found', 'the message is gone')
      tell(entry)
    },
    async find(_, key) {
      const entry = log.byKey(key)
      return entry && refOf(entry)
    },
    async read({ id }) {
      const entry = log.byId(Number(id))
      return entry && saidOf(entry, hooks)
    },
    history: async (channel, { since, until }) => ({
      messages: log.between(known(channel), since, until).map(entry => saidOf(entry, hooks)),
      next: null,
    }),
    openRoom: async (name, key) => openRoom(log, name, key),
    setTopic: async (channel, topic) => log.changeChannel(known(channel), { topic }),
    async invite(channel, user) {
      const name = hooks?.directory.person(user).name ?? user
      append({
        channel: known(channel),
        key: `invite:${channel}:${user}`,
        at: clock.now(),
        author: 'tocsin',
        body: { words: `${name} was invited.` },
      })
    },
    pin: async ref => log.changeChannel(known(ref.channel), { pinned: Number(ref.id) }),
    bookmark: async (channel, title, url) => log.changeChannel(known(channel), { link: { title, url } }),
    archive: async channel => log.changeChannel(known(channel), { archived: true }),
    async keepGroup() {
      throw new ChatFailure('never', 'no_groups', 'the console has no groups')
    },
  }
}

const refOf = (entry: Entry): MessageRef => ({ channel: entry.channel, id: String(entry.id) })

/** What Tocsin said is a tree; what a person typed are their words. */
const saidOf = (entry: Entry, hooks: Hooks | undefined): Said => ({
  ref: refOf(entry),
  user: entry.author,
  author: hooks?.directory.person(entry.author).name ?? entry.author,
  own: entry.author === 'tocsin',
  text: 'message' in entry.body ? entry.body.message.summary : entry.body.words,
  at: entry.at,
  link: undefined,
})

/** Channels begin with `#`, a person's direct messages with `@`. */
export const channelOf = (place: Place): string =>
  'user' in place ? `@${place.user}` : place.channel.startsWith('#') ? place.channel : `#${place.channel}`

function openRoom(log: ConsoleLog, name: string, key: string): { channel: string; name: string } {
  const earlier = log.channelByKey(key)
  if (earlier) return { channel: earlier.name, name: earlier.name }
  for (let suffix = 1; suffix <= MAX_SUFFIX; suffix++) {
    const candidate = `#${name}${suffix === 1 ? '' : `-${suffix}`}`
    if (log.channel(candidate)) continue
    log.openChannel(candidate, key)
    return { channel: candidate, name: candidate }
  }
  throw new ChatFailure('never', 'name_taken', `#${name} and ${MAX_SUFFIX} names like it are taken`)
}
