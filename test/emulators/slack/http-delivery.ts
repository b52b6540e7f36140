/**
 * Delivery by signed HTTP POST: form bodies for commands and interactions, JSON for events, url_verification.
 *
 * The signature's time is the wall clock's, because receivers compare it with theirs; give `now` to sign in
 * another time.
 */

import { createHmac } from 'node:crypto'
import type { EnvelopeType, Outcome, Retry, Wire } from './delivery.ts'
import type { Json } from './types.ts'
import { secret, type Workspace } from './workspace.ts'

export type HttpOptions = { readonly now?: () => number }

type Request = { readonly body: string; readonly contentType: string }

/** A wire to `url`, the app's one request URL. */
export function httpWire(workspace: Workspace, url: string, options: HttpOptions = {}): Wire {
  return {
    async send(type, payload, retry) {
      const startedAt = workspace.clock.now()
      const outcome = await postTo(workspace, url, encode(type, payload), options, retry)
      const tookMs = workspace.clock.now() - startedAt
      return outcome.ok && tookMs > workspace.ackWithinMs ? { ok: false, reason: 'timeout' } : outcome
    },
  }
}

/** Asks the app to prove that it owns `url`, as Slack does when the address is configured. */
export async function verifyUrl(
  workspace: Workspace,
  url: string,
  options: HttpOptions = {},
): Promise<boolean> {
  const challenge = secret(16)
  const body = { token: workspace.verificationToken, challenge, type: 'url_verification' }
  const outcome = await postTo(workspace, url, json(body), options)
  if (!outcome.ok) return false
  const answered = typeof outcome.body === 'string' ? outcome.body : outcome.body?.challenge
  return answered === challenge
}

/** The v0 signature of a body at a time in seconds. */
export function sign(signingSecret: string, seconds: number, body: string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${seconds}:${body}`).digest('hex')}`
}

function encode(type: EnvelopeType, payload: Json): Request {
  if (type === 'events_api') return json(payload)
  const contentType = 'application/x-www-form-urlencoded'
  const fields =
    type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>)
  return { body: new URLSearchParams(fields).toString(), contentType }
}

function json(value: Json): Request {
  return { body: JSON.stringify(value), contentType: 'application/json' }
}

async function postTo(
  workspace: Workspace,
  url: string,
  { body, contentType }: Request,
  { now = () => Date.now() }: HttpOptions,
  retry?: Retry,
): Promise<Outcome> {
  const seconds = Math.floor(now() / 1000)
  const startedAt = workspace.clock.now()
  const retries = retry
    ? { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason }
    : {}
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': String(seconds),
        'x-slack-signature': sign(workspace.signingSecret, seconds, body),
        ...retries,
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(workspace.ackWithinMs),
    })
    const text = await response.text()
    if (!response.ok) return { ok: false, reason: `http_${response.status}` }
    return { ok: true, body: parseBody(text), tookMs: workspace.clock.now() - startedAt }
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    return { ok: false, reason: isLate ? 'timeout' : 'connection_failed' }
  }
}

/** A JSON object, else plain text; nothing at all is a bare acknowledgement. */
function parseBody(text: string): Json | string | undefined {
  if (text === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Json) : text
  } catch {
    return text
  }
}
