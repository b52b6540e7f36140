/** `/incident postmortem`: begin it, write a section, hand it on, review it, publish it. */
import { refused, say, type Told } from '../bot/answers.ts'
import { nameOf } from '../bot/incidents/asked.ts'
import { type Block, buttons, type Line, list, quote, text } from '../bot/message.ts'
import type { ChatAnswer } from '../bot/ports.ts'
import { blameful } from '../bot/postmortem/blameless.ts'
import { hintFor } from '../bot/postmortem/cause.ts'
import { reviewNote, unknownSection } from '../bot/postmortem/decide.ts'
import type { Postmortem } from '../bot/postmortem/document.ts'
import { type Remembered, remember } from '../bot/postmortem/load.ts'
import { overview, type Seen } from '../bot/postmortem/view.ts'
import { type Refusal, refuse } from '../bot/refusal.ts'
import { pageLink, postmortemPath } from '../bot/sessions/link.ts'
import type { IncidentId } from '../bot/words.ts'
import { flag, incident, option, person, rest } from './args.ts'
import { type Context, command, type Kept, type Outcome, type Todo } from './command.ts'
import { sayWhatHappened } from './says.ts'

/** What a form takes on every chat; a longer text is edited on its page. */
const MAX_FORM = 3000

export const postmortem = command({
  group: 'incident',
  name: 'postmortem',
  summary: 'the post-mortem: begin it, write a section, review and publish it',
  args: {
    incident,
    text: rest('with --section: what the section says; with --waive: why'),
    section: { ...option('the section to write'), completes: 'section' as const },
    revision: { ...option('the revision that was seen'), hidden: true as const },
    again: { ...option('keeps what was held back before'), hidden: true as const },
    seen: { ...option('how often it had been written when it was read'), hidden: true as const },
    begin: { ...flag('begin it although there was to be none'), hidden: true as const },
    facts: flag('with --section: take back what was written, as the facts give it'),
    owner: {
      ...option('who is to finish it'),
      completes: 'person' as const,
      read: person.read,
    },
    review: flag('say that you have read it and it is right'),
    publish: flag('publish it to the team; again, when it was written to since'),
    export: flag('export it again to where the configuration says'),
    waive: flag('there will be none; say why'),
  },
  example: '/incident postmortem INC-42',
  async run(context, { incident: id, text: words, section, ...asked }) {
    const known = await remember(context, context.world, id)
    if (!known) return refuse('no_such_incident', `There is no ${id}.`, 'Try /incident list.')
    if (asked.again !== undefined) return putOver(context, id, asked.again)
    if (section !== undefined)
      return writing(context, known, section.toLowerCase(), asked.facts ? '' : words, asked.revision)
    const nothing = sayWhatHappened(() => ['Nothing changed.'])
    const todo = (what: Todo['command'], reply = nothing): Todo => ({ stream: id, command: what, reply })
    if (asked.owner !== undefined) return todo({ do: 'give_postmortem', to: asked.owner })
    if (asked.export) return todo({ do: 'export_postmortem' })
    if (asked.waive) return todo({ do: 'waive_postmortem', why: words ?? '' })
    if (asked.review)
      return todo({ do: 'review_postmortem', seen: numberOf(asked.seen) }, reviewed(context.person))
    if (asked.publish) return todo({ do: 'publish_postmortem', sections: textsOf(known.postmortem) })
    const { postmortem: state } = known.incident
    return state && !(state.waived && asked.begin)
      ? say(overview(seenBy(context, known)))
      : todo({ do: 'draft_postmortem' }, begun(context, known))
  },
})

const numberOf = (text: string | undefined): number | null => (text === undefined ? null : Number(text))

const seenBy = (context: Context, { incident: found, postmortem: document }: Remembered): Seen => ({
  world: context.world,
  incident: found,
  postmortem: document,
  url: pageLink(context, postmortemPath(found.id)),
})

const textsOf = ({ sections }: Postmortem): Readonly<Record<string, string>> =>
  Object.fromEntries(sections.map(each => [each.id, each.text]))

const begun =
  (context: Context, known: Remembered) =>
  ({ refusal, after }: Told): ChatAnswer =>
    refusal || !after
      ? refused(refusal ?? refuse('gone', 'It is gone.'))
      : say(overview(seenBy(context, { ...known, incident: after })))

