/**
 * Getting an answer back in time: at once if it is there within two seconds, else "thinking" and the answer by the token,
 * which lives fifteen minutes. Over the gateway a reply is a call, over HTTP it is the response; the rest is the same.
 */
import type { ChatAnswer, Clock, Directory, Telemetry } from '../../bot/ports.ts'
import { inTime } from '../in-time.ts'
import { errorsMessage, modal } from './forms.ts'
import type { Inbound } from './interactions.ts'
import { render } from './render.ts'
import type { Api, Json } from './rest.ts'

/** Sends the first answer to an interaction. */
export type Reply = (body: Json) => Promise<void>

const MESSAGE = 4
const THINKING = 5
const MODAL = 9
/** Only the one who did it sees it. */
const EPHEMERAL = 64

/** Forms that came back with mistakes: what was typed is kept for the next opening. */
const MAX_KEPT = 200

export type Answering = {
  readonly api: Api
  readonly applicationId: string
  readonly clock: Clock
  readonly telemetry: Telemetry
  readonly directory: Directory
  readonly typed: Map<string, Readonly<Record<string, string>>>
}

export async function answerWith(
  parts: Answering,
  inbound: Inbound,
  reply: Reply,
  work: Promise<ChatAnswer>,
): Promise<void> {
  const answer = await inTime(parts.clock, work)
  if (answer) return reply(bodyOf(parts, inbound, answer))
  await reply({ type: THINKING, data: { flags: EPHEMERAL } })
  await parts.api.reply(
    'PATCH',
    `/webhooks/${parts.applicationId}/${inbound.token}/messages/@original`,
    messageOf(parts, inbound, await work),
  )
}

function bodyOf(parts: Answering, inbound: Inbound, answer: ChatAnswer): Json {
  if (answer.kind !== 'form' || inbound.kind === 'modal')
    return { type: MESSAGE, data: { ...messageOf(parts, inbound, answer), flags: EPHEMERAL } }
  const key = keptFor(inbound, answer.form.command)
  const typed = parts.typed.get(key)
  parts.typed.delete(key)
  const inputs = answer.form.inputs.map(input => ({ ...input, ...filledIn(typed, input.name) }))
  return { type: MODAL, data: modal({ ...answer.form, inputs }) }
}

const filledIn = (typed: Readonly<Record<string, string>> | undefined, name: string) => {
  const value = typed?.[name]
  return value === undefined ? {} : { value }
}

/** A form cannot be opened any more after a deferral or from a form: then a button opens it. */
function messageOf(parts: Answering, inbound: Inbound, answer: ChatAnswer): Json {
  switch (answer.kind) {
    case 'say':
      return render(answer.message, parts.directory)
    case 'form':
      return render(errorsMessage({ form: 'A few words are missing.' }, answer.form.command), parts.directory)
    case 'errors': {
      if (inbound.kind === 'command') return render(errorsMessage(answer.errors), parts.directory)
      const { line, values = {} } = inbound.input
      parts.typed.set(keptFor(inbound, line), values)
      const [oldest] = parts.typed.keys()
      if (parts.typed.size > MAX_KEPT && oldest !== undefined) parts.typed.delete(oldest)
      return render(errorsMessage(answer.errors, line), parts.directory)
    }
  }
}

const keptFor = ({ input }: Inbound, line: string): string => `${input.user.id} ${line}`

/** The question of a button that asks first. */
export const question = (label: string, command: string): Json => ({
  type: MESSAGE,
  data: {
    flags: EPHEMERAL,
    content: `**${label}**: are you sure?`,
    components: [
      {
        type: 1,
        components: [{ type: 2, style: 4, label: label.slice(0, 80), custom_id: command.slice(0, 100) }],
      },
    ],
    allowed_mentions: { parse: [] },
  },
})

export const completions = (
  choices: readonly { readonly label: string; readonly value: string }[],
): Json => ({
  type: 8,
  data: {
    choices: choices
      .slice(0, 25)
      .map(({ label, value }) => ({ name: label.slice(0, 100), value: value.slice(0, 100) })),
  },
})
