/** Envelopes: one connection each, sent again when they must be, signed, and honest about failure. */

import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Rig, startRig } from './bolt-app.ts'
import { call, handClock } from './client.ts'
import { sign } from './http-delivery.ts'
import { type Json, type Slack, startSlack } from './index.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

async function rigOver(
  transport: 'socket' | 'http',
  ...rest: [Parameters<typeof startRig>[1]?]
): Promise<Rig> {
  const rig = await startRig(transport, ...rest)
  stops.push(rig.stop)
  return rig
}

/** A bare Socket Mode client that keeps what it gets and answers only when told to. */
async function bareSocket(slack: Slack) {
  const { body } = await call(slack, 'apps.connections.open', {}, slack.appToken)
  const socket = new WebSocket(String(body.url))
  const got: Json[] = []
  socket.on('message', data => got.push(JSON.parse(String(data)) as Json))
  await expect.poll(() => got[0]?.type).toBe('hello')
  const ack = (envelope: Json, payload: Json = {}) =>
    socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, payload }))
  return { socket, got, ack, url: String(body.url) }
}

async function slackWithAiko(options: Parameters<typeof startSlack>[0] = {}): Promise<Slack> {
  const slack = await startSlack(options)
  stops.push(() => slack.stop())
  slack.users.add({ id: 'UAIKO', name: 'aiko' })
  slack.channels.add({ id: 'C1', name: 'general', members: [slack.botUser, 'UAIKO'] })
  return slack
}

test('each envelope goes to one of the connections', async () => {
  const slack = await slackWithAiko()
  slack.useSocket()
  const clients = [await bareSocket(slack), await bareSocket(slack)]
  for (const { got, ack, socket } of clients)
    socket.on('message', () => got.at(-1)?.type === 'slash_commands' && ack(got.at(-1)!, { text: 'heard' }))
  for (const _ of [1, 2, 3, 4]) await slack.user('UAIKO').slash('/incident list')
  expect(clients.map(({ got }) => got.length - 1)).toEqual([2, 2])
  expect(clients[0]!.got[1]).toMatchObject({ accepts_response_payload: true })
  slack.expectNoViolations()
})

test('an address opens one connection, once', async () => {
  const slack = await slackWithAiko()
  const { url } = await bareSocket(slack)
  const again = new WebSocket(url)
  await expect(new Promise((_, reject) => again.on('error', reject))).rejects.toThrow('408')
})

test('an event is sent again at once, after a minute and after five, with its number', async () => {
  const clock = handClock()
  const slack = await slackWithAiko({ clock })
  slack.useSocket()
  await slack.user('UAIKO').mention('hello', { channel: 'general' })
  const sent = () =>
    slack.log
      .filter(entry => entry.what === 'delivery')
      .map(entry => (entry.detail.retry as Json | undefined)?.num)
  expect(sent()).toEqual([undefined, 1])
  clock.advance(60_000)
  expect(await slack.deliverDue()).toBe(1)
  clock.advance(300_000)
  const { got, ack, socket } = await bareSocket(slack)
  socket.on('message', () => got.at(-1)?.type === 'events_api' && ack(got.at(-1)!))
  expect(await slack.deliverDue()).toBe(1)
  expect(got[1]).toMatchObject({ type: 'events_api', retry_attempt: 3, accepts_response_payload: false })
  expect(await slack.deliverDue()).toBe(0)
  expect(
    new Set(slack.log.flatMap(entry => (entry.detail.payload as Json | undefined)?.event_id ?? [])).size,
  ).toBe(1)
})

test('pins and reactions are told to an app whose scopes cover them, with what was pinned, and to no other', async () => {
  const slack = await slackWithAiko()
  slack.useSocket()
  const { got, ack, socket } = await bareSocket(slack)
  socket.on('message', () => got.at(-1)?.type === 'events_api' && ack(got.at(-1)!))
  const message = await slack.user('UAIKO').say('Rolled back', { channel: 'general' })
  await slack.user('UAIKO').react(message, 'pushpin')
  await slack.user('UAIKO').pin(message)
  await expect(slack.user('UAIKO').pin(message)).rejects.toThrow('already_pinned')
  const events = () => got.slice(1).map(envelope => (envelope.payload as Json).event as Json)
  expect(events()).toMatchObject([
    { type: 'reaction_added', reaction: 'pushpin', item: { type: 'message', channel: 'C1', ts: message.ts } },
    { type: 'pin_added', channel_id: 'C1', item: { type: 'message', message: { text: 'Rolled back' } } },
  ])
  expect(slack.messages('general', { system: true }).at(-1)?.subtype).toBe('pinned_item')
  slack.revokeScopes('reactions:read', 'pins:read')
  const other = await slack.user('UAIKO').say('Better', { channel: 'general' })
  await slack.user('UAIKO').react(other, 'pushpin')
  await slack.user('UAIKO').pin(other)
  expect(events()).toHaveLength(2)
})

