/** The door to the database: what is kept, what is to be done, and the one way to write either. Part of ports.ts. */
import type { Instant } from './words.ts'

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
  /** Who is on call may be another after it: whoever decides on the settings must decide anew. */
  readonly changesSettings?: true
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
  /** First acknowledged. */
  readonly ackedAt: Instant | null
  readonly resolvedAt: Instant | null
  readonly updatedAt: Instant
  readonly closedAt: Instant | null
  /** The root cause, by the name that its post-mortem gives it. */
  readonly cause: string | null
  /** Its post-mortem is published. */
  readonly published: boolean
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
  /** Whether others write to the same database: then what is kept in memory is looked at again before it is believed. */
  readonly shared: boolean
  /** Events of a stream with seq > `after`, in order. */
  load(stream: string, after?: number): Promise<readonly StoredEvent[]>
  /** The same for several streams in one go: stream -> the seq after which. A stream without any has no entry. */
  loadMany(after: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, readonly StoredEvent[]>>
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
  /** The open incident that holds a group of alerts. */
  groupHolder(key: string): Promise<string | undefined>
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
