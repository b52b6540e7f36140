/** Channels: their names, who may see them, direct messages, and the JSON that Slack shows of them. */

import { ApiError, demand } from './api-error.ts'
import type { Channel, ChannelKind, Json } from './types.ts'
import type { Workspace } from './workspace.ts'

export type NewChannel = {
  readonly id?: string
  readonly name: string
  readonly kind?: ChannelKind
  readonly members?: readonly string[]
  readonly creator?: string
  readonly isArchived?: boolean
  readonly isExtShared?: boolean
}

const idPrefix: { readonly [kind in ChannelKind]: string } = { public: 'C', private: 'C', im: 'D', mpim: 'G' }

export function addChannel(workspace: Workspace, channel: NewChannel): Channel {
  const kind = channel.kind ?? 'public'
  const added: Channel = {
    id: channel.id ?? workspace.nextId(idPrefix[kind]),
    kind,
    creator: channel.creator ?? workspace.app.botUser,
    createdAt: workspace.clock.now(),
    members: new Set(channel.members),
    messages: [],
    pins: [],
    bookmarks: new Map(),
    name: channel.name.replace(/^#/, ''),
    topic: '',
    purpose: '',
    isArchived: channel.isArchived ?? false,
    isExtShared: channel.isExtShared ?? false,
  }
  workspace.channels.set(added.id, added)
  return added
}

/** Slack's rules for a channel name, in its order; a name stays taken after its channel was archived. */
export function checkName(workspace: Workspace, name: string): void {
  demand(name !== '', 'invalid_name_required')
  demand(name.length <= 80, 'invalid_name_maxlength')
  demand(/^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}_-]+$/u.test(name), 'invalid_name_specials')
  demand(/[^_-]/.test(name), 'invalid_name_punctuation')
  demand(!channelNamed(workspace, name), 'name_taken')
}

export function channelNamed(workspace: Workspace, name: string): Channel | undefined {
  const bare = name.replace(/^#/, '')
  return [...workspace.channels.values()].find(
    channel => channel.name === bare && (channel.kind === 'public' || channel.kind === 'private'),
  )
}

/** The channel with this id, if the bot may know of it: private ones and other people's DMs do not exist for it. */
export function visibleChannel(workspace: Workspace, id: unknown): Channel {
  const channel = workspace.channels.get(String(id))
  const isVisible = channel?.kind === 'public' || channel?.members.has(workspace.app.botUser)
  if (!channel || !isVisible) throw new ApiError('channel_not_found')
  return channel
}

/** A channel that the bot is in and that still takes changes. */
export function ownChannel(workspace: Workspace, id: unknown): Channel {
  const channel = visibleChannel(workspace, id)
  demand(!channel.isArchived, 'is_archived')
  demand(channel.members.has(workspace.app.botUser), 'not_in_channel')
  return channel
}

/** The direct message channel between the bot and one person, opened when there is none. */
export function openIm(workspace: Workspace, userId: string): Channel {
  const { botUser } = workspace.app
  const user = workspace.users.get(userId)
  demand(user && userId !== botUser, 'user_not_found')
  demand(!user.deleted, 'user_disabled')
  demand(!user.is_bot, 'cannot_dm_bot')
  demand(!user.is_stranger, 'user_not_visible')
  return (
    findIm(workspace, userId) ?? addChannel(workspace, { name: '', kind: 'im', members: [botUser, userId] })
  )
}

export function findIm(workspace: Workspace, userId: string): Channel | undefined {
  return [...workspace.channels.values()].find(
    channel =>
      channel.kind === 'im' && channel.members.has(userId) && channel.members.has(workspace.app.botUser),
  )
}

/** A conversation object as conversations.* show it. */
export function channelJson(workspace: Workspace, channel: Channel, { withCount = false } = {}): Json {
  const { kind } = channel
  const isMember = channel.members.has(workspace.app.botUser)
  if (kind === 'im') {
    const person = [...channel.members].find(id => id !== workspace.app.botUser)
    return {
      id: channel.id,
      created: Math.floor(channel.createdAt / 1000),
      is_im: true,
      is_archived: false,
      user: person,
      is_user_deleted: workspace.users.get(person ?? '')?.deleted ?? false,
    }
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: kind === 'public',
    is_group: kind === 'private',
    is_im: false,
    is_mpim: kind === 'mpim',
    is_private: kind !== 'public',
    created: Math.floor(channel.createdAt / 1000),
    creator: channel.creator,
    is_archived: channel.isArchived,
    is_general: false,
    is_shared: channel.isExtShared,
    is_ext_shared: channel.isExtShared,
    is_org_shared: false,
    is_member: isMember,
    context_team_id: workspace.team.id,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: channel.purpose, creator: '', last_set: 0 },
    ...(withCount ? { num_members: channel.members.size } : {}),
  }
}

const scopeOfKind: { readonly [kind in ChannelKind]: string } = {
  public: 'channels',
  private: 'groups',
  im: 'im',
  mpim: 'mpim',
}

/** The scope for `verb` on the channel that a call names, e.g. `groups:history`. */
export function scopeFor(verb: 'read' | 'history') {
  return (workspace: Workspace, args: Json): readonly string[] => {
    const kind = workspace.channels.get(String(args.channel))?.kind ?? 'public'
    return [`${scopeOfKind[kind]}:${verb}`]
  }
}

/** The scopes that let a call change the channel that it names. */
export function manageScopes(...narrow: readonly ('invites' | 'topic')[]) {
  return (workspace: Workspace, args: Json): readonly string[] => {
    const kind = workspace.channels.get(String(args.channel))?.kind ?? 'public'
    const wide = kind === 'public' ? 'channels:manage' : `${scopeOfKind[kind]}:write`
    return [wide, ...narrow.map(part => `${scopeOfKind[kind]}:write.${part}`)]
  }
}
