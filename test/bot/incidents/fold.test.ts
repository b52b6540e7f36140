/** What becomes of an incident with each thing that happens to it. */
import { expect, test } from 'vitest'
import type { Actor } from '../../../bot/incidents/events.ts'
import { actorText, readEvent } from '../../../bot/incidents/events.ts'
import { afterwards, apply, fold, freshRun, happen } from '../../../bot/incidents/fold.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { isReal } from '../../../bot/incidents/state.ts'
import { sameSummary, summaryOf } from '../../../bot/incidents/summary.ts'
import { MINUTE, START } from './any.ts'
import { ACKED, BEN, CHAIN, declared, happened, PROM, RUNG, since, status, TIMER } from './some.ts'

/** What another event changes, beside that it happened. */
function change(incident: Incident, event: object, actor: Actor = TIMER): Partial<Incident> {
  const after = since(incident, [event], actor)
  const changed = Object.entries(after).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(incident[key as keyof Incident]),
  )
  const { seq, updatedAt, ...rest } = Object.fromEntries(changed) as Partial<Incident>
  expect([seq, updatedAt]).toEqual([incident.seq + 1, incident.updatedAt + MINUTE])
  return rest
}

test('a declaration is the beginning: nobody has it, nobody is called, it lives nowhere', () => {
  const { chains, judged, ...rest } = declared()
  expect(rest).toEqual({
    id: 'INC-42',
    seq: 1,
    number: 42,
    title: 'Checkout is down',
    details: '',
    service: null,
    severity: 'SEV1',
    chosen: false,
    status: 'detected',
    test: false,
    drill: false,
    declaredAt: START,
    declaredBy: BEN,
    chain: null,
    acked: null,
    wordAt: START,
    questionedAt: null,
    firstAckedAt: null,
    stoodAside: [],
    pages: [],
    pagedChannels: [],
    duties: {},
    rooms: {},
    alerts: {},
    messages: {},
    readings: {},
    recurrence: null,
    sources: {},
    inquiry: { asked: 0, posted: {} },
    postmortem: null,
    lastUpdate: null,
    resolvedAt: null,
    closedAt: null,
    closedBy: null,
    updatedAt: START,
  })
})

test('a history begins with a declaration, and has one', () => {
  expect(() => apply('INC-1', undefined, happened(CHAIN))).toThrow('bug: INC-1 begins with chain_started')
  expect(() => since(declared(), [{ type: 'declared' }])).toThrow('bug: INC-42 declared twice')
  expect(fold('INC-1', [])).toBeUndefined()
})

test('events are numbered on from where the incident stands', () => {
  const events = [CHAIN, status('detected', 'triaged')] as unknown as Parameters<typeof happen>[1]
  expect(happen(5, events, START, BEN)).toEqual([
    { seq: 6, at: START, actor: BEN, event: CHAIN },
    { seq: 7, at: START, actor: BEN, event: status('detected', 'triaged') },
  ])
  const later = afterwards(declared(), [status('detected', 'triaged') as never], { actor: BEN, now: 9 })
  expect(later).toEqual({ ...declared(), status: 'triaged', seq: 2, updatedAt: 9, wordAt: 9 })
  expect(afterwards(later, [], { actor: BEN, now: 99 })).toBe(later)
})

const run = { ...freshRun('SEV1', [], START + MINUTE), passStartAt: START }
const paged = () => since(declared(), [CHAIN, RUNG])

