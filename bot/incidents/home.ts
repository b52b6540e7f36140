/** The home page of one person: the pages that wait for them, the open incidents, who is on call, and where to begin. */
import type { Engine } from '../engine/handle.ts'
import type { Worlds } from '../engine/worlds.ts'
import { type Block, buttons, heading, type Line, list, type Message, note, text } from '../message.ts'
import { pageView } from '../pages/view.ts'
import type { ChatUser, Clock, IncidentSummary, Store } from '../ports.ts'
import { onCallNow } from '../schedules/view.ts'
import type { ChatName } from '../words.ts'
import { livePages } from './state.ts'

type Parts = {
  readonly worlds: Worlds
  readonly engine: Engine
  readonly store: Store
  readonly clock: Clock
}

/** Open incidents on one page. */
const MAX_SHOWN = 10

export async function homeOf(parts: Parts, chat: ChatName, user: ChatUser): Promise<Message> {
  const world = parts.worlds.current()
  const person = Object.values(world.config.people).find(each => each.identities[chat] === user.id)
  const open = await parts.store.incidents({ open: true, limit: MAX_SHOWN })
  const mine = person ? await pagesFor(parts, open, person.id) : []
  const blocks: Block[] = [
    ...(person
      ? []
      : [
          note(
            `You are not linked yet: have ${chat}: ${user.id} added under your name in the configuration.`,
          ),
        ]),
    ...(mine.length > 0 ? [heading('Your pages'), ...mine] : []),
    heading(open.length === 0 ? 'No incident is open' : 'Open incidents'),
    ...(open.length === 0 ? [] : [list(open.map(line))]),
    buttons({ label: 'Declare an incident', command: '/incident declare', style: 'primary' }),
    ...onCallNow(world, parts.clock.now()).blocks,
    text([{ code: '/incident help' }, ' lists every command.']),
  ]
  return { summary: `${open.length} open incidents`, tone: 'calm', blocks }
}

async function pagesFor(
  { engine, worlds }: Parts,
  open: readonly IncidentSummary[],
  person: string,
): Promise<readonly Block[]> {
  const incidents = await Promise.all(open.map(({ id }) => engine.incident(id)))
  return incidents.flatMap(incident => {
    const page = incident && livePages(incident).find(each => each.person === person)
    return page ? pageView(worlds.current(), incident, page, false).blocks : []
  })
}

const line = (summary: IncidentSummary): Line => [
  { bold: `${summary.severity} ${summary.id}` },
  ` ${summary.title} · ${summary.status}${summary.acked ? ' · acknowledged' : ''} `,
  { room: summary.id },
]
