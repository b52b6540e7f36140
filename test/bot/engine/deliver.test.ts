/** What becomes of an attempt: recorded, tried again and when, given up, or held up by nobody. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Work } from '../../../bot/engine/timers.ts'
import { ChatFailure } from '../../../bot/ports.ts'
import { declare } from '../../support/asks.ts'
import { type Sender, sender } from '../../support/sender.ts'

let s: Sender
let now: number
beforeEach(async () => {
  s = await sender()
  now = s.clock.now()
  const more = { test: false, severity: 'SEV1', service: 'checkout' }
  await s.engine.handle([declare('Checkout is down', {}, more)])
})
afterEach(() => s.close())

const PAGE: Work = { kind: 'page', page: 1, step: 0, target: 'slack', person: 'aiko' }
const CALL: Work = { kind: 'call', chat: 'slack', channel: '#q', called: 3, why: 'declared' }
const CARD: Work = { kind: 'card', chat: 'slack' }
const fails = (kind: 'later' | 'never' | 'doubt', retryAfterMs?: number) => () => {
  throw new ChatFailure(kind, 'busy', 'the chat is busy', retryAfterMs)
}
const outcome = async (work: Work, timer: object = {}) => (await s.send(work, timer)).recorded

test.each([
  [1, 1_000],
  [2, 2_000],
  [4, 8_000],
  [6, 32_000],
  [7, 60_000],
  [50, 60_000],
])('after try %i the next one comes %i ms later', async (attempts, pauseMs) => {
  s.answers('post', fails('later'))
  expect(await outcome(CALL, { attempts })).toEqual([
    [{ retryAt: now + pauseMs, doubt: false, leaveLane: false }],
  ])
})

test('a chat that asks for patience is given it, and the longer pause counts', async () => {
  s.answers('post', fails('later', 5_000))
  expect(await outcome(CALL)).toEqual([[{ retryAt: now + 5_000, doubt: false, leaveLane: false }]])
  s.answers('post', fails('later', 5_000))
  expect(await outcome(CALL, { attempts: 4 })).toEqual([
    [{ retryAt: now + 8_000, doubt: false, leaveLane: false }],
  ])
})

test('pages that wait behind one that fails have their own try now, unless the provider asked for patience (I13)', async () => {
  s.answers('post', fails('later'))
  expect(await outcome(PAGE)).toEqual([[{ retryAt: now + 1_000, doubt: false, leaveLane: true }]])
  s.answers('post', fails('later', 3_000))
  expect(await outcome(PAGE)).toEqual([[{ retryAt: now + 3_000, doubt: false, leaveLane: false }]])
})

test('once in doubt a delivery stays so', async () => {
  s.answers('post', fails('doubt'))
  expect(await outcome(CALL)).toEqual([[{ retryAt: now + 1_000, doubt: true, leaveLane: false }]])
  s.answers('find', fails('later'))
  expect(await outcome(CALL, { doubt: true })).toEqual([
    [{ retryAt: now + 1_000, doubt: true, leaveLane: false }],
  ])
})

test('what is refused for good ends, and is recorded with its reason', async () => {
  s.answers('post', fails('never'))
  const failed = {
    do: 'page_failed',
    page: 1,
    step: 0,
    target: 'slack',
    why: 'the chat is busy',
    final: true,
  }
  expect(await outcome(PAGE)).toEqual([[{ done: true }, failed, { kind: 'timer' }]])
})

test('a page that could only be tried again after half a minute is late, said once, and tried on', async () => {
  const late = { do: 'page_failed', page: 1, step: 0, target: 'slack', why: 'the chat is busy', final: false }
  s.answers('post', fails('later'))
  expect(await outcome(PAGE, { firstAttemptAt: now - 28_999 })).toEqual([
    [{ retryAt: now + 1_000, doubt: false, leaveLane: true }],
  ])
  s.answers('post', fails('later', 2_000))
  expect(await outcome(PAGE, { firstAttemptAt: now - 28_000 })).toEqual([
    [{ retryAt: now + 2_000, doubt: false, leaveLane: true }, late, { kind: 'timer' }],
  ])
  s.answers('post', fails('doubt', 2_000))
  expect(await outcome(PAGE, { firstAttemptAt: now - 28_000, attempts: 2 })).toEqual([
    [{ retryAt: now + 2_000, doubt: true, leaveLane: true }],
  ])
})

test('a post that does not get through for a day is given up, and that is said', async () => {
  s.answers('post', fails('later'))
  const dayMs = 24 * 60 * 60_000
  expect(await outcome(CALL, { firstAttemptAt: now - dayMs + 1_001 })).toEqual([
    [{ retryAt: now + 1_000, doubt: false, leaveLane: false }],
  ])
  s.answers('post', fails('later'))
  expect(await outcome(CALL, { firstAttemptAt: now - dayMs + 1_000 })).toEqual([
    [
      { done: true },
      { do: 'post_failed', chat: 'slack', what: 'the call to #q', why: 'the chat is busy' },
      { kind: 'chat', chat: 'slack' },
    ],
  ])
})

test('a page behind one that has not got through for half a minute makes way at once, without a try of its own', async () => {
  const failing = async (work: Work, timer: object = {}) => {
    s.answers('post', fails('later'))
    return s.send(work, timer)
  }
  await failing(PAGE)
  s.clock.moveTo(now + 28_999)
  expect((await failing(PAGE)).said).toHaveLength(1)
  await failing({ ...PAGE, person: 'ben' })
  s.clock.moveTo(now + 30_000)
  const { said, recorded } = await s.send(PAGE, { doubt: true })
  expect(said).toEqual([])
  const why = 'what was sent before it is not getting through either'
  expect(recorded).toEqual([
    [
      { retryAt: now + 30_000, doubt: true, leaveLane: true },
      { do: 'page_failed', page: 1, step: 0, target: 'slack', why, final: false },
      { kind: 'timer' },
    ],
  ])
  expect((await s.send(CALL)).said).toHaveLength(1)
  expect((await failing({ ...PAGE, person: 'ben' })).said).toHaveLength(1)
  expect((await s.send(PAGE, { attempts: 2 })).said).toHaveLength(1)
  expect((await s.send(PAGE)).said).toHaveLength(1)
})

test('that a page which is over needs not leave is no sign that what is before it got through', async () => {
  s.answers('post', fails('later'))
  await s.send(PAGE)
  s.clock.moveTo(now + 20_000)
  expect((await s.send({ ...PAGE, page: 9 })).recorded).toEqual([[{ done: true }]])
  s.clock.moveTo(now + 30_000)
  expect((await s.send(PAGE)).said).toEqual([])
})

test('what is delivered is recorded under the trace that it was armed under, by the chat that took it', async () => {
  const { said, recorded } = await s.send(CARD, { data: { chat: 'slack', trace: '00-1-2-00' } })
  expect(said).toEqual([
    ['post', { channel: '#incidents' }, 'SEV1 INC-1 Checkout is down: detected', expect.any(String)],
  ])
  const posted = { do: 'card_posted', chat: 'slack', ref: { channel: 'C1', id: '1.1' }, shows: 3 }
  expect(recorded).toEqual([[{ done: true }, posted, { kind: 'chat', chat: 'slack' }, '00-1-2-00']])
})

test('each attempt is counted by what came of it, timed, and logged', async () => {
  s.clock.moveTo(now + 4_000)
  s.answers('post', fails('doubt'))
  await s.send(PAGE, { dueAt: now, firstAttemptAt: now })
  s.answers('post', () => {
    s.clock.moveTo(now + 6_000)
    return { channel: 'C1', id: '1.1' }
  })
  await s.send(PAGE, { dueAt: now, attempts: 3 })
  expect(
    await Promise.all(
      [
        'deliveries_total{kind="page",outcome="doubt"}',
        'deliveries_total{kind="page",outcome="accepted"}',
        'page_latency_seconds_sum{way="slack"}',
        'delivery_seconds_sum{kind="page"}',
      ].map(s.metric),
    ),
  ).toEqual([1, 1, 6, 2])
  const key = 'page:INC-1:1:0:slack'
  expect(s.logged('level', 'key', 'reason', 'kind', 'attempt', 'seconds')).toEqual([
    ['delivery.failed', 'warn', key, 'busy', 'doubt', 1, undefined],
    ['delivered', 'info', key, undefined, undefined, 3, 6],
  ])
  await s.send(CALL)
  expect(await s.metric('page_latency_seconds_count{way="slack"}')).toBe(1)
})

test('what is for a chat that another process has waits for it', async () => {
  expect(await outcome({ ...CARD, chat: 'discord' })).toEqual([
    [{ retryAt: now + 1_000, doubt: false, leaveLane: false }],
  ])
  expect(s.logged('reason', 'kind')).toEqual([['delivery.failed', 'not_set_up', 'later']])
})

test('a decision is no delivery, and what breaks in a delivery is a bug of ours and not of the chat', async () => {
  await expect(s.send({ kind: 'rung' })).rejects.toThrow('bug: rung:INC-1 is a decision, not a delivery')
  s.answers('post', () => Promise.reject(new TypeError('split')))
  await expect(s.send(CALL)).rejects.toThrow('split')
  await expect(s.send(CARD, { stream: 'rota' })).rejects.toThrow(
    'bug: card:INC-1:slack belongs to no incident',
  )
})
