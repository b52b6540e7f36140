/** A bare Web API client for the emulator's own tests: form bodies, no retries, no help. */

import type { Json, Slack } from './index.ts'

export type Reply = { readonly status: number; readonly headers: Headers; readonly body: Json }

/** Calls a method with the bot's token; objects travel as JSON inside the form, as Slack's SDKs send them. */
export async function call(
  slack: Slack,
  method: string,
  args: Json = {},
  token = slack.botToken,
): Promise<Reply> {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(args))
    form.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : (JSON.parse(text) as Json),
  }
}

/** The error code of a call that must fail, or `ok`. */
export async function errorOf(slack: Slack, method: string, args: Json = {}): Promise<unknown> {
  const { body } = await call(slack, method, args)
  return body.ok === true ? 'ok' : body.error
}

/** A clock that a test moves by hand, starting in November 2026. */
export function handClock(startAt = Date.UTC(2026, 10, 23, 3)) {
  let nowAt = startAt
  return {
    now: () => nowAt,
    advance(ms: number): void {
      nowAt += ms
    },
  }
}
