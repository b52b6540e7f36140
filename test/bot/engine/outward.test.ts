/** What leaves for others than the incident's own people: action items and their issues, what is read of a chat, groups, sources. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Work } from '../../../bot/engine/timers.ts'
import { ChatFailure, type Timer } from '../../../bot/ports.ts'
import { declare, of } from '../../support/asks.ts'
import { type Sender, sender } from '../../support/sender.ts'
import { config, TEAM } from '../../support/team.ts'

const DAY_MS = 24 * 60 * 60_000
const YAML = `${TEAM.replace('primary: {', 'primary: { group: { slack: S0123ABCD },')}
actions: { github: { repo: acme/shop, token_file: /run/secrets/github } }
`
let s: Sender
let now: number
beforeEach(() => begin(YAML))
afterEach(() => s.close())

async function begin(yaml: string) {
  s = await sender({ config: config(yaml) })
  now = s.clock.now()
  await s.engine.handle([declare('Checkout is down', {}, { test: false, severity: 'SEV1' })])
}
async function anew(yaml: string) {
  await s.close()
  await begin(yaml)
}
const DONE = [[{ done: true }]]
const TIMER = { kind: 'timer' }
const CHAT = { kind: 'chat', chat: 'slack' }
const fails = (kind: 'later' | 'never') => () => {
  throw new ChatFailure(kind, 'busy', 'it is busy')
}
const lostOf = async (verb: string, work: Work, timer: Partial<Timer> = {}) => {
  s.answers(verb, fails('never'))
  return (await s.send(work, timer)).recorded
}
const overdueOf = async (verb: string, work: Work, boundMs: number, timer: Partial<Timer> = {}) => {
  s.answers(verb, fails('later'))
  return (await s.send(work, { ...timer, firstAttemptAt: now - boundMs })).recorded
}

const ACTIONS = { stream: 'actions' }
const added = { do: 'add_action', title: 'Alert on disk', description: '', owner: 'ben', priority: 'P2' }
const add = (more: object = {}) =>
  s.engine.handle([of('actions', { ...added, dueAt: now + DAY_MS, incident: 'INC-1', ...more })])
const happened = async () => {
  const [stored] = await s.store.load('actions')
  return { seq: 1, at: now, actor: { kind: 'timer' }, event: stored!.data } as never
}

test('an item is told to its owner; one that nobody knows is not', async () => {
  await add()
  const item: Work = { kind: 'item', chat: 'slack', person: 'ben', happened: await happened() }
  const { said, recorded } = await s.send(item, ACTIONS)
  expect(said).toEqual([['post', { user: 'U0BEN' }, expect.stringContaining('Alert on disk'), 'item:1:ben']])
  expect(recorded).toEqual([[{ done: true, laneFreeAt: now + 1_000 }]])
  const gone = { ...item.happened, event: { ...item.happened.event, id: 'ACT-9' } } as never
  expect(await s.send({ ...item, happened: gone }, ACTIONS)).toEqual({ said: [], recorded: DONE })
  expect(await lostOf('post', item, ACTIONS)).toEqual(DONE)
  expect(await overdueOf('post', item, DAY_MS, ACTIONS)).toEqual(DONE)
})

test('who is reminded hears of theirs, and the team of what is overdue for long, where it has a channel', async () => {
  await add()
  const reminded = { type: 'reminded', person: 'ben', due: ['ACT-1'], overdue: [], escalated: [] }
  const at = { seq: 4, at: now, actor: { kind: 'timer' } }
  const item: Work = {
    kind: 'item',
    chat: 'slack',
    person: 'ben',
    happened: { ...at, event: reminded } as never,
  }
  expect((await s.send(item, ACTIONS)).said).toEqual([
    ['post', { user: 'U0BEN' }, expect.any(String), 'item:4:ben'],
  ])
  expect(JSON.stringify(s.message())).toContain('Alert on disk')
  now += 2 * DAY_MS
  s.clock.moveTo(now)
  const told = { type: 'overdue_told', items: ['ACT-1'] }
  const overdue: Work = { kind: 'overdue', chat: 'slack', happened: { ...at, event: told } as never }
  const { said, recorded } = await s.send(overdue, ACTIONS)
  expect(said).toEqual([['post', { channel: '#incidents' }, expect.any(String), 'overdue:4:slack']])
  expect(recorded).toEqual([[{ done: true, laneFreeAt: now + 1_000 }]])
  expect(await lostOf('post', overdue, ACTIONS)).toEqual(DONE)
  expect(await overdueOf('post', overdue, DAY_MS, ACTIONS)).toEqual(DONE)
  const none = { ...overdue, happened: { ...at, event: { ...told, items: ['ACT-9'] } } as never }
  expect((await s.send(none, ACTIONS)).recorded).toEqual(DONE)
  await anew(YAML.replace('channel: "#incidents"', 'channel: "discord:#incidents"'))
  await add()
  expect(await s.send(overdue, ACTIONS)).toEqual({ said: [], recorded: DONE })
})

const MIRROR: Work = { kind: 'mirror', item: 'ACT-1' }
const ISSUE = { number: 7, url: 'https://t/7', title: 't', closed: false, updatedAt: 1 }
const record = (issue: object) => [
  [{ done: true }, { do: 'mirrored', id: 'ACT-1', issue }, { kind: 'timer' }],
]
test('an item is written once as an issue; a second try looks for the first, and what is known is changed', async () => {
  await add()
  const draft = expect.objectContaining({
    title: 'Alert on disk',
    body: expect.stringContaining('From INC-1: https://tocsin.example/incidents/INC-1.'),
  })
  expect(await s.send(MIRROR, ACTIONS)).toEqual({ said: [['tracker.open', draft]], recorded: record(ISSUE) })
  expect(await s.send(MIRROR, ACTIONS)).toEqual({
    said: [['tracker.change', 7, draft]],
    recorded: record(ISSUE),
  })
  await add({ incident: null, title: 'Write it down' })
  const second: Work = { kind: 'mirror', item: 'ACT-2' }
  s.answers('tracker.open', fails('later'))
  const first = await s.send(second, ACTIONS)
  expect(first.said).toEqual([
    ['tracker.open', expect.objectContaining({ body: expect.not.stringContaining('From') })],
  ])
  s.answers('tracker.find', () => ({ ...ISSUE, number: 8 }))
  const again = await s.send(second, { ...ACTIONS, attempts: 2 })
  expect(again.said).toEqual([
    ['tracker.find', '<!-- tocsin ACT-2 -->'],
    ['tracker.change', 8, expect.objectContaining({ title: 'Write it down' })],
  ])
  expect(await s.send({ kind: 'mirror', item: 'ACT-9' }, ACTIONS)).toEqual({ said: [], recorded: DONE })
})

test('an issue that cannot be written is said at its item; a slow tracker is asked for ever', async () => {
  await add()
  const text = 'Its issue could not be written: it is busy.'
  expect(await lostOf('tracker.open', MIRROR, ACTIONS)).toEqual([
    [{ done: true }, { do: 'update_action', id: 'ACT-1', text }, { kind: 'timer' }],
  ])
  expect(await overdueOf('tracker.open', MIRROR, 400 * DAY_MS, ACTIONS)).toEqual([
    [{ retryAt: now + 1_000, doubt: false, leaveLane: false }],
  ])
})

test('every ten minutes the tracker is asked what changed in a month; a team without one asks nobody', async () => {
  const later = { retryAt: now + 10 * 60_000, doubt: false, leaveLane: true }
  const seen = { do: 'issues_seen', issues: [ISSUE] }
  expect(await s.send({ kind: 'reconcile' }, ACTIONS)).toEqual({
    said: [['tracker.changed', now - 30 * DAY_MS]],
    recorded: [[later, seen, { kind: 'alert', integration: 'GitHub' }]],
  })
  expect(await lostOf('tracker.changed', { kind: 'reconcile' }, ACTIONS)).toEqual(DONE)
  expect(await overdueOf('tracker.changed', { kind: 'reconcile' }, 400 * DAY_MS, ACTIONS)).toEqual([
    [{ retryAt: now + 1_000, doubt: false, leaveLane: false }],
  ])
  await anew(TEAM)
  await add()
  expect(await s.send({ kind: 'reconcile' }, ACTIONS)).toEqual({ said: [], recorded: [[later]] })
  expect(await s.send(MIRROR, ACTIONS)).toEqual({ said: [], recorded: DONE })
})

test('a message that somebody marked is read at the pace of the chat; one that is gone, or may not be read, is said', async () => {
  const message = { chat: 'slack', channel: 'C1', id: '9.1' }
  const read: Work = { kind: 'read', message }
  const said = {
    ref: { channel: 'C1', id: '9.1' },
    user: 'U1',
    author: 'Ben',
    own: false,
    text: 'hi',
    at: now,
    link: undefined,
  }
  s.answers('read', () => said)
  expect(await s.send(read)).toEqual({
    said: [['read', { channel: 'C1', id: '9.1' }]],
    recorded: [[{ done: true, laneFreeAt: now + 1_500 }, { do: 'message_read', message, said }, TIMER]],
  })
  const lost = (why: string) => ({ do: 'message_lost', message, why })
  expect((await s.send(read)).recorded).toEqual([
    [{ done: true, laneFreeAt: now + 1_500 }, lost('the message is gone'), TIMER],
  ])
  expect(await lostOf('read', read)).toEqual([[{ done: true }, lost('it is busy'), TIMER]])
  expect(await overdueOf('read', read, DAY_MS)).toEqual([[{ done: true }, lost('it is busy'), TIMER]])
})

test('a channel is read page by page, from its incident’s beginning; a page that was read already is left', async () => {
  const page = (from: string | null, number = 1): Work => ({
    kind: 'history',
    chat: 'slack',
    page: number,
    from,
  })
  expect(await s.send(page(null))).toEqual({ said: [], recorded: DONE })
  await s.send({ kind: 'room', chat: 'slack' })
  s.clock.moveTo(now + 60_000)
  await s.engine.handle([of('INC-1', { do: 'read_history' })])
  const { readings } = (await s.engine.incident('INC-1'))!
  const number = readings.slack!.page
  const lost = { do: 'history_lost', chat: 'slack', why: 'it is busy' }
  s.answers('history', () => ({ messages: [], next: 'more' }))
  expect(await s.send(page('here', number))).toEqual({
    said: [['history', 'C9', { since: now, until: now + 60_000 }, 'here']],
    recorded: [
      [
        { done: true, laneFreeAt: now + 61_500 },
        { do: 'history_page', chat: 'slack', page: number, messages: [], next: 'more' },
        CHAT,
      ],
    ],
  })
  expect(await s.send(page('here', number))).toEqual({ said: [], recorded: DONE })
  expect(await lostOf('history', page('more', number + 1))).toEqual([[{ done: true }, lost, CHAT]])
})

test('a chat’s group has whoever is on call in it, and is never emptied', async () => {
  const rota = { stream: 'rota' }
  const group: Work = { kind: 'group', chat: 'slack', schedule: 'primary' }
  expect(await s.send(group, rota)).toEqual({
    said: [['keepGroup', 'S0123ABCD', ['U0AIKO'], ['U0BEN', 'U0CHIKA', 'U0DIEGO']]],
    recorded: DONE,
  })
  expect(await s.send({ ...group, schedule: 'secondary' }, rota)).toEqual({ said: [], recorded: DONE })
  expect(await s.send({ ...group, schedule: 'unheard' }, rota)).toEqual({ said: [], recorded: DONE })
  expect(await lostOf('keepGroup', group, rota)).toEqual(DONE)
  expect(await overdueOf('keepGroup', group, DAY_MS, rota)).toEqual([
    [{ retryAt: now + 1_000, doubt: false, leaveLane: true }],
  ])
  await anew(YAML.replace('aiko: { name: Aiko Tanaka, slack: U0AIKO,', 'aiko: { name: Aiko Tanaka,'))
  expect(await s.send(group, rota)).toEqual({ said: [], recorded: DONE })
})