test('a chain begins, pages, waits, and ends', () => {
  expect(change(declared(), { ...CHAIN, without: ['ben'] })).toEqual({
    chain: {
      severity: 'SEV1',
      passStartAt: START + MINUTE,
      shiftMs: 0,
      lastPagedAt: null,
      lastPagedPass: 0,
      next: null,
      exhaustedAt: null,
      without: ['ben'],
    },
  })
  const { pages: _, ...changed } = change(since(declared(), [CHAIN]), { ...RUNG, shiftMs: 7, pass: 2 })
  const called = { ...run, shiftMs: 7, next: RUNG.next, lastPagedAt: START + 2 * MINUTE, lastPagedPass: 2 }
  expect(changed).toEqual({ chain: called })
  const next = { pass: 2, rung: 1, dueAt: START + 9 * MINUTE }
  const waits = { type: 'chain_waits', next, passStartAt: START + 1, shiftMs: 3 }
  const chain = { ...run, next: RUNG.next, lastPagedAt: START + 2 * MINUTE, lastPagedPass: 1 }
  expect(change(paged(), waits)).toEqual({ chain: { ...chain, next, passStartAt: START + 1, shiftMs: 3 } })
  expect(change(paged(), { type: 'chain_exhausted' })).toEqual({
    chain: { ...chain, next: null, exhaustedAt: START + 3 * MINUTE },
  })
  expect(change(declared(), waits)).toEqual({})
  expect(change(declared(), { type: 'chain_exhausted' })).toEqual({})
})

test('a chain that begins anew takes the ack and the pages of the old one away', () => {
  const questioned = since(paged(), [{ ...ACKED, by: 'ben' }, { type: 'ack_questioned' }])
  expect(change(questioned, CHAIN)).toMatchObject({ acked: null, questionedAt: null })
  expect(change(paged(), CHAIN).pages?.map(({ ended }) => ended)).toEqual(['replaced'])
})

test('a rung that is a channel is kept in the order in which it was paged', () => {
  const channel = { name: '#queue' }
  const posted = since(declared(), [
    CHAIN,
    { ...RUNG, pages: [], channel },
    { ...RUNG, pages: [], rung: 2, channel },
  ])
  expect(posted.pagedChannels).toEqual([
    { channel, pass: 1, rung: 1 },
    { channel, pass: 1, rung: 2 },
  ])
  expect(since(declared(), [RUNG]).chain).toBeNull()
})

test('a page by hand stands beside those of the chain', () => {
  const [start] = RUNG.pages
  const byHand = { type: 'paged_by_hand', pages: [{ ...start, page: 2, person: 'ben' }], windowMs: 7 }
  expect(
    change(paged(), byHand).pages?.map(({ person, windowMs, rung }) => ({ person, windowMs, rung })),
  ).toEqual([
    { person: 'aiko', windowMs: 0, rung: { pass: 1, rung: 1 } },
    { person: 'ben', windowMs: 7, rung: null },
  ])
})

test('an ack stops the chain and every page; taken back, it calls nobody by itself', () => {
  const { pages, ...changed } = change(paged(), ACKED)
  const at = START + 3 * MINUTE
  expect(changed).toEqual({
    acked: { by: 'aiko', at, afterMs: 3 * MINUTE },
    firstAckedAt: at,
    chain: { ...run, lastPagedAt: START + 2 * MINUTE, lastPagedPass: 1 },
  })
  expect(pages?.map(({ ended }) => ended)).toEqual(['acknowledged'])
  const acked = since(paged(), [ACKED])
  expect(change(acked, { type: 'unacknowledged' })).toEqual({ acked: null })
  expect(since(acked, [{ type: 'unacknowledged' }, ACKED]).firstAckedAt).toBe(at)
  expect(since(declared(), [ACKED]).chain).toBeNull()
})

test('whoever has it is asked and answers; any word of a person is an answer as well', () => {
  const acked = since(paged(), [ACKED])
  expect(change(acked, { type: 'ack_questioned' })).toEqual({ questionedAt: START + 4 * MINUTE })
  const asked = since(acked, [{ type: 'ack_questioned' }])
  const answered = { questionedAt: null, wordAt: START + 5 * MINUTE }
  expect(change(asked, { type: 'ack_renewed' })).toEqual(answered)
  expect(change(asked, { type: 'ack_renewed' }, BEN)).toEqual(answered)
  expect(change(asked, { type: 'joined' }, BEN)).toEqual(answered)
  expect(change(asked, { type: 'joined' }, PROM)).toEqual({})
})

