/** What an incident remembers: what may have caused it, and corrections of its timeline. */
import { refused, say, type Told } from '../bot/answers.ts'
import { investigate as findCauses } from '../bot/evidence/candidates.ts'
import { type Block, note } from '../bot/message.ts'
import { refuse } from '../bot/refusal.ts'
import { knownOf } from '../bot/sources/known.ts'
import { investigationView } from '../bot/sources/view.ts'
import { entriesOf } from '../bot/timeline/entries.ts'
import { flag, incident, rest, word } from './args.ts'
import { command } from './command.ts'
import { sayWhatHappened } from './says.ts'

const notFound = (id: string) => refuse('no_such_incident', `There is no ${id}.`, 'Try /incident list.')

export const investigate = command({
  group: 'incident',
  name: 'investigate',
  summary: 'what may have caused it, with the reasons; asks the metrics, logs and traces anew',
  args: { incident },
  example: '/incident investigate INC-42',
  async run(context, { incident: id }) {
    const found = await context.incident(id)
    if (!found) return notFound(id)
    const { seen, standings } = knownOf(await context.history(id))
    const known = findCauses(context.world, found, await context.ingested(), seen)
    const message = investigationView(found, known, standings)
    return {
      stream: id,
      command: { do: 'investigate' as const },
      reply: (told: Told) =>
        told.refusal ? refused(told.refusal) : say({ ...message, blocks: [...message.blocks, asking(told)] }),
    }
  },
})

function asking({ happened, after }: Told): Block {
  const asked = happened.flatMap(({ event }) => (event.type === 'sources_asked' ? event.sources : []))
  return asked.length > 0 && after
    ? note(`Asking ${asked.join(', ')}: what they find is posted in `, { room: after.id })
    : note('No metrics, logs or traces are asked: the configuration has no `sources`.')
}

export const editEntry = command({
  group: 'incident',
  name: 'edit',
  summary: 'correct an entry of the timeline, or hide it; its history is kept',
  args: {
    incident,
    entry: word('the entry, such as e12'),
    text: rest('what it should say'),
    hide: flag('hide it'),
    show: flag('show it again'),
  },
  example: '/incident edit INC-42 e12 The rollback ended at 09:20',
  async run(context, { incident: stream, entry, text: words, hide, show }) {
    const found = await context.incident(stream)
    if (!found) return notFound(stream)
    const all = entriesOf(context.world, found, await context.history(stream), await context.ingested())
    if (!all.some(each => each.id === entry.toLowerCase()))
      return refuse(
        'no_such_entry',
        `${stream} has no entry ${entry}.`,
        `Its entries: /incident timeline ${stream}.`,
      )
    if (words === undefined && !hide && !show)
      return refuse(
        'nothing',
        'It is not said what to change.',
        `Like this: /incident edit ${stream} ${entry} --hide`,
      )
    if (words !== undefined && (hide || show))
      return refuse(
        'both',
        'An entry is corrected, or hidden or shown: one at a time.',
        `Like this: /incident edit ${stream} ${entry} --hide`,
      )
    const asked = { entry: entry.toLowerCase() }
    return {
      stream,
      command:
        words === undefined
          ? { do: 'hide_entry' as const, ...asked, hidden: hide === true }
          : { do: 'correct_entry' as const, ...asked, text: words },
      reply: sayWhatHappened(() => ['Nothing changed.']),
    }
  },
})
