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
import type { ActionChange, ActionEvent } from './events.ts'
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

export const buttonsOf = ({ id, status }: Action): readonly Button[] => [
  ...(status === 'open'
    ? [{ label: 'Start', command: `/action start ${id}`, style: 'primary' as const }]
    : []),
  { label: 'Done', command: `/action done ${id}` },
  { label: 'A week more', command: `/action snooze ${id} 7d` },
]

/** All of a person's items in one message. */
export function reminderView(
  { items }: Actions,
  event: Extract<ActionEvent, { type: 'reminded' }>,
  now: Instant,
): Message {
  const { led = [], also = [], more = 0 } = event
  const [overdue, due] = [
    [...event.overdue, ...also.filter(id => items.some(item => item.id === id && isOverdue(item, now)))],
    [...event.due, ...also.filter(id => items.some(item => item.id === id && !isOverdue(item, now)))],
  ]
  const lines = (ids: readonly string[]) =>
    ids.flatMap(id => items.filter(item => item.id === id).map(item => actionLine(item, now)))
  const [only] = [...overdue, ...due].length === 1 ? [...overdue, ...due] : []
  const item = items.find(each => each.id === only)
  const blocks: Block[] = [
    ...(overdue.length + due.length > 0 ? [heading('Your action items')] : []),
    ...(overdue.length > 0 ? [text([{ bold: 'Overdue' }]), list(lines(overdue))] : []),
    ...(due.length > 0 ? [text([{ bold: 'Due soon' }]), list(lines(due))] : []),
    ...(more > 0 ? [note(`and ${more} more: /action list --mine`)] : []),
    ...(item ? [buttons(...buttonsOf(item))] : []),
    ...(overdue.length + due.length > 0
      ? [note('/action start, /action done with a link, or /action snooze for more time.')]
      : []),
    ...(led.length > 0
      ? [
          heading('Overdue with those whom you lead'),
          list(lines(led)),
          note('Ask what is in the way; /action give hands one over, /action update says how it goes.'),
        ]
      : []),
  ]
  const parts = [
    ...(overdue.length + due.length > 0 ? [`${overdue.length} overdue, ${due.length} due soon`] : []),
    ...(led.length > 0 ? [`${led.length} overdue with those whom you lead`] : []),
  ]
  return {
    summary: `Action items: ${parts.join('; ')}.`,
    tone: overdue.length + led.length > 0 ? 'SEV3' : 'calm',
    blocks,
  }
}

/** What is overdue, to the team, by owner. Undefined for what says nothing of it. */
export function escalationView({ items }: Actions, event: ActionEvent, now: Instant): Message | undefined {
  const ids = event.type === 'overdue_told' ? event.items : event.type === 'reminded' ? event.escalated : []
  const late = items.filter(item => ids.includes(item.id) && isOverdue(item, now))
  if (late.length === 0) return undefined
  return {
    summary: `Overdue: ${late.map(item => item.id).join(', ')}`,
    tone: 'SEV3',
    blocks: [
      ...[...Map.groupBy(late, item => item.owner)].flatMap(([owner, own]): Block[] => [
        text([{ bold: 'Overdue action items of ' }, { mention: owner }]),
        list(own.map(item => actionLine(item, now))),
      ]),
      note('Hand one over with /action give ACT-1 @person.'),
    ],
  }
}

/** One event in a line; undefined for what nobody needs to read. */
export function describeAction({ items }: Actions, { event }: Happened<ActionEvent>): Line | undefined {
  if (!('id' in event)) return undefined
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
    case 'action_updated':
      return [...name, `: ${event.text}`]
    case 'action_changed':
      return [...name, ' was changed: ', ...changedLine(event)]
    case 'action_mirrored':
      return [...name, ' is ', { link: event.url, text: `issue ${event.number}` }]
    case 'action_linked':
      return [...name, ' has to do with ', { bold: event.incident }]
  }
}

function changedLine({ title, description, priority, dueAt }: ActionChange): Line {
  const parts: Line[] = [
    ...(title === undefined ? [] : [['its title']]),
    ...(description === undefined ? [] : [['its description']]),
    ...(priority === undefined ? [] : [[`priority ${priority}`]]),
    ...(dueAt === undefined ? [] : [['due ', { time: dueAt, as: 'at' as const }]]),
  ]
  return parts.flatMap((part, index) => (index === 0 ? part : [', ', ...part]))
}
