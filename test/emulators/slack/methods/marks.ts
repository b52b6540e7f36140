/** pins.*, bookmarks.* and reactions.*: what sticks to a channel or a message. */

import { ApiError, demand } from '../api-error.ts'
import { ownChannel, visibleChannel } from '../channels.ts'
import { findMessage } from '../messages.ts'
import { pin } from '../pins.ts'
import { react } from '../reactions.ts'
import type { Bookmark, Channel, Json } from '../types.ts'
import type { Workspace } from '../workspace.ts'
import { messageJson } from './chat.ts'
import type { Arguments, Method } from './method.ts'

const onMessage: Arguments = { channel: 'text!', timestamp: 'text' }
const mostBookmarks = 100

export const markMethods: readonly Method[] = [
  { name: 'pins.add', tier: 2, json: true, scopes: ['pins:write'], args: onMessage, run: addPin },
  { name: 'pins.remove', tier: 2, json: true, scopes: ['pins:write'], args: onMessage, run: unpin },
  {
    name: 'pins.list',
    tier: 2,
    scopes: ['pins:read'],
    args: { channel: 'text!' },
    run(workspace, args) {
      const channel = visibleChannel(workspace, args.channel)
      const pinned = channel.pins.flatMap(ts => findMessage(channel, ts) ?? [])
      return {
        items: pinned.map(message => ({
          type: 'message',
          channel: channel.id,
          message: messageJson(message),
        })),
      }
    },
  },
  {
    name: 'reactions.add',
    tier: 3,
    json: true,
    scopes: ['reactions:write'],
    args: { channel: 'text!', name: 'text!', timestamp: 'text!' },
    run(workspace, args) {
      const channel = visibleChannel(workspace, args.channel)
      demand(!channel.isArchived, 'is_archived')
      const name = String(args.name)
      demand(/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name), 'invalid_name')
      void react(workspace, channel, messageAt(channel, args), workspace.app.botUser, name)
      return {}
    },
  },
  {
    name: 'bookmarks.add',
    tier: 2,
    json: true,
    scopes: ['bookmarks:write'],
    args: { channel_id: 'text!', title: 'text!', type: 'text!', link: 'text', emoji: 'text' },
    run: addBookmark,
  },
  {
    name: 'bookmarks.edit',
    tier: 2,
    json: true,
    scopes: ['bookmarks:write'],
    args: { channel_id: 'text!', bookmark_id: 'text!', title: 'text', link: 'text', emoji: 'text' },
    run: editBookmark,
  },
  {
    name: 'bookmarks.list',
    tier: 3,
    json: true,
    scopes: ['bookmarks:read'],
    args: { channel_id: 'text!' },
    run(workspace, args) {
      const channel = visibleChannel(workspace, args.channel_id)
      return { bookmarks: [...channel.bookmarks.values()].map(one => bookmarkJson(channel, one)) }
    },
  },
]

function messageAt(channel: Channel, args: Json): string {
  const ts = args.timestamp as string | undefined
  demand(ts !== undefined, 'no_item_specified')
  demand(/^\d+\.\d+$/.test(ts), 'bad_timestamp')
  if (!findMessage(channel, ts)) throw new ApiError('message_not_found')
  return ts
}

function addPin(workspace: Workspace, args: Json): Json {
  const channel = ownChannel(workspace, args.channel)
  void pin(workspace, channel, messageAt(channel, args), workspace.app.botUser)
  return {}
}

function unpin(workspace: Workspace, args: Json): Json {
  const channel = ownChannel(workspace, args.channel)
  const index = channel.pins.indexOf(messageAt(channel, args))
  demand(index >= 0, 'no_pin')
  channel.pins.splice(index, 1)
  return {}
}

function addBookmark(workspace: Workspace, args: Json): Json {
  const channel = bookmarkable(workspace, args)
  demand(args.type === 'link', 'invalid_bookmark_type')
  demand(channel.bookmarks.size < mostBookmarks, 'too_many_bookmarks')
  demand(args.link !== undefined, 'invalid_link')
  return keepBookmark(channel, {
    id: workspace.nextId('Bk'),
    title: String(args.title),
    link: String(args.link),
    emoji: String(args.emoji ?? ''),
  })
}

function editBookmark(workspace: Workspace, args: Json): Json {
  const channel = bookmarkable(workspace, args)
  const old = channel.bookmarks.get(String(args.bookmark_id))
  demand(old, 'not_found')
  return keepBookmark(channel, {
    id: old.id,
    title: String(args.title ?? old.title),
    link: String(args.link ?? old.link),
    emoji: String(args.emoji ?? old.emoji),
  })
}

function keepBookmark(channel: Channel, bookmark: Bookmark): Json {
  demand(bookmark.title.length <= 256, 'invalid_arguments')
  demand(/^(https?|mailto|slack):\S+$/.test(bookmark.link) && bookmark.link.length <= 2048, 'invalid_link')
  demand(bookmark.emoji === '' || /^:[a-z0-9_+'-]+:$/.test(bookmark.emoji), 'invalid_emoji')
  channel.bookmarks.set(bookmark.id, bookmark)
  return { bookmark: bookmarkJson(channel, bookmark) }
}

/** Bookmarks have no not_in_channel: somebody outside, or an archived channel, is permission_denied. */
function bookmarkable(workspace: Workspace, args: Json): Channel {
  const channel = visibleChannel(workspace, args.channel_id)
  demand(channel.members.has(workspace.app.botUser) && !channel.isArchived, 'permission_denied')
  return channel
}

function bookmarkJson(channel: Channel, bookmark: Bookmark): Json {
  return { ...bookmark, channel_id: channel.id, type: 'link' }
}
