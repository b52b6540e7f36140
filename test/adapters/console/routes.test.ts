/** The console answers to its own page and to this machine, and to nobody else (S27). */

import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemIds } from '../../../adapters/clock/system.ts'
import { createConsole } from '../../../adapters/console/chat.ts'
import { openConsoleLog } from '../../../adapters/console/log.ts'
import { consoleRoutes } from '../../../adapters/console/routes.ts'
import { createTelemetry } from '../../../adapters/telemetry/telemetry.ts'
import { startServer, type WebServer } from '../../../adapters/web/server.ts'
import { VirtualClock } from '../../support/clock.ts'
import { START } from '../../support/story.ts'

let server: WebServer
const heard: string[] = []
const log = openConsoleLog(':memory:')

beforeAll(async () => {
  const console = createConsole({ log, clock: new VirtualClock(START) })
  const message = { summary: 'done', tone: 'calm' as const, blocks: [] }
  await console.start({
    receive: async input => {
      heard.push(`${input.user.id} ${input.cause} ${input.line}`)
      return { kind: 'say', message }
    },
    home: async () => message,
    complete: async () => [],
    keeps: async () => false,
    directory: {
      person: id => ({ name: id, user: id }),
      room: () => undefined,
      people: () => ['aiko', 'ben'],
    },
  })
  server = await startServer({
    host: '127.0.0.1',
    port: 0,
    routes: [consoleRoutes({ console, ids: systemIds, hosts: ['127.0.0.1'], hints: [] })],
    rawRoutes: [],
    telemetry: createTelemetry({ level: 'silent', secrets: [] }),
  })
})
afterAll(() => server.close())

const act = { as: 'aiko', channel: '#incidents', line: '/incident list' }
function send(
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  path = '/console/say',
): Promise<number> {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }).then(response => response.status)
}

/** Fetch does not let one lie about the host. */
const hostHeader = (host: string): Promise<number> =>
  new Promise(resolve => {
    request(`${server.url}/`, { headers: { host } }, response => resolve(response.statusCode ?? 0)).end()
  })

test('a picture of a message is an image with its words, served beside it as it was drawn', async () => {
  const picture = { name: 'trend', alt: 'Five <incidents>', svg: '<svg xmlns="x"/>', width: 560, height: 300 }
  const blocks = [
    { kind: 'heading' as const, text: 'Week' },
    { kind: 'image' as const, picture },
  ]
  const { id } = log.append({
    channel: '#incidents',
    key: 'week',
    at: Date.parse(START),
    author: 'tocsin',
    body: { message: { summary: 'Week', tone: 'calm', blocks } },
  })
  const page = await (await fetch(`${server.url}/?as=aiko`)).text()
  expect(page).toContain(`src="/console/picture/${id}/1" alt="Five &lt;incidents&gt;"`)
  const shown = await fetch(`${server.url}/console/picture/${id}/1`)
  expect([shown.headers.get('content-type'), await shown.text()]).toEqual(['image/svg+xml', picture.svg])
  for (const path of [`${id}/0`, `${id}/9`, 'x/1', '99999/0'])
    expect((await fetch(`${server.url}/console/picture/${path}`)).status).toBe(404)
})

test('curl on this machine is heard, and so is the page itself', async () => {
  expect(await send(act)).toBe(200)
  expect(await send(act, { origin: server.url, 'sec-fetch-site': 'same-origin' })).toBe(200)
})

test.each([
  ['from a foreign origin', { origin: 'https://evil.example' }],
  ['across sites', { 'sec-fetch-site': 'cross-site' }],
])('a request %s is refused', async (_, headers) => {
  const before = heard.length
  expect(await send(act, headers)).toBe(403)
  expect(heard).toHaveLength(before)
})

test('a form of a foreign page, which cannot be JSON, is refused', async () => {
  expect(await send(act, { 'content-type': 'text/plain' })).toBe(415)
})

test('a name that was rebound to this machine is not answered', async () => {
  expect(await hostHeader('evil.example')).toBe(421)
  expect(await hostHeader(new URL(server.url).host)).toBe(200)
})

test.each([
  ['nobody of the team', { ...act, as: 'mallory' }, 400],
  ["somebody else's messages", { ...act, channel: '@ben' }, 403],
  ['no line', { as: 'aiko', channel: '#incidents' }, 400],
  ['something that is no object', 'hello', 400],
  ['a line without end', { ...act, line: 'x'.repeat(10_000) }, 400],
])('an act with %s is refused in words', async (_, body, status) => {
  expect(await send(body)).toBe(status)
})

test('the page allows no script but its own', async () => {
  const response = await fetch(server.url)
  expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(await response.text()).not.toMatch(/<script(?! src="\/console\/console\.js")/)
})

test('a message that is posted twice with one key is one message', () => {
  const entry = { channel: '#incidents', key: 'once', at: 0, author: 'tocsin', body: { words: 'x' } }
  expect(log.append(entry).id).toBe(log.append(entry).id)
})

test('an unknown address is a problem document', async () => {
  const response = await fetch(`${server.url}/nothing`)
  expect(response.status).toBe(404)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
})

test('a body that is too large or compressed is refused', async () => {
  expect(await send({ ...act, line: 'x'.repeat(2_000_000) })).toBe(413)
  expect(await send(act, { 'content-encoding': 'gzip' })).toBe(415)
})
