/** Each fault does to the caller, and to the workspace, exactly what it says. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { call, errorOf } from './client.ts'
import { type FaultKind, type Slack, startSlack } from './index.ts'

let slack: Slack
beforeEach(async () => {
  slack = await startSlack()
  slack.channels.add({ id: 'C1', name: 'general', members: [slack.botUser] })
})
afterEach(() => slack.stop())

const post = (text = 'page') => call(slack, 'chat.postMessage', { channel: 'C1', text })

/** The answer's status, or why there was none. */
async function outcome(): Promise<string> {
  try {
    const { status, body } = await post()
    return `${status} ${String(body.ok ?? '')}`
  } catch (error) {
    return error instanceof SyntaxError ? 'not JSON' : 'no answer'
  }
}

test.each<[FaultKind, string, number]>([
  ['429', '429 false', 0],
  ['500', '500 ', 0],
  ['reset', 'no answer', 0],
  ['accept-then-reset', 'no answer', 1],
  ['accept-then-500', '500 ', 1],
  ['ok:false', '200 false', 0],
  ['malformed', 'not JSON', 0],
  ['html', 'not JSON', 0],
])('%s: the caller gets %s and %i messages are there', async (kind, expected, messages) => {
  slack.fault({ method: 'chat.postMessage', kind })
  expect(await outcome()).toBe(expected)
  expect(slack.messages('general')).toHaveLength(messages)
})

test('a hanging call goes on when it is let go, done before or after', async () => {
  const before = slack.fault({ method: 'chat.postMessage', kind: 'hang' })
  const first = post('late')
  await expect.poll(() => before.hits).toBe(1)
  expect(slack.messages('general')).toHaveLength(0)
  before.release()
  expect((await first).body.ok).toBe(true)
  const after = slack.fault({ method: 'chat.postMessage', kind: 'accept-then-hang' })
  const second = post('there at once')
  await expect.poll(() => slack.messages('general')).toHaveLength(2)
  after.release()
  expect((await second).body.ok).toBe(true)
})

test('a fault strikes as often as it was told, only the calls that match, until it is cleared', async () => {
  const fault = slack.fault({
    method: 'chat.postMessage',
    kind: 'ok:false',
    error: 'fatal_error',
    times: 2,
    when: args => args.text === 'bad',
  })
  expect(await errorOf(slack, 'chat.postMessage', { channel: 'C1', text: 'good' })).toBe('ok')
  expect(await errorOf(slack, 'chat.postMessage', { channel: 'C1', text: 'bad' })).toBe('fatal_error')
  fault.clear()
  expect(await errorOf(slack, 'chat.postMessage', { channel: 'C1', text: 'bad' })).toBe('ok')
  expect(fault.hits).toBe(1)
})

test('the log holds every call with its time, and no token', async () => {
  await post()
  expect(slack.calls('chat.postMessage')).toMatchObject([{ detail: { channel: 'C1', text: 'page' } }])
  expect(JSON.stringify(slack.log)).not.toContain(slack.botToken)
})
