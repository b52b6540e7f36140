/**
 * Every door to the outside, on one page: the verbs, and the promise that each makes. `createApp(ports)` gets them all;
 * main.ts passes the real ones, tests pass the real store, strict emulators behind the real adapters, and virtual time.
 */
import type { Form, Message } from './message.ts'
import type { SignalName } from './telemetry/signals.ts'
import type { ChatName, IncidentId, Instant, PersonId } from './words.ts'

// ---------------------------------------------------------------- time and chance

/** `now` in epoch ms. `wait` resolves at `untilAt`, or at once when `signal` aborts; it may resolve early, never throws. */
export interface Clock {
  now(): Instant
  wait(untilAt: Instant, signal: AbortSignal): Promise<void>
}

/** A fresh id that nobody can guess, for inputs that bring none of their own. */
export interface Ids {
  fresh(): string
}

// ---------------------------------------------------------------- the store

/** One thing that happened. `(stream, seq)` is unique: it is the concurrency control. */
export type StoredEvent = {
  readonly stream: string
  readonly seq: number
  readonly at: Instant
  readonly type: string
  /** Who did it: `person:aiko`, `timer`, `chat:slack`, `alert:prom`, `system`. */
  readonly actor: string
  /** The id of the input that brought it about. */
  readonly cause: string
  readonly data: unknown
}

/** Work to be done at `dueAt`. Arming a key that exists moves it, replaces its data and bumps its revision. */
export type Arm = {
  /** Carries the meaning: `rung:INC-42`, `card:INC-42:slack`. */
  readonly key: string
  readonly kind: string
  /** The incident it belongs to. */
  readonly stream: string
  readonly dueAt: Instant
  /** Plain JSON. */
  readonly data: unknown
  /** 0 pages and chains, 1 what people wait for, 2 cosmetics. Lower goes first. */
  readonly rank: 0 | 1 | 2
  /** Absent: a decision. Present: a delivery; only a lane's oldest row may be claimed. */
  readonly lane?: string
  /** An existing row keeps its earlier due time, so that a busy incident cannot put an edit off for ever. */
  readonly keepEarlier?: boolean
}

export type Timer = {
  readonly key: string
  readonly kind: string
  readonly stream: string
  readonly dueAt: Instant
  readonly data: unknown
  readonly rank: number
  readonly lane: string | null
  /** Bumped by each arming of an existing key. */
  readonly revision: number
  /** Bumped by each claim: the fence (D9). */
  readonly generation: number
  /** Claims so far, this one included. */
  readonly attempts: number
  /** When it was first claimed, null before: bounds are counted from here. */
  readonly firstAttemptAt: Instant | null
  /** When the attempt before this one was claimed. */
  readonly lastAttemptAt: Instant | null
  /** The attempt before this one may have reached its target: look before sending again (D3). */
  readonly doubt: boolean
}

/** What becomes of a claimed timer. A stale `generation` writes nothing; a newer `revision` is released, never deleted. */
export type Settle = {
  readonly key: string
  readonly revision: number
  readonly generation: number
  readonly outcome:
    | {
        readonly done: true /** The lane's next row waits at least until then. */
        readonly laneFreeAt?: Instant
      }
    | {
        readonly retryAt: Instant
        readonly doubt: boolean /** Leave the lane, which goes on without it. */
        readonly leaveLane?: boolean
      }
}

/** The whole effect of one command, in its own savepoint. `events` may be empty (then only the inbox row is written). */
export type Change = {
  readonly stream: string
  /** Unique; the inbox row's key. Timers bring none: their own row is their inbox. */
  readonly cause: string | null
  readonly at: Instant
  /** The last seq of the stream that the decision saw. */
  readonly seenSeq: number
  /** Set when the decision depends on the settings: the version that it saw. */
  readonly seenSettings?: number
  /** Set when a due decision timer is handled: it must still be there at this revision, and is deleted (before `arm`). */
  readonly timer?: { readonly key: string; readonly revision: number }
  readonly events: readonly Omit<StoredEvent, 'stream' | 'seq'>[]
  /** What to say to whoever caused it; kept in the inbox so that a redelivery gets the same answer. Plain JSON. */
  readonly answer: unknown
  /** The incident's row for lists, as it is after `events`. */
  readonly summary?: IncidentSummary
  /** Set by the command that declares: the number it takes; it must still be the next one. */
  readonly takesNumber?: number
  /** The alert group that the incident claims, or null to release whatever it holds. */
  readonly groupKey?: string | null
  readonly disarm: readonly string[]
  readonly arm: readonly Arm[]
  /** The delivery whose result this is. */
  readonly settle?: Settle
}

