/** Limits in time, on a clock that the test moves: rates, Retry-After, triggers, response_urls. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { call, errorOf, handClock } from './client.ts'
import { type Slack, startSlack } from './index.ts'
import { RateLimiter } from './rate.ts'
import { createWorkspace } from './workspace.ts'

const clock = handClock()
let slack: Slack
beforeEach(async () => {
  slack = await startSlack({ clock })
  slack.users.add({ id: 'UAIKO', name: 'aiko' })
  for (const name of ['a', 'b'])
    slack.channels.add({ id: `C${name}`, name, members: [slack.botUser, 'UAIKO'] })
})
afterEach(() => slack.stop())

test('a channel takes one message a second after a small burst, and another channel is free', async () => {
  const post = (channel: string) => call(slack, 'chat.postMessage', { channel, text: 'hi' })
  for (const _ of [1, 2, 3]) expect((await post('Ca')).status).toBe(200)
  const refused = await post('Ca')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  expect((await post('Cb')).status).toBe(200)
  clock.advance(1000)
  expect((await post('Ca')).status).toBe(200)
  slack.expectNoViolations()
})

test('calling again before Retry-After has passed is remembered against the client', async () => {
  slack.fault({ method: 'users.info', kind: '429', retryAfter: 30 })
  const ask = () => call(slack, 'users.info', { user: 'UAIKO' })
  expect((await ask()).headers.get('retry-after')).toBe('30')
  clock.advance(10_000)
  expect((await ask()).headers.get('retry-after')).toBe('20')
  clock.advance(20_000)
  expect((await ask()).body.ok).toBe(true)
  expect(slack.violations).toMatchObject([{ rule: 'retry_before_retry_after' }])
})

test('a bucket gives its burst, then its rate, whatever the pauses', () => {
  const limiter = new RateLimiter(createWorkspace({ clock }))
  const rate = { perMinute: 20, burst: 20 }
  const waits = Array.from({ length: 21 }, () => limiter.take('conversations.create', rate))
  expect(waits).toEqual([...Array.from({ length: 20 }, () => 0), 3])
  clock.advance(3600_000)
  const later = Array.from({ length: 21 }, () => limiter.take('conversations.create', rate))
  expect(later.filter(wait => wait === 0)).toHaveLength(20)
})

test('a trigger opens one form, once, within three seconds', async () => {
  slack.useHttp('http://127.0.0.1:9/nobody')
  await expect(slack.user('UAIKO').shortcut('x')).rejects.toThrow('connection_failed')
  const { trigger_id } = slack.lastEnvelope()!.payload
  const view = { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [] }
  expect(await errorOf(slack, 'views.open', { trigger_id, view })).toBe('ok')
  expect(await errorOf(slack, 'views.open', { trigger_id, view })).toBe('exchanged_trigger_id')
  await expect(slack.user('UAIKO').shortcut('x')).rejects.toThrow('connection_failed')
  const late = slack.lastEnvelope()!.payload.trigger_id
  clock.advance(3001)
  expect(await errorOf(slack, 'views.open', { trigger_id: late, view })).toBe('expired_trigger_id')
})

test('forms are updated by the right hash only, stack three deep, and are gone once closed', async () => {
  slack.useHttp('http://127.0.0.1:9/nobody')
  const aiko = slack.user('UAIKO')
  const button = { type: 'button', action_id: 'more', text: { type: 'plain_text', text: 'More' } }
  const view = {
    type: 'modal',
    title: { type: 'plain_text', text: 'T' },
    blocks: [{ type: 'actions', elements: [button] }],
  }
  await aiko.shortcut('x').catch(() => undefined)
  await call(slack, 'views.open', { trigger_id: slack.lastEnvelope()!.payload.trigger_id, view })
  for (const expected of ['ok', 'ok', 'push_limit_reached']) {
    await aiko.click(slack.seenBy('UAIKO').modal!, 'More').catch(() => undefined)
    const { trigger_id } = slack.lastEnvelope()!.payload
    expect(await errorOf(slack, 'views.push', { trigger_id, view })).toBe(expected)
  }
  const [root, , top] = slack.seenBy('UAIKO').modals
  expect(top).toMatchObject({ root_view_id: root!.id })
  const view_id = top!.id
  expect(await errorOf(slack, 'views.update', { view_id, view, hash: 'old' })).toBe('hash_conflict')
  expect(await errorOf(slack, 'views.update', { view_id, view, hash: top!.hash })).toBe('ok')
  await aiko.close(top!)
  expect(await errorOf(slack, 'views.update', { view_id, view })).toBe('not_found')
})

test('a response_url works five times within thirty minutes', async () => {
  slack.useHttp('http://127.0.0.1:9/nobody')
  const open = async () => {
    await slack
      .user('UAIKO')
      .slash('/incident', { channel: 'a' })
      .catch(() => undefined)
    return String(slack.lastEnvelope()!.payload.response_url)
  }
  const say = async (url: string, body: object) => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
    return response.ok ? response.text() : ((await response.json()) as { error: string }).error
  }
  const url = await open()
  for (const _ of [1, 2, 3, 4, 5]) expect(await say(url, { text: 'working on it' })).toBe('ok')
  expect(await say(url, { text: 'once more' })).toBe('used_url')
  const second = await open()
  expect(await say(second, { text: 'all', response_type: 'in_channel' })).toBe('ok')
  expect(await say(second, { blocks: [{ type: 'nope' }] })).toBe('invalid_blocks')
  clock.advance(30 * 60_000 + 1)
  expect(await say(second, { text: 'late' })).toBe('expired_url')
  expect(slack.messages('a').map(one => one.text)).toEqual(['all'])
})
