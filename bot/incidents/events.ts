/**
 * Everything that can happen to an incident, as facts in the past tense. Types are only ever added to: a stream written
 * by an older Tocsin folds for ever. What a decision needed from the settings is stamped into its event, so that an edit
 * of the configuration never changes a running incident (D12).
 */
import type { Alert } from '../alerts/types.ts'
import type { ChannelRef, RespondWithin, Role, SeverityTargets } from '../config/types.ts'
import type { EvidenceEvent } from '../evidence/events.ts'
import type { MessageRef, StoredEvent } from '../ports.ts'
import type { ExportName } from '../postmortem/document.ts'
import type { SectionId, Template } from '../postmortem/template.ts'
import type { Fields } from '../severity/classify.ts'
import type { SourceEvent } from '../sources/events.ts'
import type { ChatName, Duty, Instant, PersonId, Severity, Status, Way } from '../words.ts'

/** A chain as it was when the incident was declared, its roles included. */
export type Chain = {
  readonly respondWithin: RespondWithin
  readonly repeat: number
  /** How long an ack holds without a word; absent or null: for ever. */
  readonly updateWithin?: number | null
  /** What is aimed at; absent in what an older Tocsin wrote. */
  readonly targets?: SeverityTargets
  readonly rungs: readonly {
    readonly role: string
    readonly target: Role | null
    readonly afterMs?: number
  }[]
}

/** What the classifier said, kept beside what a person chose. */
export type Judgement = {
  readonly severity: Severity
  readonly criterion: string
  readonly confidence: number
  readonly reasons: readonly string[]
}

/** A place in a chain; `rung` one past the last means the end of the pass. */
export type NextRung = { readonly pass: number; readonly rung: number; readonly dueAt: Instant }

/**
 * One way of one person, some time after the page began. `targets` are what it goes out by: the chats where the person is
 * linked, or the way itself. It has failed only when every target has.
 */
export type StepStart = { readonly afterMs: number; readonly by: Way; readonly targets: readonly string[] }

/** One person's call, as decided: its steps are the person's `notify` at that moment. */
export type PageStart = {
  readonly page: number
  readonly person: PersonId
  readonly why: string
  readonly steps: readonly StepStart[]
}

