/**
 * The key and the lane of each kind of work. Keys are in the database: one that changed would leave an armed timer without anybody who
 * takes it up, and two kinds with one key would take each other's place.
 */
import { expect, test } from 'vitest'
import { arm, keyOf, traceOf, type Work, workOf } from '../../../bot/engine/timers.ts'

const happened = { seq: 7 }
const message = { chat: 'slack', channel: 'C1', id: '9.1' }
type Row = readonly [work: object, key: string, lane?: string | null]
/** Without a lane: a decision. `null`: its key is its lane. */
const ROWS: readonly Row[] = [
  [{ kind: 'rung' }, 'rung:INC-1'],
  [{ kind: 'step', page: 3, step: 1 }, 'step:INC-1:3:1'],
  [{ kind: 'window', page: 3 }, 'window:INC-1:3'],
  [{ kind: 'lapse' }, 'lapse:INC-1'],
  [{ kind: 'unfinished' }, 'unfinished:INC-1'],
  [{ kind: 'remind' }, 'remind'],
  [{ kind: 'digest' }, 'digest'],
  [{ kind: 'ahead' }, 'ahead'],
  [{ kind: 'shift', schedule: 'primary' }, 'shift:primary'],
  [{ kind: 'page', page: 3, step: 1, target: 'sms', person: 'ben' }, 'page:INC-1:3:1:sms', 'page:ben:sms'],
  [{ kind: 'leftover', page: 3, step: 1, target: 'slack', person: 'ben' }, 'leftover:INC-1:3:1:slack', null],
  [{ kind: 'call', chat: 'slack', channel: '#q', called: 4, why: '' }, 'call:INC-1:4:slack', 'call:slack:#q'],
  [{ kind: 'copy', page: 3, chat: 'slack', ref: message }, 'copy:INC-1:slack:C1:9.1', null],
  [{ kind: 'room', chat: 'slack' }, 'room:INC-1:slack', null],
  [{ kind: 'card', chat: 'slack' }, 'card:INC-1:slack', null],
  [{ kind: 'archive', chat: 'slack' }, 'archive:INC-1:slack', null],
  [{ kind: 'setup', chat: 'slack', step: 'topic' }, 'setup:INC-1:slack:topic', null],
  [{ kind: 'setup', chat: 'slack', step: 'invite', of: 'ben' }, 'setup:INC-1:slack:invite:ben', null],
  [{ kind: 'post', chat: 'slack', where: 'room', happened }, 'post:INC-1:7:slack:room', 'posts:slack:INC-1'],
  [{ kind: 'post', chat: 'slack', where: 'team', happened }, 'post:INC-1:7:slack:team', 'posts:slack:#team'],
  [{ kind: 'overdue', chat: 'slack', happened }, 'overdue:7:slack', 'posts:slack:#team'],
  [{ kind: 'notice', chat: 'slack', happened }, 'notice:INC-1:7:slack', 'posts:slack:#team'],
  [{ kind: 'recall' }, 'recall:INC-1', null],
  [{ kind: 'read', message }, 'read:INC-1:slack:C1:9.1', 'read:slack'],
  [{ kind: 'history', chat: 'slack', page: 2, from: null }, 'history:INC-1:slack:2', 'read:slack'],
  [{ kind: 'tell', chat: 'slack', person: 'ben', happened }, 'tell:INC-1:7:slack:ben', null],
  [{ kind: 'trial', trial: 5, person: 'ben', way: 'sms', address: '+1' }, 'trial:ben:sms:5', null],
  [
    { kind: 'week', chat: 'slack', channel: '#t', period: { id: 'W1', from: 1, to: 2 }, asked: 0 },
    'week:W1:2:slack:0',
    null,
  ],
  [{ kind: 'item', chat: 'slack', person: 'ben', happened }, 'item:7:ben', null],
  [{ kind: 'mirror', item: 'ACT-1' }, 'mirror:ACT-1', null],
  [{ kind: 'reconcile' }, 'reconcile', null],
  [{ kind: 'export', to: 'git' }, 'export:INC-1:git', 'export:git'],
  [{ kind: 'owed', chat: 'slack', person: 'ben', happened }, 'owed:INC-1:7:ben:slack', 'owed:ben:slack'],
  [{ kind: 'owed', chat: 'slack', person: null, happened }, 'owed:INC-1:7:team:slack', 'owed:team:slack'],
  [{ kind: 'ask', source: 'prom' }, 'ask:INC-1:prom', null],
  [{ kind: 'investigation', chat: 'slack', asked: 3 }, 'investigation:INC-1:slack:3', null],
  [{ kind: 'group', chat: 'slack', schedule: 'primary' }, 'group:primary:slack', null],
]

test.each(ROWS.map(([work, key, lane]) => [(work as Work).kind, key, work as Work, lane] as const))(
  '%s: %s',
  (kind, key, work, lane) => {
    const armed = arm('INC-1', work, 5, '#team')
    expect(keyOf('INC-1', work)).toBe(key)
    expect(armed).toMatchObject({ key, kind, stream: 'INC-1', dueAt: 5 })
    expect(armed.lane).toBe(lane === null ? key : lane)
    expect(workOf(armed)).toEqual(work)
    expect(armed.keepEarlier).toBe(kind === 'card' || kind === 'investigation' ? true : undefined)
  },
)

test('no two kinds of work have one key', () => {
  expect(new Set(ROWS.map(([, key]) => key)).size).toBe(ROWS.length)
})

test('pages go before what is said, and what is said before what is only shown', () => {
  const rank = (kind: string) =>
    arm('INC-1', ROWS.find(([work]) => (work as Work).kind === kind)![0] as Work, 5).rank
  expect(rank('page')).toBeLessThan(rank('post'))
  expect(rank('post')).toBeLessThan(rank('setup'))
})

test('a timer knows under which trace it was armed', () => {
  expect([traceOf({ data: { trace: '00-1' } }), traceOf({ data: {} })]).toEqual(['00-1', undefined])
})
