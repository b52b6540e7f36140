/** The rota: who hears of which change, what is looked at every morning, and what the team reads of it. */
import { expect, test } from 'vitest'
import type { Actor, Happened } from '../../../bot/incidents/events.ts'
import { happen } from '../../../bot/incidents/fold.ts'
import { lookAhead, planned } from '../../../bot/rota/ahead.ts'
import type { RotaEvent } from '../../../bot/rota/events.ts'
import { shiftReactions } from '../../../bot/rota/reactions.ts'
import { foldRota, NO_ROTA, type Rota } from '../../../bot/rota/state.ts'
import { describeRota, noticeView, tellView } from '../../../bot/rota/view.ts'
import { textOf } from '../../support/story.ts'
import { config, TEAM } from '../../support/team.ts'
import { DAY, worldOf } from '../incidents/any.ts'

/** A Monday, nine in the morning. */
const NOW = Date.parse('2026-11-23T09:00:00Z')
const HOUR = 3_600_000
const BEN: Actor = { kind: 'person', person: 'ben', via: 'slack' }
const TIMER: Actor = { kind: 'timer' }
const world = worldOf(
  config(TEAM.replace('people: [aiko] } }', 'people: [aiko] }, group: { slack: S0123ABCD } }')),
)
const stretch = (from: number, to: number) => ({ from: NOW + from * HOUR, to: NOW + to * HOUR })
const override = (more: object = {}) => ({
  id: 'primary-1',
  schedule: 'primary',
  kind: 'instead',
  person: 'diego',
  ...stretch(0, 8),
  at: NOW,
  by: 'ben',
  ...more,
})
const swap = {
  id: 'primary-2',
  schedule: 'primary',
  by: 'aiko',
  with: 'chika',
  gives: stretch(0, 8),
  takes: stretch(24, 32),
}
const fold = (...events: readonly object[]): Rota =>
  foldRota(happen(0, events as readonly RotaEvent[], NOW, BEN), NO_ROTA)!
const MADE = { type: 'override_made', override: override() }
const OFFERED = { type: 'swap_offered', swap }
const before = fold(MADE, OFFERED)

function effects(events: readonly object[], actor: Actor = TIMER, was = before): readonly string[] {
  const happened = happen(9, events as readonly RotaEvent[], NOW, actor)
  return shiftReactions.flatMap(react =>
    react({ world, before: was, after: was, happened, now: NOW } as Parameters<typeof react>[0]).map(
      effect => {
        const { kind, ...what } = ('arm' in effect ? effect.arm : effect.disarm) as {
          kind: string
          chat?: string
          person?: string
          schedule?: string
          also?: readonly object[]
        }
        const parts = [kind, what.chat, what.person, what.schedule, what.also && `also ${what.also.length}`]
        const when = 'arm' in effect ? (effect.at === NOW ? '' : ` +${(effect.at - NOW) / HOUR}h`) : ' not'
        return `${parts.filter(Boolean).join(' ')}${when}`
      },
    ),
  )
}
const told = (...people: readonly string[]) =>
  people.flatMap(person => [`tell slack ${person}`, `tell discord ${person}`])

