/** What happens to action items. Types are only ever added to. */
import type { Issue } from '../ports.ts'
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
      /** Absent in items that were added before there were any. */
      readonly description?: string
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
  /** A word about how it goes. */
  | { readonly type: 'action_updated'; readonly id: string; readonly text: string }
  | ({ readonly type: 'action_changed'; readonly id: string } & ActionChange)
  /** Its issue in the tracker, as of the last time that it was written or read. `stale`: it says what the item said before. */
  | {
      readonly type: 'action_mirrored'
      readonly id: string
      readonly number: number
      readonly url: string
      readonly at: Instant
      readonly stale?: true
    }
  /** Another incident has to do with it: the one that came back. */
  | { readonly type: 'action_linked'; readonly id: string; readonly incident: IncidentId }
  /**
   * One person is told of all that concerns them in one message: of their own items, and as a lead of what is overdue with those
   * whom they lead. `escalated`: of their own, what others hear of as well; `also`: mentioned, since there is a message anyway,
   * though their turn is later; `more`: so many were left out of this message.
   */
  | {
      readonly type: 'reminded'
      readonly person: PersonId
      readonly due: readonly string[]
      readonly overdue: readonly string[]
      readonly escalated: readonly string[]
      readonly led?: readonly string[]
      readonly also?: readonly string[]
      readonly more?: number
    }
  /** The team hears of what is overdue, in one message. */
  | { readonly type: 'overdue_told'; readonly items: readonly string[] }
  /** When to look again for whom to remind. */
  | { readonly type: 'look_planned'; readonly at: Instant }

/** What of an item can be said anew. */
export type ActionChange = {
  readonly title?: string
  readonly description?: string
  readonly priority?: Priority
  readonly dueAt?: Instant
}

export type ActionCommand =
  | {
      readonly do: 'add_action'
      readonly title: string
      readonly description: string
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
  | { readonly do: 'update_action'; readonly id: string; readonly text: string }
  | { readonly do: 'change_action'; readonly id: string; readonly change: ActionChange }
  /** What became of writing its issue. */
  | { readonly do: 'mirrored'; readonly id: string; readonly issue: Issue }
  /** Issues as they are now: some belong to items. */
  | { readonly do: 'issues_seen'; readonly issues: readonly Issue[] }
  | { readonly do: 'link_action'; readonly id: string; readonly incident: IncidentId }
  | { readonly do: 'remind' }
