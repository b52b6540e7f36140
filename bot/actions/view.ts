/** Action items as people read them: told to their owner, listed, counted, reminded of. */
import type { Happened } from '../incidents/events.ts'
import {
  type Block,
  type Button,
  buttons,
  heading,
  type Line,
  list,
  type Message,
  note,
  text,
} from '../message.ts'
import { formatDuration } from '../schedules/duration.ts'
import type { Instant, PersonId } from '../words.ts'
import type { ActionEvent } from './events.ts'
import { isOverdue, report } from './report.ts'
import type { Action, Actions } from './state.ts'

/** Items in one list. */
const MAX_SHOWN = 20

export const actionLine = (item: Action, now: Instant): Line => [
  { bold: `${item.id} ${item.priority}` },
  ` ${item.title} · `,
  { person: item.owner },
  ` · ${item.status}`,
  ...(item.status === 'completed'
    ? [`: ${item.evidence ?? ''}`]
    : [
        isOverdue(item, now) ? ` · overdue by ${days(now - item.dueAt)}, was due ` : ' · due ',
        { time: item.dueAt, as: 'at' as const },
      ]),
]

const days = (ms: number): string =>
  formatDuration(Math.max(60_000, Math.floor(ms / 3_600_000) * 3_600_000 || ms))

export function listView({ items }: Actions, now: Instant, whose: PersonId | undefined): Message {
  const open = items.filter(
    item => item.status !== 'completed' && (whose === undefined || item.owner === whose),
  )
  const sorted = [...open].sort((a, b) => a.dueAt - b.dueAt)
  const summary = `${open.length} action ${open.length === 1 ? 'item' : 'items'} to do.`
  return {
    summary,
    tone: 'calm',
    blocks: [
      text(summary),
      ...(sorted.length > 0 ? [list(sorted.slice(0, MAX_SHOWN).map(item => actionLine(item, now)))] : []),
      ...(sorted.length > MAX_SHOWN ? [note(`and ${sorted.length - MAX_SHOWN} more: /action report`)] : []),
    ],
  }
}

export function reportView({ items }: Actions, now: Instant): Message {
  const all = report(items, now)
  const line = (name: Line, each: Omit<typeof all, 'byOwner' | 'byPriority'>): Line => [
    ...name,
    `: ${each.total} in all, ${each.open} open, ${each.inProgress} in progress, ${each.completed} completed, ${each.overdue} overdue`,
  ]
  return {
    summary: `${all.total} action items: ${all.open} open, ${all.inProgress} in progress, ${all.completed} completed, ${all.overdue} overdue.`,
    tone: 'calm',
    blocks: [
      text(line([{ bold: 'Action items' }], all)),
      list([
        ...Object.entries(all.byPriority)
          .filter(([, each]) => each.total > 0)
          .map(([priority, each]) => line([priority], each)),
        ...Object.entries(all.byOwner).map(([person, each]) => line([{ person }], each)),
      ]),
    ],
  }
}

/** What its owner is told of one item, with what they can press. */
export const toldView = (item: Action, words: Line): Message => ({
  summary: `${item.id}: ${item.title}`,
  tone: 'calm',
  blocks: [text(words), ...(item.status === 'completed' ? [] : [buttons(...buttonsOf(item))])],
})

const buttonsOf = ({ id, status }: Action): readonly Button[] => [
  ...(status === 'open'
    ? [{ label: 'Start', command: `/action start ${id}`, style: 'primary' as const }]
    : []),
  { label: 'Done', command: `/action done ${id}` },
  { label: 'A week more', command: `/action snooze ${id} 7d` },
]

/** All of a person's items in one message. */
export function reminderView(
  { items }: Actions,
  { due, overdue }: Extract<ActionEvent, { type: 'reminded' }>,
  now: Instant,
): Message {
  const lines = (ids: readonly string[]) =>
    ids.flatMap(id => items.filter(item => item.id === id).map(item => actionLine(item, now)))
  const [only] = [...overdue, ...due].length === 1 ? [...overdue, ...due] : []
  const item = items.find(each => each.id === only)
  const blocks: Block[] = [
    heading('Your action items'),
    ...(overdue.length > 0 ? [text([{ bold: 'Overdue' }]), list(lines(overdue))] : []),
    ...(due.length > 0 ? [text([{ bold: 'Due soon' }]), list(lines(due))] : []),
    ...(item ? [buttons(...buttonsOf(item))] : []),
    note('/action start, /action done with a link, or /action snooze for more time.'),
  ]
  return {
    summary: `${overdue.length} overdue, ${due.length} due soon.`,
    tone: overdue.length > 0 ? 'SEV3' : 'calm',
    blocks,
  }
}

export function escalationView(
  { items }: Actions,
  { person, escalated }: Extract<ActionEvent, { type: 'reminded' }>,
  now: Instant,
): Message {
  const late = items.filter(item => escalated.includes(item.id))
  return {
    summary: `Overdue: ${late.map(item => item.id).join(', ')}`,
    tone: 'SEV3',
    blocks: [
      text([{ bold: 'Overdue action items of ' }, { mention: person }]),
      list(late.map(item => actionLine(item, now))),
      note('Hand one over with /action give ACT-1 @person.'),
    ],
  }
}

/** One event in a line; undefined for what nobody needs to read. */
export function describeAction({ items }: Actions, { event }: Happened<ActionEvent>): Line | undefined {
  if (event.type === 'reminded' || event.type === 'look_planned') return undefined
  const title = items.find(item => item.id === event.id)?.title ?? ''
  const name = [{ bold: event.id }, ` ${title}`]
  switch (event.type) {
    case 'action_added':
      return [...name, ' · ', { person: event.owner }, ', due ', { time: event.dueAt, as: 'at' }]
    case 'action_started':
      return [...name, ' is in progress']
    case 'action_done':
      return [...name, ` is done: ${event.evidence}`]
    case 'action_reopened':
      return [...name, ` is open again: ${event.why}`]
    case 'action_snoozed':
      return [...name, ' is due ', { time: event.dueAt, as: 'at' }, ' now']
    case 'action_handed_over':
      return [...name, ' is ', { person: event.owner }, "'s now"]
  }
}
