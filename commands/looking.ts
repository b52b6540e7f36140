/** Looking without changing anything: list, show, timeline, who is on call, help. */
import { type Reply, refused, say } from '../bot/answers.ts'
import { nameOf } from '../bot/incidents/asked.ts'
import { card } from '../bot/incidents/card.ts'
import { homeOf } from '../bot/incidents/home.ts'
import { type Block, heading, type Line, list, type Message, note, text } from '../bot/message.ts'
import { why } from '../bot/pages/why.ts'
import { refuse } from '../bot/refusal.ts'
import { incidentPath, pageLink } from '../bot/sessions/link.ts'
import { entriesOf } from '../bot/timeline/entries.ts'
import { plain } from '../bot/timeline/plain.ts'
import { flag, incident, person } from './args.ts'
import { command } from './command.ts'
import { sayLine } from './says.ts'

/** Entries of a timeline in chat; the rest is on its page and in `tocsin export`. */
const MAX_ENTRIES = 40

/** What the home page of a chat shows, for a chat that has none. */
export const home = command({
  group: 'incident',
  name: 'home',
  summary: 'your pages, the open incidents, and who is on call',
  args: {},
  example: '/incident home',
  run: async context => say(await homeOf(context, context.input.chat, context.input.user)),
})

export const listOpen = command({
  group: 'incident',
  name: 'list',
  summary: 'the open incidents',
  args: {},
  example: '/incident list',
  async run(context) {
    const open = await context.openIncidents()
    const lines = open.map(
      (each): Line => [
        { bold: `${each.severity} ${each.id}` },
        ` ${each.title} · ${each.status} · `,
        { time: each.declaredAt, as: 'relative' },
        ' ',
        { room: each.id },
      ],
    )
    const blocks: Block[] =
      lines.length === 0
        ? [text('No incident is open.')]
        : [heading(`Open incidents (${open.length})`), list(lines)]
    return say({
      summary:
        open.length === 0
          ? 'No incident is open.'
          : `${open.length} open: ${open.map(each => each.id).join(', ')}`,
      tone: 'calm',
      blocks,
    })
  },
})

export const show = command({
  group: 'incident',
  name: 'show',
  summary: 'the card of an incident',
  args: { incident },
  example: '/incident show INC-42',
  async run(context, { incident: id }) {
    const found = await context.incident(id)
    return found ? say(card(context.world, found)) : notFound(id)
  },
})

export const timeline = command({
  group: 'incident',
  name: 'timeline',
  summary: 'everything that happened, in order',
  args: { incident, history: flag('first put in all that was said in its channel since the declaration') },
  example: '/incident timeline INC-42',
  async run(context, { incident: id, history: wanted }) {
    if (wanted)
      return {
        stream: id,
        command: { do: 'read_history' },
        reply: reading,
      }
    const history = await context.history(id)
    if (history.length === 0) return notFound(id)
    const found = await context.incident(id)
    if (!found) return notFound(id)
    const lines = entriesOf(context.world, found, history, await context.ingested())
      .filter(entry => !entry.hidden)
      .map(
        (entry): Line => [
          { code: entry.id },
          ' ',
          { time: entry.at, as: 'at' },
          ` ${entry.text}`,
          ...(entry.addedBy ? [` (kept by ${entry.addedBy})`] : []),
        ],
      )
    const shown = lines.slice(-MAX_ENTRIES)
    const more = lines.length - shown.length
    const message: Message = {
      summary: `${id}: ${lines.length} entries`,
      tone: 'calm',
      blocks: [
        heading(`Timeline of ${id}`),
        ...(more > 0 ? [note(`The last ${shown.length}; ${more} came before them.`)] : []),
        list(shown),
        ...onTheWeb(pageLink(context, incidentPath(id))),
      ],
    }
    return say(message)
  },
})

const reading: Reply = ({ refusal, happened, before, world }) =>
  refusal
    ? refused(refusal)
    : sayLine(world, [
        'What was said in the channel of ',
        { bold: before?.id ?? '' },
        happened.length > 0
          ? ' is read into its timeline now; the end is said in the channel.'
          : ' is being read already; the end is said in the channel.',
      ])

/** The whole of it, for the one who asks. */
const onTheWeb = (link: string | null): readonly Block[] =>
  link === null ? [] : [note({ link, text: 'The whole of it, drawn' })]

const notFound = (id: string) => refuse('no_such_incident', `There is no ${id}.`, 'Try /incident list.')

export const whyPaged = command({
  group: 'incident',
  name: 'why',
  summary: 'why somebody was paged, or why not, step by step',
  args: { incident, person },
  example: '/incident why INC-42 @ben',
  async run(context, { incident: id, person: who }) {
    const found = await context.incident(id)
    if (!found) return notFound(id)
    const lines = why(context.world, found, await context.history(id), who, context.now)
    const title = `${id}: ${nameOf(context.world, who)}`
    return say({
      summary: `${title}: ${plain(context.world, lines.at(-1) ?? [])}`,
      tone: 'calm',
      blocks: [heading(title), list(lines)],
    })
  },
})
