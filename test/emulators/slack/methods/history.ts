/** conversations.history and .replies: reading back what was said, newest first and oldest first. */

import { demand } from '../api-error.ts'
import { scopeFor, visibleChannel } from '../channels.ts'
import type { Channel, Json, Message } from '../types.ts'
import type { Workspace } from '../workspace.ts'
import { messageJson } from './chat.ts'
import type { Arguments, Method } from './method.ts'
import { page } from './paging.ts'

const range: Arguments = {
  channel: 'text!',
  cursor: 'text',
  include_all_metadata: 'bool',
  inclusive: 'bool',
  latest: 'text',
  oldest: 'text',
  limit: 'int',
}

export const historyMethods: readonly Method[] = [
  {
    name: 'conversations.history',
    tier: 3,
    json: true,
    scopes: scopeFor('history'),
    args: range,
    run(workspace, args) {
      const channel = readable(workspace, args)
      const top = channel.messages.filter(one => one.thread_ts === undefined || one.thread_ts === one.ts)
      const within = top.filter(inRange(args))
      const sizes = { usual: 100, most: 999 }
      // From `oldest` alone it begins at that end, each page with its newest first.
      if (args.oldest !== undefined && args.latest === undefined) {
        const { messages, ...rest } = answer(channel, within, args, sizes)
        return { ...rest, messages: (messages as readonly Json[]).toReversed() }
      }
      return answer(channel, within.toReversed(), args, sizes)
    },
  },
  {
    name: 'conversations.replies',
    tier: 3,
    scopes: scopeFor('history'),
    args: { ...range, ts: 'text!' },
    run(workspace, args) {
      const channel = readable(workspace, args)
      const thread = channel.messages.filter(one => one.ts === args.ts || one.thread_ts === args.ts)
      demand(thread.length > 0, 'thread_not_found')
      const within = inRange(args)
      return answer(
        channel,
        thread.filter(one => one.ts === args.ts || within(one)),
        args,
        { usual: 1000, most: 1000 },
      )
    },
  },
]

function readable(workspace: Workspace, args: Json): Channel {
  const channel = visibleChannel(workspace, args.channel)
  demand(channel.members.has(workspace.app.botUser), 'not_in_channel')
  return channel
}

function inRange(args: Json): (message: Message) => boolean {
  demand(isTs(args.oldest), 'invalid_ts_oldest')
  demand(isTs(args.latest), 'invalid_ts_latest')
  const oldest = Number(args.oldest ?? 0)
  const latest = Number(args.latest ?? Number.POSITIVE_INFINITY)
  return ({ ts }) => {
    const at = Number(ts)
    return args.inclusive === true ? at >= oldest && at <= latest : at > oldest && at < latest
  }
}

function isTs(value: unknown): boolean {
  return value === undefined || /^\d+(\.\d+)?$/.test(String(value))
}

/** What Slack adds to a message that has a thread. */
function threadOf(channel: Channel, { ts }: Message): Json {
  const replies = channel.messages.filter(one => one.thread_ts === ts && one.ts !== ts)
  return replies.length === 0
    ? {}
    : { thread_ts: ts, reply_count: replies.length, latest_reply: replies.at(-1)?.ts }
}

function answer(
  channel: Channel,
  messages: readonly Message[],
  args: Json,
  sizes: { usual: number; most: number },
): Json {
  const { items, metadata } = page(messages, args, sizes)
  return {
    messages: items.map(message => ({
      ...messageJson(message, args.include_all_metadata === true),
      ...threadOf(channel, message),
    })),
    has_more: metadata.next_cursor !== '',
    response_metadata: metadata,
  }
}
