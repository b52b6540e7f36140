/**
 * A page as its person reads it, half asleep: what is broken, how bad, why them, and the three buttons. When it is over the
 * same message says who has it, and the buttons are gone.
 */
import { mark } from '../incidents/card.ts'
import type { Incident, Page } from '../incidents/state.ts'
import {
  type Block,
  buttons,
  fields,
  heading,
  type Line,
  type Message,
  note,
  quote,
  text,
} from '../message.ts'
import { formatDuration } from '../schedules/duration.ts'
import type { PersonId } from '../words.ts'
import type { World } from '../world.ts'

export function pageView(world: World, incident: Incident, page: Page, repeat: boolean): Message {
  const title = `${mark(incident)}${incident.severity} · ${incident.id} · ${incident.title}`
  if (page.ended !== null) return over(incident, page, title)
  const again = repeat ? '(repeat) ' : ''
  const blocks: Block[] = [
    heading(`📟 ${again}${title}`),
    text([`You are paged: ${page.why}.`]),
    fields({
      Service: incident.service ?? undefined,
      Declared: [
        ...(incident.declaredBy.kind === 'person'
          ? ['by ', { person: incident.declaredBy.person }, ' ']
          : []),
        { time: incident.declaredAt, as: 'relative' },
      ],
      Why: incident.judged.criterion === 'default' ? undefined : incident.judged.criterion,
    }),
  ]
  if (incident.details) blocks.push(quote(incident.details))
  if (page.lateMs > 0)
    blocks.push(note(`This page is ${formatDuration(page.lateMs)} late: Tocsin was not running.`))
  blocks.push(buttons(...pageButtons(incident, page)), note('Work on it in ', { room: incident.id }))
  const zone = world.config.team.name
  return {
    summary: `${again}${mark(incident)}${incident.severity} ${incident.id}: ${incident.title} (${zone})`,
    tone: incident.severity,
    blocks,
  }
}

/** A page for somebody who cannot be written to directly: the same, where they are mentioned. */
export const mentionedPage = (person: PersonId, page: Message): Message => ({
  ...page,
  blocks: [text([{ mention: person }]), ...page.blocks],
})

const pageButtons = ({ id }: Incident, { page, rung }: Page) => [
  { label: 'Ack', command: `/incident ack ${id} --page ${page}`, style: 'primary' as const },
  ...(rung
    ? [
        { label: 'Escalate', command: `/incident escalate ${id}` },
        { label: 'Not me', command: `/incident notme ${id}` },
      ]
    : []),
]

function over(incident: Incident, page: Page, title: string): Message {
  const line = ending(incident, page)
  const named = page.ended === 'acknowledged' || page.ended === 'answered'
  return {
    summary: title,
    tone: named ? 'good' : 'calm',
    blocks: [heading(title), text(line), note('Work on it in ', { room: incident.id })],
  }
}

function ending(incident: Incident, page: Page): Line {
  switch (page.ended) {
    case 'acknowledged':
      return incident.acked
        ? [
            '✅ Acknowledged by ',
            { person: incident.acked.by },
            ` after ${formatDuration(incident.acked.afterMs)}.`,
          ]
        : ['It was acknowledged.']
    case 'answered':
      return ['✅ Answered by ', { person: page.person }, '.']
    case 'stood aside':
      return ['You said "Not me"; the next rung was paged.']
    case 'replaced':
      return [`A new chain of pages started (${incident.severity}).`]
    case 'unanswered':
      return ['Nobody answered this page.']
    default:
      return [`The incident is ${incident.status}; nobody is paged any more.`]
  }
}

/** A rung that is a channel. */
export function callView(incident: Incident, why: string): Message {
  const title = `${mark(incident)}${incident.severity} · ${incident.id} · ${incident.title}`
  return {
    summary: title,
    tone: incident.severity,
    blocks: [
      heading(title),
      ...(incident.details ? [quote(incident.details)] : []),
      text([`For this channel: ${why}. ${incident.severity} asks nobody to get up.`]),
      buttons({ label: 'Ack', command: `/incident ack ${incident.id}`, style: 'primary' }),
      note('Work on it in ', { room: incident.id }),
    ],
  }
}
