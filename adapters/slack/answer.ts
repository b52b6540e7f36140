/**
 * Getting an answer back in time: in the acknowledgement if it is there within two seconds, else "working on it" and the
 * answer by the response URL or the open view. A form is opened on the request path, while its trigger lives.
 */
import { type ChatAnswer, ChatFailure, type Clock, type Directory, type Telemetry } from '../../bot/ports.ts'
import { inTime } from '../in-time.ts'
import type { Api } from './api.ts'
import type { Inbound } from './inbound.ts'
import { type Json, render } from './render.ts'
import { formView, messageView, workingView } from './views.ts'

const RESPOND_TIMEOUT_MS = 8_000

export type Ack = (body?: Json) => Promise<unknown>
type Parts = {
  readonly api: Api
  readonly clock: Clock
  readonly telemetry: Telemetry
  readonly directory: Directory
}

export async function answerWith(
  parts: Parts,
  inbound: Inbound,
  ack: Ack,
  work: Promise<ChatAnswer>,
): Promise<void> {
  const answer = await inTime(parts.clock, work)
  if (answer) return now(parts, inbound, ack, answer)
  await ack(
    inbound.kind === 'view'
      ? { response_action: 'update', view: workingView }
      : inbound.kind === 'command'
        ? { response_type: 'ephemeral', text: 'Working on it…' }
        : undefined,
  )
  return later(parts, inbound, await work)
}

async function now(parts: Parts, inbound: Inbound, ack: Ack, answer: ChatAnswer): Promise<void> {
  if (answer.kind === 'errors') return void (await ack({ response_action: 'errors', errors: answer.errors }))
  if (answer.kind === 'form') return openForm(parts, inbound, ack, answer)
  if (inbound.kind === 'command')
    return void (await ack({ response_type: 'ephemeral', ...render(answer.message, parts.directory) }))
  if (inbound.kind === 'view')
    return void (await ack({ response_action: 'update', view: messageView(answer.message, parts.directory) }))
  await ack()
  return later(parts, inbound, answer)
}

async function openForm(
  parts: Parts,
  inbound: Inbound,
  ack: Ack,
  { form }: Extract<ChatAnswer, { kind: 'form' }>,
): Promise<void> {
  const view = formView(form, inbound.input.channel)
  if (inbound.kind === 'view') return void (await ack({ response_action: 'update', view }))
  try {
    await parts.api.call('views.open', { trigger_id: inbound.triggerId, view })
    await ack()
  } catch (error) {
    const why = error instanceof ChatFailure ? error.say : 'something went wrong'
    parts.telemetry.log('warn', 'slack.form_not_opened', { error })
    await ack(
      inbound.kind === 'command'
        ? {
            response_type: 'ephemeral',
            text: `The form could not be opened (${why}). Try again, or type it: /incident declare Checkout is down`,
          }
        : undefined,
    )
  }
}

/** After the acknowledgement: by the response URL, else in a view, since a button on the home page has no other place. */
async function later(parts: Parts, inbound: Inbound, answer: ChatAnswer): Promise<void> {
  if (answer.kind !== 'say') return
  const { directory, api, telemetry } = parts
  if (inbound.responseUrl)
    return respond(parts, inbound.responseUrl, {
      response_type: 'ephemeral',
      replace_original: false,
      ...render(answer.message, directory),
    })
  const view = messageView(answer.message, directory)
  const opened = inbound.viewId
    ? await api.tryCall('views.update', { view_id: inbound.viewId, view })
    : await api.tryCall('views.open', { trigger_id: inbound.triggerId, view })
  if (!opened) telemetry.log('warn', 'slack.answer_lost', { cause: inbound.input.cause })
}

async function respond({ telemetry }: Parts, url: string, body: Json): Promise<void> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(RESPOND_TIMEOUT_MS),
      redirect: 'error',
    })
    if (!response.ok) telemetry.log('warn', 'slack.answer_refused', { status: response.status })
  } catch (error) {
    telemetry.log('warn', 'slack.answer_lost', { error })
  }
}