test.each([
  [
    'somebody begins and somebody ends',
    { type: 'shift_changed', schedule: 'secondary', before: ['aiko', 'ben'], after: ['ben', 'chika'] },
    TIMER,
    told('chika', 'aiko'),
  ],
  [
    'it is seen for the first time',
    { type: 'shift_changed', schedule: 'secondary', before: null, after: ['ben'] },
    TIMER,
    [],
  ],
  [
    'a schedule has a group',
    { type: 'shift_changed', schedule: 'primary', before: null, after: ['ben'] },
    TIMER,
    ['group slack primary'],
  ],
  ['somebody puts another on call', MADE, BEN, told('diego')],
  [
    'somebody puts themselves on call',
    { type: 'override_made', override: override({ person: 'ben' }) },
    BEN,
    [],
  ],
  ['an override is taken back', { type: 'override_cancelled', id: 'primary-1' }, BEN, told('diego')],
  ['an override that is not known is taken back', { type: 'override_cancelled', id: 'primary-7' }, BEN, []],
  ['a swap is offered', OFFERED, { ...BEN, person: 'aiko' }, told('chika')],
  [
    'a swap is accepted',
    { type: 'swap_accepted', id: 'primary-2' },
    { ...BEN, person: 'chika' },
    told('aiko'),
  ],
  [
    'a swap is declined',
    { type: 'swap_declined', id: 'primary-2' },
    { ...BEN, person: 'chika' },
    told('aiko'),
  ],
  [
    'whoever offered it takes it back',
    { type: 'swap_declined', id: 'primary-2' },
    { ...BEN, person: 'aiko' },
    [],
  ],
  ['the next look is planned', { type: 'ahead_planned', at: NOW + 5 * HOUR }, TIMER, ['ahead +5h']],
  [
    'the next change is planned',
    { type: 'shift_planned', schedule: 'primary', at: NOW + HOUR },
    TIMER,
    ['shift primary +1h'],
  ],
  [
    'no change is planned',
    { type: 'shift_planned', schedule: 'primary', at: null },
    TIMER,
    ['shift primary not'],
  ],
  [
    'the week is shown',
    { type: 'week_shown', ...stretch(0, 168) },
    TIMER,
    ['notice slack', 'notice discord'],
  ],
] as const)('when %s', (_, event, actor, expected) => {
  expect(effects([event], actor)).toEqual(expected)
})

test('before anything was known nobody is told of what was taken back', () => {
  expect(
    effects(
      [
        { type: 'override_cancelled', id: 'primary-1' },
        { type: 'swap_declined', id: 'primary-2' },
      ],
      BEN,
      NO_ROTA,
    ),
  ).toEqual([])
})

const gap = (schedule: string, from: number) => ({ type: 'gap_found', schedule, ...stretch(from, from + 1) })
const booked = (person: string, from: number) => ({
  type: 'booked_twice',
  person,
  schedules: ['primary', 'secondary'],
  ...stretch(from, from + 1),
})

test('what is so several times is one message of each schedule, or each person', () => {
  expect(
    effects([gap('primary', 1), booked('ben', 2), gap('secondary', 3), gap('primary', 5), gap('primary', 7)]),
  ).toEqual([
    'notice slack also 2',
    'notice discord also 2',
    'notice slack',
    'notice discord',
    'notice slack',
    'notice discord',
  ])
})

test('the state: who holds what, when to look, what was made, offered and said', () => {
  const rota = fold(
    MADE,
    { type: 'shift_changed', schedule: 'primary', before: null, after: ['diego'] },
    { type: 'shift_planned', schedule: 'primary', at: NOW + 1 },
    { type: 'ahead_planned', at: NOW + 2 },
    OFFERED,
    { type: 'override_made', override: override({ id: 'primary-9' }) },
    { type: 'override_cancelled', id: 'primary-1' },
    { type: 'week_shown', ...stretch(0, 1) },
    gap('primary', 3),
  )
  expect(rota).toMatchObject({
    seq: 9,
    holders: { primary: ['diego'] },
    planned: { primary: NOW + 1 },
    ahead: NOW + 2,
    swaps: [swap],
    overrides: [{ id: 'primary-1', cancelledAt: NOW }, { id: 'primary-9' }],
  })
  expect(rota.overrides[1]).not.toHaveProperty('cancelledAt')
  expect(Object.values(rota.said)).toEqual([NOW + 4 * HOUR])
  const answered = foldRota(
    happen(9, [{ type: 'swap_accepted', id: 'primary-2' } as RotaEvent], NOW, BEN),
    rota,
  )
  expect(answered?.swaps).toEqual([])
  const later = foldRota(happen(9, [gap('secondary', 9) as RotaEvent], NOW + 4 * HOUR, TIMER), rota)
  expect(Object.values(later!.said)).toEqual([NOW + 10 * HOUR])
  expect(foldRota([], undefined)).toBeUndefined()
})

