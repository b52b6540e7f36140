/** What each kind of work of an incident says to a chat, and what is recorded of it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Work } from '../../../bot/engine/timers.ts'
import { CANNOT_DM, ChatFailure, type Timer } from '../../../bot/ports.ts'
import { declare, of } from '../../support/asks.ts'
import { type Sender, sender } from '../../support/sender.ts'
import { config, TEAM } from '../../support/team.ts'

const DAY_MS = 24 * 60 * 60_000
const PHONE = TEAM.replace(
  '"100000000000000001" }',
  '"100000000000000001", phone: "+815012345678", notify: [{ after: 0s, by: chat }, { after: 0s, by: sms }] }',
)
let s: Sender
let now: number
/** What a chat knows messages of the first incident by. */
let at: string
const begin = async (title = 'Checkout is down', more: object = {}) => {
  const how = { test: false, severity: 'SEV1', service: 'checkout', ...more }
  await s.engine.handle([declare(title, {}, how)])
}
beforeEach(async () => {
  s = await sender({ config: config(PHONE) })
  now = s.clock.now()
  at = `@${now.toString(36)}`
  await begin()
})
afterEach(() => s.close())

const PAGE = { kind: 'page', page: 1, step: 0, target: 'slack', person: 'aiko' } as const
const SMS = { ...PAGE, step: 1, target: 'sms' } as const
const ROOM: Work = { kind: 'room', chat: 'slack' }
const CARD: Work = { kind: 'card', chat: 'slack' }
const setup = (step: 'topic' | 'pin' | 'bookmark' | 'invite', more?: string): Work =>
  more === undefined
    ? { kind: 'setup', chat: 'slack', step }
    : { kind: 'setup', chat: 'slack', step, of: more }
const fails =
  (kind: 'later' | 'never' | 'doubt', reason = 'busy') =>
  () => {
    throw new ChatFailure(kind, reason, `it is ${reason}`)
  }
const REF = { channel: 'C1', id: '1.1' }
const CHAT = { kind: 'chat', chat: 'slack' }
const acks = (person = 'aiko') =>
  s.engine.handle([
    of('INC-1', { do: 'ack', page: 1 }, { actor: { kind: 'person', person, via: 'console' } }),
  ])
/** The command that is recorded of it, and by whom. */
const recordOf = async (work: Work, timer: Partial<Timer> = {}) => {
  const [, ...record] = (await s.send(work, timer)).recorded[0] as readonly unknown[]
  return record
}
const saidOf = async (work: Work, timer: Partial<Timer> = {}) => (await s.send(work, timer)).said
/** Refused for good. */
const lostOf = async (verb: string, work: Work) => {
  s.answers(verb, fails('never'))
  return (await s.send(work)).recorded
}
/** Not through for so long: the outcome without the next try, and what is recorded. */
const overdueOf = async (verb: string, work: Work, boundMs: number) => {
  s.answers(verb, fails('later'))
  const almost = await s.send(work, { firstAttemptAt: now - boundMs + 1_001 })
  expect(almost.recorded).toEqual([[expect.objectContaining({ retryAt: now + 1_000 })]])
  s.answers(verb, fails('later'))
  return (await s.send(work, { firstAttemptAt: now - boundMs + 1_000 })).recorded
}
const sent = {
  do: 'page_sent',
  page: 1,
  step: 0,
  target: 'slack',
  attemptedAt: 0,
  acceptedAt: 0,
  linked: false,
}

test('a page goes to its person, and its copy is known; one that is over, or was never called, does not leave', async () => {
  s.clock.moveTo(now + 500)
  const { said, recorded } = await s.send(PAGE, { firstAttemptAt: now })
  const summary = 'SEV1 INC-1: Checkout is down (Test team)'
  expect(said).toEqual([['post', { user: 'U0AIKO' }, summary, `page:INC-1:1:0:slack${at}`]])
  const record = { ...sent, attemptedAt: now, acceptedAt: now + 500, ref: REF }
  expect(recorded).toEqual([[{ done: true, laneFreeAt: now + 1_500 }, record, { kind: 'timer' }]])
  expect(await recordOf(PAGE, { firstAttemptAt: null })).toMatchObject([{ attemptedAt: now + 500 }, {}])
  expect(await s.send({ ...PAGE, page: 2 })).toEqual({ said: [], recorded: [[{ done: true }]] })
  await acks()
  expect(await s.send(PAGE)).toEqual({ said: [], recorded: [[{ done: true }]] })
})

