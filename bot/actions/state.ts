/** All action items as they stand: the fold of their events. */
import type { Happened } from '../incidents/events.ts'
import type { IncidentId, Instant, PersonId } from '../words.ts'
import type { ActionEvent, ActionStatus, Priority } from './events.ts'

export type Action = {
  readonly id: string
  readonly title: string
  readonly owner: PersonId
  readonly priority: Priority
  readonly dueAt: Instant
  readonly status: ActionStatus
  readonly incident: IncidentId | null
  readonly addedAt: Instant
  readonly doneAt: Instant | null
  /** A link or a sentence that shows that it is done. */
  readonly evidence: string | null
  readonly snoozed: number
  /** How often its owner was reminded since it became due soon; each time the pause is longer. */
  readonly reminders: number
  readonly lastRemindedAt: Instant | null
}

export type Actions = {
  readonly seq: number
  readonly items: readonly Action[]
  /** When to look for whom to remind; null before the first time. */
  readonly lookAt: Instant | null
}

export const NO_ACTIONS: Actions = { seq: 0, items: [], lookAt: null }

export const foldActions = (
  events: readonly Happened<ActionEvent>[],
  from: Actions | undefined,
): Actions | undefined =>
  events.reduce<Actions | undefined>((state, happened) => apply(state ?? NO_ACTIONS, happened), from)

const apply = (state: Actions, { seq, at, event }: Happened<ActionEvent>): Actions => ({
  ...state,
  ...changes(state, event, at),
  seq,
})

function changes(state: Actions, event: ActionEvent, at: Instant): Partial<Actions> {
  const change = (id: string, part: Partial<Action>) => ({
    items: state.items.map(item => (item.id === id ? { ...item, ...part } : item)),
  })
  switch (event.type) {
    case 'action_added': {
      const { type: _, ...item } = event
      const fresh = { status: 'open' as const, addedAt: at, doneAt: null, evidence: null, snoozed: 0 }
      return { items: [...state.items, { ...item, ...fresh, reminders: 0, lastRemindedAt: null }] }
    }
    case 'action_started':
      return change(event.id, { status: 'in progress' })
    case 'action_done':
      return change(event.id, { status: 'completed', doneAt: at, evidence: event.evidence })
    case 'action_reopened':
      return change(event.id, { status: 'open', doneAt: null, evidence: null, reminders: 0 })
    case 'action_snoozed': {
      const snoozed = (state.items.find(item => item.id === event.id)?.snoozed ?? 0) + 1
      return change(event.id, { dueAt: event.dueAt, snoozed, reminders: 0 })
    }
    case 'action_handed_over':
      return change(event.id, { owner: event.owner, reminders: 0 })
    case 'reminded': {
      const told = new Set([...event.due, ...event.overdue])
      return {
        items: state.items.map(item =>
          told.has(item.id) ? { ...item, reminders: item.reminders + 1, lastRemindedAt: at } : item,
        ),
      }
    }
    case 'look_planned':
      return { lookAt: event.at }
  }
}
