/**
 * A strict Slack on loopback: Web API, Socket Mode and signed HTTP delivery, from Slack's own documents.
 *
 *   const slack = await startSlack({ clock })           // then SLACK_API_URL = slack.apiUrl, and the tokens
 *   slack.users.add({ id: 'U1', name: 'aiko' });  slack.channels.add({ name: 'general', members: ['U1'] })
 *   slack.useSocket(); await slack.connected()          // or slack.useHttp('http://127.0.0.1:3000/slack/events')
 *   const ack = await slack.user('U1').slash('/incident declare Checkout is down', { channel: 'general' })
 *   await slack.user('U1').click(ack.message, 'Ack')    // also select submit close shortcut openHome say mention dm react
 *   slack.seenBy('U1')  slack.messages('general')  slack.notifications('U1')  visibleText(m)  buttonsOf(m)
 *   slack.fault({ method: 'chat.postMessage', kind: 'accept-then-reset' }); slack.dropSockets(); slack.redeliver()
 *   slack.expectNoViolations(); await slack.stop()
 *
 * Time for limits, ids and expiries is `clock.now()`; the three seconds to acknowledge also run in real time.
 * Where Slack's pages leave a choice, it was made thus: a deactivated person is `user_disabled` for direct messages
 * and `cant_invite` for channels; a text over 40,000 characters is refused, not cut; lengths count UTF-16 units;
 * an argument that Slack would ignore is a violation.
 */

import { addChannel, channelNamed, type NewChannel } from './channels.ts'
import { Deliveries, type Envelope, type Outcome, type Retry } from './delivery.ts'
import { Person } from './driver.ts'
import { connectEvents, usualEvents } from './events.ts'
import { armFault, type Fault, type FaultOptions } from './faults.ts'
import { type HttpOptions, httpWire, verifyUrl } from './http-delivery.ts'
import { addUser, addUsergroup, type NewUser } from './people.ts'
import { type Rate, RateLimiter } from './rate.ts'
import { type Seen, seenBy, spoken } from './seen.ts'
import { listen } from './server.ts'
import { SocketMode } from './socket.ts'
import type { Channel, LogEntry, Message, Notification, User, Usergroup, Violation } from './types.ts'
import { createWorkspace, type Workspace, type WorkspaceOptions } from './workspace.ts'

export { type Ack, DispatchFailed } from './acknowledgements.ts'
export { buttonsOf, visibleText, type Which } from './controls.ts'
export type { Person, Values, Where } from './driver.ts'
export type { Fault, FaultKind, FaultOptions } from './faults.ts'
export type { Seen } from './seen.ts'
export type {
  Channel,
  Json,
  LogEntry,
  Message,
  Notification,
  User,
  Usergroup,
  View,
  Violation,
} from './types.ts'
export { everyScope } from './workspace.ts'

export type SlackOptions = WorkspaceOptions & {
  /** Event types that the app subscribed to; default: home, mentions, direct messages, reactions, joins. */
  readonly events?: readonly string[]
  /** Other rate limits for some methods, e.g. `{ 'chat.update': { perMinute: 6000, burst: 6000 } }`. */
  readonly rates?: { readonly [method: string]: Rate }
}

export type Slack = Awaited<ReturnType<typeof startSlack>>

