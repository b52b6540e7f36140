/** A post: one event said aloud, in the incident's channel or in the team's. */
import { ANSWER_WITHIN_MS } from '../escalation/decide.ts'
import type { Happened } from '../incidents/events.ts'
import { involved } from '../incidents/reactions.ts'
import type { Incident } from '../incidents/state.ts'
import { type Block, buttons, type Inline, type Line, list, type Message, note, text } from '../message.ts'
import { drillReport } from '../pages/drill.ts'
import { formatDuration } from '../schedules/duration.ts'
import type { World } from '../world.ts'
import { describe, people } from './describe.ts'
import { plain } from './plain.ts'

export function post(world: World, incident: Incident, happened: Happened, where: 'room' | 'team'): Message {
  const { event } = happened
  if (event.type === 'declared') return announcement(world, incident, happened)
  const line = aloud(world, incident, happened)
  const head: readonly Inline[] =
    where === 'team' ? [{ bold: `${markOf(incident)}${incident.id} ${incident.title}` }, ': '] : []
  const over = incident.drill && event.type === 'status_changed' && event.to === 'closed'
  const loud = event.type === 'chain_exhausted'
  const blocks: Block[] = [text([...head, ...(loud ? ['🚨 '] : []), ...line])]
  if (loud)
    blocks.push(
      text(['Everybody involved: ', ...mentions(incident)]),
      buttons({ label: 'Ack', command: `/incident ack ${incident.id}`, style: 'primary' }),
    )
  if (event.type === 'recurrence_seen')
    blocks.push(
      buttons(
        { label: `Reopen ${event.item}`, command: `/action reopen ${event.item}` },
        { label: `Link to ${event.item}`, command: `/action link ${event.item} ${incident.id}` },
        { label: 'Show it', command: `/action show ${event.item}` },
      ),
    )
  if (over) blocks.push(list(drillReport(world, incident)))
  if (event.type === 'ack_questioned')
    blocks.push(
      text([
        { mention: event.by },
        `: without an answer in ${formatDuration(ANSWER_WITHIN_MS)} everybody is paged again.`,
      ]),
      buttons({ label: 'Still on it', command: `/incident ack ${incident.id}`, style: 'primary' }),
    )
  if (where === 'team') blocks.push(note({ room: incident.id }))
  return {
    summary: `${markOf(incident)}${incident.id}: ${plain(world, line)}`,
    tone: loud ? incident.severity : 'calm',
    blocks,
  }
}

/** Nobody takes for real what is none. */
const markOf = ({ test, drill }: Incident): string => (test ? 'TEST · ' : drill ? 'DRILL · ' : '')

/** What happened, and for what befell a page, whose page it is: in a channel nobody knows pages by their numbers. */
export function aloud(world: World, incident: Incident, happened: Happened): Line {
  const { event } = happened
  const line = describe(world, happened)
  if (event.type !== 'page_failed' && event.type !== 'page_held' && event.type !== 'page_unanswered')
    return line
  const page = incident.pages[event.page - 1]
  return page ? [{ person: page.person }, ': ', ...line] : line
}

const mentions = (incident: Incident): readonly Inline[] => {
  const all = involved(incident)
  return all.length === 0
    ? ['nobody']
    : all.flatMap((mention, index): Inline[] => (index === 0 ? [{ mention }] : [', ', { mention }]))
}

function announcement(world: World, incident: Incident, happened: Happened): Message {
  const paged = [...new Set(incident.pages.map(page => page.person))]
  const mark = markOf(incident)
  return {
    summary: `${mark}${incident.severity} ${incident.id}: ${incident.title}`,
    tone: incident.severity,
    blocks: [
      text([{ bold: `${mark}${incident.severity} · ${incident.id} ${incident.title}` }]),
      text(describe(world, happened)),
      text(paged.length > 0 ? ['Paged: ', ...people(paged)] : ['Nobody was paged.']),
      note('Work on it in ', { room: incident.id }),
    ],
  }
}
