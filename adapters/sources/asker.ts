/**
 * Questions to one source over HTTP: all of an answer's calls within one stretch of time, a few at once, each bounded in size, to a
 * checked address (S19). What comes back is JSON or a failure that says in words what was wrong, and what to do about it.
 */
import { ChatFailure } from '../../bot/ports.ts'
import { type Call, call, type Reply, statusFailure } from '../outbound/call.ts'
import type { Resolve } from '../outbound/guard.ts'

export type AskerSettings = {
  readonly name: string
  readonly url: string
  /** Asked for each answer: a token in a file may be renewed. */
  readonly headers: () => Readonly<Record<string, string>>
  readonly allowPrivate: boolean
  readonly resolve?: Resolve
  /** What a source says of a question that it refuses, in its own envelope; null where it is not in one. */
  readonly refusal: (body: unknown) => string | null
}

export type Asker = {
  /** The path is added to the address, the query encoded. */
  get(path: string, query: Query): Promise<unknown>
  /** As a form, for questions that are long. */
  form(path: string, query: Query): Promise<unknown>
  json(path: string, body: unknown): Promise<unknown>
}
export type Query = Readonly<Record<string, string | number | readonly string[]>>

/** For one answer: its calls together end within it, and leave a second of the 8 s in which an answer ends. */
const ANSWER_MS = 7_000
/** Calls to one source at once: what waits for its turn waits within the same stretch. */
const AT_ONCE = 6
/** Read in one go by the process that pages: 2 MiB of JSON take some 20 ms. */
const MAX_BYTES = 2 * 1024 * 1024

/** A fresh asker for each answer. */
export function createAskers(settings: AskerSettings): () => Asker {
  const turn = turns(AT_ONCE)
  return () => {
    const signal = AbortSignal.timeout(ANSWER_MS)
    const own = { accept: 'application/json', ...settings.headers() }
    const send = (what: Call) =>
      turn(signal, () => exchange(settings, { ...what, headers: { ...own, ...what.headers } }, signal))
    const at = (path: string, query?: Query) =>
      `${settings.url.replace(/\/+$/, '')}${path}${query ? `?${encode(query)}` : ''}`
    return {
      get: (path, query) => send({ method: 'GET', url: at(path, query) }),
      form: (path, query) =>
        send({
          method: 'POST',
          url: at(path),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: encode(query),
        }),
      json: (path, body) =>
        send({
          method: 'POST',
          url: at(path),
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
    }
  }
}

export const encode = (query: Query): string =>
  Object.entries(query)
    .flatMap(([name, value]) =>
      [value].flat().map(each => `${encodeURIComponent(name)}=${encodeURIComponent(each)}`),
    )
    .join('&')

async function exchange(settings: AskerSettings, what: Call, signal: AbortSignal): Promise<unknown> {
  const { name, allowPrivate, resolve } = settings
  const options = {
    whose: name,
    guarded: { allowPrivate, ...(resolve ? { resolve } : {}) },
    signal,
    maxBytes: MAX_BYTES,
  }
  // The look-up of a name knows no signal: it is left behind when the time is up.
  const reply = await Promise.race([call(what, options), timeUp(name, signal)]).catch(failure =>
    Promise.reject(inWords(failure, name)),
  )
  const body = parsed(reply.body)
  if (reply.status >= 200 && reply.status < 300) {
    if (body !== undefined) return body
    const kind = (reply.header('content-type') ?? 'something').split(';')[0]
    throw new ChatFailure(
      'never',
      'not_json',
      `${name} answered with ${kind} and not with JSON: is a login page before it?`,
    )
  }
  throw refused(settings, reply, body)
}

const slow = (name: string) =>
  new ChatFailure('doubt', 'slow', `${name} did not answer within ${ANSWER_MS / 1000} s`)

const timeUp = (name: string, signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(slow(name)), { once: true })
    if (signal.aborted) reject(slow(name))
  })

function inWords(error: unknown, name: string): unknown {
  if (!(error instanceof ChatFailure)) return error
  const { kind, reason, say } = error
  if (reason === 'too_big')
    return new ChatFailure('never', reason, `${name} answered with more than ${MAX_BYTES / 1024 / 1024} MiB`)
  if (reason === 'blocked_address' && say.includes('private'))
    return new ChatFailure(kind, reason, `${say}; private_addresses: true in the configuration allows it`)
  return reason === 'ABORT_ERR' ? slow(name) : error
}

function refused({ name, refusal }: AskerSettings, reply: Reply, body: unknown): ChatFailure {
  const { status } = reply
  if (status >= 300 && status < 400)
    return new ChatFailure(
      'never',
      `http_${status}`,
      `${name} sends elsewhere (${status}), which is not followed: put its last address into the configuration`,
    )
  if (status === 401 || status === 403)
    return new ChatFailure('never', `http_${status}`, `${name} refuses the credentials (${status})`)
  const said = refusal(body)
  if (said !== null && status < 500 && status !== 429)
    return new ChatFailure(
      'never',
      `http_${status}`,
      `${name} refused the question: ${said.replaceAll(/\s+/g, ' ').slice(0, MAX_SAID)}`,
    )
  return statusFailure(reply, name)
}

const MAX_SAID = 200

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** So many at once; the next waits for its turn, no longer than its signal lets it. */
function turns(most: number) {
  let taken = 0
  const waiting = new Set<() => void>()
  const freed = (signal: AbortSignal) =>
    new Promise<void>(resolve => {
      const wake = () => {
        waiting.delete(wake)
        resolve()
      }
      waiting.add(wake)
      signal.addEventListener('abort', wake, { once: true })
    })
  return async <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    while (taken >= most && !signal.aborted) await freed(signal)
    taken += 1
    try {
      return await work()
    } finally {
      taken -= 1
      for (const wake of [...waiting].slice(0, 1)) wake()
    }
  }
}
