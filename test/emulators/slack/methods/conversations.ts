/** conversations.*: making, naming and archiving channels, and opening direct messages. */

import { demand } from '../api-error.ts'
import {
  addChannel,
  channelJson,
  checkName,
  manageScopes,
  openIm,
  ownChannel,
  scopeFor,
  visibleChannel,
} from '../channels.ts'
import { postSystem } from '../messages.ts'
import type { Channel, Json } from '../types.ts'
import type { Workspace } from '../workspace.ts'
import type { Method } from './method.ts'
import { page } from './paging.ts'

const longestTopic = 250

export const conversationMethods: readonly Method[] = [
  {
    name: 'conversations.create',
    tier: 2,
    json: true,
    scopes: (_workspace, args) => [args.is_private === true ? 'groups:write' : 'channels:manage'],
    args: { name: 'text!', is_private: 'bool' },
    run: create,
  },
  {
    name: 'conversations.info',
    tier: 3,
    scopes: scopeFor('read'),
    args: { channel: 'text!', include_locale: 'bool', include_num_members: 'bool' },
    run: (workspace, args) => ({
      channel: channelJson(workspace, visibleChannel(workspace, args.channel), {
        withCount: args.include_num_members === true,
      }),
    }),
  },
  {
    name: 'conversations.list',
    tier: 2,
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    args: { cursor: 'text', exclude_archived: 'bool', limit: 'int', types: 'text' },
    run: list,
  },
  {
    name: 'conversations.open',
    tier: 3,
    json: true,
    scopes: ['im:write', 'mpim:write'],
    args: { channel: 'text', users: 'ids', return_im: 'bool', prevent_creation: 'bool' },
    run: open,
  },
  {
    name: 'conversations.rename',
    tier: 2,
    json: true,
    scopes: manageScopes(),
    args: { channel: 'text!', name: 'text!' },
    run: rename,
  },
  {
    name: 'conversations.archive',
    tier: 2,
    json: true,
    scopes: manageScopes(),
    args: { channel: 'text!' },
    run: archive,
  },
  {
    name: 'conversations.unarchive',
    tier: 2,
    json: true,
    scopes: manageScopes(),
    args: { channel: 'text!' },
    run: unarchive,
  },
  describe('conversations.setTopic', 'topic'),
  describe('conversations.setPurpose', 'purpose'),
]

function create(workspace: Workspace, args: Json): Json {
  const name = String(args.name)
  checkName(workspace, name)
  const { botUser } = workspace.app
  const kind = args.is_private === true ? 'private' : 'public'
  const channel = addChannel(workspace, { name, kind, members: [botUser], creator: botUser })
  postSystem(workspace, channel, botUser, 'channel_join', `<@${botUser}> has joined the channel`)
  return { channel: channelJson(workspace, channel) }
}

const kindOfType: { readonly [type: string]: Channel['kind'] } = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'mpim',
}

function list(workspace: Workspace, args: Json): Json {
  const types = String(args.types ?? 'public_channel').split(',')
  const kinds = types.map(type => kindOfType[type.trim()])
  demand(!kinds.includes(undefined), 'invalid_types')
  const seen = [...workspace.channels.values()].filter(
    channel =>
      kinds.includes(channel.kind) &&
      (channel.kind === 'public' || channel.members.has(workspace.app.botUser)) &&
      !(args.exclude_archived === true && channel.isArchived),
  )
  const { items, metadata } = page(seen, args, { usual: 100, most: 1000 })
  return {
    channels: items.map(channel => channelJson(workspace, channel, { withCount: true })),
    response_metadata: metadata,
  }
}

function open(workspace: Workspace, args: Json): Json {
  const users = args.users as readonly string[] | undefined
  const answer = (channel: Channel) => ({
    channel: args.return_im === true ? channelJson(workspace, channel) : { id: channel.id },
  })
  if (args.channel !== undefined) return answer(visibleChannel(workspace, args.channel))
  demand(users !== undefined && users.length > 0, 'users_list_not_supplied')
  demand(users.length <= 8, 'too_many_users')
  if (users.length === 1) return answer(openIm(workspace, users[0]!))
  for (const user of users) openIm(workspace, user)
  const everyone = [...new Set([workspace.app.botUser, ...users])]
  const members = everyone.toSorted().join()
  const known = [...workspace.channels.values()].find(
    channel => channel.kind === 'mpim' && [...channel.members].toSorted().join() === members,
  )
  return answer(
    known ?? addChannel(workspace, { name: `mpdm-${users.join('-')}`, kind: 'mpim', members: everyone }),
  )
}

function rename(workspace: Workspace, args: Json): Json {
  const channel = ownChannel(workspace, args.channel)
  const name = String(args.name)
  if (name !== channel.name) checkName(workspace, name)
  channel.name = name
  return { channel: channelJson(workspace, channel) }
}

function archive(workspace: Workspace, args: Json): Json {
  const channel = visibleChannel(workspace, args.channel)
  demand(channel.kind === 'public' || channel.kind === 'private', 'method_not_supported_for_channel_type')
  demand(!channel.isArchived, 'already_archived')
  demand(channel.members.has(workspace.app.botUser), 'not_in_channel')
  channel.isArchived = true
  return {}
}

function unarchive(workspace: Workspace, args: Json): Json {
  const channel = visibleChannel(workspace, args.channel)
  demand(channel.isArchived, 'not_archived')
  channel.isArchived = false
  return {}
}

/** setTopic and setPurpose differ in the field alone; each leaves a line in the channel. */
function describe(name: string, field: 'topic' | 'purpose'): Method {
  return {
    name,
    tier: 2,
    json: true,
    scopes: manageScopes('topic'),
    args: { channel: 'text!', [field]: 'text!' },
    run(workspace, args) {
      const channel = ownChannel(workspace, args.channel)
      const text = String(args[field])
      demand(text.length <= longestTopic, 'too_long')
      channel[field] = text
      postSystem(
        workspace,
        channel,
        workspace.app.botUser,
        `channel_${field}`,
        `set the channel ${field}: ${text}`,
      )
      return { channel: channelJson(workspace, channel) }
    },
  }
}