test('who stands aside is called no more, and nobody else is', () => {
  const [start] = RUNG.pages
  const two = since(declared(), [CHAIN, { ...RUNG, pages: [start, { ...start, page: 2, person: 'ben' }] }])
  const changed = change(two, { type: 'stood_aside', person: 'ben' })
  expect([changed.stoodAside, changed.pages?.map(({ ended }) => ended)]).toEqual([
    ['ben'],
    [null, 'stood aside'],
  ])
  const over = since(two, [
    ACKED,
    { type: 'stood_aside', person: 'ben' },
    { type: 'stood_aside', person: 'aiko' },
  ])
  expect(over.pages.map(({ ended }) => ended)).toEqual(['acknowledged', 'acknowledged'])
  expect(over.stoodAside).toEqual(['ben', 'aiko'])
})

test('a severity that is changed is somebody’s choice; duties, updates and alerts add up, the last of each counts', () => {
  expect(change(declared(), { type: 'severity_changed', to: 'SEV3' })).toEqual({
    severity: 'SEV3',
    chosen: true,
  })
  const led = since(declared(), [{ type: 'duty_taken', duty: 'scribe', person: 'ben' }])
  expect(change(led, { type: 'duty_taken', duty: 'commander', person: 'aiko' })).toEqual({
    duties: { scribe: 'ben', commander: 'aiko' },
  })
  expect(change(led, { type: 'update_posted', text: 'x' })).toEqual({
    lastUpdate: { text: 'x', at: START + 2 * MINUTE },
  })
  const alert = (fingerprint: string, status: string) => ({
    integration: 'prom',
    alert: { fingerprint, status },
  })
  const fired = since(declared(), [{ type: 'alert_fired', ...alert('a', 'firing') }])
  expect(change(fired, { type: 'alert_fired', ...alert('b', 'firing') })).toEqual({
    alerts: { 'prom/a': alert('a', 'firing').alert, 'prom/b': alert('b', 'firing').alert },
  })
  expect(change(fired, { type: 'alert_resolved', ...alert('a', 'resolved') })).toEqual({
    alerts: { 'prom/a': alert('a', 'resolved').alert },
  })
})

const OPENED = { type: 'room_opened', chat: 'slack', channel: 'C1', name: '#x' }
const ROOM = { channel: 'C1', name: '#x', card: null, failed: {} }
const NONE = { channel: null, name: '', card: null, failed: {} }
const REF = { channel: 'C1', id: '7' }

test('the places of an incident: its channel, its card, what of them failed, and what they were told', () => {
  expect(change(declared(), OPENED)).toEqual({ rooms: { slack: ROOM } })
  const opened = since(declared(), [OPENED])
  const failed = { ...NONE, failed: { room: 'no right' } }
  const room_failed = { type: 'room_failed', chat: 'discord', why: 'no right' }
  expect(change(opened, room_failed)).toEqual({ rooms: { slack: ROOM, discord: failed } })
  const posted = { type: 'card_posted', chat: 'slack', ref: REF }
  expect(change(opened, posted)).toEqual({ rooms: { slack: { ...ROOM, card: REF } } })
  expect(change(opened, { ...posted, chat: 'discord' })).toEqual({
    rooms: { slack: ROOM, discord: { ...NONE, card: REF } },
  })
  const setup = (step: string) => ({ type: 'setup_failed', chat: 'slack', step, why: step })
  expect(change(since(opened, [setup('pin')]), setup('topic'))).toEqual({
    rooms: { slack: { ...ROOM, failed: { pin: 'pin', topic: 'topic' } } },
  })
  expect(change(since(opened, [setup('pin')]), { type: 'setup_retried', chat: 'slack' })).toEqual({
    rooms: { slack: ROOM },
  })
  expect(change(opened, { type: 'caught_up', chat: 'slack', until: 7 })).toEqual({
    rooms: { slack: { ...ROOM, toldUntil: 7 } },
  })
  expect(change(opened, { ...setup('pin'), chat: 'discord' })).toEqual({})
  expect(since(opened, [{ ...OPENED, chat: 'discord' }]).rooms).toEqual({ slack: ROOM, discord: ROOM })
})

