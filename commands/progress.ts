/** How the work goes on: status, severity, updates, notes, duties, resolve, close, reopen. */
import { MAX_TEXT } from '../bot/incidents/declare.ts'
import type { Form } from '../bot/message.ts'
import { duty, incident, person, rest, severity, status } from './args.ts'
import { type Context, command } from './command.ts'
import { sayWhatHappened } from './says.ts'

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

export const textForm = (title: string, line: string, label: string): Form => ({
  title,
  submit: 'Post',
  command: line,
  inputs: [{ kind: 'lines', name: 'text', label, maxLength: MAX_TEXT }],
})
