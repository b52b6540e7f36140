/** One action item, all of it: what it is about, how it went, and what can be done about it. */
import type { Actor } from '../incidents/events.ts'
import {
  type Block,
  buttons,
  fields,
  heading,
  type Inline,
  type Line,
  list,
  type Message,
  note,
  quote,
} from '../message.ts'
import type { Signer } from '../ports.ts'
import type { IncidentId, Instant } from '../words.ts'
import { isOverdue } from './report.ts'
import type { Action } from './state.ts'
import { buttonsOf } from './view.ts'

/** Updates in one message; the rest is in the API. */
const MAX_UPDATES = 10

export function itemView(item: Action, now: Instant, signer: Pick<Signer, 'url'>): Message {
  const { id, title, description, owner, priority, status, incident, linked, updates, evidence, issue } = item
  const page = incident === null ? null : signer.url(`/incidents/${incident}`)
  const shown = updates.slice(-MAX_UPDATES)
  const blocks: Block[] = [
    heading(`${id} · ${title}`),
    fields({
      Status: [{ bold: status }, isOverdue(item, now) ? ', overdue' : ''],
      Owner: [{ person: owner }],
      Priority: priority,
      Due: status === 'completed' ? undefined : [{ time: item.dueAt, as: 'at' }],
      Done: item.doneAt === null ? undefined : [{ time: item.doneAt, as: 'at' }, `: ${evidence ?? ''}`],
      From: incident === null ? undefined : fromLine(incident, page),
      Issue: issue === null ? undefined : [{ link: issue.url, text: `#${issue.number}` }],
      'Also in': linked.length === 0 ? undefined : linked.join(', '),
    }),
    ...(description ? [quote(description)] : []),
    ...(updates.length > shown.length ? [note(`${updates.length - shown.length} earlier updates`)] : []),
    ...(shown.length > 0
      ? [
          list(
            shown.map(
              ({ at, by, text: words }): Line => [{ time: at, as: 'at' }, ' ', ...who(by), `: ${words}`],
            ),
          ),
        ]
      : []),
    status === 'completed'
      ? buttons({ label: 'Reopen', command: `/action reopen ${id}` })
      : buttons(
          ...buttonsOf(item),
          { label: 'Update', command: `/action update ${id}` },
          { label: 'Edit', command: `/action edit ${id}` },
        ),
  ]
  return { summary: `${id}: ${title}, ${status}.`, tone: isOverdue(item, now) ? 'SEV3' : 'calm', blocks }
}

const fromLine = (incident: IncidentId, page: string | null): Line => [
  { bold: incident },
  ...(page === null
    ? [` · /incident postmortem ${incident}`]
    : [' · ', { link: page, text: 'its post-mortem' } as const]),
]

const who = (by: Actor): readonly Inline[] =>
  by.kind === 'person' ? [{ person: by.person }] : [by.kind === 'alert' ? by.integration : 'Tocsin']
