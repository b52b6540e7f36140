/**
 * Who is told of a message, as Slack's own clients would tell them.
 *
 * Mentions are looked for where Slack expands them: `<@U..>`, `<!here>`, `<!subteam^S..>` in mrkdwn and in a message's
 * text, and rich_text's own leaves. plain_text is never expanded. Raw `@here` counts only with `link_names` or
 * `parse: full`. Only members of the channel are told; the author never is. Both the text and the blocks are read,
 * and `source` says which held it: the text of a message with blocks is what a phone's notice shows.
 */

import { isObject } from './blocks/schema.ts'
import type { Channel, Message, Notification, NotifiedBy } from './types.ts'
import type { Workspace } from './workspace.ts'

type Mention = { readonly by: NotifiedBy; readonly id?: string; readonly source: 'text' | 'blocks' }

/** Records a notification for each person that this message reaches, at most one each: the most direct. */
export function notify(workspace: Workspace, channel: Channel, message: Message, linksNames = false): void {
  const author = message.user
  const told = new Map<string, Notification>()
  const tell = (user: string, by: NotifiedBy, source: 'text' | 'blocks') => {
    const person = workspace.users.get(user)
    if (!person || person.is_bot || person.deleted || user === author || told.has(user)) return
    if (channel.members.has(user))
      told.set(user, { user, channel: channel.id, ts: message.ts, by, source, text: message.text })
  }
  for (const mention of mentionsOf(message, linksNames))
    for (const user of peopleBehind(workspace, channel, mention)) tell(user, mention.by, mention.source)
  if (channel.kind === 'im' || channel.kind === 'mpim')
    for (const user of channel.members) tell(user, 'dm', 'text')
  for (const user of threadFollowers(channel, message)) tell(user, 'thread', 'text')
  workspace.notifications.push(...told.values())
}

function mentionsOf(message: Message, linksNames: boolean): readonly Mention[] {
  const texts: string[] = []
  const leaves: Mention[] = []
  collect([...(message.blocks ?? []), ...(message.attachments ?? [])], texts, leaves)
  return [
    ...leaves,
    ...texts.flatMap(text => inMarkup(text, 'blocks', linksNames)),
    ...inMarkup(message.text, 'text', linksNames),
  ]
}

/** Walks blocks for mrkdwn texts and rich_text mentions. */
function collect(value: unknown, texts: string[], leaves: Mention[]): void {
  if (Array.isArray(value)) for (const one of value) collect(one, texts, leaves)
  if (!isObject(value)) return
  if ((value.type === 'mrkdwn' || value.type === 'markdown') && typeof value.text === 'string')
    texts.push(value.text)
  const leaf = richMention(value)
  if (leaf) leaves.push(leaf)
  for (const held of Object.values(value)) collect(held, texts, leaves)
}

function richMention(value: Record<string, unknown>): Mention | undefined {
  if (value.type === 'user') return { by: 'mention', id: String(value.user_id), source: 'blocks' }
  if (value.type === 'usergroup') return { by: 'usergroup', id: String(value.usergroup_id), source: 'blocks' }
  if (value.type === 'broadcast') return { by: value.range as 'here', source: 'blocks' }
  return undefined
}

function inMarkup(text: string, source: 'text' | 'blocks', linksNames: boolean): readonly Mention[] {
  const found: Mention[] = []
  for (const [, user, group, range] of text.matchAll(
    /<(?:@([UW][A-Z0-9]+)|!subteam\^(S[A-Z0-9]+)|!(here|channel|everyone))(?:\|[^>]*)?>/g,
  )) {
    if (user) found.push({ by: 'mention', id: user, source })
    if (group) found.push({ by: 'usergroup', id: group, source })
    if (range) found.push({ by: range as 'here', source })
  }
  if (linksNames)
    for (const [, range] of text.matchAll(/(?<!\w)@(here|channel|everyone)\b/g))
      found.push({ by: range as 'here', source })
  return found
}

function peopleBehind(workspace: Workspace, channel: Channel, mention: Mention): Iterable<string> {
  if (mention.by === 'mention') return mention.id ? [mention.id] : []
  if (mention.by === 'usergroup') return workspace.usergroups.get(mention.id ?? '')?.users ?? []
  return channel.members
}

/** Whoever wrote in the thread before follows it. */
function threadFollowers(channel: Channel, message: Message): readonly string[] {
  if (message.thread_ts === undefined || message.thread_ts === message.ts) return []
  return channel.messages
    .filter(other => other.ts === message.thread_ts || other.thread_ts === message.thread_ts)
    .flatMap(other => (other.user === undefined ? [] : [other.user]))
}
