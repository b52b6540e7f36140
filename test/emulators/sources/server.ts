/** What all emulated sources share: a server on loopback, the weather, what was asked, and the one who may ask. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Asked = {
  readonly method: string
  readonly path: string
  readonly params: URLSearchParams
  readonly body: string
  readonly header: (name: string) => string | undefined
}
export type Said = { readonly status: number; readonly body: unknown }

/** What goes wrong: an answer of a proxy, one without an end, one that never comes, one that leads elsewhere. */
export type Weather =
  | 'fine'
  | 'html'
  | 'huge'
  | 'silent'
  | 'broken'
  | { readonly status: number }
  | { readonly redirect: string }

export type SourceServer = {
  readonly url: string
  readonly asked: readonly Asked[]
  weather(weather: Weather): void
  /** From now on only this `Authorization` is let in. */
  lock(authorization: string): void
  stop(): Promise<void>
}

export async function startSource(answer: (asked: Asked) => Said): Promise<SourceServer> {
  const asked: Asked[] = []
  let weather: Weather = 'fine'
  let key: string | undefined
  const server = createServer(async (request, response) => {
    const given = await readAll(request)
    asked.push(given)
    const say = (status: number, body: string, headers: Record<string, string>) =>
      response.writeHead(status, headers).end(body)
    const json = (status: number, body: unknown) =>
      say(status, JSON.stringify(body), { 'content-type': 'application/json' })
    if (weather === 'silent') return
    if (weather === 'broken') return void request.socket.destroy()
    if (weather === 'html')
      return void say(200, '<html><body>Please log in</body></html>', {
        'content-type': 'text/html; charset=utf-8',
      })
    if (weather === 'huge') return void json(200, { data: 'x'.repeat(16 * 1024 * 1024) })
    if (typeof weather === 'object' && 'redirect' in weather)
      return void say(302, '', { location: weather.redirect })
    if (typeof weather === 'object') return void json(weather.status, { error: 'the weather' })
    if (key !== undefined && given.header('authorization') !== key)
      return void json(401, { error: 'unauthorized' })
    const { status, body } = answer(given)
    json(status, body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    weather: next => {
      weather = next
    },
    lock: authorization => {
      key = authorization
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readAll(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString()
  const url = new URL(request.url ?? '/', 'http://emulator')
  const form = request.headers['content-type'] === 'application/x-www-form-urlencoded' ? body : ''
  return {
    method: request.method ?? '',
    path: url.pathname,
    params: new URLSearchParams([...url.searchParams, ...new URLSearchParams(form)]),
    body,
    header: name => [request.headers[name]].flat()[0],
  }
}

/** The first parameter that this server does not know: the real one may pass over it, a test must not. */
export const unknownOf = (params: URLSearchParams, known: readonly string[]): string | undefined =>
  [...params.keys()].find(name => !known.includes(name))
