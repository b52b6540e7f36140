/** What an incident remembers: what changed before it, and corrections of its timeline. */
import { say } from '../bot/answers.ts'
import { candidatesOf, onsetOf } from '../bot/evidence/candidates.ts'
import { type Block, heading, type Line, list, note, text } from '../bot/message.ts'
import { refuse } from '../bot/refusal.ts'
import { entriesOf } from '../bot/timeline/entries.ts'
import { flag, incident, rest, word } from './args.ts'
import { command } from './command.ts'
import { sayWhatHappened } from './says.ts'

const notFound = (id: string) => refuse('no_such_incident', `There is no ${id}.`, 'Try /incident list.')

export const investigate = command({
  group: 'incident',
  name: 'investigate',
  summary: 'what changed before it and may have caused it, with the reasons',
  args: { incident },
  example: '/incident investigate INC-42',
  async run(context, { incident: id }) {
    const found = await context.incident(id)
    if (!found) return notFound(id)
    const candidates = candidatesOf(context.world, found, await context.ingested())
    const alerts = Object.values(found.alerts).sort((a, b) => (a.startsAt ?? 0) - (b.startsAt ?? 0))
    const lines = candidates
      .slice(0, 5)
      .map(
        (each): Line => [
          { bold: `${Math.round(each.score * 100)} %` },
          ` ${each.title}: ${each.reasons.join('; ')}`,
          ...(each.link ? [' ', { link: each.link, text: 'look' }] : []),
        ],
      )
    const blocks: Block[] = [
      heading(`What may have caused ${id}`),
      ...(lines.length > 0
        ? [list(lines)]
        : [
            text('No change to its service, or to what that depends on, is known in the 24 hours before it.'),
          ]),
      note(
        'The first sign was at ',
        { time: onsetOf(found), as: 'at' },
        alerts[0] ? `: ${alerts[0].title}` : ', when it was declared',
      ),
    ]
    const [first] = candidates
    return say({
      summary: first ? `${id}: ${first.title}, ${first.reasons[0]}` : `${id}: no change is known before it.`,
      tone: 'calm',
      blocks,
    })
  },
})

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