/** What a review is worth is said with it. */
const reviewed =
  (by: string) =>
  (told: Told): ChatAnswer => {
    const answer = sayWhatHappened(() => ['You have read it already, as it is now.'])(told)
    const note = told.refusal || !told.after?.postmortem ? undefined : reviewNote(told.after.postmortem, by)
    if (note === undefined || answer.kind !== 'say') return answer
    const { message } = answer
    return say({
      ...message,
      summary: `${message.summary}. ${note}`,
      blocks: [...message.blocks, text(note)],
    })
  }

function writing(
  context: Context,
  { incident: { id }, postmortem: document }: Remembered,
  section: string,
  words: string | undefined,
  revision: string | undefined,
): Outcome | Refusal {
  const there = document.sections.find(each => each.id === section)
  if (!there)
    return unknownSection(
      document.sections.map(each => each.id),
      section,
    )
  if (words === undefined)
    return there.text.length > MAX_FORM
      ? refuse(
          'too_long',
          `"${there.title}" has ${there.text.length} characters, more than a form takes.`,
          pageLink(context, '/') === null
            ? `Write it anew: /incident postmortem ${id} --section ${section} and the text.`
            : `Write it on its page: /incident postmortem ${id} has the link.`,
        )
      : form(id, there)
  const from = numberOf(revision)
  if (from !== null && from !== there.revision && words.trim() !== there.text)
    return holdBack(context, id, there, words.trim())
  return {
    stream: id,
    command: { do: 'write_section', section, text: words, from },
    reply: written(
      words,
      Object.values(context.world.config.people).map(each => each.name),
    ),
  }
}

/** What somebody wrote while somebody else did: kept until they say which of the two it is to be. */
type HeldBack = { readonly section: string; readonly text: string; readonly from: number }

function holdBack(
  { input, world }: Context,
  id: IncidentId,
  there: Postmortem['sections'][number],
  words: string,
): Kept {
  const by = there.authors.at(-1)
  const what = `"${there.title}" was changed while you wrote${by === undefined ? '' : `, by ${nameOf(world, by)}`}. Yours was not put over it.`
  const keep: HeldBack = { section: there.id, text: words, from: there.revision }
  const message = {
    summary: what,
    tone: 'refused' as const,
    blocks: [
      text([what]),
      text([{ bold: 'It says' }]),
      quote(there.text),
      text([{ bold: 'You wrote' }]),
      quote(words),
      buttons(
        { label: 'Put mine over it', command: `/incident postmortem ${id} --again ${input.cause}` },
        { label: 'Write it anew', command: `/incident postmortem ${id} --section ${there.id}` },
      ),
    ],
  }
  return { about: id, answer: say(message), keep }
}

async function putOver(context: Context, id: IncidentId, cause: string): Promise<Todo | Refusal> {
  const held = (await context.kept(cause)) as HeldBack | undefined
  return held
    ? {
        stream: id,
        command: { do: 'write_section', ...held },
        reply: written(held.text, []),
      }
    : refuse('gone', 'That text is gone.', `Write it anew: /incident postmortem ${id}`)
}

/** Written; with a hint where the words blame somebody. */
const written =
  (words: string, names: readonly string[]) =>
  (told: Told): ChatAnswer => {
    if (told.refusal) return heldBack(told.refusal, words)
    const hints = blameful(words, names).map(({ phrase, instead }): Line => [`"${phrase}": ${instead}.`])
    const line = told.happened.length > 0 ? 'The section is kept.' : 'It says that already.'
    const more: readonly Block[] = hints.length > 0 ? [list(hints)] : []
    return say({ summary: line, tone: 'calm', blocks: [text(line), ...more] })
  }

/** It was changed in the very moment: the words come back in the answer. */
function heldBack(refusal: Refusal, words: string): ChatAnswer {
  const answer = refused(refusal)
  return answer.kind === 'say' && refusal.code === 'stale'
    ? say({ ...answer.message, blocks: [...answer.message.blocks, quote(words)] })
    : answer
}

const form = (
  id: IncidentId,
  { id: section, title, text: value, revision }: Postmortem['sections'][number],
  hint = hintFor(section),
): ChatAnswer => ({
  kind: 'form',
  form: {
    title: 'Write the post-mortem',
    submit: 'Keep',
    command: `/incident postmortem ${id} --section ${section} --revision ${revision}`,
    inputs: [
      {
        kind: 'lines',
        name: 'text',
        label: title.slice(0, 45),
        maxLength: MAX_FORM,
        value,
        ...(hint === undefined ? {} : { hint }),
      },
    ],
  },
})
