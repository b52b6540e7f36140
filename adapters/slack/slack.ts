/**
 * Slack as a chat. Bolt receives, over Socket Mode or HTTP; what a person did is translated in one place, answered within the
 * acknowledgement, and everything that leaves goes out in one attempt, its failures told as they are.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { App } from '@slack/bolt'
import {
  type Chat,
  ChatFailure,
  type ChatTraits,
  type Clock,
  type Hooks,
  type MessageRef,
  type Telemetry,
} from '../../bot/ports.ts'
import { refuse } from '../../bot/refusal.ts'
import { answerWith } from './answer.ts'
import { type Api, createApi } from './api.ts'
import { createChannels } from './channels.ts'
import { heard, keepMarked } from './events.ts'
import { BAD_TOKEN } from './failures.ts'
import { createFiles } from './files.ts'
import { type Inbound, translate } from './inbound.ts'
import { quietLogger } from './logger.ts'
import { SCOPES } from './manifest.ts'
import { createMessages, type Messages } from './messages.ts'
import { createPeople, type People } from './people.ts'
import { render } from './render.ts'
import { httpTransport, socketTransport, type Transport } from './transport.ts'

export const TRAITS: ChatTraits = {
  rooms: true,
  topics: true,
  pins: true,
  bookmarks: true,
  invites: true,
  reaches: 'people',
  pictures: 'png',
  paceMs: 1000,
}

export type SlackOptions = {
  readonly botToken: string
  readonly appToken?: string
  readonly signingSecret?: string
  readonly apiUrl?: string
  readonly clock: Clock
  readonly telemetry: Telemetry
}

export type Slack = Chat & {
  readonly requestListener?: (request: IncomingMessage, response: ServerResponse) => void
}

const METADATA = 'tocsin'
/** How many messages a look goes back. */
const LOOK_LIMIT = 200
const LOOK_PAGES = 2

export function createSlack(options: SlackOptions): Slack {
  const { clock, telemetry, botToken, apiUrl } = options
  const api = createApi({ token: botToken, telemetry, ...(apiUrl ? { apiUrl } : {}) })
  const channels = createChannels(api)
  const people = createPeople(api, clock)
  const messages = createMessages(api, people)
  const files = createFiles(api, clock)
  const transport = transportOf(options)
  let hooks: Hooks | undefined
  let missing: readonly string[] = []
  let started = false

  const known = (): Hooks => {
    if (!hooks) throw new ChatFailure('later', 'not_started', 'Slack is not connected yet')
    return hooks
  }

  return {
    name: 'slack',
    traits: TRAITS,
    ...(transport.requestListener ? { requestListener: transport.requestListener } : {}),
    async start(given) {
      hooks = given
      missing = await checkToken(api, telemetry)
      const parts = { ...options, api, people, messages, hooks: given }
      const app = new App({
        receiver: { ...transport, init: bolt => transport.init(marksFirst(bolt, parts)) },
        authorize: async () => ({ botToken }),
        logger: quietLogger(telemetry),
        convoStore: false,
        ignoreSelf: false,
        clientOptions: { retryConfig: { retries: 0 } },
      })
      app.use(async args => receive(parts, args as unknown as BoltArgs))
      await transport.start()
      started = true
    },
    async stop() {
      if (started) await transport.stop()
    },
    health() {
      const refused = api.refused()
      if (refused) return { connected: false, detail: `Slack refuses the token: ${refused}` }
      const lacking = missing.length > 0 ? `; scopes missing: ${missing.join(', ')}` : ''
      return {
        connected: transport.connected(),
        detail: `${transport.connected() ? 'connected' : 'not connected, trying again'}${lacking}`,
      }
    },
    async post(to, message, key) {
      const channel = await channels.idOf(to)
      return files.shown(message, key, async (shown, ids) => {
        const content = {
          channel,
          ...render(shown, known().directory, ids),
          metadata: { event_type: METADATA, event_payload: { key } },
          unfurl_links: false,
          unfurl_media: false,
        }
        return refOf(await postOrJoin(api, channel, content))
      })
    },
    async edit(ref, message) {
      await files.shown(message, `edit:${ref.channel}:${ref.id}`, (shown, ids) =>
        api
          .call('chat.update', { channel: ref.channel, ts: ref.id, ...render(shown, known().directory, ids) })
          .catch(notDoubtful),
      )
    },
    async find(to, key, sinceAt) {
      const channel = await channels.idOf(to)
      // The newest first: with `oldest` alone Slack would begin at the other end of the stretch.
      const asked = { channel, include_all_metadata: true, limit: LOOK_LIMIT }
      let cursor = ''
      for (let page = 0; page < LOOK_PAGES; page++) {
        const answer = await api.call('conversations.history', cursor === '' ? asked : { ...asked, cursor })
        const messages = (answer.messages ?? []) as readonly Posted[]
        const found = messages.find(message => message.metadata?.event_payload?.key === key)
        if (found?.ts) return { channel, id: found.ts }
        cursor = (answer.response_metadata as { next_cursor?: string } | undefined)?.next_cursor ?? ''
        if (cursor === '' || Number(messages.at(-1)?.ts) * 1000 < sinceAt) return undefined
      }
      return undefined
    },
    read: messages.read,
    history: messages.history,
    openRoom: (name, key) => channels.open(name, key),
    setTopic: async (channel, topic) =>
      void (await api.call('conversations.setTopic', { channel, topic }).catch(notDoubtful)),
    invite: async (channel, user) =>
      void (await api
        .call('conversations.invite', { channel, users: user })
        .catch(fine('already_in_channel'))),
    pin: async ref =>
      void (await api
        .call('pins.add', { channel: ref.channel, timestamp: ref.id })
        .catch(fine('already_pinned'))),
    bookmark: async (channel, title, url) =>
      void (await api
        .call('bookmarks.add', { channel_id: channel, title, type: 'link', link: url })
        .catch(notDoubtful)),
    archive: async channel =>
      void (await api.call('conversations.archive', { channel }).catch(fine('already_archived'))),
    async keepGroup(group, users, others) {
      const { users: there } = await api.call('usergroups.users.list', { usergroup: group })
      const kept = (Array.isArray(there) ? (there as string[]) : []).filter(user => !others.includes(user))
      const wanted = [...new Set([...kept, ...users])]
      await api.call('usergroups.users.update', { usergroup: group, users: wanted.join() }).catch(notDoubtful)
    },
  }
}

