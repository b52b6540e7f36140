/**
 * What was said in Slack, read back: one message, or a channel with its threads. Slack escapes, names people by their ids and
 * keeps lines of its own among the messages; here they become words, names, and nothing.
 */
import type { MessageRef, Said } from '../../bot/ports.ts'
import type { Answer, Api } from './api.ts'
import { plainText } from './inbound.ts'
import type { People } from './people.ts'

/** A message as the Web API and shortcuts show it. */
export type Raw = {
  readonly ts?: string
  readonly thread_ts?: string
  readonly subtype?: string
  readonly user?: string
  readonly username?: string
  readonly bot_id?: string
  readonly bot_profile?: { readonly name?: string }
  readonly text?: string
  readonly reply_count?: number
  readonly attachments?: readonly { readonly text?: string; readonly fallback?: string }[]
  readonly files?: readonly { readonly name?: string }[]
}

/** The subtypes that people's and bots' words come in; the others are Slack's own lines: joins, topics, pins. */
const SPOKEN = new Set(['bot_message', 'file_share', 'me_message', 'thread_broadcast'])
const PAGE = 100
const MENTION = /@([UW][A-Z0-9]{4,})\b/g
/** Names that are looked up for one message. */
const MAX_NAMES = 20

export type Messages = {
  read(ref: MessageRef): Promise<Said | undefined>
  history(
    channel: string,
    between: { readonly since: number; readonly until: number },
    from: string | null,
  ): Promise<{ readonly messages: readonly Said[]; readonly next: string | null }>
  said(channel: string, raw: Raw): Promise<Said>
}

/** Where the reading of a channel goes on: Slack's cursor, the threads of the page that was read, and how far the first is. */
type Going = {
  readonly cursor: string | null
  readonly threads: readonly string[]
  readonly within: string | null
}

export function createMessages(api: Api, people: People): Messages {
  const said = async (channel: string, raw: Raw): Promise<Said> => {
    const { user, username, bot_profile, ts = '0' } = raw
    const [name, own, text, link] = await Promise.all([
      user === undefined ? undefined : people.nameOf(user),
      api.isOwn(raw),
      named(people, wordsOf(raw)),
      api.linkTo(channel, ts, raw.thread_ts),
    ])
    const author = name ?? username ?? bot_profile?.name ?? 'a bot'
    return { ref: { channel, id: ts }, user, author, own, text, at: Math.round(Number(ts) * 1000), link }
  }

  const all = async (channel: string, raws: readonly Raw[]) => {
    const found: Said[] = []
    for (const raw of raws.filter(isSpoken)) found.push(await said(channel, raw))
    return found
  }

  async function pageOf(channel: string, range: Answer, { cursor }: Going) {
    const answer = await api.call('conversations.history', { ...range, channel, ...cursorOf(cursor) })
    const raws = messagesOf(answer)
    const threads = raws.flatMap(({ ts, reply_count = 0 }) => (ts && reply_count > 0 ? [ts] : []))
    const next = nextOf(answer)
    const messages = await all(channel, raws)
    return { messages, next: going({ cursor: next, threads, within: null }) }
  }

  async function threadOf(channel: string, range: Answer, { cursor, threads, within }: Going) {
    const [ts, ...rest] = threads
    const answer = await api.call('conversations.replies', { ...range, channel, ts, ...cursorOf(within) })
    const further = nextOf(answer)
    // The message that the thread is about comes with each page of it, and was read with its own.
    const messages = await all(
      channel,
      messagesOf(answer).filter(raw => raw.ts !== ts),
    )
    return { messages, next: going({ cursor, threads: further ? threads : rest, within: further }) }
  }

  return {
    said,
    /** A message of the channel is the latest until its own instant; one of a thread is not in the channel's list. */
    async read({ channel, id }) {
      const at = { channel, latest: id, oldest: id, inclusive: true, limit: 1 }
      const top = messagesOf(await api.call('conversations.history', at)).find(raw => raw.ts === id)
      const found = top ?? messagesOf(await replies(api, channel, id)).find(raw => raw.ts === id)
      return found && said(channel, found)
    },
    async history(channel, { since, until }, from) {
      const range = {
        oldest: (since / 1000).toFixed(6),
        // Slack counts microseconds: the whole of the last millisecond.
        latest: ((until + 1) / 1000).toFixed(6),
        inclusive: true,
        limit: PAGE,
      }
      const state: Going =
        from === null ? { cursor: null, threads: [], within: null } : (JSON.parse(from) as Going)
      return state.threads.length > 0 ? threadOf(channel, range, state) : pageOf(channel, range, state)
    },
  }
}

async function replies(api: Api, channel: string, ts: string): Promise<Answer> {
  try {
    return await api.call('conversations.replies', { channel, ts, inclusive: true, limit: 1 })
  } catch (error) {
    if ((error as { reason?: string }).reason === 'thread_not_found') return {}
    throw error
  }
}

const cursorOf = (cursor: string | null): Answer => (cursor === null ? {} : { cursor })
const messagesOf = ({ messages }: Answer): readonly Raw[] =>
  Array.isArray(messages) ? (messages as readonly Raw[]) : []
const nextOf = ({ response_metadata }: Answer): string | null =>
  (response_metadata as { next_cursor?: string } | undefined)?.next_cursor || null

/** Null at the end. */
const going = (state: Going): string | null =>
  state.cursor === null && state.threads.length === 0 ? null : JSON.stringify(state)

const isSpoken = ({ subtype }: Raw): boolean => subtype === undefined || SPOKEN.has(subtype)

/** The text, or what an integration put into attachments, and the names of files. */
function wordsOf({ text, attachments = [], files = [] }: Raw): string {
  const attached = attachments.map(each => each.text ?? each.fallback ?? '').filter(each => each !== '')
  const words = [
    text ? text : attached.join('\n'),
    ...files.map(({ name }) => `(file: ${name ?? 'unnamed'})`),
  ]
  return plainText(words.filter(each => each !== '').join('\n')) || '(a message without text)'
}

/** `@U0AIKO` becomes the name that Slack shows. */
async function named(people: People, text: string): Promise<string> {
  const ids = [...new Set([...text.matchAll(MENTION)].map(([, id = '']) => id))].slice(0, MAX_NAMES)
  const names = new Map(await Promise.all(ids.map(async id => [id, await people.nameOf(id)] as const)))
  return text.replaceAll(MENTION, (as, id: string) => (names.get(id) ? `@${names.get(id)}` : as))
}