const read = (text: string) =>
  text.replace(/\b1[78]\d{11}\b/g, at => new Date(Number(at)).toISOString().slice(5, 16))
const one = (event: object, actor: Actor = BEN) =>
  happen(0, [event as RotaEvent], NOW, actor)[0] as Happened<RotaEvent>
const tell = (event: object, person = 'diego', actor: Actor = BEN) => {
  const view = tellView(world, before, one(event, actor), person)
  return read(`${view.summary} (${view.tone}) | ${textOf(view)}`).split(' | ')
}

test.each([
  [MADE, 'diego is on call for primary from 11-23T09:00 to 11-23T17:00, by ben'],
  [
    { ...MADE, override: override({ kind: 'extra' }) },
    'diego is on call for primary too from 11-23T09:00 to 11-23T17:00, by ben',
  ],
  [
    { type: 'override_cancelled', id: 'primary-1' },
    'ben cancelled the override of primary from 11-23T09:00 to 11-23T17:00',
  ],
  [{ type: 'override_cancelled', id: 'primary-7' }, 'ben cancelled the override primary-7'],
  [{ type: 'swap_accepted', id: 'x' }, 'ben accepted the swap'],
  [{ type: 'swap_declined', id: 'x' }, 'ben declined the swap'],
])('%j in a line', (event, text) => {
  expect(tell(event).slice(1)).toEqual([text])
})

test('an offer comes with its two answers', () => {
  expect(tell(OFFERED)).toEqual([
    'Aiko Tanaka offers Chika Sato a swap of primary: gives from 2026-11-23 09:00 UTC to 2026-11-23 17:00 UTC, takes from 2026-11-24 09:00 UTC to 2026-11-24 17:00 UTC (calm)',
    'aiko offers chika a swap of primary: gives from 11-23T09:00 to 11-23T17:00, takes from 11-24T09:00 to 11-24T17:00',
    '[Accept] [Decline]',
  ])
  const view = tellView(world, before, one(OFFERED), 'chika')
  const buttons = view.blocks.flatMap(block =>
    block.kind === 'buttons' ? block.buttons.map(({ command }) => command) : [],
  )
  expect(buttons).toEqual(['/oncall swap --accept primary-2', '/oncall swap --decline primary-2'])
})

test('what is nobody’s news has no words', () => {
  for (const type of ['shift_changed', 'shift_planned', 'ahead_planned', 'week_shown'])
    expect(describeRota(before, one({ type }))).toBeUndefined()
})

const changed = (schedule: string, after: readonly string[]) => ({
  type: 'shift_changed',
  schedule,
  before: [],
  after,
})

test('whoever begins reads until when, whoever ends who has it now', () => {
  expect(tell(changed('primary', ['aiko']), 'aiko')).toEqual([
    'You are on call for primary now (calm)',
    'You are on call for primary now.',
    'Pages come here, with an Ack button.',
  ])
  const turning = worldOf(config(TEAM.replace('people: [aiko] }', 'people: [aiko, ben] }')))
  const begun = tellView(turning, before, one(changed('primary', ['aiko'])), 'aiko')
  expect(read(textOf(begun))).toContain('You are on call for primary now until 11-30T09:00.')
  expect(tell(changed('primary', ['aiko']), 'ben')).toEqual([
    'Your shift for primary is over (calm)',
    'Your shift for primary is over. On call now: aiko.',
  ])
  expect(tell(changed('gone', ['aiko']), 'ben').at(-1)).toBe(
    'Your shift for gone is over. Nobody is on call now.',
  )
  expect(tell(changed('gone', ['aiko']), 'aiko')[1]).toBe('You are on call for gone now.')
})

const notice = (event: object, also: readonly { from: number; to: number }[] = [], where = world) => {
  const view = noticeView(where, before, one(event, TIMER), also)
  return read(`${view.summary} (${view.tone}) | ${textOf(view)}`).split(' | ')
}
const WAY = 'Somebody can stand in: /oncall override @person 18:00 09:00'

