/**
 * Everything that can be asked of an incident: by a person, by a due timer, or by the answer of something that left.
 * One path for all of them: decide.
 */
import type { Recurrence } from '../actions/recurrence.ts'
import type { Alert } from '../alerts/types.ts'
import type { MessageAt } from '../evidence/events.ts'
import type { MessageRef, Said } from '../ports.ts'
import type { ExportName } from '../postmortem/document.ts'
import type { SectionId } from '../postmortem/template.ts'
import type { Fields } from '../severity/classify.ts'
import type { SourceCommand } from '../sources/events.ts'
import type { ChatName, Duty, PersonId, Severity, Status, Way } from '../words.ts'
import type { Judgement } from './events.ts'

export type Declaration = {
  readonly number: number
  readonly title: string
  readonly details: string
  readonly service: string | null
  readonly judged: Judgement
  /** What was known in numbers. */
  readonly figures?: Fields
  /** A person's choice, which always wins. */
  readonly severity: Severity | null
  readonly test: boolean
  readonly drill: boolean
  readonly silent?: readonly PersonId[]
  readonly broken?: readonly Way[]
  /** What declared it, when it was no person. */
  readonly alert?: { readonly integration: string; readonly alert: Alert }
}

/** What a person asks. */
export type PersonCommand =
  | ({ readonly do: 'declare' } & Declaration)
  | { readonly do: 'ack'; readonly page: number | null }
  | { readonly do: 'unack' }
  | { readonly do: 'escalate' }
  | { readonly do: 'stand_aside' }
  | { readonly do: 'page'; readonly people: readonly PersonId[] }
  | { readonly do: 'status'; readonly to: Status }
  | { readonly do: 'severity'; readonly to: Severity }
  | { readonly do: 'duty'; readonly duty: Duty; readonly person: PersonId }
  | { readonly do: 'update'; readonly text: string }
  | { readonly do: 'note'; readonly text: string }
  /** A message into the timeline; `said` is null where its words are still to be read. */
  | { readonly do: 'keep'; readonly message: MessageAt; readonly said: Said | null }
  /** All that was said in the incident's own channels. */
  | { readonly do: 'read_history' }
  | { readonly do: 'reopen' }
  | { readonly do: 'join'; readonly title: string }
  | { readonly do: 'retry_setup' }
  | { readonly do: 'hide_entry'; readonly entry: string; readonly hidden: boolean }
  | { readonly do: 'correct_entry'; readonly entry: string; readonly text: string }
  | { readonly do: 'investigate' }
  | { readonly do: 'draft_postmortem' }
  | {
      readonly do: 'write_section'
      readonly section: SectionId
      readonly text: string
      /** The revision that its writer saw; null: whichever is there. */
      readonly from: number | null
    }
  /** `seen`: how often it had been written when its reviewer read it; null: whatever is there. */
  | { readonly do: 'review_postmortem'; readonly seen: number | null }
  /** `sections`: as the facts and people give them now; what somebody wrote meanwhile counts before them. */
  | { readonly do: 'publish_postmortem'; readonly sections: Readonly<Record<SectionId, string>> }
  | { readonly do: 'give_postmortem'; readonly to: PersonId }
  | { readonly do: 'waive_postmortem'; readonly why: string }
  | { readonly do: 'export_postmortem' }

/** What a due timer asks. */
export type TimerCommand =
  | { readonly do: 'ack_lapses' }
  | { readonly do: 'postmortem_due' }
  | { readonly do: 'rung_due' }
  | { readonly do: 'step_due'; readonly page: number; readonly step: number }
  | { readonly do: 'window_over'; readonly page: number }

/** What came of a delivery. */
export type ResultCommand =
  | {
      readonly do: 'page_sent'
      readonly page: number
      readonly step: number
      readonly target: string
      readonly ref: MessageRef | null
      readonly attemptedAt?: number
      readonly acceptedAt: number
      readonly linked: boolean
      /** Why it went to the incident's channel with a mention, and not to the person directly. */
      readonly instead?: string
    }
  | {
      readonly do: 'page_failed'
      readonly page: number
      readonly step: number
      readonly target: string
      readonly why: string
      readonly final: boolean
      readonly accepted?: true
    }
  | {
      readonly do: 'page_held'
      readonly page: number
      readonly step: number
      readonly target: string
      readonly until: number
      readonly why: string
    }
  | {
      readonly do: 'page_delivered'
      readonly page: number
      readonly step: number
      readonly target: string
      readonly state: 'delivered' | 'read'
    }
  | { readonly do: 'room_opened'; readonly chat: ChatName; readonly channel: string; readonly name: string }
  | { readonly do: 'room_failed'; readonly chat: ChatName; readonly why: string }
  | { readonly do: 'card_posted'; readonly chat: ChatName; readonly ref: MessageRef; readonly shows: number }
  | { readonly do: 'setup_failed'; readonly chat: ChatName; readonly step: string; readonly why: string }
  | { readonly do: 'caught_up'; readonly chat: ChatName; readonly until: number }
  | { readonly do: 'post_failed'; readonly chat: ChatName; readonly what: string; readonly why: string }
  | { readonly do: 'copy_failed'; readonly page: number; readonly chat: ChatName; readonly why: string }
  | {
      readonly do: 'export_done'
      readonly to: ExportName
      readonly edition: number
      readonly ref: string
    }
  | { readonly do: 'export_failed'; readonly to: ExportName; readonly why: string; readonly final: boolean }
  | ({ readonly do: 'recurs' } & Recurrence)
  | { readonly do: 'message_read'; readonly message: MessageAt; readonly said: Said }
  | { readonly do: 'message_lost'; readonly message: MessageAt; readonly why: string }
  | {
      readonly do: 'history_page'
      readonly chat: ChatName
      readonly page: number
      readonly messages: readonly Said[]
      /** Where the chat goes on; null at the end. */
      readonly next: string | null
    }
  | { readonly do: 'history_lost'; readonly chat: ChatName; readonly why: string }
  | SourceCommand

/** What a system asks that sends alerts. */
export type AlertCommand = {
  readonly do: 'alert'
  readonly integration: string
  readonly alert: Alert
  readonly judged: Judgement
}

export type IncidentCommand = AlertCommand | PersonCommand | TimerCommand | ResultCommand
