/** The loopback HTTP server: the Web API, response_urls, uploads, and the upgrade to Socket Mode. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readBody } from './arguments.ts'
import { answerResponseUrl } from './response-url.ts'
import type { Json } from './types.ts'
import { type Answer, handleCall, send, type WebApi, withFaults } from './web-api.ts'
import { record } from './workspace.ts'

/** Listens on 127.0.0.1, on a port of the system's choice, and sets the base URL. */
export async function listen(api: WebApi): Promise<Server> {
  const server = createServer((request, response) => {
    route(api, request, response).catch((error: unknown) => {
      // A bug of the emulator must be seen by whoever called, and by the test runner.
      response.writeHead(599).end(String(error))
      throw error
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  api.workspace.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return server
}

async function route(api: WebApi, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://slack')
  const [, area, name = '', rest = ''] = pathname.split('/')
  if (area === 'api') return handleCall(api, name, request, response)
  if (request.method !== 'POST') return send(api.workspace, response, notFound)
  if (area === 'response') return send(api.workspace, response, await respond(api, rest, request))
  if (area === 'upload') return send(api.workspace, response, await upload(api, name, request))
  return send(api.workspace, response, notFound)
}

const notFound: Answer = { status: 404, body: 'not found' }

async function respond(api: WebApi, id: string, request: IncomingMessage): Promise<Answer> {
  const body = parseObject(await readBody(request))
  record(api.workspace, 'request', 'response_url', body ?? {})
  const answer = await withFaults(api, 'response_url', body ?? {}, () =>
    body === undefined
      ? { status: 400, body: { ok: false, error: 'invalid_payload' } }
      : answerResponseUrl(api.workspace, id, body),
  )
  record(api.workspace, 'answer', 'response_url', { status: answer.status, body: answer.body })
  return answer
}

function parseObject(body: Buffer): Json | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Json) : undefined
  } catch {
    return undefined
  }
}

async function upload(api: WebApi, id: string, request: IncomingMessage): Promise<Answer> {
  const waiting = api.workspace.uploads.get(id)
  if (!waiting) return notFound
  const body = await readBody(request)
  return withFaults(api, 'upload', {}, () => {
    waiting.body = body
    return { status: 200, body: `OK - ${body.length}` }
  })
}
