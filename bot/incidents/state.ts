/**
 * What an incident is at one moment: the fold of its events (fold.ts). Every question about it (may it be acked, what comes
 * next, who was paged) is answered from this value, and from nothing else (I23).
 */
import type { Alert } from '../alerts/types.ts'
import type { ChannelRef } from '../config/types.ts'
import type { EvidenceState } from '../evidence/fold.ts'
import type { MessageRef } from '../ports.ts'
import type { PostmortemState } from '../postmortem/document.ts'
import type { Fields } from '../severity/classify.ts'
import type { SourcesState } from '../sources/fold.ts'
import type { ChatName, Duty, IncidentId, Instant, PersonId, Severity, Status, Way } from '../words.ts'
import type { Actor, Chain, Judgement, NextRung, StepStart } from './events.ts'

/** `late`: no target has got through yet, all are being tried on; `failed`: all were refused for good. */
export type StepState = 'waiting' | 'due' | 'sent' | 'late' | 'failed'

export type Step = StepStart & {
  readonly state: StepState
  readonly late: readonly string[]
  readonly failed: readonly string[]
  /** Why the last attempt that failed did; null before. */
  readonly why: string | null
}

export type Copy = {
  readonly chat: ChatName
  readonly ref: MessageRef
  readonly step: number
  /** It is a mention in a channel, since the person cannot be written to directly. */
  readonly mention?: true
}

export type Page = {
  readonly page: number
  readonly person: PersonId
  readonly why: string
  /** The rung it belongs to; null for a page by hand. */
  readonly rung: { readonly pass: number; readonly rung: number } | null
  readonly startedAt: Instant
  readonly lateMs: number
  /** When a provider first took one of its copies. */
  readonly reachedAt: Instant | null
  /** How long a page by hand waits for its answer. */
  readonly windowMs: number
  readonly steps: readonly Step[]
  readonly copies: readonly Copy[]
  /** Why it calls no longer; null while it does. */
  readonly ended: 'acknowledged' | 'answered' | 'stopped' | 'unanswered' | 'stood aside' | 'replaced' | null
}

export type Room = {
  readonly channel: string | null
  readonly name: string
  readonly card: MessageRef | null
  /** Step of the set-up -> why it failed. */
  readonly failed: Readonly<Record<string, string>>
  /** The last event of which the channel was told in one message, after it could not be written to. */
  readonly toldUntil?: number
}

export type ChainRun = {
  readonly severity: Severity
  readonly passStartAt: Instant
  readonly shiftMs: number
  /** When the last rung that paged somebody did so; null before. */
  readonly lastPagedAt: Instant | null
  /** The pass in which that was. */
  readonly lastPagedPass: number
  readonly next: NextRung | null
  readonly exhaustedAt: Instant | null
  /** Taken out of this run: whoever acknowledged before the severity was raised. */
  readonly without: readonly PersonId[]
}

export type Incident = EvidenceState &
  SourcesState & {
    readonly id: IncidentId
    readonly seq: number
    readonly number: number
    readonly title: string
    readonly details: string
    readonly service: string | null
    readonly severity: Severity
    readonly judged: Judgement
    /** What was known in numbers when it was declared. */
    readonly figures?: Fields
    readonly chosen: boolean
    readonly status: Status
    readonly test: boolean
    readonly drill: boolean
    /** Who does not answer, in a drill: their acks are refused. */
    readonly silent?: readonly PersonId[]
    /** By what nobody is reached, in a drill: its pages fail. */
    readonly broken?: readonly Way[]
    readonly declaredAt: Instant
    readonly declaredBy: Actor
    readonly chains: Readonly<Record<Severity, Chain>>
    readonly chain: ChainRun | null
    readonly acked: { readonly by: PersonId; readonly at: Instant; readonly afterMs: number } | null
    /** When somebody last did or said something about it. */
    readonly wordAt: Instant
    /** When whoever has it was asked whether they still do; null while nobody waits for that answer. */
    readonly questionedAt: Instant | null
    /** When it was first acknowledged. */
    readonly firstAckedAt: Instant | null
    readonly stoodAside: readonly PersonId[]
    readonly pages: readonly Page[]
    /** Channels that rungs named, in the order in which they were paged. */
    readonly pagedChannels: readonly {
      readonly channel: ChannelRef
      readonly pass: number
      readonly rung: number
    }[]
    readonly duties: Readonly<Partial<Record<Duty, PersonId>>>
    readonly rooms: Readonly<Record<ChatName, Room>>
    /** `integration/fingerprint` -> the alert as last heard of. */
    readonly alerts: Readonly<Record<string, Alert>>
    /** Null until it is drafted. */
    readonly postmortem: PostmortemState | null
    readonly lastUpdate: { readonly text: string; readonly at: Instant } | null
    readonly resolvedAt: Instant | null
    readonly closedAt: Instant | null
    /** Who closed it last; null while nobody did, or when it closed by itself. */
    readonly closedBy: PersonId | null
    readonly updatedAt: Instant
  }

export const isOpen = (incident: Incident): boolean =>
  incident.status !== 'closed' && incident.status !== 'postmortem'
/** Work is still going on: not resolved, verifying or closed. */
export const isActive = (incident: Incident): boolean =>
  isOpen(incident) && incident.status !== 'resolved' && incident.status !== 'verifying'
/** Neither a test nor a drill: what is learnt from, and written about. */
export const isReal = ({ test, drill }: Pick<Incident, 'test' | 'drill'>): boolean => !test && !drill

export const livePages = (incident: Incident): readonly Page[] =>
  incident.pages.filter(page => page.ended === null)