test('a page says that it is linked to its channel, once there is one', async () => {
  await s.send(ROOM)
  expect(await recordOf(PAGE)).toMatchObject([{ linked: true }, {}])
})

test('after a doubtful attempt a page is looked for, and when nobody can look it comes again, marked so', async () => {
  const key = `page:INC-1:1:0:slack${at}`
  const look = ['find', { user: 'U0AIKO' }, key, now - DAY_MS]
  s.answers('find', () => ({ channel: 'D1', id: '7' }))
  expect(await s.send(PAGE, { doubt: true, firstAttemptAt: null })).toMatchObject({
    said: [look],
    recorded: [[{ done: true }, { ref: { channel: 'D1', id: '7' } }, {}]],
  })
  const summary = 'SEV1 INC-1: Checkout is down (Test team)'
  expect(await saidOf(PAGE, { doubt: true })).toEqual([look, ['post', { user: 'U0AIKO' }, summary, key]])
  s.answers('find', fails('later'))
  expect(await saidOf(PAGE, { doubt: true })).toEqual([
    look,
    ['post', { user: 'U0AIKO' }, `(repeat) ${summary}`, key],
  ])
})

test('who cannot be written to is mentioned in the incident’s channel, or in the team’s while there is none', async () => {
  s.answers('post', fails('never', CANNOT_DM))
  const rest = ['SEV1 INC-1: Checkout is down (Test team)', `page:INC-1:1:0:slack${at}`]
  expect(await saidOf(PAGE)).toEqual([
    ['post', { user: 'U0AIKO' }, ...rest],
    ['post', { channel: '#incidents' }, ...rest],
  ])
  expect(s.message()?.blocks[0]).toEqual({ kind: 'text', lines: [[{ mention: 'aiko' }]] })
  await s.send(ROOM)
  s.answers('post', fails('never', CANNOT_DM))
  const { said, recorded } = await s.send(PAGE)
  expect(said[1]).toEqual(['post', { channel: 'C9' }, ...rest])
  const instead = `it is ${CANNOT_DM}`
  expect(recorded).toMatchObject([[{ laneFreeAt: now + 1_000 }, { ref: REF, instead, linked: true }, {}]])
  expect(await recordOf({ ...PAGE, person: 'nobody' })).toMatchObject([
    { do: 'page_failed', final: true, why: 'nobody is not linked on slack' },
    {},
  ])
})

test('a page by SMS leaves through its provider, under the person’s number', async () => {
  const { said, recorded } = await s.send(SMS)
  expect(said).toEqual([['page', '+815012345678', 'SEV1 INC-1: Checkout is down', `page:INC-1:1:1:sms${at}`]])
  const record = { ...sent, step: 1, target: 'sms', attemptedAt: now, acceptedAt: now, ref: null }
  expect(recorded).toEqual([[{ done: true }, record, { kind: 'timer' }]])
  expect(await saidOf(SMS, { doubt: true })).toMatchObject([
    ['page', '+815012345678', '(repeat) SEV1 INC-1: Checkout is down', expect.any(String)],
  ])
  expect(await recordOf({ ...SMS, person: 'ben' })).toMatchObject([
    { do: 'page_failed', step: 1, target: 'sms', final: true, why: 'sms is not set up for ben' },
    {},
  ])
})

test('in a drill in which a way is broken, nothing leaves by it', async () => {
  await begin('A drill', { drill: true, broken: ['sms'] })
  expect(await s.send(SMS, { stream: 'INC-2' })).toEqual({
    said: [],
    recorded: [
      [
        { done: true },
        {
          do: 'page_failed',
          page: 1,
          step: 1,
          target: 'sms',
          why: 'in this drill it does not work',
          final: true,
        },
        { kind: 'timer' },
      ],
    ],
  })
  expect(await saidOf(PAGE, { stream: 'INC-2' })).toHaveLength(1)
})

