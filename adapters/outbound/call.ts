/**
 * One HTTP call to somebody else's server: bounded in time and size, redirects not followed, failures in three kinds. Whether
 * it may have happened is what matters to a page: before the first byte left it did not; after that nobody knows.
 */
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { ChatFailure } from '../../bot/ports.ts'
import { type Address, checkedAddresses, type Resolve } from './guard.ts'

export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export type CallOptions = {
  /** Whose server it is, for the sentence when it fails. */
  readonly whose: string
  /** The address comes from the configuration and not from who runs the machine: it is checked (S19). */
  readonly guarded?: { readonly allowPrivate: boolean; readonly resolve?: Resolve }
  readonly timeoutMs?: number
  readonly maxBytes?: number
  readonly signal?: AbortSignal
}

export type Reply = {
  readonly status: number
  readonly body: string
  header(name: string): string | undefined
}

/** Under the 8 s in which every send ends (I6). */
const TIMEOUT_MS = 7_000
const MAX_BYTES = 1024 * 1024

/** Rejects with ChatFailure and nothing else; any status is an answer. */
export async function call(what: Call, options: CallOptions): Promise<Reply> {
  const url = new URL(what.url)
  const addresses = await addressesOf(url, options)
  return exchange(url, what, options, addresses)
}

async function addressesOf(
  url: URL,
  { guarded, whose }: CallOptions,
): Promise<readonly Address[] | undefined> {
  if (!guarded) return undefined
  const found = await checkedAddresses(url, guarded).catch((error: Error & { code?: string }) => {
    throw new ChatFailure('later', 'unknown_host', `the name of ${whose} is not known now (${error.code})`)
  })
  if (typeof found === 'string') throw new ChatFailure('never', 'blocked_address', `${whose}: ${found}`)
  return found
}

function exchange(
  url: URL,
  { method, headers = {}, body }: Call,
  { whose, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES, signal }: CallOptions,
  addresses: readonly Address[] | undefined,
): Promise<Reply> {
  const time = AbortSignal.timeout(timeoutMs)
  const settings: RequestOptions = {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
    signal: signal ? AbortSignal.any([time, signal]) : time,
    agent: false,
    ...(addresses ? { lookup: pinned(addresses) as NonNullable<RequestOptions['lookup']> } : {}),
  }
  return new Promise((resolve, reject) => {
    let left = false
    const fail = (error: Error & { code?: string }) =>
      reject(
        new ChatFailure(
          left ? 'doubt' : 'later',
          error.code ?? error.name,
          left ? `${whose} did not answer in time, or broke off` : `${whose} cannot be reached`,
        ),
      )
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, settings, response => {
      readBody(response, maxBytes).then(
        text =>
          resolve({
            status: response.statusCode ?? 0,
            body: text,
            header: name => [response.headers[name.toLowerCase()]].flat()[0],
          }),
        fail,
      )
    })
    request.once('socket', socket => {
      if (socket.connecting) socket.once('connect', () => (left = true))
      else left = true
    })
    request.once('error', fail)
    request.end(body)
  })
}

/** The connection goes to what was checked, whatever the name means by then. */
const pinned =
  (addresses: readonly Address[]) =>
  (
    _host: string,
    options: { all?: boolean },
    done: (error: null, address: string | readonly Address[], family?: number) => void,
  ): void => {
    const [first] = addresses
    if (options.all) done(null, addresses)
    else if (first) done(null, first.address, first.family)
  }

async function readBody(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) {
      response.destroy()
      throw Object.assign(new Error('too big'), { code: 'too_big' })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/** What a status means where nothing better is known: 429 and 5xx say that it did not happen yet. */
export function statusFailure({ status, header }: Reply, whose: string): ChatFailure {
  const after = Number(header('retry-after'))
  if (status === 429)
    return new ChatFailure('later', 'rate_limited', `${whose} asks to wait`, (after || 1) * 1000)
  if (status >= 500) return new ChatFailure('doubt', `http_${status}`, `${whose} has trouble (${status})`)
  return new ChatFailure('never', `http_${status}`, `${whose} refused it (${status})`)
}
