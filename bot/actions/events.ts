/** What happens to action items. Types are only ever added to. */
import type { IncidentId, Instant, PersonId } from '../words.ts'

export const PRIORITIES = ['P1', 'P2', 'P3', 'P4'] as const
export type Priority = (typeof PRIORITIES)[number]

/** `open`: nobody began; `in progress`; `completed`, with its evidence. */
export type ActionStatus = 'open' | 'in progress' | 'completed'

export type ActionEvent =
  | {
      readonly type: 'action_added'
      readonly id: string
      readonly title: string
      readonly owner: PersonId
      readonly priority: Priority
      /** The end of its due day, on the owner's clock. */
      readonly dueAt: Instant
      /** The incident that taught it. */
      readonly incident: IncidentId | null
    }
  | { readonly type: 'action_started'; readonly id: string }
  | { readonly type: 'action_done'; readonly id: string; readonly evidence: string }
  | { readonly type: 'action_reopened'; readonly id: string; readonly why: string }
  /** Its owner asks for more time. */
  | { readonly type: 'action_snoozed'; readonly id: string; readonly dueAt: Instant; readonly why: string }
  | { readonly type: 'action_handed_over'; readonly id: string; readonly owner: PersonId }
  /** One person is told of all of theirs in one message. `escalated`: the team hears of these as well. */
  | {
      readonly type: 'reminded'
      readonly person: PersonId
      readonly due: readonly string[]
      readonly overdue: readonly string[]
      readonly escalated: readonly string[]
    }
  /** When to look again for whom to remind. */
  | { readonly type: 'look_planned'; readonly at: Instant }

export type ActionCommand =
  | {
      readonly do: 'add_action'
      readonly title: string
      readonly owner: PersonId
      readonly priority: Priority
      readonly dueAt: Instant
      readonly incident: IncidentId | null
    }
  | { readonly do: 'start_action'; readonly id: string }
  | { readonly do: 'finish_action'; readonly id: string; readonly evidence: string }
  | { readonly do: 'reopen_action'; readonly id: string; readonly why: string }
  | { readonly do: 'snooze_action'; readonly id: string; readonly dueAt: Instant; readonly why: string }
  | { readonly do: 'hand_over_action'; readonly id: string; readonly owner: PersonId }
  | { readonly do: 'remind' }