test('more than the limit allows is held, and told of in the next that leaves', async () => {
  await begin('Cart is down')
  for (let each = 0; each < 8; each++) await s.send(SMS, { key: `a${each}` })
  const quarter = 15 * 60_000
  const held = { do: 'page_held', page: 1, step: 1, target: 'sms', until: now + quarter }
  expect(await s.send(SMS)).toEqual({
    said: [],
    recorded: [
      [
        { retryAt: now + quarter, doubt: false, leaveLane: true },
        { ...held, why: 'held for 15 min by your sms limit' },
        { kind: 'timer' },
      ],
    ],
  })
  const silent = { do: 'page_failed', page: 1, step: 1, target: 'sms', final: false }
  expect(await s.send(SMS, { doubt: true, key: 'b' })).toMatchObject({
    said: [],
    recorded: [
      [
        { retryAt: now + quarter, doubt: true, leaveLane: true },
        { ...silent, why: 'nothing is heard of what was sent by sms' },
        {},
      ],
    ],
  })
  expect(await saidOf(SMS, { stream: 'INC-2', key: 'c' })).toMatchObject([
    ['page', '+815012345678', 'SEV1 INC-2: Cart is down Also open: INC-1.', expect.any(String)],
  ])
  expect(await s.send(SMS)).toMatchObject({
    said: [],
    recorded: [[{ done: true }, { ref: null, instead: 'told of in the message about INC-2' }, {}]],
  })
})

test('what did not leave does not count against the limit, what may have left does', async () => {
  for (let each = 0; each < 9; each++) {
    s.answers('page', fails('later'))
    expect(await saidOf(SMS, { key: `a${each}`, attempts: 2 })).toHaveLength(1)
  }
  for (let each = 0; each < 8; each++) {
    s.answers('page', fails('doubt'))
    expect(await saidOf(SMS, { key: `b${each}`, attempts: 2 })).toHaveLength(1)
  }
  expect(await saidOf(SMS, { key: 'c' })).toEqual([])
})

test('a late page is said once by each target, and tried on', async () => {
  const why = 'it is busy'
  const late = [
    [
      expect.objectContaining({ retryAt: now + 1_000 }),
      { do: 'page_failed', page: 1, step: 0, target: 'slack', why, final: false },
      { kind: 'timer' },
    ],
  ]
  expect(await overdueOf('post', PAGE, 30_000)).toEqual(late)
  s.answers('post', fails('later'))
  expect(await recordOf(PAGE, { firstAttemptAt: now - 60_000 })).toEqual([])
})

const LEFTOVER: Work = { ...PAGE, kind: 'leftover' }
test('a copy that nobody heard of is looked for, recorded when it is there, and never sent', async () => {
  await acks()
  const look = ['find', { user: 'U0AIKO' }, `page:INC-1:1:0:slack${at}`, now - DAY_MS]
  expect(await s.send(LEFTOVER)).toEqual({ said: [look], recorded: [[{ done: true }]] })
  s.answers('find', () => REF)
  const { attemptedAt: _, ...found } = { ...sent, acceptedAt: now, linked: true, ref: REF }
  expect(await recordOf(LEFTOVER)).toEqual([found, { kind: 'timer' }])
  expect(await s.send(LEFTOVER)).toEqual({ said: [], recorded: [[{ done: true }]] })
  expect(await saidOf({ ...LEFTOVER, step: 1 })).toHaveLength(1)
  expect(await s.send({ ...LEFTOVER, page: 9 })).toEqual({ said: [], recorded: [[{ done: true }]] })
  expect(await lostOf('find', { ...LEFTOVER, step: 1 })).toEqual([[{ done: true }]])
  expect(await overdueOf('find', { ...LEFTOVER, step: 1 }, DAY_MS)).toEqual([[{ done: true }]])
})

