/** What one person has on their screen, and what is in a channel. */

import type { Channel, Message, View } from './types.ts'
import { currentView, topView } from './views.ts'
import type { Workspace } from './workspace.ts'

export type Seen = {
  /** Oldest first: channels and direct messages that they are in, and what only they see. Slack's own lines left out. */
  readonly messages: readonly Message[]
  /** Open forms, the top one last. */
  readonly modals: readonly View[]
  /** The form on top. */
  readonly modal?: View
  readonly home?: View
}

export function seenBy(workspace: Workspace, user: string): Seen {
  const theirs = [...workspace.channels.values()].filter(channel => channel.members.has(user))
  const messages = [
    ...theirs.flatMap(channel => spoken(channel)),
    ...workspace.ephemerals.filter(message => message.ephemeral_to === user),
  ]
  const modal = topView(workspace, user)
  const home = workspace.homes.get(user)
  return {
    messages: messages.toSorted((a, b) => Number(a.ts) - Number(b.ts)),
    modals: (workspace.stacks.get(user) ?? []).flatMap(id => currentView(workspace, id) ?? []),
    ...(modal ? { modal } : {}),
    ...(home ? { home } : {}),
  }
}

/** A channel's messages without the lines that Slack writes itself (joins, topics). */
export function spoken(channel: Channel): readonly Message[] {
  return channel.messages.filter(message => message.subtype === undefined)
}
