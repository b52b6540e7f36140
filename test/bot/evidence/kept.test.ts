/** Words of chats in the timeline: one message is one entry, by whichever way it comes and however often. */
import { expect, test } from 'vitest'
import { decideEvidence, MAX_KEPT, MAX_PAGES } from '../../../bot/evidence/decide.ts'
import { foldEvidence, messageKey, NO_EVIDENCE } from '../../../bot/evidence/fold.ts'
import { evidenceReactions } from '../../../bot/evidence/reactions.ts'
import type { Actor, Happened, IncidentEvent } from '../../../bot/incidents/events.ts'
import { happen } from '../../../bot/incidents/fold.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { Refusal } from '../../../bot/refusal.ts'
import { config } from '../../support/team.ts'
import { START, worldOf } from '../incidents/any.ts'

const world = worldOf(config())
const BEN: Actor = { kind: 'person', person: 'ben', via: 'slack' }
const at = (id: string) => ({ chat: 'slack', channel: 'C1', id })
const said = (text: string | null, more: object = {}) => ({
  text,
  author: 'Zoe',
  user: 'U0ZOE',
  at: START,
  own: false,
  ...more,
})
const words = (author: string, text: string, id: string, more: object = {}) => ({
  type: 'note_added',
  text,
  from: { author, saidAt: START, link: null, message: at(id), by: 'ben', ...more },
})

function life(rooms: object = { slack: { channel: 'C1' }, discord: { channel: null } }) {
  let incident = { id: 'INC-1', seq: 0, rooms, ...NO_EVIDENCE } as unknown as Incident
  const ask = (command: object, actor: Actor = BEN): readonly IncidentEvent[] | string => {
    const decided = decideEvidence(
      { world, actor, now: START },
      incident,
      command as Parameters<typeof decideEvidence>[2],
    )
    if (decided instanceof Refusal) return decided.message
    for (const each of happen(incident.seq, decided, START, actor))
      incident = {
        ...incident,
        ...foldEvidence(incident, each as Parameters<typeof foldEvidence>[1]),
        seq: each.seq,
      }
    return decided
  }
  return {
    ask,
    keep: (id: string, what: object | null) => ask({ do: 'keep', message: at(id), said: what }),
    marks: () => incident.messages,
    readings: () => incident.readings,
  }
}

test('what was told with the press is kept at once, and once', () => {
  const { keep, marks } = life()
  expect(keep('1', said('It is the pool', { link: 'https://x' }))).toEqual([
    words('Zoe', 'It is the pool', '1', { link: 'https://x' }),
  ])
  expect(keep('1', said('It is the pool'))).toEqual([])
  expect(keep('2', said('x'.repeat(9000), { user: 'U0AIKO' }))).toMatchObject([
    { from: { author: 'Aiko Tanaka' } },
  ])
  expect(marks()).toEqual({
    'slack:C1:1': { by: 'ben', entry: 'e1', bare: false },
    'slack:C1:2': { by: 'ben', entry: 'e2', bare: false },
  })
  expect(messageKey(at('7'))).toBe('slack:C1:7')
})

test('of whom nobody knows the account, the name is the one that the chat gives', () => {
  expect(life().keep('1', said('x', { user: undefined }))).toMatchObject([{ from: { author: 'Zoe' } }])
})

test("Tocsin's own words are in the timeline already", () => {
  expect(life().keep('1', said('x', { own: true }))).toBe(
    "That is Tocsin's own message. What it says is in the timeline.",
  )
})

test('words that the chat does not give are kept as withheld, and filled in by whoever has them', () => {
  const { keep, marks } = life()
  expect(keep('1', said(null))).toEqual([words('Zoe', '', '1', { withheld: 'its words are not given' })])
  expect(keep('2', said(null, { withheld: 'it was deleted' }))).toEqual([
    words('Zoe', '', '2', { withheld: 'it was deleted' }),
  ])
  expect(marks()['slack:C1:1']).toEqual({ by: 'ben', entry: 'e1', bare: true })
  expect(keep('1', said(null))).toEqual([])
  expect(keep('2', said('It is the pool'))).toEqual([
    { type: 'entry_corrected', entry: 'e2', text: 'Zoe wrote: It is the pool' },
  ])
  expect([marks()['slack:C1:1']?.bare, marks()['slack:C1:2']?.bare]).toEqual([true, false])
  expect(keep('2', said('Again'))).toEqual([])
})

