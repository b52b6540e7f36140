/** Requests that are not Slack's, or not Slack's any more, do nothing (S1, S2). */
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSlack } from '../../../adapters/slack/slack.ts'
import { createTelemetry } from '../../../adapters/telemetry/telemetry.ts'
import { startServer, type WebServer } from '../../../adapters/web/server.ts'
import { type Slack, startSlack } from '../../emulators/slack/index.ts'
import { VirtualClock } from '../../support/clock.ts'

let slack: Slack
let server: WebServer
const heard: string[] = []

beforeAll(async () => {
  slack = await startSlack()
  slack.users.add({ id: 'U0AIKO' })
  const telemetry = createTelemetry({ level: 'silent', secrets: [] })
  const { botToken, signingSecret, apiUrl } = slack
  const chat = createSlack({
    botToken,
    signingSecret,
    apiUrl,
    clock: new VirtualClock(Date.now()),
    telemetry,
  })
  const directory = {
    person: () => ({ name: 'x', user: undefined }),
    room: () => undefined,
    people: () => [],
  }
  const message = { summary: 'ok', tone: 'calm' as const, blocks: [] }
  await chat.start({
    receive: async input => {
      heard.push(input.line)
      return { kind: 'say', message }
    },
    home: async () => message,
    complete: async () => [],
    keeps: async () => false,
    directory,
  })
  server = await startServer({
    host: '127.0.0.1',
    port: 0,
    routes: [],
    rawRoutes: [{ path: '/slack/events', handle: chat.requestListener! }],
    telemetry,
  })
})
afterAll(async () => {
  await server.close()
  await slack.stop()
})

const body = 'command=%2Fincident&text=list&user_id=U0AIKO&user_name=aiko&trigger_id=1.2.3&channel_id=C1'
const sign = (stamp: number | string, secret: string, signed = body) =>
  `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${signed}`).digest('hex')}`
const seconds = () => Math.floor(Date.now() / 1000)

const send = (headers: Readonly<Record<string, string>>, sent = body) =>
  fetch(`${server.url}/slack/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: sent,
  }).then(response => response.status)
const signed = (stamp: number | string, secret = slack.signingSecret) => ({
  'x-slack-request-timestamp': String(stamp),
  'x-slack-signature': sign(stamp, secret),
})

test('a signed request is heard once; the same again is refused', async () => {
  const headers = signed(seconds())
  expect(await send(headers)).toBe(200)
  expect(await send(headers)).toBe(401)
  expect(heard).toEqual(['/incident list'])
})

test.each([
  ['without headers', () => ({})],
  ['signed with another secret', () => signed(seconds(), 'another secret')],
  ['from six minutes ago', () => signed(seconds() - 360)],
  ['from six minutes ahead', () => signed(seconds() + 360)],
  ['with a timestamp that is no number', () => signed('1e9')],
  [
    'with another version',
    () => ({
      ...signed(seconds()),
      'x-slack-signature': sign(seconds(), slack.signingSecret).replace('v0', 'v1'),
    }),
  ],
])('a request %s is refused', async (_, headers) => {
  const before = heard.length
  expect(await send(headers())).toBe(401)
  expect(heard).toHaveLength(before)
})

test('one changed byte of the body is refused', async () => {
  expect(await send(signed(seconds()), body.replace('list', 'lisp'))).toBe(401)
})

test('a GET is refused', async () => {
  expect((await fetch(`${server.url}/slack/events`)).status).toBe(405)
})
