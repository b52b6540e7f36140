/**
 * Discord's REST API through discord.js's own client: one attempt within eight seconds, no retries and no waiting inside (D5).
 * The client knows the buckets and the global limit, and refuses a call that would break them; when to try again is the
 * engine's to decide. A token that Discord refuses stops the calls until the next start (I13).
 */
import { REST } from '@discordjs/rest'
import { ChatFailure } from '../../bot/ports.ts'
import { toFailure } from './failures.ts'

const TIMEOUT_MS = 8_000

export type Json = { readonly [key: string]: unknown }
/** What goes beside a body; its place in the list is the `id` by which the body names it. */
export type File = { readonly name: string; readonly data: Uint8Array; readonly contentType: string }
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type Api = {
  readonly rest: REST
  call(method: Method, route: `/${string}`, body?: unknown, files?: readonly File[]): Promise<Json>
  /** The same for routes that carry their own token: an interaction's. */
  reply(method: Method, route: `/${string}`, body?: unknown): Promise<Json>
  /** Why no call is made any more. */
  refused(): string | undefined
}

export function createApi({ token, apiUrl }: { readonly token: string; readonly apiUrl?: string }): Api {
  const rest = new REST({
    version: '10',
    retries: 0,
    timeout: TIMEOUT_MS,
    rejectOnRateLimit: () => true,
    ...(apiUrl ? { api: apiUrl.replace(/\/+$/, '') } : {}),
  }).setToken(token)
  let refused: string | undefined

  async function send(
    method: Method,
    route: `/${string}`,
    body: unknown,
    auth: boolean,
    files: readonly File[] = [],
  ): Promise<Json> {
    if (refused) throw new ChatFailure('later', 'token', refused, 60_000)
    try {
      const options = {
        auth,
        ...(body === undefined ? {} : { body }),
        ...(files.length > 0 ? { files } : {}),
      }
      const answer = await rest.request({ method, fullRoute: route, ...options } as Parameters<
        typeof rest.request
      >[0])
      return typeof answer === 'object' && answer !== null && !(answer instanceof ArrayBuffer)
        ? (answer as Json)
        : {}
    } catch (error) {
      const failure = toFailure(error)
      if (failure.reason === 'bad_token') refused = failure.say
      throw failure
    }
  }

  return {
    rest,
    call: (method, route, body, files) => send(method, route, body, true, files),
    reply: (method, route, body) => send(method, route, body, false),
    refused: () => refused,
  }
}