test.each([
  'entry_hidden',
  'entry_shown',
  'ack_expired',
  'page_held',
  'page_delivered',
  'rung_skipped',
  'joined',
  'post_failed',
  'copy_failed',
])('%s changes nothing but that it happened', type => {
  expect(change(paged(), { type })).toEqual({})
})

test('the row of a list has what lists show', () => {
  expect(summaryOf(declared())).toEqual({
    id: 'INC-42',
    number: 42,
    title: 'Checkout is down',
    severity: 'SEV1',
    status: 'detected',
    service: null,
    open: true,
    acked: false,
    quiet: false,
    test: false,
    declaredAt: START,
    ackedAt: null,
    resolvedAt: null,
    updatedAt: START,
    closedAt: null,
    cause: null,
    published: false,
    rooms: [],
  })
  const rooms = [OPENED, { type: 'room_failed', chat: 'discord', why: 'x' }]
  expect(summaryOf(since(paged(), [ACKED, ...rooms, status('detected', 'closed')]))).toMatchObject({
    open: false,
    acked: true,
    quiet: true,
    ackedAt: START + 3 * MINUTE,
    resolvedAt: START + 6 * MINUTE,
    closedAt: START + 6 * MINUTE,
    rooms: ['slack:C1'],
  })
  const published = (publishedAt: number | null) =>
    summaryOf({ ...declared(), postmortem: { publishedAt, written: {} } } as unknown as Incident).published
  expect([published(null), published(5)]).toEqual([false, true])
})

test('nobody owes a call when it is over, when the chain has ended, or when only a channel was asked', () => {
  const quiet = (incident: Incident) => summaryOf(incident).quiet
  const channel = since(declared(), [CHAIN, { ...RUNG, pages: [], channel: { name: '#q' }, next: null }])
  expect([
    quiet(since(paged(), [{ type: 'chain_exhausted' }])),
    quiet(channel),
    quiet(since(paged(), [status('detected', 'resolved')])),
  ]).toEqual([true, true, true])
  expect([quiet(paged()), quiet(since(channel, [CHAIN, RUNG])), quiet(since(declared(), [CHAIN]))]).toEqual([
    false,
    false,
    false,
  ])
  expect(quiet(since(declared(), [{ ...RUNG, pages: [], channel: { name: '#q' } }]))).toBe(false)
})

test('a row is the same while nothing that a list shows has changed', () => {
  const row = summaryOf(declared())
  expect([sameSummary(row, { ...row, updatedAt: 9 }), sameSummary(row, { ...row, title: 'x' })]).toEqual([
    true,
    false,
  ])
})

test('a test and a drill are not real', () => {
  const all = [{}, { test: true }, { drill: true }].map(more => isReal(declared(more)))
  expect(all).toEqual([true, false, false])
})

test.each([
  ['person:ben@slack', BEN],
  ['person:b@n@slack', { ...BEN, person: 'b@n' }],
  ['chat:slack', { kind: 'chat', chat: 'slack' }],
  ['alert:prom', PROM],
  ['timer', TIMER],
] as const)('who did something is stored as "%s", and read again', (text, actor) => {
  expect(actorText(actor)).toBe(text)
  const stored = { stream: 'INC-1', seq: 3, at: START, actor: text, data: CHAIN, cause: null }
  expect(readEvent(stored as unknown as Parameters<typeof readEvent>[0])).toEqual({
    seq: 3,
    at: START,
    actor,
    event: CHAIN,
  })
})