const COPY: Work = { kind: 'copy', page: 1, chat: 'slack', ref: REF }
test('a copy says that its page is over; one in a channel mentions its person still', async () => {
  await s.send(PAGE)
  await acks('ben')
  expect(await s.send(COPY)).toEqual({
    said: [['edit', REF, 'SEV1 · INC-1 · Checkout is down']],
    recorded: [[{ done: true }]],
  })
  expect(s.message()?.blocks[0]).toMatchObject({ kind: 'heading' })
  const failed = { do: 'copy_failed', page: 1, chat: 'slack', why: 'it is busy' }
  expect(await lostOf('edit', COPY)).toEqual([[{ done: true }, failed, CHAT]])
  expect(await overdueOf('edit', COPY, DAY_MS)).toEqual([[{ done: true }, failed, CHAT]])
  expect(await s.send({ ...COPY, page: 9 })).toEqual({ said: [], recorded: [[{ done: true }]] })
})

test('the copy in a channel of who cannot be written to mentions them when it is over too', async () => {
  s.answers('post', fails('never', CANNOT_DM))
  await s.send(PAGE)
  await acks('ben')
  await s.send(COPY)
  expect(s.message()?.blocks[0]).toEqual({ kind: 'text', lines: [[{ mention: 'aiko' }]] })
  await s.send({ ...COPY, ref: { channel: 'C1', id: '2.2' } })
  expect(s.message()?.blocks[0]).toMatchObject({ kind: 'heading' })
})

test('the channel is opened once, by its day and its title', async () => {
  expect(await s.send(ROOM)).toEqual({
    said: [['openRoom', 'inc-20261124-checkout-down', `room:INC-1:slack${at}`]],
    recorded: [[{ done: true }, { do: 'room_opened', chat: 'slack', channel: 'C9', name: 'room' }, CHAT]],
  })
  expect(await s.send(ROOM)).toEqual({ said: [], recorded: [[{ done: true }]] })
})

test('a channel that cannot be opened is said when it is for good; a slow chat is tried on', async () => {
  expect(await overdueOf('openRoom', ROOM, 10 * 60_000)).toEqual([
    [{ retryAt: now + 1_000, doubt: false, leaveLane: true }],
  ])
  const failed = { do: 'room_failed', chat: 'slack', why: 'it is busy' }
  expect(await lostOf('openRoom', ROOM)).toEqual([[{ done: true }, failed, CHAT]])
})

test('the card is posted where the incident lives, and edited from then on', async () => {
  await s.send(ROOM)
  const summary = 'SEV1 INC-1 Checkout is down: detected'
  expect(await s.send(CARD)).toEqual({
    said: [['post', { channel: 'C9' }, summary, `card:INC-1:slack${at}`]],
    recorded: [[{ done: true }, { do: 'card_posted', chat: 'slack', ref: REF, shows: 4 }, CHAT]],
  })
  expect(await s.send(CARD)).toEqual({ said: [['edit', REF, summary]], recorded: [[{ done: true }]] })
  const failed = { do: 'setup_failed', chat: 'slack', step: 'card', why: 'it is busy' }
  expect(await lostOf('edit', CARD)).toEqual([[{ done: true }, failed, CHAT]])
  expect(await overdueOf('edit', CARD, 10 * 60_000)).toEqual([
    [{ retryAt: now + 1_000, doubt: false, leaveLane: true }],
  ])
})

test('where the team has no channel on a chat, a card has no place, and that is said', async () => {
  await s.close()
  const elsewhere = PHONE.replace('channel: "#incidents"', 'channel: "discord:#incidents"')
  s = await sender({ config: config(elsewhere) })
  await begin()
  expect(await recordOf(CARD)).toEqual([
    { do: 'setup_failed', chat: 'slack', step: 'card', why: 'there is no channel for INC-1 on slack' },
    CHAT,
  ])
})

