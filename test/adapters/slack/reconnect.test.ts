/** Slack cuts and renews connections as it pleases; people who type meanwhile notice nothing. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../adapters/clock/system.ts'
import { createSlack } from '../../../adapters/slack/slack.ts'
import { createTelemetry } from '../../../adapters/telemetry/telemetry.ts'
import type { Chat } from '../../../bot/ports.ts'
import { type Slack, startSlack } from '../../emulators/slack/index.ts'

let slack: Slack
let chat: Chat
const message = { summary: 'heard', tone: 'calm' as const, blocks: [] }

beforeEach(async () => {
  slack = await startSlack()
  slack.users.add({ id: 'U0AIKO' })
  slack.useSocket()
  const { botToken, appToken, apiUrl } = slack
  chat = createSlack({
    botToken,
    appToken,
    apiUrl,
    clock: systemClock,
    telemetry: createTelemetry({ level: 'silent', secrets: [] }),
  })
  const directory = {
    person: () => ({ name: 'x', user: undefined }),
    room: () => undefined,
    people: () => [],
  }
  await chat.start({
    receive: async () => ({ kind: 'say', message }),
    home: async () => message,
    complete: async () => [],
    keeps: async () => false,
    directory,
  })
  await slack.connected(2)
})
afterEach(async () => {
  await chat.stop()
  await slack.stop()
})

const ask = () => slack.user('U0AIKO').slash('/incident list')
const answer = () =>
  ask().then(
    () => 'heard',
    () => 'not yet',
  )
const heardAgain = () => expect.poll(answer, { timeout: 10_000, interval: 20 }).toBe('heard')

test.each([
  ['a refresh that Slack asks for', () => slack.disconnectSockets('refresh_requested')],
  ['a warning', () => slack.disconnectSockets('warning')],
  ['a cut of every connection at once', () => slack.dropSockets()],
])(
  'after %s commands are heard again, and the connections are all back',
  { timeout: 60_000 },
  async (_, cut) => {
    cut()
    await heardAgain()
    await expect.poll(() => slack.openSockets(), { timeout: 10_000 }).toBe(2)
    expect(chat.health().connected).toBe(true)
  },
)

test('while Slack takes no connection it is tried on, said in the health, and heard again when it does', {
  timeout: 60_000,
}, async () => {
  slack.refuseConnections()
  slack.dropSockets()
  await expect.poll(() => chat.health().connected, { timeout: 10_000 }).toBe(false)
  slack.refuseConnections(false)
  await heardAgain()
})
