/**
 * One Web API call from request to answer: token, arguments, faults, scopes, limits, the method, the answer.
 *
 * Every call and its answer are logged. A fault strikes after the arguments are read, so that it can choose by
 * them, and may let the method run although the caller never learns of it.
 */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError, demand } from './api-error.ts'
import { parseCall, readBody, typedArguments } from './arguments.ts'
import { authenticate, authorize, scopeHeader } from './auth.ts'
import { type Fault, hang, strike } from './faults.ts'
import { methods } from './methods/index.ts'
import type { Method } from './methods/method.ts'
import { type Rate, type RateLimiter, rateOfTier } from './rate.ts'
import type { Json } from './types.ts'
import { record, type Workspace } from './workspace.ts'

export type WebApi = {
  readonly workspace: Workspace
  readonly faults: readonly Fault[]
  readonly limiter: RateLimiter
  /** Other limits for some methods, by name. */
  readonly rates: { readonly [method: string]: Rate }
}

/** What goes back: `status` 0 means that the connection is reset instead. */
export type Answer = {
  readonly status: number
  readonly body: Json | string
  readonly headers?: { readonly [name: string]: string }
}

const half: Answer = { status: 200, body: '{"ok":tr' }
const proxyPage: Answer = {
  status: 200,
  body: '<html><body><h1>Please sign in to the network</h1></body></html>',
  headers: { 'content-type': 'text/html' },
}
const serverError: Answer = { status: 500, body: '' }
export const reset: Answer = { status: 0, body: '' }

export async function handleCall(
  api: WebApi,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await answerCall(api, name, request)
  record(api.workspace, 'answer', name, { status: answer.status, body: answer.body })
  send(api.workspace, response, answer)
}

async function answerCall(api: WebApi, name: string, request: IncomingMessage): Promise<Answer> {
  const { workspace } = api
  try {
    const call = parseCall(request, await readBody(request))
    const { token: _token, ...fields } = call.fields
    record(workspace, 'request', name, fields)
    const method = methods.get(name)
    demand(method, 'unknown_method', { req_method: name })
    authenticate(workspace, method, request, call)
    const args = typedArguments(workspace, method, call)
    return await withFaults(api, name, args, () => runMethod(api, method, args))
  } catch (error) {
    return refusal(error)
  }
}

/** Runs `act` as the fault that strikes this call allows, or plainly when none does. */
export async function withFaults(api: WebApi, name: string, args: Json, act: () => Answer): Promise<Answer> {
  const left = api.limiter.left(rateKey(name, args))
  if (left > 0) return tooMany(left)
  const fault = strike(api.faults, name, args)
  switch (fault?.kind) {
    case undefined:
      return act()
    case '429':
      return refuseRate(api, rateKey(name, args), fault.retryAfter === undefined ? 1 : fault.retryAfter)
    case '500':
      return serverError
    case 'reset':
      return reset
    case 'ok:false':
      return { status: 200, body: { ok: false, error: fault.error ?? 'internal_error' } }
    case 'malformed':
      return half
    case 'html':
      return proxyPage
    case 'accept-then-reset':
      act()
      return reset
    case 'accept-then-500':
      act()
      return serverError
    case 'hang':
      await hang(fault)
      return act()
    case 'accept-then-hang': {
      const answer = act()
      await hang(fault)
      return answer
    }
  }
}

function runMethod(api: WebApi, method: Method, args: Json): Answer {
  const { workspace } = api
  const key = rateKey(method.name, args)
  const waitSeconds = api.limiter.take(key, api.rates[method.name] ?? rateOfTier[method.tier])
  if (waitSeconds > 0) return tooMany(waitSeconds)
  try {
    authorize(workspace, method, args)
    return { status: 200, body: { ok: true, ...method.run(workspace, args) } }
  } catch (error) {
    return refusal(error)
  }
}

function rateKey(name: string, args: Json): string {
  return name === 'chat.postMessage' ? `${name} ${String(args.channel)}` : name
}

function refuseRate(api: WebApi, key: string, seconds: number | null): Answer {
  if (seconds !== null) api.limiter.block(key, seconds)
  return tooMany(seconds)
}

function tooMany(seconds: number | null): Answer {
  return {
    status: 429,
    body: { ok: false, error: 'ratelimited' },
    ...(seconds === null ? {} : { headers: { 'retry-after': String(seconds) } }),
  }
}

function refusal(error: unknown): Answer {
  if (!(error instanceof ApiError)) throw error
  return { status: 200, body: { ok: false, error: error.code, ...error.extra } }
}

export function send(workspace: Workspace, response: ServerResponse, answer: Answer): void {
  if (answer.status === 0) {
    response.socket?.resetAndDestroy()
    return
  }
  const isText = typeof answer.body === 'string'
  response.writeHead(answer.status, {
    'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
    'x-slack-req-id': workspace.nextId('R'),
    'x-oauth-scopes': scopeHeader(workspace),
    ...answer.headers,
  })
  response.end(isText ? answer.body : JSON.stringify(answer.body))
}
