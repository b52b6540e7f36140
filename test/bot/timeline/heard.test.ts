/** Which events are said aloud, and where: in the incident's channel, and in the team's. */
import { expect, test } from 'vitest'
import type { Effect } from '../../../bot/engine/reactions.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { forRoom, LATE_AFTER_MS, postReactions } from '../../../bot/timeline/reactions.ts'
import { config, TEAM } from '../../support/team.ts'
import { CHATS, MINUTE, START, worldOf } from '../incidents/any.ts'
import { ACKED, BEN, CHAIN, declared, happened, RUNG, since, status } from '../incidents/some.ts'

const OPENED = { type: 'room_opened', chat: 'slack', channel: 'C1', name: '#inc' }
const NO_ROOM = { type: 'room_failed', chat: 'slack', why: 'not allowed' }
const opened = () => since(declared(), [CHAIN, RUNG, OPENED])

const effects = (
  incident: Incident,
  event: object,
  {
    chats = ['slack'],
    yaml = TEAM,
    now = START,
  }: { chats?: readonly string[]; yaml?: string; now?: number } = {},
): readonly Effect[] =>
  postReactions.flatMap(react =>
    react({
      world: worldOf(config(yaml), chats),
      before: incident,
      after: incident,
      happened: [happened(event, BEN)],
      now,
    }),
  )
const places = (incident: Incident, event: object, more = {}) =>
  effects(incident, event, more)
    .map(each => ('arm' in each && each.arm.kind === 'post' ? `${each.arm.chat} ${each.arm.where}` : '?'))
    .join(', ')
const where = (event: object) => places(opened(), event).replaceAll('slack ', '') || 'nowhere'

const alert = (status: string) => ({ fingerprint: 'f', status })

test.each([
  ['nowhere', { type: 'chain_started' }],
  ['nowhere', { type: 'chain_waits' }],
  ['nowhere', { type: 'page_sent' }],
  ['nowhere', { type: 'page_delivered' }],
  ['nowhere', { type: 'step_due' }],
  ['nowhere', { type: 'page_waits' }],
  ['nowhere', { type: 'card_posted' }],
  ['nowhere', { type: 'setup_failed' }],
  ['nowhere', { type: 'entry_hidden' }],
  ['nowhere', { type: 'message_marked' }],
  ['nowhere', { type: 'history_read' }],
  ['nowhere', { type: 'postmortem_nagged' }],
  ['nowhere', { type: 'export_asked' }],
  ['nowhere', { type: 'section_written' }],
  ['nowhere', { type: 'evidence_found' }],
  ['nowhere', { type: 'room_opened' }],
  ['room, team', { type: 'acknowledged' }],
  ['room', { type: 'unacknowledged' }],
  ['room, team', { type: 'chain_exhausted' }],
  ['room, team', { type: 'severity_changed', from: 'SEV2', to: 'SEV1' }],
  ['room', { type: 'severity_changed', from: 'SEV1', to: 'SEV2' }],
  ['room', { type: 'duty_taken' }],
  ['room', { type: 'update_posted' }],
  ['room', { type: 'paged_by_hand' }],
  ['room', { type: 'page_unanswered' }],
  ['room', { type: 'page_answered' }],
  ['room', { type: 'page_failed' }],
  ['room', { type: 'page_held' }],
  ['room', { type: 'stood_aside' }],
  ['room', { type: 'ack_questioned' }],
  ['room', { type: 'ack_renewed' }],
  ['room, team', { type: 'ack_expired' }],
  ['room', { type: 'postmortem_drafted' }],
  ['room', { type: 'postmortem_reviewed' }],
  ['room, team', { type: 'postmortem_published' }],
  ['room', { type: 'postmortem_given' }],
  ['room, team', { type: 'postmortem_waived' }],
  ['room', { type: 'postmortem_resumed' }],
  ['room', { type: 'export_done' }],
  ['room', { type: 'export_failed' }],
  ['room', { type: 'joined' }],
  ['room', { type: 'message_lost' }],
  ['room', { type: 'history_ended' }],
  ['room', { type: 'recurrence_seen' }],
  ['team', { type: 'declared' }],
  ['team', { type: 'room_failed' }],
  ['nowhere', { type: 'rung_paged', pass: 1, rung: 1, lateMs: 0 }],
  ['room', { type: 'rung_paged', pass: 1, rung: 1, lateMs: 1 }],
  ['room', { type: 'rung_paged', pass: 1, rung: 2, lateMs: 0 }],
  ['room', { type: 'rung_paged', pass: 2, rung: 1, lateMs: 0 }],
  ['room', { type: 'rung_skipped', person: null }],
  ['nowhere', { type: 'rung_skipped', person: 'ben' }],
  ['room', { type: 'alert_fired', alert: alert('firing') }],
  ['nowhere', { type: 'alert_fired', alert: alert('resolved') }],
  ['room', { type: 'alert_resolved', alert: alert('resolved'), left: 1 }],
  ['room', status('detected', 'investigating')],
  ['room', status('detected', 'responding')],
  ['room', status('investigating', 'mitigated')],
  ['room, team', status('investigating', 'resolved')],
  ['room', status('resolved', 'verifying')],
  ['room, team', status('resolved', 'closed')],
  ['room', status('closed', 'postmortem')],
  ['room, team', status('closed', 'investigating')],
  ['room, team', status('postmortem', 'investigating')],
  ['room', status('resolved', 'investigating')],
  ['nowhere', { type: 'note_added', text: 'x', from: null }],
] as const)('%s: %j', (expected, event) => {
  expect(where(event)).toBe(expected)
})

