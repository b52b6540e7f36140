/** conversations.*: who is in a channel. */

import { ApiError, demand } from '../api-error.ts'
import { channelJson, manageScopes, ownChannel, scopeFor, visibleChannel } from '../channels.ts'
import { postSystem } from '../messages.ts'
import type { Channel, Json } from '../types.ts'
import type { Workspace } from '../workspace.ts'
import type { Method } from './method.ts'
import { page } from './paging.ts'

export const membershipMethods: readonly Method[] = [
  {
    name: 'conversations.invite',
    tier: 3,
    json: true,
    scopes: manageScopes('invites'),
    args: { channel: 'text!', users: 'ids!', force: 'bool' },
    run: invite,
  },
  {
    name: 'conversations.join',
    tier: 3,
    json: true,
    scopes: ['channels:join'],
    args: { channel: 'text!' },
    run: join,
  },
  {
    name: 'conversations.kick',
    tier: 3,
    json: true,
    scopes: manageScopes(),
    args: { channel: 'text!', user: 'text!' },
    run: kick,
  },
  {
    name: 'conversations.members',
    tier: 4,
    scopes: scopeFor('read'),
    args: { channel: 'text!', cursor: 'text', limit: 'int' },
    run: members,
  },
]

/** Without `force`, one bad person and nobody is invited. */
function invite(workspace: Workspace, args: Json): Json {
  const channel = ownChannel(workspace, args.channel)
  const users = args.users as readonly string[]
  demand(users.length > 0, 'no_user')
  const errors = users.flatMap(user => {
    const error = whyNot(workspace, channel, user)
    return error ? [{ user, ok: false, error }] : []
  })
  const bad = new Set(errors.map(error => error.user))
  const good = users.filter(user => !bad.has(user))
  const mayGoOn = errors.length === 0 || (args.force === true && good.length > 0)
  if (!mayGoOn) throw new ApiError(errors[0]!.error, { errors })
  for (const user of good) enter(workspace, channel, user)
  return { channel: channelJson(workspace, channel), ...(errors.length > 0 ? { errors } : {}) }
}

function whyNot(workspace: Workspace, channel: Channel, id: string): string | undefined {
  const user = workspace.users.get(id)
  if (!user) return 'user_not_found'
  if (id === workspace.app.botUser) return 'cant_invite_self'
  if (channel.members.has(id)) return 'already_in_channel'
  if (user.deleted) return 'cant_invite'
  if (user.is_stranger) return 'no_external_invite_permission'
  if (user.team_id !== workspace.team.id && !channel.isExtShared) return 'org_user_not_in_team'
  const alreadySomewhere = [...workspace.channels.values()].some(
    other => other.kind !== 'im' && other.members.has(id),
  )
  return user.is_ultra_restricted && alreadySomewhere ? 'ura_max_channels' : undefined
}

function enter(workspace: Workspace, channel: Channel, user: string): void {
  channel.members.add(user)
  postSystem(workspace, channel, user, 'channel_join', `<@${user}> has joined the channel`)
  void workspace.emit({
    type: 'member_joined_channel',
    user,
    channel: channel.id,
    channel_type: channel.kind === 'private' ? 'G' : 'C',
    team: workspace.team.id,
    inviter: workspace.app.botUser,
    event_ts: workspace.nextTs(),
  })
}

function join(workspace: Workspace, args: Json): Json {
  const channel = visibleChannel(workspace, args.channel)
  demand(channel.kind === 'public', 'method_not_supported_for_channel_type')
  demand(!channel.isArchived, 'is_archived')
  if (channel.members.has(workspace.app.botUser))
    return { channel: channelJson(workspace, channel), warning: 'already_in_channel' }
  enter(workspace, channel, workspace.app.botUser)
  return { channel: channelJson(workspace, channel) }
}

function kick(workspace: Workspace, args: Json): Json {
  const channel = ownChannel(workspace, args.channel)
  const user = String(args.user)
  demand(workspace.users.has(user), 'user_not_found')
  demand(user !== workspace.app.botUser, 'cant_kick_self')
  demand(channel.members.delete(user), 'not_in_channel')
  return {}
}

function members(workspace: Workspace, args: Json): Json {
  const channel = visibleChannel(workspace, args.channel)
  const { items, metadata } = page([...channel.members], args, { usual: 100, most: 1000 })
  return { members: items, response_metadata: metadata }
}