/** One incident in a list. Rebuildable by folding its stream. */
export type IncidentSummary = {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly severity: string
  readonly status: string
  readonly service: string | null
  readonly open: boolean
  readonly acked: boolean
  /** True: its chain ended without an ack and that was announced, or it needs none. */
  readonly quiet: boolean
  readonly test: boolean
  readonly declaredAt: Instant
  readonly updatedAt: Instant
  readonly closedAt: Instant | null
  /** Channels of the incident: `slack:C123`. */
  readonly rooms: readonly string[]
}

export type CommitOutcome =
  | { readonly kind: 'done' }
  /** Something moved since the decision: load again and decide again. */
  | { readonly kind: 'stale' }
  /** The cause was handled before; this was its answer. Nothing was written. */
  | { readonly kind: 'repeated'; readonly answer: unknown }

/** Durable before it resolves (D1, I1). Everything else about the database stays behind this. */
export interface Store {
  /** Events of a stream with seq > `after`, in order. */
  load(stream: string, after?: number): Promise<readonly StoredEvent[]>
  /** The same for several streams in one go, keyed by stream. */
  loadMany(streams: readonly string[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>>
  /** The answer of a cause that was handled, if it was. */
  answered(cause: string): Promise<{ readonly answer: unknown } | undefined>
  /** All changes in one transaction, each in its own savepoint; one outcome each, in order. */
  commit(changes: readonly Change[]): Promise<readonly CommitOutcome[]>
  /** Deliveries that ended without anything to record. */
  settle(settles: readonly Settle[]): Promise<void>
  /** Decision timers (no lane) due at `now`, most urgent first: by rank, then due time. Claims nothing. */
  due(now: Instant, limit: number): Promise<readonly Timer[]>
  /** Deliveries of at most `maxRank` due at `now` at the head of their lanes, claimed until `now + leaseMs`; by rank, due time, age. */
  claim(now: Instant, leaseMs: number, limit: number, maxRank: 0 | 1 | 2): Promise<readonly Timer[]>
  /** The earliest due time after `now` of what could then be taken up; undefined when there is none. */
  nextDueAt(now: Instant): Promise<Instant | undefined>
  /** Voids every lease: only for the one process that holds the lock, at its start. */
  dropLeases(): Promise<void>
  nextNumber(): Promise<number>
  settingsVersion(): Promise<number>
  /** Appends the configuration to the stream `config` when it differs from the last one, and bumps the settings version then. */
  configure(config: unknown, at: Instant): Promise<void>
  incidents(query: {
    readonly open?: boolean
    readonly before?: number
    readonly limit: number
  }): Promise<readonly IncidentSummary[]>
  incident(id: string): Promise<IncidentSummary | undefined>
  /** The incident whose channel this is: `slack:C123`. */
  incidentInRoom(room: string): Promise<string | undefined>
  /** Incidents that owe a call (open, unacknowledged, not quiet) and have no timer of kind `rung` (I2). Empty is clean. */
  stranded(): Promise<readonly string[]>
  /** Counts of waiting timers by kind, and the oldest due time among those due: for the metrics. */
  depth(
    now: Instant,
  ): Promise<{ readonly byKind: Readonly<Record<string, number>>; readonly oldestDueAt: Instant | null }>
  /** True while paging is held after a restore. */
  held(): Promise<boolean>
  hold(on: boolean): Promise<void>
  close(): Promise<void>
}

// ---------------------------------------------------------------- chats

/** A message that was posted: enough to edit it. Opaque to everybody but its chat. */
export type MessageRef = { readonly channel: string; readonly id: string }

/** Where a message goes: a channel's id or name, in the chat at hand. */
export type Place = { readonly channel: string } | { readonly user: string }

/** Why a chat could not do it. `reason` is the platform's own code; `say` is for people. */
export class ChatFailure extends Error {
  readonly reason: string
  readonly say: string
  /** `later`: it did not happen, try again. `never`: it will not work, move on. `doubt`: it may have happened. */
  readonly kind: 'later' | 'never' | 'doubt'
  readonly retryAfterMs: number | undefined

  constructor(kind: 'later' | 'never' | 'doubt', reason: string, say: string, retryAfterMs?: number) {
    super(`${reason}: ${say}`)
    this.name = 'ChatFailure'
    this.kind = kind
    this.reason = reason
    this.say = say
    this.retryAfterMs = retryAfterMs
  }
}

/** What a chat can do, as data; asked instead of its name. */
export type ChatTraits = {
  /** Opens a channel of its own for an incident. */
  readonly rooms: boolean
  readonly topics: boolean
  readonly pins: boolean
  readonly bookmarks: boolean
  readonly invites: boolean
  /** A page shown here counts as having reached a person when no other chat is set up. */
  readonly reaches: 'people' | 'screen'
  /** The least time between two posts to one channel. */
  readonly paceMs: number
}

/** One chat. Every verb rejects with ChatFailure and nothing else; none retries by itself; each ends within 8 s (I6). */
export interface Chat {
  readonly name: ChatName
  readonly traits: ChatTraits
  /** Connects and begins to hand every input to `hooks.receive`. Resolves when ready. */
  start(hooks: Hooks): Promise<void>
  /** Takes no more input; resolves when the last answer has left. */
  stop(): Promise<void>
  /** True while it can receive and send; with a sentence when it cannot. */
  health(): { readonly connected: boolean; readonly detail: string }
  /** `key` names the delivery: a chat that can refuse doubles uses it, and `find` looks for it. */
  post(to: Place, message: Message, key: string): Promise<MessageRef>
  edit(ref: MessageRef, message: Message): Promise<void>
  /** The message posted with this key since `sinceAt`, if it is there: resolves a doubt by looking (D3, D4). */
  find(to: Place, key: string, sinceAt: Instant): Promise<MessageRef | undefined>
  /** Opens the incident's channel. A taken name gets a suffix. `key` finds one that an earlier attempt opened. */
  openRoom(name: string, key: string): Promise<{ readonly channel: string; readonly name: string }>
  setTopic(channel: string, topic: string): Promise<void>
  invite(channel: string, user: string): Promise<void>
  pin(ref: MessageRef): Promise<void>
  bookmark(channel: string, title: string, url: string): Promise<void>
  archive(channel: string): Promise<void>
}

/** Who did it, as the chat proves it. */
export type ChatUser = {
  readonly id: string
  readonly name: string
  /** Guests, other workspaces' people and bots may not act. */
  readonly kind: 'member' | 'guest' | 'stranger' | 'bot'
}

/** Something that a person did in a chat. */
export type ChatInput = {
  readonly chat: ChatName
  /** The platform's own id of what happened; a redelivery has the same (I1). */
  readonly cause: string
  readonly user: ChatUser
  readonly channel: string | undefined
  /** The command line: typed, or carried by a button, a menu or a form. */
  readonly line: string
  /** A form's inputs by name; they count as named arguments. */
  readonly values?: Readonly<Record<string, string>>
  /** The message that a shortcut was used on. */
  readonly about?: {
    readonly text: string
    readonly author: string
    readonly at: Instant
    readonly link: string | undefined
  }
  /** A traceparent, where one came in. */
  readonly trace?: string
}

/** What goes back, at once, to the one who did it. */
export type ChatAnswer =
  | { readonly kind: 'say'; readonly message: Message }
  | { readonly kind: 'form'; readonly form: Form }
  /** A form's inputs were wrong: input name -> sentence. The form stays open. */
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }

export type Receive = (input: ChatInput) => Promise<ChatAnswer>

/** What a chat may ask of the application. */
export type Hooks = {
  readonly receive: Receive
  /** The contents of a home page for one person, where the chat has one. */
  readonly home: (user: ChatUser) => Promise<Message>
  readonly directory: Directory
}

/** Who and what the typed leaves of a message mean, on the chat that asks. Synchronous: a renderer may call it. */
export interface Directory {
  /** The person's name, and their user id on this chat where they are linked. */
  person(id: PersonId): { readonly name: string; readonly user: string | undefined }
  /** The incident's channel on this chat, where it has one. */
  room(incident: IncidentId): string | undefined
  /** Everybody in the configuration. */
  people(): readonly PersonId[]
}

// ---------------------------------------------------------------- other ways to reach a person

/** Reaches a person by a way that is not chat. Same rules as Chat: rejects with ChatFailure, never retries. */
export interface Pager {
  readonly way: 'sms' | 'voice' | 'email' | 'push' | 'webhook'
  page(to: string, message: Message, key: string): Promise<{ readonly id: string }>
}

// ---------------------------------------------------------------- telemetry

/** Where signals go. The table of signals is in bot/telemetry/signals.ts; calling these never throws and never waits. */
export interface Telemetry {
  count(signal: SignalName, labels?: Readonly<Record<string, string>>, by?: number): void
  observe(signal: SignalName, value: number, labels?: Readonly<Record<string, string>>): void
  set(signal: SignalName, value: number, labels?: Readonly<Record<string, string>>): void
  log(
    level: 'debug' | 'info' | 'warn' | 'error',
    event: string,
    fields?: Readonly<Record<string, unknown>>,
  ): void
  /** Runs `work` inside a span; its traceparent (W3C) is given to `work`, '' when tracing is off. */
  span<T>(name: string, parent: string | undefined, work: (traceparent: string) => Promise<T>): Promise<T>
}
