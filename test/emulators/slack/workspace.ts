/**
 * The state of one Slack workspace: people, channels, messages, open forms, tokens and what was recorded.
 *
 * Everything else in this folder is functions over this value. Time comes from its clock alone; message ids
 * (`ts`) are that time in microseconds, made unique and increasing as Slack's are.
 */

import { randomBytes } from 'node:crypto'
import { ApiError } from './api-error.ts'
import type {
  Channel,
  EmulatorClock,
  Json,
  LogEntry,
  Message,
  Notification,
  User,
  Usergroup,
  View,
  Violation,
} from './types.ts'

export type Trigger = {
  readonly user: string
  readonly issuedAt: number
  /** The form that the interaction happened in, when there was one: only then may a form be pushed on it. */
  readonly view?: string
  used: boolean
}

export type ResponseUrl = {
  readonly user: string
  readonly channel: string
  readonly issuedAt: number
  /** The message that carried the control, when it was not a command. */
  readonly ts?: string
  readonly isEphemeral: boolean
  uses: number
}

export type Upload = {
  readonly filename: string
  readonly length: number
  readonly alt: string
  body?: Buffer
  /** When the upload was completed: from a while after it on, messages may show the file. */
  completedAt?: number
}

export type Workspace = {
  readonly clock: EmulatorClock
  readonly team: { readonly id: string; readonly domain: string; readonly name: string }
  readonly app: { readonly id: string; readonly botId: string; readonly botUser: string }
  readonly commands: readonly string[]
  /** How long an app has to acknowledge, in real and in clock time. */
  readonly ackWithinMs: number
  /** How long Slack takes a file in after its upload: a message that shows it before is refused. */
  filesTakeMs: number
  readonly botToken: string
  readonly appToken: string
  readonly signingSecret: string
  readonly verificationToken: string
  readonly scopes: Set<string>
  readonly revoked: Set<string>
  readonly users: Map<string, User>
  readonly channels: Map<string, Channel>
  readonly usergroups: Map<string, Usergroup>
  readonly ephemerals: Message[]
  readonly views: Map<string, View>
  /** The forms that each person has open, the top one last. */
  readonly stacks: Map<string, string[]>
  readonly homes: Map<string, View>
  readonly triggers: Map<string, Trigger>
  readonly responseUrls: Map<string, ResponseUrl>
  readonly uploads: Map<string, Upload>
  readonly notifications: Notification[]
  readonly violations: Violation[]
  readonly log: LogEntry[]
  /** Where the server listens; set once it does. */
  baseUrl: string
  /** Hands an event to the Events API; replaced when the delivery is set up. */
  emit(event: Json): Promise<void>
  /** A fresh one-time WebSocket address; throws ApiError when ten connections are open. Set by socket.ts. */
  openTicket(): string
  nextId(prefix: string): string
  nextTs(): string
}

export type WorkspaceOptions = {
  readonly clock?: EmulatorClock
  readonly team?: { readonly id?: string; readonly domain?: string; readonly name?: string }
  /** The scopes granted to the bot token; default: all that the emulator knows. */
  readonly scopes?: readonly string[]
  readonly commands?: readonly string[]
  /** Slack's 3000 unless a test wants to see the failure sooner. */
  readonly ackWithinMs?: number
}

export const everyScope: readonly string[] = [
  'app_mentions:read',
  'bookmarks:read',
  'bookmarks:write',
  'channels:history',
  'channels:join',
  'channels:manage',
  'channels:read',
  'chat:write',
  'chat:write.public',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'groups:write',
  'im:history',
  'im:read',
  'im:write',
  'mpim:history',
  'mpim:read',
  'mpim:write',
  'pins:read',
  'pins:write',
  'reactions:read',
  'reactions:write',
  'usergroups:read',
  'usergroups:write',
  'users:read',
  'users:read.email',
]

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const clock = options.clock ?? { now: () => Date.now() }
  let lastMicros = 0
  let ids = 0
  return {
    clock,
    team: { id: 'T0TEAM', domain: 'acme', name: 'Acme', ...options.team },
    app: { id: 'A0TOCSIN', botId: 'B0TOCSIN', botUser: 'U0TOCSIN' },
    commands: options.commands ?? ['/incident', '/oncall', '/action', '/digest'],
    ackWithinMs: options.ackWithinMs ?? 3000,
    filesTakeMs: 0,
    botToken: `xoxb-${secret(12)}`,
    appToken: `xapp-1-A0TOCSIN-${secret(12)}`,
    signingSecret: secret(16),
    verificationToken: secret(12),
    scopes: new Set(options.scopes ?? everyScope),
    revoked: new Set(),
    users: new Map(),
    channels: new Map(),
    usergroups: new Map(),
    ephemerals: [],
    views: new Map(),
    stacks: new Map(),
    homes: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    uploads: new Map(),
    notifications: [],
    violations: [],
    log: [],
    baseUrl: '',
    emit: () => Promise.resolve(),
    openTicket: () => {
      throw new ApiError('forbidden_team')
    },
    nextId(prefix) {
      ids += 1
      return `${prefix}${ids.toString(36).toUpperCase().padStart(8, '0')}`
    },
    nextTs() {
      lastMicros = Math.max(Math.floor(clock.now() * 1000), lastMicros + 1)
      return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`
    },
  }
}

/** Records that a client broke one of Slack's rules; a test fails on it through `slack.expectNoViolations()`. */
export function violate(workspace: Workspace, rule: string, detail: string): void {
  workspace.violations.push({ at: workspace.clock.now(), rule, detail })
}

export function record(workspace: Workspace, what: LogEntry['what'], name: string, detail: Json = {}): void {
  workspace.log.push({ at: workspace.clock.now(), what, name, detail })
}

export function secret(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}
