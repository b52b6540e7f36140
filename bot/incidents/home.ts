/** The home page of one person: the pages that wait for them, the open incidents, who is on call, and where to begin. */
import { type Block, buttons, heading, type Line, list, type Message, note, text } from '../message.ts'
import { pageView } from '../pages/view.ts'
import type { ChatUser, IncidentSummary } from '../ports.ts'
import { onCallNow } from '../schedules/view.ts'
import type { ChatName, IncidentId, Instant } from '../words.ts'
import type { World } from '../world.ts'
import { type Incident, livePages } from './state.ts'

/** What a home page is made of. */
export type HomeParts = {
  readonly world: World
  readonly now: Instant
  readonly openIncidents: () => Promise<readonly IncidentSummary[]>
  readonly incident: (id: IncidentId) => Promise<Incident | undefined>
}

/** Open incidents on one page. */
const MAX_SHOWN = 10

export async function homeOf(parts: HomeParts, chat: ChatName, user: Pick<ChatUser, 'id'>): Promise<Message> {
  const { world } = parts
  const person = Object.values(world.config.people).find(each => each.identities[chat] === user.id)
  const open = (await parts.openIncidents()).slice(0, MAX_SHOWN)
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
    ...onCallNow(world, parts.now).blocks,
    text([{ code: '/incident help' }, ' lists every command.']),
  ]
  return {
    summary: `${open.length} open ${open.length === 1 ? 'incident' : 'incidents'}`,
    tone: 'calm',
    blocks,
  }
}

async function pagesFor(
  { incident, world }: HomeParts,
  open: readonly IncidentSummary[],
  person: string,
): Promise<readonly Block[]> {
  const incidents = await Promise.all(open.map(({ id }) => incident(id)))
  return incidents.flatMap(each => {
    const page = each && livePages(each).find(live => live.person === person)
    return page ? pageView(world, each, page, false).blocks : []
  })
}

const line = (summary: IncidentSummary): Line => [
  { bold: `${summary.severity} ${summary.id}` },
  ` ${summary.title} · ${summary.status}${summary.acked ? ' · acknowledged' : ''} `,
  { room: summary.id },
]
