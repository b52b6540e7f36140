/** `/incident note`: keeps words, or a message of the chat, in a timeline. Said outside an incident's channel, it asks which one, and loses nothing. */
import { type Reply, refused, say } from '../bot/answers.ts'
import { note as aside, type Block, buttons, type Message, quote, text } from '../bot/message.ts'
import type { ChatInput } from '../bot/ports.ts'
import { refuse } from '../bot/refusal.ts'
import type { World } from '../bot/world.ts'
import { incident, newestOpen, option, rest, whichIncident } from './args.ts'
import { command, type Todo } from './command.ts'
import { textForm } from './progress.ts'
import { sayLine, sayWhatHappened } from './says.ts'

const EXAMPLE = '/incident note INC-42 Deploy 4711 went out at 09:05'

export const note = command({
  group: 'incident',
  name: 'note',
  summary: 'keep something in the timeline without telling everybody',
  args: {
    incident: { ...incident, required: false as const },
    text: rest('what to keep'),
    again: { ...option('keeps what was offered'), hidden: true as const },
  },
  example: EXAMPLE,
  async run(context, { incident: named, text: words, again }) {
    const { input, world } = context
    const stream = named ?? context.here
    const kept = again === undefined ? undefined : ((await context.kept(again)) as Words | undefined)
    if (again !== undefined && !kept)
      return refuse('gone', 'That offer is gone.', `Say it once more, like this: ${EXAMPLE}`)
    const said = kept ?? wordsOf(input, words)
    if (stream !== undefined)
      return said === undefined
        ? {
            kind: 'form',
            form: textForm('Add to the timeline', `/incident note ${stream}`, 'What should be kept?'),
          }
        : noting(stream, said)
    const [about] = newestOpen(world)
    const refusal = whichIncident(world, EXAMPLE)
    if (said === undefined) return refusal
    return about
      ? { about: about.id, answer: say(offer(world, input.cause, said)), keep: said }
      : say({ summary: refusal.message, tone: 'refused', blocks: [text(refusal.message), ...quoted(said)] })
  },
})

/** What is to be kept: words that were typed, or a message of the chat. */
type Words = { readonly text: string } | Pick<Extract<Todo['command'], { do: 'keep' }>, 'message' | 'said'>

function wordsOf({ chat, about, mark }: ChatInput, typed: string | undefined): Words | undefined {
  const message = about?.ref ?? mark
  if (typed !== undefined) return { text: typed }
  return message && { message: { chat, ...message }, said: about ?? null }
}

const noting = (stream: Todo['stream'], words: Words): Todo =>
  'text' in words
    ? { stream, command: { do: 'note', ...words }, reply: sayWhatHappened(() => ['Nothing was kept.']) }
    : { stream, command: { do: 'keep', ...words }, reply: kept }

/** What somebody typed is still there to be copied. */
const quoted = (words: Words): readonly Block[] => ('text' in words ? [quote(words.text)] : [])

function offer(world: World, cause: string, words: Words): Message {
  const which = 'Into the timeline of which incident?'
  const each = newestOpen(world).map(({ id, title }) => ({
    label: `${id} ${title}`,
    command: `/incident note ${id} --again ${cause}`,
  }))
  return {
    summary: which,
    tone: 'calm',
    blocks: [
      text(which),
      ...quoted(words),
      buttons(...each),
      aside('Another one: ', { code: `/incident note INC-42 --again ${cause}` }),
    ],
  }
}

/** What became of a message that somebody wants in the timeline. */
const kept: Reply = ({ refusal, happened, before, world }) => {
  if (refusal) return refused(refusal)
  const id = { bold: before?.id ?? '' }
  switch (happened[0]?.event.type) {
    case 'message_marked':
      return sayLine(world, ['It goes into the timeline of ', id, '.'])
    case 'note_added':
      return sayLine(world, ['It is in the timeline of ', id, ' now.'])
    case 'entry_corrected':
      return sayLine(world, ['Its words are in the timeline of ', id, ' now.'])
    default:
      return sayLine(world, ['It is in the timeline of ', id, ' already.'])
  }
}