export type IncidentEvent =
  | EvidenceEvent
  | {
      readonly type: 'declared'
      readonly number: number
      readonly title: string
      readonly details: string
      readonly service: string | null
      readonly severity: Severity
      readonly judged: Judgement
      /** What was known in numbers. */
      readonly figures?: Fields
      /** True when a person chose the severity. */
      readonly chosen: boolean
      readonly test: boolean
      readonly drill: boolean
      /** Who does not answer, in a drill. */
      readonly silent?: readonly PersonId[]
      /** By what nobody is reached, in a drill. */
      readonly broken?: readonly Way[]
      readonly chains: Readonly<Record<Severity, Chain>>
    }
  | {
      readonly type: 'chain_started'
      readonly severity: Severity
      readonly why: string
      readonly without: readonly PersonId[]
    }
  | {
      readonly type: 'rung_paged'
      readonly pass: number
      readonly rung: number
      readonly role: string
      /** In words: why the rung was paged now. */
      readonly why: string
      /** How much later than due; 0 when on time (D15). */
      readonly lateMs: number
      readonly pages: readonly PageStart[]
      readonly channel: ChannelRef | null
      /** What the chain does next; null when it ends here without a window (channels only). */
      readonly next: NextRung | null
      readonly passStartAt: Instant
      readonly shiftMs: number
    }
  | {
      readonly type: 'rung_skipped'
      readonly pass: number
      readonly rung: number
      readonly role: string
      readonly person: PersonId | null
      readonly why: string
    }
  /** Nobody to page now: the last rungs of a pass were empty and its window runs on, or a first rung comes later. */
  | {
      readonly type: 'chain_waits'
      readonly next: NextRung
      readonly passStartAt: Instant
      readonly shiftMs: number
    }
  | { readonly type: 'chain_exhausted'; readonly pass: number; readonly nobody: boolean }
  | { readonly type: 'paged_by_hand'; readonly pages: readonly PageStart[]; readonly windowMs: number }
  | {
      readonly type: 'page_sent'
      readonly page: number
      readonly step: number
      readonly target: string
      /** The message in the chat that `target` names; null for the other ways. */
      readonly ref: MessageRef | null
      /** When it was first tried. */
      readonly attemptedAt?: Instant
      /** When the provider took it. */
      readonly acceptedAt: Instant
      /** Whether it could link to the incident's channel. */
      readonly linked: boolean
      /** Why it went to the incident's channel with a mention, and not to the person directly. */
      readonly instead?: string
    }
  | {
      readonly type: 'page_failed'
      readonly page: number
      readonly step: number
      readonly target: string
      readonly why: string
      /** False: it has not got through yet and goes on being tried. */
      readonly final: boolean
      /** The provider had taken it, and says now that it did not arrive. */
      readonly accepted?: true
    }
  /** The person has had so many by this way that it waits a little. */
  | {
      readonly type: 'page_held'
      readonly page: number
      readonly step: number
      readonly target: string
      readonly until: Instant
      readonly why: string
    }
  /** What the provider says of a page that it took: it is on the device, or was opened or picked up. */
  | {
      readonly type: 'page_delivered'
      readonly page: number
      readonly step: number
      readonly target: string
      readonly state: 'delivered' | 'read'
    }
  | { readonly type: 'step_due'; readonly page: number; readonly step: number }
  /** By hand, and it had not got through in time, or only late: it waits for an answer so long, from its start. */
  | { readonly type: 'page_waits'; readonly page: number; readonly windowMs: number }
  | { readonly type: 'page_unanswered'; readonly page: number }
  | { readonly type: 'page_answered'; readonly page: number; readonly by: PersonId }
  | {
      readonly type: 'acknowledged'
      readonly by: PersonId
      readonly page: number | null
      readonly afterMs: number
    }
  | { readonly type: 'unacknowledged'; readonly by: PersonId }
  /** Whoever has it said nothing for so long that they are asked whether they still do. */
  | { readonly type: 'ack_questioned'; readonly by: PersonId; readonly quietMs: number }
  /** They do. */
  | { readonly type: 'ack_renewed'; readonly by: PersonId }
  /** No answer: the chain starts anew. */
  | { readonly type: 'ack_expired'; readonly by: PersonId }
  | { readonly type: 'stood_aside'; readonly person: PersonId }
  | { readonly type: 'status_changed'; readonly from: Status; readonly to: Status }
  | {
      readonly type: 'severity_changed'
      readonly from: Severity
      readonly to: Severity
      readonly judged: Severity
    }
  | { readonly type: 'duty_taken'; readonly duty: Duty; readonly person: PersonId }
  | { readonly type: 'update_posted'; readonly text: string }
  | { readonly type: 'alert_fired'; readonly integration: string; readonly alert: Alert }
  | {
      readonly type: 'alert_resolved'
      readonly integration: string
      readonly alert: Alert
      /** How many of the incident's alerts go on. */
      readonly left: number
    }
  /** An entry of the timeline is not shown; it stays where it is. */
  | { readonly type: 'entry_hidden'; readonly entry: string }
  | { readonly type: 'entry_shown'; readonly entry: string }
  | { readonly type: 'entry_corrected'; readonly entry: string; readonly text: string }
  /** Without a template an older Tocsin wrote it: it has the built-in sections. */
  | { readonly type: 'postmortem_drafted'; readonly template?: Template }
  | {
      readonly type: 'section_written'
      readonly section: SectionId
      readonly text: string
      readonly by: PersonId
    }
  | { readonly type: 'postmortem_reviewed'; readonly by: PersonId }
  /** With its sections as they were published, which no later fact changes. */
  | {
      readonly type: 'postmortem_published'
      readonly by: PersonId
      readonly sections?: Readonly<Record<SectionId, string>>
    }
  /** Nobody finished it in time. `person`: who is asked; null: nobody can be, so that the team is. */
  | { readonly type: 'postmortem_nagged'; readonly nags: number; readonly person?: PersonId | null }
  /** Somebody is to finish it. */
  | { readonly type: 'postmortem_given'; readonly to: PersonId }
  /** There will be none. */
  | { readonly type: 'postmortem_waived'; readonly by: PersonId; readonly why: string }
  /** There will be one after all. */
  | { readonly type: 'postmortem_resumed' }
  | { readonly type: 'export_asked' }
  | {
      readonly type: 'export_done'
      readonly to: ExportName
      readonly edition: number
      readonly ref: string
    }
  /** `final`: it is not tried again by itself. */
  | { readonly type: 'export_failed'; readonly to: ExportName; readonly why: string; readonly final: boolean }
  | { readonly type: 'joined'; readonly person: PersonId; readonly title: string }
  | { readonly type: 'room_opened'; readonly chat: ChatName; readonly channel: string; readonly name: string }
  /** No channel of its own: the incident lives in the team's channel of that chat. */
  | { readonly type: 'room_failed'; readonly chat: ChatName; readonly why: string }
  /** `shows`: the last event that the card as posted knew of. */
  | {
      readonly type: 'card_posted'
      readonly chat: ChatName
      readonly ref: MessageRef
      readonly shows: number
    }
  | { readonly type: 'setup_failed'; readonly chat: ChatName; readonly step: string; readonly why: string }
  | { readonly type: 'setup_retried'; readonly chat: ChatName }
  /** The channel was told in one message what it had missed; `until`: the last event of it. */
  | { readonly type: 'caught_up'; readonly chat: ChatName; readonly until: number }
  | { readonly type: 'post_failed'; readonly chat: ChatName; readonly what: string; readonly why: string }
  | { readonly type: 'copy_failed'; readonly page: number; readonly chat: ChatName; readonly why: string }
  | SourceEvent

/** Who did something. */
export type Actor =
  | { readonly kind: 'person'; readonly person: PersonId; readonly via: ChatName }
  | { readonly kind: 'timer' }
  /** A system that sends alerts or changes, by its name in `integrations`. */
  | { readonly kind: 'alert'; readonly integration: string }
  | { readonly kind: 'chat'; readonly chat: ChatName }

/** An event in its stream. */
export type Happened<E = IncidentEvent> = {
  readonly seq: number
  readonly at: Instant
  readonly actor: Actor
  readonly event: E
}

/** An event of any stream. */
export type AnyHappened = Happened<{ readonly type: string }>

export const readEvent = <E = AnyHappened['event']>({ seq, at, actor, data }: StoredEvent): Happened<E> => ({
  seq,
  at,
  actor: parseActor(actor),
  event: data as E,
})

export const actorText = (actor: Actor): string =>
  actor.kind === 'person'
    ? `person:${actor.person}@${actor.via}`
    : actor.kind === 'chat'
      ? `chat:${actor.chat}`
      : actor.kind === 'alert'
        ? `alert:${actor.integration}`
        : 'timer'

function parseActor(text: string): Actor {
  const [kind, rest = ''] = text.split(':', 2)
  if (kind === 'alert') return { kind: 'alert', integration: rest }
  if (kind === 'chat') return { kind: 'chat', chat: rest }
  if (kind !== 'person') return { kind: 'timer' }
  const cut = rest.lastIndexOf('@')
  return { kind: 'person', person: rest.slice(0, cut), via: rest.slice(cut + 1) }
}
