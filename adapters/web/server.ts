/**
 * The one HTTP server. Features mount their routes on it; a raw route gets Node's own request, its body unread. Bodies are
 * bounded, compressed ones are refused, slow senders are cut off, errors are problem documents (RFC 9457) without a stack.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Telemetry } from '../../bot/ports.ts'
import type { StoreFailure } from '../sql/failure.ts'

export type Route = (app: Hono) => void
export type RawRoute = {
  readonly path: string
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void
}

export type WebServer = { readonly url: string; close(): Promise<void> }

export type ServerOptions = {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly routes: readonly Route[]
  readonly rawRoutes: readonly RawRoute[]
  readonly telemetry: Telemetry
}

const MAX_BODY = 1024 * 1024

export async function startServer({
  host,
  port,
  routes,
  rawRoutes,
  telemetry,
}: ServerOptions): Promise<WebServer> {
  const listener = getRequestListener(buildApp(routes, telemetry).fetch)
  const server = createServer(
    { requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 30_000 },
    (request, response) => {
      const raw = rawRoutes.find(route => route.path === request.url?.split('?')[0])
      if (raw) raw.handle(request, response)
      else void listener(request, response)
    },
  )
  await listen(server, host, port)
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })

function buildApp(routes: readonly Route[], telemetry: Telemetry): Hono {
  const app = new Hono()
  app.use(async (context, next) => {
    if (context.req.header('content-encoding')) return problem(415, 'Compressed bodies are not taken.')
    await next()
    for (const [name, value] of SECURITY_HEADERS)
      if (!context.res.headers.has(name)) context.res.headers.set(name, value)
    telemetry.count('http_requests', {
      route: context.req.routePath.slice(0, 60),
      code: `${Math.floor(context.res.status / 100)}xx`,
    })
    return undefined
  })
  app.use(
    bodyLimit({
      maxSize: MAX_BODY,
      onError: () => problem(413, `A body may have ${MAX_BODY} bytes at most.`),
    }),
  )
  for (const route of routes) route(app)
  app.notFound(() => problem(404, 'There is nothing at this address.'))
  app.onError(error => {
    telemetry.log('error', 'http.failed', { error })
    // Senders of alerts try again on a 5xx, and take any other status for an answer (I29).
    if (error.name === 'StoreFailure')
      return problem(503, `${(error as StoreFailure).say} Nothing was recorded; send it again.`)
    return problem(500, "Something went wrong on Tocsin's side. Nothing was recorded; try again.")
  })
  return app
}

const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  [
    'content-security-policy',
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  ],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['x-frame-options', 'DENY'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cache-control', 'no-store'],
]

/** What was wrong and the way out, as a problem document. */
export const problem = (status: number, detail: string): Response =>
  new Response(JSON.stringify({ type: 'about:blank', status, detail }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  })
