/** chat.*: posting, editing, removing, ephemeral messages and permalinks. */

import { ApiError, demand, refuse } from '../api-error.ts'
import { acceptContent } from '../blocks/surfaces.ts'
import { channelNamed, openIm, visibleChannel } from '../channels.ts'
import { botAuthor, edit, findMessage, post, postEphemeral, remove } from '../messages.ts'
import type { Channel, Json, Message } from '../types.ts'
import { violate, type Workspace } from '../workspace.ts'
import { fileProblems } from './files.ts'
import type { Arguments, Method } from './method.ts'

const content: Arguments = {
  channel: 'text!',
  text: 'text',
  blocks: 'json',
  attachments: 'json',
  metadata: 'json',
  link_names: 'bool',
  parse: 'text',
}
const sender: Arguments = { username: 'text', icon_emoji: 'text', icon_url: 'text' }

export const chatMethods: readonly Method[] = [
  {
    name: 'chat.postMessage',
    tier: 'post',
    json: true,
    scopes: ['chat:write'],
    args: {
      ...content,
      ...sender,
      thread_ts: 'text',
      reply_broadcast: 'bool',
      mrkdwn: 'bool',
      unfurl_links: 'bool',
      unfurl_media: 'bool',
    },
    run: postMessage,
  },
  {
    name: 'chat.update',
    tier: 3,
    json: true,
    scopes: ['chat:write'],
    args: { ...content, ts: 'text!', reply_broadcast: 'bool' },
    run: update,
  },
  {
    name: 'chat.postEphemeral',
    tier: 4,
    json: true,
    scopes: ['chat:write'],
    args: { ...content, ...sender, user: 'text!', thread_ts: 'text' },
    run: ephemeral,
  },
  {
    name: 'chat.delete',
    tier: 3,
    json: true,
    scopes: ['chat:write'],
    args: { channel: 'text!', ts: 'text!' },
    run: deleteMessage,
  },
  {
    name: 'chat.getPermalink',
    tier: 'special',
    scopes: [],
    args: { channel: 'text!', message_ts: 'text!' },
    run: permalink,
  },
]

function postMessage(workspace: Workspace, args: Json): Json {
  const channel = target(workspace, String(args.channel))
  const thread = args.thread_ts as string | undefined
  const accepted = acceptContent(args)
  acceptFiles(workspace, args)
  const metadata = acceptMetadata(args.metadata)
  const message = post(workspace, channel, botAuthor(workspace), accepted, {
    ...(thread === undefined ? {} : { thread_ts: thread }),
    ...(metadata === undefined ? {} : { metadata }),
    linksNames: args.link_names === true || args.parse === 'full',
  })
  return { channel: channel.id, ts: message.ts, message: messageJson(message, true) }
}

function acceptFiles(workspace: Workspace, { blocks }: Json): void {
  const problems = fileProblems(workspace, blocks)
  if (problems.length > 0) refuse('invalid_blocks', problems)
}

/** A channel's id or name, or a person's id, whose direct message is opened. */
function target(workspace: Workspace, name: string): Channel {
  if (workspace.users.has(name)) return openIm(workspace, name)
  const named = channelNamed(workspace, name)
  const channel = visibleChannel(workspace, named?.kind === 'public' ? named.id : name)
  demand(!channel.isArchived, 'is_archived')
  const person = [...channel.members].find(id => id !== workspace.app.botUser)
  if (channel.kind === 'im') demand(!workspace.users.get(person ?? '')?.deleted, 'user_disabled')
  const mayPost = channel.members.has(workspace.app.botUser) || workspace.scopes.has('chat:write.public')
  demand(mayPost, 'not_in_channel')
  return channel
}

/** Metadata as Slack would keep it; an empty object means none. */
function acceptMetadata(value: unknown): Json | undefined {
  if (value === undefined || Object.keys(value as Json).length === 0) return undefined
  const { event_type, event_payload, ...rest } = value as Json
  demand(Object.keys(rest).length === 0, 'invalid_metadata_format')
  demand(typeof event_type === 'string' && event_type !== '', 'invalid_metadata_format')
  demand(typeof event_payload === 'object' && event_payload !== null, 'invalid_metadata_format')
  demand(JSON.stringify(event_payload).length <= 16_384, 'metadata_too_large')
  return { event_type, event_payload }
}

function update(workspace: Workspace, args: Json): Json {
  const channel = visibleChannel(workspace, args.channel)
  const old = findMessage(channel, String(args.ts))
  demand(old, 'message_not_found')
  demand(old.bot_id === workspace.app.botId && old.subtype === undefined, 'cant_update_message')
  demand(!channel.isArchived, 'is_inactive')
  noteAmbiguity(workspace, old, args)
  const { blocks = old.blocks, attachments = old.attachments } = args
  const content = acceptContent({ ...args, blocks, attachments }, { longestText: 4000 })
  acceptFiles(workspace, { blocks })
  const metadata = args.metadata === undefined ? old.metadata : acceptMetadata(args.metadata)
  const edited = edit(workspace, channel.messages, old.ts, workspace.app.botUser, content, metadata)
  return { channel: channel.id, ts: edited.ts, text: edited.text, message: messageJson(edited, true) }
}

/** Slack's pages and its practice differ on fields that an update leaves out; a client must say what becomes of them. */
function noteAmbiguity(workspace: Workspace, old: Message, args: Json): void {
  for (const field of ['blocks', 'attachments'] as const)
    if (old[field] !== undefined && args[field] === undefined)
      violate(
        workspace,
        'ambiguous_update',
        `chat.update of ${old.ts} leaves out its ${field}; [] removes them`,
      )
}

function ephemeral(workspace: Workspace, args: Json): Json {
  const channel = visibleChannel(workspace, args.channel)
  const user = String(args.user)
  demand(!channel.isArchived, 'is_archived')
  demand(channel.members.has(workspace.app.botUser), 'not_in_channel')
  demand(channel.members.has(user) && !workspace.users.get(user)?.deleted, 'user_not_in_channel')
  const accepted = acceptContent(args, { longestText: 4000 })
  const shown = postEphemeral(workspace, channel.id, user, accepted, args.thread_ts as string | undefined)
  return { message_ts: shown.ts }
}

function deleteMessage(workspace: Workspace, args: Json): Json {
  const channel = visibleChannel(workspace, args.channel)
  const message = findMessage(channel, String(args.ts))
  demand(message, 'message_not_found')
  demand(message.bot_id === workspace.app.botId, 'cant_delete_message')
  remove(channel.messages, message.ts)
  return { channel: channel.id, ts: message.ts }
}

function permalink(workspace: Workspace, args: Json): Json {
  const channel = visibleChannel(workspace, args.channel)
  if (!findMessage(channel, String(args.message_ts))) throw new ApiError('message_not_found')
  const digits = String(args.message_ts).replace('.', '')
  return {
    channel: channel.id,
    permalink: `https://${workspace.team.domain}.slack.com/archives/${channel.id}/p${digits}`,
  }
}

/** A message as answers and payloads show it; metadata only where it was asked for. */
export function messageJson(message: Message, withMetadata = false): Json {
  const { metadata, channel: _channel, ephemeral_to: _to, ...rest } = message
  return { ...rest, ...(withMetadata && metadata ? { metadata } : {}) }
}
