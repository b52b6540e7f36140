/**
 * What was said in Discord, read back: one message, a channel with the threads that began in it, and what is pinned. Without the
 * Message Content intent Discord leaves out the words of most messages, over REST too; that is said and not covered up.
 */
import { ChatFailure, type MessageRef, type Said } from '../../bot/ports.ts'
import { nonceOn } from './key.ts'
import type { Api, Json } from './rest.ts'

const PAGE = 100
/** What one looks through for a message of one's own. */
const LOOK_PAGES = 3
/** Messages of people and answers to them; the others are Discord's own lines: joins, pins, thread starts. */
const SPOKEN = new Set([0, 19, 20, 23])
const THREAD_BEGUN = 18
/** GATEWAY_MESSAGE_CONTENT and GATEWAY_MESSAGE_CONTENT_LIMITED, of the application's flags. */
const CONTENT = (1 << 18) | (1 << 19)
export const WITHHELD =
  'Discord gives Tocsin its words only through its menu (Apps, "Add to timeline"), or once the Message Content intent is on in the developer portal'
const NO_CONTENT =
  'Discord gives Tocsin no words of others: turn on the Message Content intent in the developer portal ("Bot"), and ask again'

const EPOCH = 1_420_070_400_000n
/** Discord's ids carry their own time: milliseconds since 2015 above 22 bits. */
export const instantOf = (snowflake: string): number =>
  /^\d{15,21}$/.test(snowflake) ? Number((BigInt(snowflake) >> 22n) + EPOCH) : 0
const snowflakeOf = (at: number): string => String((BigInt(Math.max(0, Math.ceil(at))) - EPOCH) << 22n)

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
const part = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(part) : [])

/** Where the reading of a channel goes on: which channel or thread, before which message, and the threads still to be read. */
type Going = { readonly channel: string; readonly before: string; readonly threads: readonly string[] }

export type Messages = {
  /** Our message with this nonce on a button, among the newest few hundred of a channel. */
  find(channel: string, nonce: string, sinceAt: number): Promise<MessageRef | undefined>
  read(ref: MessageRef): Promise<Said | undefined>
  history(
    channel: string,
    between: { readonly since: number; readonly until: number },
    from: string | null,
  ): Promise<{ readonly messages: readonly Said[]; readonly next: string | null }>
}

export function createMessages(api: Api, guildId: string, me: () => Promise<string>): Messages {
  /** Whether we are given words at all: asked anew each time, since it is turned on while we run. */
  async function demandContent(): Promise<void> {
    const { flags } = await api.call('GET', '/applications/@me')
    if ((Number(flags ?? 0) & CONTENT) === 0) throw new ChatFailure('never', 'no_content', NO_CONTENT)
  }

  return {
    async find(channel, nonce, sinceAt) {
      let before = ''
      for (let page = 0; page < LOOK_PAGES; page++) {
        const raws = list(await api.call('GET', `/channels/${channel}/messages?limit=${PAGE}${before}`))
        const found = raws.find(raw => nonceOn(raw) === nonce)
        if (found) return { channel, id: String(found.id) }
        const oldest = String(raws.at(-1)?.id)
        if (raws.length < PAGE || instantOf(oldest) < sinceAt) return undefined
        before = `&before=${oldest}`
      }
      return undefined
    },
    async read({ channel, id }) {
      const message = await api.call('GET', `/channels/${channel}/messages/${id}`).catch(unlessGone)
      return message && saidOf(message, { guildId, me: await me(), channel })
    },
    async history(channel, { since, until }, from) {
      if (from === null) await demandContent()
      const going: Going =
        from === null ? { channel, before: snowflakeOf(until + 1), threads: [] } : (JSON.parse(from) as Going)
      const route = `/channels/${going.channel}/messages?limit=${PAGE}&before=${going.before}` as const
      // A thread that is gone meanwhile has nothing more to say; the channel has to be there.
      const raws = list(
        await api.call('GET', route).catch(going.channel === channel ? undefined : unlessGone),
      )
      const self = await me()
      const recent = raws.filter(raw => instantOf(String(raw.id)) >= since)
      const begun = recent.flatMap(raw => threadOf(raw) ?? [])
      const last = recent.length === PAGE ? text(recent.at(-1)?.id) : undefined
      return {
        messages: recent
          .filter(raw => SPOKEN.has(Number(raw.type)))
          .map(raw => saidOf(raw, { guildId, me: self, channel: going.channel })),
        next: goOn({ ...going, threads: [...going.threads, ...begun] }, last, until),
      }
    },
  }
}

/** The rest of this channel, then its threads one after the other; null at the end. */
function goOn({ channel, threads }: Going, last: string | undefined, until: number): string | null {
  if (last !== undefined) return JSON.stringify({ channel, before: last, threads })
  const [thread, ...rest] = threads
  if (thread === undefined) return null
  return JSON.stringify({ channel: thread, before: snowflakeOf(until + 1), threads: rest })
}

function unlessGone(error: unknown): undefined {
  if (error instanceof ChatFailure && ['unknown_message', 'unknown_channel'].includes(error.reason))
    return undefined
  throw error
}

/** The thread that began with a message, or that Discord's own line says was begun. */
const threadOf = (raw: Json): string | undefined =>
  text(part(raw.thread).id) ??
  (raw.type === THREAD_BEGUN ? text(part(raw.message_reference).channel_id) : undefined)

type Place = { readonly guildId: string; readonly me: string | undefined; readonly channel: string }

/** A message as REST and the menus of messages show it. */
export function saidOf(message: Json, { guildId, me, channel }: Place): Said {
  const author = part(message.author)
  const id = String(message.id)
  const at = Date.parse(text(message.timestamp) ?? '')
  const words = wordsOf(message)
  return {
    ref: { channel, id },
    user: author.bot === true ? undefined : text(author.id),
    author: text(author.global_name) ?? text(author.username) ?? 'somebody',
    own: me !== undefined && author.id === me,
    text: words ?? null,
    ...(words === undefined ? { withheld: WITHHELD } : {}),
    at: Number.isNaN(at) ? instantOf(id) : at,
    link: `https://discord.com/channels/${guildId}/${channel}/${id}`,
  }
}

/** Undefined where there is nothing at all: then Discord left it out. */
function wordsOf(message: Json): string | undefined {
  const names = new Map(
    list(message.mentions).map(user => [
      text(user.id),
      text(user.global_name) ?? text(user.username) ?? 'somebody',
    ]),
  )
  const said = text(message.content)?.replaceAll(/<@!?(\d+)>/g, (as, id: string) =>
    names.has(id) ? `@${names.get(id)}` : as,
  )
  const drawn = list(message.embeds).flatMap(embed => [text(embed.title), text(embed.description)])
  const files = list(message.attachments).map(file => `(file: ${text(file.filename) ?? 'unnamed'})`)
  const all = [...(said === undefined ? drawn : [said]), ...files].filter(each => each !== undefined)
  return all.length > 0 ? all.join('\n') : undefined
}
