/** How the work goes on: status, severity, updates, notes, duties, resolve, close, reopen. */
import { type Reply, refused } from '../bot/answers.ts'
import { MAX_TEXT } from '../bot/incidents/declare.ts'
import type { Form } from '../bot/message.ts'
import { duty, incident, person, rest, severity, status } from './args.ts'
import { type Context, command } from './command.ts'
import { sayLine, sayWhatHappened } from './says.ts'

export const setStatus = command({
  group: 'incident',
  name: 'status',
  summary: 'set how far the work has come',
  args: { incident, status },
  example: '/incident status INC-42 mitigated',
  run: (_, { incident: stream, status: to }) => ({
    stream,
    command: { do: 'status', to },
    reply: sayWhatHappened(() => [`It is ${to} already.`]),
  }),
})

export const setSeverity = command({
  group: 'incident',
  name: 'severity',
  summary: 'change the severity; raising it starts the new chain at once',
  args: { incident, severity },
  example: '/incident severity INC-42 SEV1',
  run: (_, { incident: stream, severity: to }) => ({
    stream,
    command: { do: 'severity', to },
    reply: sayWhatHappened(() => [`It is ${to} already.`]),
  }),
})

export const update = command({
  group: 'incident',
  name: 'update',
  summary: 'tell everybody how it stands',
  args: { incident, text: rest('how it stands, in a sentence') },
  example: '/incident update INC-42 Rolled back, error rate is falling',
  run: (_, { incident: stream, text }) =>
    text === undefined
      ? { kind: 'form', form: textForm('Post an update', `/incident update ${stream}`, 'How does it stand?') }
      : { stream, command: { do: 'update', text }, reply: sayWhatHappened(() => ['Nothing was posted.']) },
})

export const note = command({
  group: 'incident',
  name: 'note',
  summary: 'keep something in the timeline without telling everybody',
  args: { incident, text: rest('what to keep') },
  example: '/incident note INC-42 Deploy 4711 went out at 09:05',
  run({ input: { chat, about, mark } }, { incident: stream, text }) {
    const message = about?.ref ?? mark
    if (text === undefined && message)
      return {
        stream,
        command: { do: 'keep', message: { chat, ...message }, said: about ?? null },
        reply: kept,
      }
    return text === undefined
      ? {
          kind: 'form',
          form: textForm('Add to the timeline', `/incident note ${stream}`, 'What should be kept?'),
        }
      : { stream, command: { do: 'note', text }, reply: sayWhatHappened(() => ['Nothing was kept.']) }
  },
})

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

export const role = command({
  group: 'incident',
  name: 'role',
  summary: 'give somebody a part: commander, communications or scribe',
  args: { incident, role: duty, person },
  example: '/incident role INC-42 commander @aiko',
  run: (_, { incident: stream, role: taken, person: who }) => ({
    stream,
    command: { do: 'duty', duty: taken, person: who },
    reply: sayWhatHappened(() => [{ person: who }, ` is ${taken} already.`]),
  }),
})

const closing = (name: 'resolve' | 'close', to: 'resolved' | 'closed', summary: string) =>
  command({
    group: 'incident',
    name,
    summary,
    args: { incident },
    example: `/incident ${name} INC-42`,
    run: (_: Context, { incident: stream }) => ({
      stream,
      command: { do: 'status' as const, to },
      reply: sayWhatHappened(() => [`It is ${to} already.`]),
    }),
  })

export const resolve = closing('resolve', 'resolved', 'it works again: paging stops')
export const close = closing('close', 'closed', 'it is over: paging stops and the history is kept')

export const reopen = command({
  group: 'incident',
  name: 'reopen',
  summary: 'it is back: the chain starts anew',
  args: { incident },
  example: '/incident reopen INC-42',
  run: (_, { incident: stream }) => ({
    stream,
    command: { do: 'reopen' },
    reply: sayWhatHappened(() => ['It is open already.']),
  }),
})

const textForm = (title: string, line: string, label: string): Form => ({
  title,
  submit: 'Post',
  command: line,
  inputs: [{ kind: 'lines', name: 'text', label, maxLength: MAX_TEXT }],
})