/** Starts one workspace with the app's bot in it, and nobody else. */
export async function startSlack(options: SlackOptions = {}) {
  const workspace = createWorkspace(options)
  const faults: Fault[] = []
  const limiter = new RateLimiter(workspace)
  const server = await listen({ workspace, faults, limiter, rates: options.rates ?? {} })
  const socket = new SocketMode(workspace, server)
  const deliveries = new Deliveries(workspace)
  connectEvents(workspace, deliveries, options.events ?? usualEvents)
  addUser(workspace, { id: workspace.app.botUser, name: 'tocsin', real_name: 'Tocsin', is_bot: true })

  return {
    apiUrl: `${workspace.baseUrl}/api/`,
    botToken: workspace.botToken,
    appToken: workspace.appToken,
    signingSecret: workspace.signingSecret,
    botUser: workspace.app.botUser,
    team: workspace.team,

    ...peopleSide(workspace),
    ...records(workspace),
    ...wires(workspace, deliveries, socket),

    /** The person with this id, at their client. */
    user: (id: string): Person => new Person(workspace, deliveries, id),
    /** Arms a fault for the next call, or the next `times`, of a method; see faults.ts for the kinds. */
    fault: (fault: FaultOptions): Fault => armFault(faults, fault),
    /** Takes scopes away from, or gives them to, the bot token from now on. */
    revokeScopes: (...scopes: readonly string[]) => scopes.forEach(scope => workspace.scopes.delete(scope)),
    grantScopes: (...scopes: readonly string[]) => scopes.forEach(scope => workspace.scopes.add(scope)),
    /** The files that were uploaded, with their bytes. */
    files: () => [...workspace.uploads].map(([id, upload]) => ({ id, ...upload })),
    /** From now on Slack takes so long to take a file in. */
    slowFiles(ms: number): void {
      workspace.filesTakeMs = ms
    },
    /** The bot token is token_revoked from now on. */
    revokeBotToken: () => workspace.revoked.add(workspace.botToken),
    async stop(): Promise<void> {
      for (const fault of faults) fault.release()
      socket.stop()
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

function peopleSide(workspace: Workspace) {
  const channelOf = (name: string): Channel => {
    const found = workspace.channels.get(name) ?? channelNamed(workspace, name)
    if (!found) throw new Error(`there is no channel ${name}`)
    return found
  }
  return {
    users: {
      /** Adds a person, or replaces the one with this id. */
      add: (user: NewUser): User => addUser(workspace, user),
      get: (id: string): User | undefined => workspace.users.get(id),
      /** Their account is deactivated from now on. */
      deactivate: (id: string): User => addUser(workspace, { ...workspace.users.get(id), id, deleted: true }),
    },
    usergroups: {
      add: (group: Usergroup): Usergroup => addUsergroup(workspace, group),
      get: (id: string): Usergroup | undefined => workspace.usergroups.get(id),
    },
    channels: {
      /** Adds a channel; the bot is in it only if `members` says so. */
      add: (channel: NewChannel): Channel => addChannel(workspace, channel),
      /** By id or name. */
      get: (name: string): Channel | undefined =>
        workspace.channels.get(name) ?? channelNamed(workspace, name),
      all: (): readonly Channel[] => [...workspace.channels.values()],
      archive(name: string): void {
        channelOf(name).isArchived = true
      },
    },
    /** What was said in a channel, oldest first, thread replies included; `system` adds Slack's own lines. */
    messages(name: string, { system = false } = {}): readonly Message[] {
      return system ? channelOf(name).messages : spoken(channelOf(name))
    },
    seenBy: (user: string): Seen => seenBy(workspace, user),
  }
}

function records(workspace: Workspace) {
  const { log, violations, notifications } = workspace
  return {
    /** Every request, answer, delivery and acknowledgement with its time. */
    log: log as readonly LogEntry[],
    violations: violations as readonly Violation[],
    /** Who was told of what; everybody's when nobody is named. */
    notifications: (user?: string): readonly Notification[] =>
      notifications.filter(one => user === undefined || one.user === user),
    /** The calls of one method, oldest first. */
    calls: (method: string): readonly LogEntry[] =>
      log.filter(entry => entry.what === 'request' && entry.name === method),
    /** Throws with every violation so far. */
    expectNoViolations(): void {
      if (violations.length === 0) return
      throw new Error(
        `Slack's rules were broken:\n${violations.map(one => `${one.rule}: ${one.detail}`).join('\n')}`,
      )
    },
  }
}

function wires(workspace: Workspace, deliveries: Deliveries, socket: SocketMode) {
  return {
    /** Deliver over Socket Mode. */
    useSocket: () => deliveries.use(socket),
    /** Deliver by signed POST to this address; `now` is the time to sign with, by default the wall clock's. */
    useHttp: (url: string, http?: HttpOptions) => deliveries.use(httpWire(workspace, url, http)),
    /** Whether the app answers Slack's url_verification there. */
    verifyUrl: (url: string, http?: HttpOptions) => verifyUrl(workspace, url, http),
    /** Resolves when so many sockets are open (default 1). */
    connected: (count?: number) => socket.connected(count),
    openSockets: () => socket.open.length,
    /** Cuts all sockets without a word. */
    dropSockets: () => socket.drop(),
    /** Asks all sockets to reconnect, as Slack does every few hours. */
    disconnectSockets: (reason: 'warning' | 'refresh_requested' | 'link_disabled' = 'refresh_requested') =>
      socket.disconnect(reason),
    /** Turns new sockets away until told otherwise. */
    refuseConnections(refuses = true): void {
      socket.refuses = refuses
    },
    /** Sends the last envelope, or this one, again; events with a retry's number and reason. */
    redeliver(
      envelope: Envelope | undefined = deliveries.last,
      retry: Retry = { num: 1, reason: 'http_timeout' },
    ): Promise<Outcome> {
      if (!envelope) throw new Error('nothing was delivered yet')
      return deliveries.send(envelope, envelope.type === 'events_api' ? retry : undefined)
    },
    /** The last envelope that was delivered. */
    lastEnvelope: () => deliveries.last,
    /** Sends again the unacknowledged events whose minute, or five, have passed on the clock. */
    deliverDue: () => deliveries.deliverDue(),
    /** Resolves when no delivery is under way. */
    settled: () => deliveries.settled(),
  }
}