test('a body where none is accepted, or for an envelope that is not open, is remembered against the client', async () => {
  const slack = await slackWithAiko()
  slack.useSocket()
  const { got, ack, socket } = await bareSocket(slack)
  socket.on('message', () => got.at(-1)?.type === 'events_api' && ack(got.at(-1)!, { text: 'no' }))
  await slack.user('UAIKO').dm('hello')
  ack({ envelope_id: 'made-up' })
  await expect
    .poll(() => slack.violations.map(one => one.rule))
    .toEqual(['payload_not_accepted', 'unknown_envelope'])
})

test('a dropped socket fails the command that was on it, and the SDK comes back', async () => {
  const rig = await rigOver('socket', app =>
    app.command('/incident', async ({ ack, command }) => {
      if (command.text !== 'hang') await ack('heard')
    }),
  )
  const { slack } = rig
  const hanging = slack.user('UAIKO').slash('/incident hang', { channel: 'general' })
  await expect.poll(() => slack.lastEnvelope()?.type).toBe('slash_commands')
  slack.dropSockets()
  await expect(hanging).rejects.toThrow('socket_closed')
  await expect(slack.user('UAIKO').slash('/incident', { channel: 'general' })).rejects.toThrow(
    'no_connection',
  )
  await slack.connected()
  expect((await slack.user('UAIKO').slash('/incident', { channel: 'general' })).message?.text).toBe('heard')
})

test('asked to refresh, the SDK opens a new connection and goes on', async () => {
  const { slack } = await rigOver('socket', app => app.command('/incident', async ({ ack }) => ack('heard')))
  slack.disconnectSockets()
  expect(slack.openSockets()).toBe(0)
  await slack.connected()
  const ack = await slack.user('UAIKO').slash('/incident list', { channel: 'general' })
  expect(ack.message?.text).toBe('heard')
})

// With a bare client: after an upgrade that was refused, stopping the SDK ends in an unhandled rejection of its own.
test('while connections are refused nobody gets in', async () => {
  const slack = await slackWithAiko()
  slack.refuseConnections()
  const { body } = await call(slack, 'apps.connections.open', {}, slack.appToken)
  const refused = new WebSocket(String(body.url))
  await expect(new Promise((_, reject) => refused.on('error', reject))).rejects.toThrow('408')
  slack.refuseConnections(false)
  await bareSocket(slack)
  expect(slack.openSockets()).toBe(1)
})

test.each(['socket', 'http'] as const)(
  'over %s a redelivered event carries its number and reason',
  async transport => {
    const seen: unknown[] = []
    const { slack } = await rigOver(transport, app =>
      app.event(
        'app_mention',
        async ({ body, context }) => void seen.push([body.event_id, context.retryNum, context.retryReason]),
      ),
    )
    await slack.user('UAIKO').mention('hello', { channel: 'general' })
    await expect.poll(() => seen).toHaveLength(1)
    await slack.redeliver()
    await expect.poll(() => seen).toHaveLength(2)
    const [[id]] = seen as [[string]]
    expect(seen[1]).toEqual([id, 1, 'http_timeout'])
  },
)

test('a command can be delivered twice, trigger and all', async () => {
  const triggers: string[] = []
  const { slack } = await rigOver('http', app =>
    app.command('/incident', async ({ ack, command }) => {
      triggers.push(command.trigger_id)
      await ack()
    }),
  )
  await slack.user('UAIKO').slash('/incident declare', { channel: 'general' })
  await slack.redeliver()
  expect(triggers).toHaveLength(2)
  expect(new Set(triggers).size).toBe(1)
})

test('HTTP deliveries are signed over their very bytes, events as JSON and commands as forms', async () => {
  const slack = await slackWithAiko()
  const got: { headers: IncomingHttpHeaders; body: string }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(got.length === 2 ? 500 : 200).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => new Promise(resolve => server.close(() => resolve())))
  slack.useHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`, {
    now: () => 1_800_000_000_000,
  })
  await slack.user('UAIKO').slash('/incident declare a&b', { channel: 'general' })
  await slack.user('UAIKO').mention('hello', { channel: 'general' })
  expect(got.map(({ headers }) => headers['content-type'])).toEqual([
    'application/x-www-form-urlencoded',
    'application/json',
    'application/json',
  ])
  for (const { headers, body } of got)
    expect(headers['x-slack-signature']).toBe(sign(slack.signingSecret, 1_800_000_000, body))
  expect(new URLSearchParams(got[0]!.body).get('text')).toBe('declare a&amp;b')
  expect(got[2]!.headers).toMatchObject({ 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_error' })
})

test('the SDK answers url_verification and refuses a wrong signature', async () => {
  const { slack, url } = await rigOver('http')
  expect(await slack.verifyUrl(url)).toBe(true)
  expect(await slack.verifyUrl(url, { now: () => Date.now() - 400_000 })).toBe(false)
})
