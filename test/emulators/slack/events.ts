/** The Events API: which events the app subscribed to and may know of, and sending them. */

import type { Deliveries } from './delivery.ts'
import { eventPayload } from './payloads.ts'
import type { Json } from './types.ts'
import type { Workspace } from './workspace.ts'

export const usualEvents: readonly string[] = [
  'app_home_opened',
  'app_mention',
  'message.im',
  'reaction_added',
  'pin_added',
  'member_joined_channel',
]

/** The scope without which an app may not subscribe to an event. */
const scopeOf: { readonly [event: string]: string } = {
  app_mention: 'app_mentions:read',
  pin_added: 'pins:read',
  reaction_added: 'reactions:read',
}

const messageKind: { readonly [channelType: string]: string } = {
  channel: 'message.channels',
  group: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
}

/** From now on events that the app asked for are delivered; a returned promise is the delivery with its first retry. */
export function connectEvents(
  workspace: Workspace,
  deliveries: Deliveries,
  subscribed: readonly string[],
): void {
  workspace.emit = event => {
    const name = event.type === 'message' ? messageKind[String(event.channel_type)] : String(event.type)
    const isWanted = name !== undefined && subscribed.includes(name) && mayKnow(workspace, event)
    return isWanted ? deliveries.sendEvent(eventPayload(workspace, event)) : Promise.resolve()
  }
}

/** An app hears only of what its scopes cover, in conversations that it is in; a mention in another one does not reach it. */
function mayKnow(workspace: Workspace, event: Json): boolean {
  const scope = scopeOf[String(event.type)]
  if (scope !== undefined && !workspace.scopes.has(scope)) return false
  const item = event.item as Json | undefined
  const channel = workspace.channels.get(String(event.channel ?? event.channel_id ?? item?.channel))
  return channel === undefined || channel.members.has(workspace.app.botUser)
}
