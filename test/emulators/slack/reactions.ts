/** Putting an emoji on a message, whoever does it. */

import { demand } from './api-error.ts'
import { findMessage } from './messages.ts'
import type { Channel, Message } from './types.ts'
import type { Workspace } from './workspace.ts'

/** Adds it and sends the event; the returned promise is the event's delivery. */
export function react(
  workspace: Workspace,
  channel: Channel,
  ts: string,
  user: string,
  name: string,
): Promise<void> {
  const message = findMessage(channel, ts)
  demand(message, 'message_not_found')
  const old = message.reactions ?? []
  const same = old.find(reaction => reaction.name === name)
  demand(!same?.users.includes(user), 'already_reacted')
  const others = old.filter(reaction => reaction !== same)
  const changed: Message = {
    ...message,
    reactions: [...others, { name, users: [...(same?.users ?? []), user] }],
  }
  channel.messages[channel.messages.indexOf(message)] = changed
  return workspace.emit({
    type: 'reaction_added',
    user,
    reaction: name,
    item_user: message.user,
    item: { type: 'message', channel: channel.id, ts },
    event_ts: workspace.nextTs(),
  })
}