test('a correction of another entry fills nothing in', () => {
  const { keep, marks } = life()
  keep('1', said(null))
  const [correction] = happen(1, [{ type: 'entry_corrected', entry: 'e9', text: 'x' }] as const, START, BEN)
  expect(foldEvidence({ ...NO_EVIDENCE, messages: marks() }, correction as Happened<never>)).toEqual({})
})

test('what was only pointed at is marked once, read, and then kept or lost', () => {
  const { ask, keep, marks } = life()
  expect(keep('1', null)).toEqual([{ type: 'message_marked', message: at('1'), by: 'ben' }])
  expect(keep('1', null)).toEqual([])
  expect(marks()['slack:C1:1']).toEqual({ by: 'ben', entry: null, bare: false })
  const read = (id: string, what: object) =>
    ask({ do: 'message_read', message: at(id), said: what }, { kind: 'timer' })
  expect(read('9', said('x'))).toEqual([])
  expect(read('1', said('It is the pool'))).toEqual([words('Zoe', 'It is the pool', '1')])
  expect(read('1', said('It is the pool'))).toEqual([])
  keep('2', null)
  expect(read('2', said('x', { own: true }))).toEqual([
    {
      type: 'message_lost',
      message: at('2'),
      by: 'ben',
      why: "it is Tocsin's own, and in the timeline already",
    },
  ])
  expect(marks()['slack:C1:2']).toBeUndefined()
  keep('3', null)
  const lost = (id: string) => ask({ do: 'message_lost', message: at(id), why: 'it is gone' })
  expect(lost('3')).toEqual([{ type: 'message_lost', message: at('3'), by: 'ben', why: 'it is gone' }])
  expect([lost('3'), lost('1')]).toEqual([[], []])
})

const page = (number: number, messages: readonly object[], next: string | null) => ({
  do: 'history_page',
  chat: 'slack',
  page: number,
  messages,
  next,
})
const message = (id: string, text: string | null = 'hello', more: object = {}) => ({
  ...said(text, more),
  ref: { channel: 'C1', id },
})

test('the history of the own channel is read page by page, each once, without what is there already', () => {
  const { ask, keep, readings } = life()
  keep('1', said('known'))
  expect(ask({ do: 'read_history' })).toEqual([
    { type: 'history_asked', chat: 'slack', by: 'ben', until: START },
  ])
  expect(ask({ do: 'read_history' })).toEqual([])
  expect(ask(page(2, [], null))).toEqual([])
  const all = [
    message('1'),
    message('2'),
    message('3', 'x', { own: true }),
    message('4', null),
    message('5', 'hi', { user: 'U0BEN', link: 'https://x' }),
  ]
  expect(ask(page(1, all, 'more'))).toEqual([
    {
      type: 'history_read',
      chat: 'slack',
      by: 'ben',
      page: 1,
      messages: [
        { message: at('2'), author: 'Zoe', saidAt: START, link: null, text: 'hello' },
        { message: at('5'), author: 'Ben Okafor', saidAt: START, link: 'https://x', text: 'hi' },
      ],
      next: 'more',
    },
  ])
  expect(readings().slack).toEqual({ by: 'ben', until: START, page: 2, kept: 2 })
  expect(ask(page(1, all, 'more'))).toEqual([])
  expect(ask(page(2, [message('2'), message('6')], null)).slice(1)).toEqual([
    { type: 'history_ended', chat: 'slack', kept: 3, why: null },
  ])
  expect(readings()).toEqual({})
  expect(ask({ do: 'history_lost', chat: 'slack', why: 'x' })).toEqual([])
})

