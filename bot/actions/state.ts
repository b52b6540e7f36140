/** All action items as they stand: the fold of their events. */
import type { Actor, Happened } from '../incidents/events.ts'
import type { IncidentId, Instant, PersonId } from '../words.ts'
import type { ActionEvent, ActionStatus, Priority } from './events.ts'
import type { Mirrored } from './mirror.ts'

export type Update = { readonly at: Instant; readonly by: Actor; readonly text: string }

export type Action = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly owner: PersonId
  readonly priority: Priority
  readonly dueAt: Instant
  readonly status: ActionStatus
  /** The incident that taught it. */
  readonly incident: IncidentId | null
  /** Later ones that have to do with it. */
  readonly linked: readonly IncidentId[]
  /** Words about how it goes, oldest first. */
  readonly updates: readonly Update[]
  /** Its issue in the tracker; null where there is none. */
  readonly issue: Mirrored | null
  /** When its words, its owner or its status last changed. */
  readonly changedAt: Instant
  readonly addedAt: Instant
  readonly doneAt: Instant | null
  /** A link or a sentence that shows that it is done. */
  readonly evidence: string | null
  readonly snoozed: number
  /** How often its owner was reminded while it was due soon, and since it is overdue; each time the pause is longer. */
  readonly reminders: number
  readonly overdueReminders: number
  readonly lastRemindedAt: Instant | null
}

export type Actions = {
  readonly seq: number
  readonly items: readonly Action[]
  /** When each person was last reminded, the latest first: what their budget is counted from. */
  readonly told: Readonly<Record<PersonId, readonly Instant[]>>
  /** When to look for whom to remind; null before the first time. */
  readonly lookAt: Instant | null
}

export const NO_ACTIONS: Actions = { seq: 0, items: [], told: {}, lookAt: null }

/** Reminders of one person that are remembered: more than any budget. */
const MAX_TOLD = 10

export const foldActions = (
  events: readonly Happened<ActionEvent>[],
  from: Actions | undefined,
): Actions | undefined =>
  events.reduce<Actions | undefined>((state, happened) => apply(state ?? NO_ACTIONS, happened), from)

const UNTOLD = { reminders: 0, overdueReminders: 0 }
const FRESH = {
  status: 'open',
  issue: null,
  linked: [],
  updates: [],
  doneAt: null,
  evidence: null,
  snoozed: 0,
  lastRemindedAt: null,
  ...UNTOLD,
} as const

const updated = (item: Action, update: Update): Action => ({ ...item, updates: [...item.updates, update] })

function remindedOf(
  item: Action,
  { due, overdue }: Extract<ActionEvent, { type: 'reminded' }>,
  at: Instant,
): Action {
  if (due.includes(item.id)) return { ...item, reminders: item.reminders + 1, lastRemindedAt: at }
  if (!overdue.includes(item.id)) return item
  return { ...item, overdueReminders: item.overdueReminders + 1, lastRemindedAt: at }
}

const apply = (state: Actions, happened: Happened<ActionEvent>): Actions => ({
  ...state,
  ...changes(state, happened),
  seq: happened.seq,
})

function changes(state: Actions, { event, at, actor }: Happened<ActionEvent>): Partial<Actions> {
  const change = (id: string, part: Partial<Action>) => ({
    items: state.items.map(item => (item.id === id ? { ...item, changedAt: at, ...part } : item)),
  })
  switch (event.type) {
    case 'action_added': {
      const { type: _, description = '', ...item } = event
      return { items: [...state.items, { ...item, description, ...FRESH, addedAt: at, changedAt: at }] }
    }
    case 'action_started':
      return change(event.id, { status: 'in progress' })
    case 'action_done':
      return change(event.id, { status: 'completed', doneAt: at, evidence: event.evidence })
    case 'action_reopened':
      return change(event.id, { status: 'open', doneAt: null, evidence: null, ...UNTOLD })
    case 'action_snoozed': {
      const snoozed = (state.items.find(item => item.id === event.id)?.snoozed ?? 0) + 1
      return change(event.id, { dueAt: event.dueAt, snoozed, ...UNTOLD })
    }
    case 'action_handed_over':
      return change(event.id, { owner: event.owner, ...UNTOLD })
    case 'action_updated':
      return {
        items: state.items.map(item =>
          item.id === event.id ? updated(item, { at, by: actor, text: event.text }) : item,
        ),
      }
    case 'action_changed': {
      const { type: _, id, ...part } = event
      return change(id, part.dueAt === undefined ? part : { ...part, ...UNTOLD })
    }
    case 'action_mirrored': {
      const { number, url, at: seenAt } = event
      const issue = { number, url, at: seenAt }
      return { items: state.items.map(item => (item.id === event.id ? { ...item, issue } : item)) }
    }
    case 'action_linked':
      return {
        items: state.items.map(item =>
          item.id === event.id ? { ...item, linked: [...item.linked, event.incident] } : item,
        ),
      }
    case 'reminded':
      return {
        items: state.items.map(item => remindedOf(item, event, at)),
        told: { ...state.told, [event.person]: [at, ...(state.told[event.person] ?? [])].slice(0, MAX_TOLD) },
      }
    case 'overdue_told':
      return {}
    case 'look_planned':
      return { lookAt: event.at }
  }
}
