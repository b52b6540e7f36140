/** The bodies of commands, interactions and events, field for field as Slack sends them. */

import { messageJson } from './methods/chat.ts'
import { issueResponseUrl } from './response-url.ts'
import type { Channel, Json, Message, View } from './types.ts'
import { viewJson } from './views.ts'
import { secret, type Workspace } from './workspace.ts'

/** A trigger for forms, good for three seconds and one use. */
export function issueTrigger(workspace: Workspace, user: string, view?: string): string {
  const now = workspace.clock.now()
  const id = `${now}.${secret(6)}.${secret(16)}`
  workspace.triggers.set(id, { user, issuedAt: now, used: false, ...(view === undefined ? {} : { view }) })
  return id
}

export function commandPayload(
  workspace: Workspace,
  user: string,
  channel: Channel,
  { command, text }: { command: string; text: string },
): Json {
  return {
    token: workspace.verificationToken,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user,
    user_name: workspace.users.get(user)?.name ?? '',
    command,
    text,
    api_app_id: workspace.app.id,
    is_enterprise_install: 'false',
    response_url: issueResponseUrl(workspace, { user, channel: channel.id, isEphemeral: true }),
    trigger_id: issueTrigger(workspace, user),
  }
}

function channelName(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage'
  return channel.kind === 'private' ? 'privategroup' : channel.name
}

/** What every interaction says of who did it and where the app lives. */
function interaction(workspace: Workspace, type: string, user: string): Json {
  const person = workspace.users.get(user)
  return {
    type,
    token: workspace.verificationToken,
    api_app_id: workspace.app.id,
    team: { id: workspace.team.id, domain: workspace.team.domain },
    user: {
      id: user,
      username: person?.name ?? '',
      name: person?.name ?? '',
      team_id: person?.team_id ?? workspace.team.id,
    },
    enterprise: null,
    is_enterprise_install: false,
  }
}

export function messageActionsPayload(
  workspace: Workspace,
  user: string,
  message: Message,
  action: Json,
  values: Json,
): Json {
  const isEphemeral = message.ephemeral_to !== undefined
  const channel = workspace.channels.get(message.channel)
  return {
    ...interaction(workspace, 'block_actions', user),
    trigger_id: issueTrigger(workspace, user),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: isEphemeral,
      ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    },
    channel: { id: message.channel, name: channel ? channelName(channel) : '' },
    ...(isEphemeral ? {} : { message: { ...messageJson(message), team: workspace.team.id } }),
    state: { values },
    response_url: issueResponseUrl(workspace, {
      user,
      channel: message.channel,
      ts: message.ts,
      isEphemeral,
    }),
    actions: [action],
  }
}

export function viewActionsPayload(
  workspace: Workspace,
  user: string,
  view: View,
  action: Json,
  values: Json,
): Json {
  return {
    ...interaction(workspace, 'block_actions', user),
    trigger_id: issueTrigger(workspace, user, view.id),
    container: { type: 'view', view_id: view.id },
    view: viewJson(workspace, view, values),
    actions: [action],
  }
}

export function submissionPayload(workspace: Workspace, user: string, view: View, values: Json): Json {
  return {
    ...interaction(workspace, 'view_submission', user),
    trigger_id: issueTrigger(workspace, user, view.id),
    view: viewJson(workspace, view, values),
    response_urls: [],
  }
}

export function closedPayload(workspace: Workspace, user: string, view: View, isCleared: boolean): Json {
  return {
    ...interaction(workspace, 'view_closed', user),
    view: viewJson(workspace, view),
    is_cleared: isCleared,
  }
}

export function shortcutPayload(
  workspace: Workspace,
  user: string,
  callbackId: string,
  message?: Message,
): Json {
  const common = {
    ...interaction(workspace, message ? 'message_action' : 'shortcut', user),
    callback_id: callbackId,
    action_ts: workspace.nextTs(),
    trigger_id: issueTrigger(workspace, user),
  }
  if (!message) return common
  const channel = workspace.channels.get(message.channel)
  return {
    ...common,
    channel: { id: message.channel, name: channel ? channelName(channel) : '' },
    message_ts: message.ts,
    message: { ...messageJson(message), team: workspace.team.id },
    response_url: issueResponseUrl(workspace, {
      user,
      channel: message.channel,
      ts: message.ts,
      isEphemeral: true,
    }),
  }
}

export function eventPayload(workspace: Workspace, event: Json): Json {
  const channel = workspace.channels.get(String(event.channel ?? (event.item as Json | undefined)?.channel))
  return {
    token: workspace.verificationToken,
    team_id: workspace.team.id,
    context_team_id: workspace.team.id,
    context_enterprise_id: null,
    api_app_id: workspace.app.id,
    event,
    type: 'event_callback',
    event_id: workspace.nextId('Ev'),
    event_time: Math.floor(workspace.clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.team.id,
        user_id: workspace.app.botUser,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: channel?.isExtShared ?? false,
    event_context: secret(8),
  }
}