test('a channel that has too much to give is read no further, and that is said', () => {
  const many = (count: number) => Array.from({ length: count }, (_, id) => message(`m${id}`))
  const ends = (count: number, next: string | null, pages = 1) => {
    const { ask } = life()
    ask({ do: 'read_history' })
    for (let each = 1; each < pages; each++) ask(page(each, [], 'more'))
    return (ask(page(pages, many(count), next)) as readonly IncidentEvent[]).map(event =>
      event.type === 'history_ended'
        ? `${event.kept} ${event.why}`
        : event.type === 'history_read'
          ? event.next
          : '',
    )
  }
  const FULL = 'no more than 2000 messages are kept at once; ask again for the rest'
  expect(ends(MAX_KEPT - 1, 'more')).toEqual(['more'])
  expect(ends(MAX_KEPT, 'more')).toEqual([null, `2000 ${FULL}`])
  expect(ends(MAX_KEPT, null)).toEqual([null, '2000 null'])
  expect(ends(1, 'more', MAX_PAGES - 1)).toEqual(['more'])
  expect(ends(1, 'more', MAX_PAGES)).toEqual([null, `1 ${FULL}`])
})

test('a reading that fails says how much was kept; without a channel of its own there is nothing to read', () => {
  const { ask } = life()
  ask({ do: 'read_history' })
  ask(page(1, [message('1')], 'more'))
  expect(ask({ do: 'history_lost', chat: 'slack', why: 'it is down' })).toEqual([
    { type: 'history_ended', chat: 'slack', kept: 1, why: 'it is down' },
  ])
  expect(life({}).ask({ do: 'read_history' })).toBe(
    'INC-1 has no channel of its own whose history could be read. Add single messages with their menu: "Add to timeline".',
  )
})

const SEEN = { item: 'ACT-1', title: 't', doneAt: 1, incident: 'INC-7', incidentTitle: 'x', why: 'y' }
test('that it looks like an earlier one is said once', () => {
  const { ask } = life()
  expect(ask({ do: 'recurs', ...SEEN })).toEqual([{ type: 'recurrence_seen', ...SEEN }])
  expect(ask({ do: 'recurs', ...SEEN })).toEqual([])
})

const effects = (
  event: object,
  { after = {}, before = {} }: { after?: object; before?: object | undefined } = {},
) =>
  evidenceReactions.flatMap(react =>
    react({
      world,
      before,
      after,
      now: START,
      happened: [{ seq: 1, at: START, actor: BEN, event }],
    } as unknown as Parameters<typeof react>[0]).map(effect => ('arm' in effect ? effect.arm : effect)),
  )
test.each([
  ['a mark is read', { type: 'message_marked', message: at('1') }, {}, [{ kind: 'read', message: at('1') }]],
  [
    'a history is begun',
    { type: 'history_asked', chat: 'slack' },
    {},
    [{ kind: 'history', chat: 'slack', page: 1, from: null }],
  ],
  [
    'a history goes on',
    { type: 'history_read', chat: 'slack', page: 3, next: 'x' },
    {},
    [{ kind: 'history', chat: 'slack', page: 4, from: 'x' }],
  ],
  ['a history is over', { type: 'history_read', chat: 'slack', page: 3, next: null }, {}, []],
  ['an incident is compared', { type: 'declared' }, {}, [{ kind: 'recall' }]],
  ['a test is not', { type: 'declared' }, { after: { test: true } }, []],
  ['a drill is not', { type: 'declared' }, { after: { drill: true } }, []],
  ['a note is nothing to compare', { type: 'note_added' }, {}, []],
  [
    'a channel that opens late hears of it',
    { type: 'room_opened', chat: 'slack' },
    { before: { recurrence: { seq: 5 } } },
    [{ kind: 'post', chat: 'slack', where: 'room', happened: { seq: 5 } }],
  ],
  [
    'another channel hears nothing',
    { type: 'room_opened', chat: 'slack' },
    { before: { recurrence: null } },
    [],
  ],
  [
    'and a card is no channel',
    { type: 'card_posted', chat: 'slack' },
    { before: { recurrence: { seq: 5 } } },
    [],
  ],
])('%s', (_, event, state, armed) => {
  expect(effects(event, state)).toEqual(armed)
})