type Posted = {
  readonly ts?: string
  readonly metadata?: { readonly event_payload?: { readonly key?: string } }
}

function transportOf(options: SlackOptions): Transport {
  if (options.appToken) return socketTransport({ ...options, appToken: options.appToken })
  if (options.signingSecret) return httpTransport({ ...options, signingSecret: options.signingSecret })
  throw refuse(
    'slack_settings',
    'SLACK_BOT_TOKEN is set, and neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is.',
    'Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.',
  )
}

/** The scopes that are missing; throws when Slack refuses the token. A Slack that cannot be reached is waited for. */
async function checkToken(api: Api, telemetry: Telemetry): Promise<readonly string[]> {
  try {
    const { scopes } = await api.identify()
    const missing = scopes.length === 0 ? [] : Object.keys(SCOPES).filter(scope => !scopes.includes(scope))
    for (const scope of missing)
      telemetry.log('warn', 'slack.scope_missing', { scope, needed_for: SCOPES[scope] })
    return missing
  } catch (error) {
    if (error instanceof ChatFailure && BAD_TOKEN.has(error.reason)) {
      throw refuse(
        'slack_token',
        `Slack refuses SLACK_BOT_TOKEN: ${error.say}.`,
        'Copy the "Bot User OAuth Token" from "OAuth & Permissions" of the app.',
      )
    }
    telemetry.log('warn', 'slack.unreachable', { error })
    return []
  }
}

async function postOrJoin(api: Api, channel: string, content: Readonly<Record<string, unknown>>) {
  try {
    return await api.call('chat.postMessage', content)
  } catch (error) {
    if (!(error instanceof ChatFailure) || error.reason !== 'not_in_channel') throw error
    await api.call('conversations.join', { channel })
    return api.call('chat.postMessage', content)
  }
}

function refOf(answer: Readonly<Record<string, unknown>>): MessageRef {
  if (typeof answer.channel !== 'string' || typeof answer.ts !== 'string')
    throw new ChatFailure('doubt', 'bad_answer', 'Slack did not say where the message is')
  return { channel: answer.channel, id: answer.ts }
}

/** What may be done twice without harm is simply tried again. */
function notDoubtful(error: unknown): never {
  throw error instanceof ChatFailure && error.kind === 'doubt'
    ? new ChatFailure('later', error.reason, error.say)
    : error
}

const fine =
  (reason: string) =>
  (error: unknown): void => {
    if (error instanceof ChatFailure && error.reason === reason) return
    notDoubtful(error)
  }

type BoltArgs = {
  readonly body: Readonly<Record<string, unknown>>
  readonly ack?: (body?: unknown) => Promise<unknown>
}
type Receiving = SlackOptions & {
  readonly api: Api
  readonly people: People
  readonly messages: Messages
  readonly hooks: Hooks
}

/** Bolt acknowledges every event before it hands it on: what must not be lost is kept before Bolt hears of it. */
const marksFirst = (bolt: App, parts: Receiving): App =>
  Object.assign(Object.create(bolt) as App, {
    async processEvent(event: Parameters<App['processEvent']>[0]) {
      await keepMarked(parts, event.body)
      await bolt.processEvent(event)
    },
  })

async function receive(parts: Receiving, { body, ack }: BoltArgs): Promise<void> {
  const inbound = translate(body)
  if (!inbound) return heard(parts, body)
  const work = workOn(parts, inbound)
  await answerWith(
    { ...parts, directory: parts.hooks.directory },
    inbound,
    async answer => ack?.(answer),
    work,
  )
}

async function workOn({ people, messages, hooks }: Receiving, inbound: Inbound) {
  const { input, userId, userName, teamId, message } = inbound
  const kind = await people.kindOf(userId, teamId)
  const about =
    message && input.channel !== undefined ? { about: await messages.said(input.channel, message) } : {}
  return hooks.receive({ ...input, ...about, user: { id: userId, name: userName, kind } })
}
