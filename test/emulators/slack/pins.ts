/** Pinning a message, whoever does it. */

import { demand } from './api-error.ts'
import { findMessage, postSystem } from './messages.ts'
import { messageJson } from './methods/chat.ts'
import type { Channel } from './types.ts'
import type { Workspace } from './workspace.ts'

const mostPins = 100

/** Pins it, writes Slack's line about it and sends the event; the returned promise is the event's delivery. */
export function pin(workspace: Workspace, channel: Channel, ts: string, user: string): Promise<void> {
  const message = findMessage(channel, ts)
  demand(message, 'message_not_found')
  demand(!channel.pins.includes(ts), 'already_pinned')
  demand(channel.pins.length < mostPins, 'too_many_pins')
  channel.pins.push(ts)
  postSystem(workspace, channel, user, 'pinned_item', `<@${user}> pinned a message to this channel.`)
  return workspace.emit({
    type: 'pin_added',
    user,
    channel_id: channel.id,
    item: {
      type: 'message',
      created: Math.floor(workspace.clock.now() / 1000),
      created_by: user,
      channel: channel.id,
      message: {
        ...messageJson(message),
        pinned_to: [channel.id],
        permalink: `https://${workspace.team.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`,
      },
    },
    item_user: message.user,
    pin_count: String(channel.pins.length),
    pinned_info: {
      channel: channel.id,
      pinned_by: user,
      pinned_ts: Math.floor(workspace.clock.now() / 1000),
    },
    event_ts: workspace.nextTs(),
  })
}