test('the team reads of a gap, of a person who has two shifts, and of how often that is so', () => {
  expect(notice(gap('primary', 1))).toEqual([
    '⚠️ Nobody is on call for primary from 2026-11-23 10:00 UTC to 2026-11-23 11:00 UTC. (refused)',
    '⚠️ Nobody is on call for primary from 11-23T10:00 to 11-23T11:00.',
    WAY,
  ])
  expect(notice(booked('ben', 1))[1]).toBe(
    '⚠️ ben is on call for primary and secondary at once from 11-23T10:00 to 11-23T11:00.',
  )
  expect(notice(gap('primary', 1), [stretch(5, 6)]).slice(1)).toEqual([
    '⚠️ Nobody is on call for primary, 2 times:',
    'from 11-23T10:00 to 11-23T11:00; from 11-23T14:00 to 11-23T15:00',
    WAY,
  ])
  const many = (count: number) =>
    notice(
      gap('primary', 0),
      Array.from({ length: count - 1 }, (_, at) => stretch(at + 2, at + 3)),
    )[2]!.split('; ')
  expect(many(8)).toHaveLength(8)
  expect([many(10).length, many(10).at(-1)]).toEqual([9, 'and 2 more'])
})

test('on Mondays the team reads the whole week, schedule by schedule', () => {
  const later = worldOf(
    config(
      TEAM.replace('starts: 2026-11-02, people: [ben]', 'starts: 2026-11-26, people: [ben]').replace(
        'mon 09:00", starts: 2026-11-26',
        'thu 09:00", starts: 2026-11-26',
      ),
    ),
  )
  expect(notice({ type: 'week_shown', ...stretch(0, 168) }, [], later)).toEqual([
    'On call this week (calm)',
    'On call this week',
    'primary',
    'aiko until 11-30T09:00',
    'secondary',
    'nobody until 11-26T09:00; ben until 11-30T09:00',
  ])
})

const gappy = worldOf(
  config(
    TEAM.replace(
      'starts: 2026-11-02, people: [aiko]',
      'starts: 2026-11-02, ends: 2026-12-03, people: [aiko]',
    ),
  ),
)
const look = (days: number, rota = NO_ROTA, where = gappy) =>
  lookAhead({ world: where, now: NOW + days * DAY }, rota).map(event =>
    event.type === 'ahead_planned'
      ? `next +${(event.at - NOW) / DAY}`
      : `${event.type} ${'from' in event ? (event.from - NOW) / DAY : ''}`.trim(),
  )

test('what begins within the week is found, on Mondays within two; the week itself is shown on Mondays', () => {
  expect(look(0)).toEqual(['gap_found 10.625', 'week_shown 0', 'next +1'])
  expect(look(1)).toEqual(['next +2'])
  expect(look(3)).toEqual(['next +4'])
  expect(look(4)).toEqual(['gap_found 10.625', 'next +5'])
  expect(look(0, NO_ROTA, worldOf({ ...config(), schedules: {} }))).toEqual(['next +1'])
})

test('what was said is not said again, and what goes on is what was said', () => {
  const [said] = lookAhead({ world: gappy, now: NOW + 4 * DAY }, NO_ROTA)
  const rota = fold(said!)
  expect(look(5, rota)).toEqual(['next +6'])
  expect(look(11, rota)).toEqual(['next +12'])
  expect(look(11)).toEqual(['gap_found 11', 'next +12'])
})

test.each([
  ['Etc/UTC', '2026-11-23T08:59', '2026-11-23T09:00'],
  ['Etc/UTC', '2026-11-23T09:00', '2026-11-24T09:00'],
  ['Asia/Tokyo', '2026-11-23T00:00', '2026-11-24T00:00'],
  ['Asia/Tokyo', '2026-11-22T23:59', '2026-11-23T00:00'],
  ['Pacific/Apia', '2011-12-29T20:00', '2011-12-30T10:00'],
])('the next morning in %s after %s is %s', (zone, now, next) => {
  const event = planned(zone, Date.parse(`${now}:00Z`))
  expect(event.type === 'ahead_planned' && new Date(event.at).toISOString().slice(0, 16)).toBe(next)
})
