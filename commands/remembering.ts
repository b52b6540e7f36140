/** What an incident remembers: what changed before it, its post-mortem, and corrections of its timeline. */
import { refused, say, type Told } from '../bot/answers.ts'
import { candidatesOf, onsetOf } from '../bot/evidence/candidates.ts'
import { type Block, buttons, heading, type Line, list, note, text } from '../bot/message.ts'
import type { ChatAnswer } from '../bot/ports.ts'
import { blameful } from '../bot/postmortem/blameless.ts'
import { blanksOf, type Postmortem, SECTIONS } from '../bot/postmortem/document.ts'
import { remember } from '../bot/postmortem/load.ts'
import { rows } from '../bot/postmortem/render.ts'
import { refuse } from '../bot/refusal.ts'
import { entriesOf } from '../bot/timeline/entries.ts'
import type { IncidentId } from '../bot/words.ts'
import { choiceOption, flag, incident, option, rest, word } from './args.ts'
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

export const postmortem = command({
  group: 'incident',
  name: 'postmortem',
  summary: 'the post-mortem: begin it, write a section, review and publish it',
  args: {
    incident,
    text: rest('with --section: what the section says'),
    section: choiceOption('section: the one to write', SECTIONS),
    revision: { ...option('the revision that was seen'), hidden: true as const },
    review: flag('say that you have read it and it is right'),
    publish: flag('publish it to the team'),
  },
  example: '/incident postmortem INC-42',
  async run(context, { incident: id, text: words, section, revision, review, publish }) {
    const known = await remember(context, context.world, id)
    if (!known) return notFound(id)
    const { incident: found, postmortem: document } = known
    if (section !== undefined) {
      const there = document.sections.find(each => each.id === section)
      if (words === undefined) return form(id, section, there?.text ?? '', there?.revision ?? 0)
      const from = revision === undefined ? null : Number(revision)
      return {
        stream: id,
        command: { do: 'write_section', section, text: words, from },
        reply: written(words),
      }
    }
    const nothing = sayWhatHappened(() => ['Nothing changed.'])
    if (review) return { stream: id, command: { do: 'review_postmortem' }, reply: nothing }
    if (publish)
      return {
        stream: id,
        command: { do: 'publish_postmortem', blanks: blanksOf(document).map(each => each.title) },
        reply: nothing,
      }
    if (!found.postmortem) return { stream: id, command: { do: 'draft_postmortem' }, reply: begun(document) }
    return say(overview(document))
  },
})

const begun =
  (document: Postmortem) =>
  (told: Told): ChatAnswer =>
    told.refusal ? refused(told.refusal) : say(overview(document))

/** Written; with a hint where the words blame somebody. */
const written =
  (words: string) =>
  (told: Told): ChatAnswer => {
    if (told.refusal) return refused(told.refusal)
    const hints = blameful(words).map(({ phrase, instead }): Line => [`"${phrase}": ${instead}.`])
    const line = 'The section is kept.'
    return say({
      summary: line,
      tone: 'calm',
      blocks: [text(line), ...(hints.length > 0 ? [list(hints)] : [])],
    })
  }

function overview(document: Postmortem) {
  const { incident: id, sections, status, figures, title } = document
  const blanks = blanksOf(document)
  return {
    summary: `Post-mortem of ${id}: ${status}, ${blanks.length} sections to be filled in.`,
    tone: 'calm' as const,
    blocks: [
      heading(`Post-mortem of ${id}: ${title}`),
      list(rows(figures).map(([name, value]): Line => [{ bold: name }, `: ${value}`])),
      text([{ bold: 'Status: ' }, status]),
      ...(blanks.length > 0 ? [text(`To be filled in: ${blanks.map(each => each.title).join(', ')}.`)] : []),
      buttons(
        ...blanks.slice(0, 3).map(each => ({
          label: `Write ${each.title}`.slice(0, 40),
          command: `/incident postmortem ${id} --section ${each.id}`,
        })),
        { label: 'Reviewed', command: `/incident postmortem ${id} --review` },
        { label: 'Publish', command: `/incident postmortem ${id} --publish`, style: 'primary' as const },
      ),
      note(
        `${sections.length} sections. The whole of it: tocsin postmortem ${id}, or the console's page of the incident.`,
      ),
    ],
  }
}

const form = (id: IncidentId, section: string, value: string, revision: number): ChatAnswer => ({
  kind: 'form',
  form: {
    title: 'Write the post-mortem',
    submit: 'Keep',
    command: `/incident postmortem ${id} --section ${section} --revision ${revision}`,
    inputs: [
      {
        kind: 'lines',
        name: 'text',
        label: section.replace('_', ' '),
        maxLength: 3000,
        value: value.slice(0, 3000),
      },
    ],
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