test('a post is armed at once, with what happened', () => {
  const event = { type: 'chain_exhausted', pass: 1, nobody: false }
  const each = { kind: 'post', chat: 'slack', happened: happened(event, BEN) }
  expect(effects(opened(), event, { now: 7 })).toEqual([
    { arm: { ...each, where: 'room' }, at: 7 },
    { arm: { ...each, where: 'team' }, at: 7 },
  ])
})

test('that it is responding is said by the ack that brought it about, and that it is written up by the post-mortem', () => {
  const acked = since(opened(), [ACKED])
  const together = { ...acked, updatedAt: acked.acked!.at }
  expect(forRoom(happened(status('detected', 'responding')).event, together)).toBe(false)
  expect(forRoom(happened(status('detected', 'investigating')).event, together)).toBe(true)
  expect(forRoom(happened(status('detected', 'responding')).event, { ...acked, updatedAt: START })).toBe(true)
  const published = { ...acked, postmortem: { publishedAt: acked.updatedAt } } as Incident
  expect(forRoom(happened(status('closed', 'postmortem')).event, published)).toBe(false)
  expect(forRoom(happened(status('resolved', 'closed')).event, published)).toBe(true)
  expect(forRoom(happened(status('closed', 'postmortem')).event, { ...published, updatedAt: 0 })).toBe(true)
})

test('of many alerts the channel hears of ten, and of the end of the last', () => {
  const fired = (count: number) =>
    since(
      opened(),
      Array.from({ length: count }, (_, at) => ({
        type: 'alert_fired',
        integration: 'prom',
        alert: { fingerprint: `f${at}`, status: 'firing' },
      })),
    )
  const told = (count: number, event: object) => forRoom(happened(event).event, fired(count))
  const over = (left: number) => ({ type: 'alert_resolved', alert: alert('resolved'), left })
  expect([10, 11].map(count => told(count, { type: 'alert_fired', alert: alert('firing') }))).toEqual([
    true,
    false,
  ])
  expect([10, 11].map(count => told(count, over(1)))).toEqual([true, false])
  expect(told(11, over(0))).toBe(true)
})

test('that a chat gives no words is said with the first message that it holds back', () => {
  const note = (id: string, withheld?: string) => ({
    type: 'note_added',
    text: '',
    from: {
      author: 'Zoe',
      by: 'ben',
      message: { chat: 'slack', channel: 'C1', id },
      ...(withheld ? { withheld } : {}),
    },
  })
  const heard = (events: readonly object[], event: object) =>
    forRoom(happened(event).event, since(opened(), events))
  const [bare, other] = [note('1', 'it is private'), note('2', 'it is private')]
  expect(heard([bare], bare)).toBe(true)
  expect(heard([bare, other], other)).toBe(false)
  expect(heard([bare, note('3')], note('3'))).toBe(false)
})

const UPDATE = { type: 'update_posted', text: 'x' }

test('before its channel is there nothing is said in it; one that has none is told of in the team’s', () => {
  expect(places(since(declared(), [CHAIN]), UPDATE)).toBe('')
  expect(places(since(declared(), [CHAIN]), { type: 'declared' })).toBe('slack team')
  expect(places(since(declared(), [NO_ROOM]), UPDATE)).toBe('slack team')
  expect(places(since(declared(), [NO_ROOM]), { type: 'chain_exhausted' })).toBe('slack team')
  expect(places(since(declared(), [NO_ROOM]), { type: 'card_posted' })).toBe('')
})

test('each chat that is a home of incidents hears it, the team’s channel only where it is', () => {
  const both = since(opened(), [{ ...OPENED, chat: 'discord' }])
  const event = { type: 'chain_exhausted' }
  expect(places(both, event, { chats: CHATS })).toBe('slack room, slack team, discord room, discord team')
  const one = TEAM.replace('channel: "#incidents"', 'channel: "discord:#incidents"')
  expect(places(both, event, { chats: CHATS, yaml: one })).toBe('slack room, discord room, discord team')
  expect(places(both, event, { chats: CHATS, yaml: `${TEAM}channels: [discord]\n` })).toBe(
    'discord room, discord team',
  )
})

test('a channel that opens late is told what it missed', () => {
  const late = { now: START + LATE_AFTER_MS + 1 }
  expect(effects(opened(), OPENED, late)).toEqual([
    { arm: { kind: 'post', chat: 'slack', where: 'room', happened: happened(OPENED, BEN) }, at: late.now },
  ])
  expect(places(opened(), OPENED, { now: START + LATE_AFTER_MS })).toBe('')
  expect(places(opened(), { type: 'card_posted' }, late)).toBe('')
  expect(LATE_AFTER_MS).toBe(5 * MINUTE)
})
