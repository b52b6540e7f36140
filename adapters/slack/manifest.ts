/** The Slack app as a manifest, with the least scopes and a reason for each, and the link that creates it. */

import { stringify } from 'yaml'
import { GROUPS } from '../../commands/command.ts'

export const SCOPES: Readonly<Record<string, string>> = {
  commands: 'the slash commands and shortcuts',
  'chat:write': 'pages, cards and updates',
  'channels:manage': 'a channel for each incident, its topic, its archiving',
  'channels:read': 'finding the channels that the configuration names',
  'channels:join': "posting into the team's public channel without an invitation",
  'channels:history':
    'looking whether a post arrived before sending it again; reading what is kept in the timeline',
  'groups:history': 'the same in private channels that Tocsin is in',
  'im:write': 'pages as direct messages',
  'im:history': 'looking whether a page arrived before sending it again',
  'pins:write': "the incident's card pinned in its channel",
  'pins:read': 'hearing that a message was pinned, and keeping it in the timeline',
  'reactions:read': 'the same for a message that got a 📌',
  'bookmarks:write': "links in the incident's channel",
  'files:write': 'the pictures of the weekly digest',
  'users:read': 'telling members from guests, strangers and bots',
  'usergroups:read': "keeping a schedule's user group in step",
  'usergroups:write': 'the same',
  'app_mentions:read': 'answering when it is mentioned',
}

export const EVENTS: readonly string[] = ['app_home_opened', 'app_mention', 'pin_added', 'reaction_added']

export type Mode = 'socket' | 'http'

export function slackManifest({ mode, url }: { readonly mode: Mode; readonly url?: string }) {
  const requestUrl =
    mode === 'http'
      ? { request_url: `${(url ?? 'https://tocsin.example.com').replace(/\/$/, '')}/slack/events` }
      : {}
  const command = (name: string, description: string, hint: string) => ({
    command: name,
    description,
    usage_hint: hint,
    should_escape: true,
    ...(mode === 'http' ? { url: requestUrl.request_url } : {}),
  })
  const manifest = {
    display_information: { name: 'Tocsin', description: 'Incidents and paging', background_color: '#7a1f1f' },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'tocsin', always_online: true },
      shortcuts: [
        { name: 'Declare incident', type: 'global', callback_id: 'declare', description: 'Open an incident' },
        {
          name: 'Declare incident',
          type: 'message',
          callback_id: 'declare_from',
          description: 'Open an incident from this message',
        },
        {
          name: 'Add to timeline',
          type: 'message',
          callback_id: 'timeline_add',
          description: "Keep this message in the incident's timeline",
        },
        {
          name: 'Create action item',
          type: 'message',
          callback_id: 'action_from',
          description: 'Something to mend, begun from this message',
        },
      ],
      slash_commands: [
        command('/incident', GROUPS.incident, '[declare | ack | update | help]'),
        command('/oncall', GROUPS.oncall, '[who | next | simulate]'),
        command('/action', GROUPS.action, '[add | list | done | report]'),
        command('/digest', GROUPS.digest, '[preview | patterns | send]'),
      ],
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES) } },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: EVENTS },
      interactivity: { is_enabled: true, ...requestUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: mode === 'socket',
      token_rotation_enabled: false,
    },
  }
  return {
    yaml: stringify(manifest),
    json: JSON.stringify(manifest, null, 2),
    link: `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(manifest))}`,
  }
}