test('the channel is set up step by step; what there is no place or no link for is left out', async () => {
  const steps = [
    setup('topic'),
    setup('pin'),
    setup('bookmark', 'Runbook'),
    setup('bookmark', 'Dashboard'),
    setup('bookmark'),
    setup('invite', 'ben'),
    setup('invite'),
  ]
  const all = async () => {
    const said: unknown[] = []
    for (const step of steps) {
      const done = await s.send(step)
      expect(done.recorded).toEqual([[{ done: true }]])
      said.push(...done.said)
    }
    return said
  }
  expect(await all()).toEqual([])
  await s.send(ROOM)
  const topic = ['setTopic', 'C9', 'SEV1 · detected · nobody has it yet · Checkout is down']
  const bookmark = ['bookmark', 'C9', 'Runbook', 'https://wiki.example.com/checkout']
  const invite = ['invite', 'C9', 'U0BEN']
  expect(await all()).toEqual([topic, bookmark, invite])
  await s.send(CARD)
  expect(await all()).toEqual([topic, ['pin', REF], bookmark, invite])
  const failed = { do: 'setup_failed', chat: 'slack', why: 'it is busy' }
  expect(await lostOf('setTopic', setup('topic'))).toEqual([
    [{ done: true }, { ...failed, step: 'topic' }, CHAT],
  ])
  expect(await overdueOf('invite', setup('invite', 'ben'), 10 * 60_000)).toEqual([
    [{ done: true }, { ...failed, step: 'invite:ben' }, CHAT],
  ])
})

test('a channel that is called hears why, at the chat’s pace', async () => {
  const call: Work = { kind: 'call', chat: 'slack', channel: '#q', called: 3, why: 'no ack in time' }
  expect(await s.send(call)).toEqual({
    said: [['post', { channel: '#q' }, 'SEV1 · INC-1 · Checkout is down', `call:INC-1:3:slack${at}`]],
    recorded: [[{ done: true, laneFreeAt: now + 1_000 }]],
  })
  expect(JSON.stringify(s.message())).toContain('For this channel: no ack in time.')
  const failed = { do: 'post_failed', chat: 'slack', what: 'the call to #q', why: 'it is busy' }
  expect(await lostOf('post', call)).toEqual([[{ done: true }, failed, CHAT]])
})

test('a channel is archived when its incident is closed, and not before', async () => {
  const archive: Work = { kind: 'archive', chat: 'slack' }
  expect(await saidOf(archive)).toEqual([])
  await s.send(ROOM)
  expect(await saidOf(archive)).toEqual([])
  await s.engine.handle([of('INC-1', { do: 'status', to: 'closed' })])
  expect(await s.send(archive)).toEqual({ said: [['archive', 'C9']], recorded: [[{ done: true }]] })
  expect(await lostOf('archive', archive)).toEqual([[{ done: true }]])
  expect(await overdueOf('archive', archive, 10 * 60_000)).toEqual([
    [{ retryAt: now + 1_000, doubt: false, leaveLane: true }],
  ])
})

test('a test of a way leaves with its code, and says what became of it', async () => {
  const contact = { person: 'aiko', way: 'sms', address: '+815012345678' } as const
  const trial: Work = { kind: 'trial', trial: 4, ...contact }
  const stream = { stream: 'contacts' }
  const { said, recorded } = await s.send(trial, stream)
  expect(said).toEqual([
    ['page', '+815012345678', expect.stringMatching(/^This is a test from Tocsin/), 'trial:aiko:sms:4'],
  ])
  expect(recorded).toEqual([[{ done: true }, { do: 'trial_sent', ...contact }, { kind: 'timer' }]])
  expect(await saidOf(trial, { ...stream, doubt: true })).toMatchObject([
    ['page', '+815012345678', expect.stringMatching(/^\(repeat\) This is a test/), expect.any(String)],
  ])
  expect(await recordOf({ ...trial, way: 'voice' }, stream)).toEqual([
    { do: 'trial_failed', ...contact, way: 'voice', why: 'voice is not set up here' },
    { kind: 'timer' },
  ])
  s.answers('page', fails('later'))
  expect((await s.send(trial, { ...stream, firstAttemptAt: now - 29_000 })).recorded).toEqual([
    [{ done: true }, { do: 'trial_failed', ...contact, why: 'it is busy' }, { kind: 'timer' }],
  ])
})
