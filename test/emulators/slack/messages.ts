/** Posting, editing and removing messages: what methods, answers to response_urls and people all come down to. */

import type { Content } from './blocks/surfaces.ts'
import { notify } from './mentions.ts'
import type { Channel, Json, Message } from './types.ts'
import type { Workspace } from './workspace.ts'

export type Author = { readonly user: string; readonly bot_id?: string; readonly app_id?: string }

export type Extras = {
  readonly subtype?: string
  readonly thread_ts?: string
  readonly metadata?: Json
  readonly linksNames?: boolean
}

export function botAuthor(workspace: Workspace): Author {
  return { user: workspace.app.botUser, bot_id: workspace.app.botId, app_id: workspace.app.id }
}

/** Puts a message into a channel, tells whom it reaches, and sends the event. */
export function post(
  workspace: Workspace,
  channel: Channel,
  author: Author,
  content: Content,
  { linksNames = false, ...extras }: Extras = {},
): Message {
  const message: Message = {
    type: 'message',
    ts: workspace.nextTs(),
    channel: channel.id,
    ...author,
    ...content,
    ...extras,
  }
  notify(workspace, channel, message, linksNames)
  channel.messages.push(message)
  void workspace.emit({ ...message, event_ts: message.ts, channel_type: channelType(channel) })
  return message
}

/** A message that only `to` sees. Nobody's phone rings for it. */
export function postEphemeral(
  workspace: Workspace,
  channel: string,
  to: string,
  content: Content,
  thread_ts?: string,
): Message {
  const message: Message = {
    type: 'message',
    ts: workspace.nextTs(),
    channel,
    ...botAuthor(workspace),
    ...content,
    ...(thread_ts === undefined ? {} : { thread_ts }),
    ephemeral_to: to,
  }
  workspace.ephemerals.push(message)
  return message
}

/** The lines that Slack itself writes into a channel: joins, topics, names. */
export function postSystem(
  workspace: Workspace,
  channel: Channel,
  user: string,
  subtype: string,
  text: string,
): void {
  post(workspace, channel, { user }, { text }, { subtype })
}

/** Replaces a message's whole content and metadata; nobody is told of an edit. */
export function edit(
  workspace: Workspace,
  messages: Message[],
  ts: string,
  by: string,
  content: Content,
  metadata?: Json,
): Message {
  const index = messages.findIndex(message => message.ts === ts)
  const { blocks: _blocks, attachments: _attachments, metadata: _metadata, ...old } = messages[index]!
  const edited: Message = {
    ...old,
    ...content,
    ...(metadata === undefined ? {} : { metadata }),
    edited: { user: by, ts: workspace.nextTs() },
  }
  messages[index] = edited
  return edited
}

export function remove(messages: Message[], ts: string): void {
  const index = messages.findIndex(message => message.ts === ts)
  if (index >= 0) messages.splice(index, 1)
}

export function findMessage(channel: Channel, ts: string): Message | undefined {
  return channel.messages.find(message => message.ts === ts)
}

export function channelType(channel: Channel): string {
  return { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' }[channel.kind]
}
