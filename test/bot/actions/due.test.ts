/** Who is reminded of what on one morning, to the hour and to the item; and what each event leaves of an item. */
import { expect, test } from 'vitest'
import type { ActionEvent } from '../../../bot/actions/events.ts'
import { nextLook, remind } from '../../../bot/actions/remind.ts'
import { type Action, type Actions, foldActions } from '../../../bot/actions/state.ts'
import { reportView } from '../../../bot/actions/view.ts'
import type { Actor } from '../../../bot/incidents/events.ts'
import { happen } from '../../../bot/incidents/fold.ts'
import { textOf } from '../../support/story.ts'
import { config, TEAM } from '../../support/team.ts'
import { DAY, worldOf } from '../incidents/any.ts'
import { HOUR, item, NOW } from './some.ts'

const LOOK = { type: 'look_planned', at: Date.parse('2026-11-25T09:00:00Z') }
const BEN: Actor = { kind: 'person', person: 'ben', via: 'slack' }
const all = (items: readonly Action[], told: Actions['told'] = {}): Actions => ({
  seq: 0,
  items,
  told,
  lookAt: null,
})
const team = () =>
  worldOf(
    config(
      TEAM.replace('name: Ben Okafor,', 'name: Ben Okafor, lead: chika,').replace(
        'name: Aiko Tanaka,',
        'name: Aiko Tanaka, lead: chika,',
      ),
    ),
  )
const reminded = (person: string, more: object) => ({
  type: 'reminded',
  person,
  due: [],
  overdue: [],
  escalated: [],
  ...more,
})
const DUE = [reminded('ben', { due: ['ACT-1'] }), LOOK]
const late = (...ids: readonly string[]) => ({ overdue: ids, escalated: ids })
const LATE = [
  reminded('ben', late('ACT-1')),
  reminded('chika', { led: ['ACT-1'] }),
  { type: 'overdue_told', items: ['ACT-1'] },
  LOOK,
]
const NOBODY = [LOOK]

test.each<readonly [string, Partial<Action>, readonly object[]]>([
  ['due within four days', { dueAt: NOW + 4 * DAY }, DUE],
  ['due later', { dueAt: NOW + 4 * DAY + 1 }, NOBODY],
  ['due this moment', { dueAt: NOW }, DUE],
  ['overdue', { dueAt: NOW - 1 }, LATE],
  ['completed', { dueAt: NOW - 1, status: 'completed' }, NOBODY],
  ['in progress', { status: 'in progress' }, DUE],
  ['of which was told once, 23 hours ago', { reminders: 1, lastRemindedAt: NOW - 23 * HOUR }, DUE],
  ['of which was told once, just after that', { reminders: 1, lastRemindedAt: NOW - 23 * HOUR + 1 }, NOBODY],
  ['of which was told twice, 47 hours ago', { reminders: 2, lastRemindedAt: NOW - 47 * HOUR }, DUE],
  ['of which was told twice, a day ago', { reminders: 2, lastRemindedAt: NOW - 46 * HOUR }, NOBODY],
  ['of which was told three times, four days ago', { reminders: 3, lastRemindedAt: NOW - 95 * HOUR }, DUE],
  [
    'of which was told three times, three days ago',
    { reminders: 3, lastRemindedAt: NOW - 94 * HOUR },
    NOBODY,
  ],
  ['of which was told four times, a week ago', { reminders: 4, lastRemindedAt: NOW - 167 * HOUR }, DUE],
  ['of which was told nine times, a week ago', { reminders: 9, lastRemindedAt: NOW - 167 * HOUR }, DUE],
  ['of which was told nine times, six days ago', { reminders: 9, lastRemindedAt: NOW - 166 * HOUR }, NOBODY],
  [
    'that became overdue since it was told of',
    { dueAt: NOW - 1, reminders: 9, lastRemindedAt: NOW - HOUR },
    LATE,
  ],
  [
    'told of as overdue an hour ago',
    { dueAt: NOW - 1, overdueReminders: 1, lastRemindedAt: NOW - HOUR },
    NOBODY,
  ],
  [
    'overdue of whom nobody leads',
    { dueAt: NOW - 1, owner: 'diego' },
    [reminded('diego', late('ACT-1')), LATE[2]!, LOOK],
  ],
  [
    'overdue of whom nobody knows',
    { dueAt: NOW - 1, owner: 'gone' },
    [reminded('gone', late('ACT-1')), LATE[2]!, LOOK],
  ],
])('of an item %s is told', (_, more, expected) => {
  expect(remind(team(), all([item(1, more)]), NOW)).toEqual(expected)
})

test('nobody is reminded outside business hours, and the next look is at the next opening half a day on', () => {
  const { business } = team().config.team
  const night = Date.parse('2026-11-24T03:00:00Z')
  expect(remind(team(), all([item(1)]), night)).toEqual([
    { type: 'look_planned', at: Date.parse('2026-11-25T09:00:00Z') },
  ])
  const look = (at: string) =>
    new Date(nextLook(Date.parse(`2026-11-${at}:00Z`), business)).toISOString().slice(8, 16)
  expect(['23T20:59', '23T21:00', '27T10:00'].map(look)).toEqual(['24T09:00', '25T09:00', '30T09:00'])
})

test.each([
  ['four times within seven days', [1, 2, 3, 4], false],
  ['three times within seven days', [1, 2, 3], true],
  ['the fourth time almost seven days ago', [1, 2, 3, 7 - 1 / 24 - 1e-6], false],
  ['the fourth time seven days ago, but for an hour', [1, 2, 3, 7 - 1 / 24], true],
])('whoever was told %s: is told again is %s', (_, days, told) => {
  const at = days.map(day => NOW - Math.round(day * DAY))
  expect(remind(team(), all([item(1)], { ben: at, chika: [] }), NOW)).toEqual(told ? DUE : NOBODY)
  const lead = remind(team(), all([item(1, { dueAt: NOW - 1 })], { chika: at }), NOW)
  expect(lead).toEqual(told ? LATE : LATE.filter(each => !('person' in each && each.person === 'chika')))
})

test('a lead hears of all whom they lead in one message, beside their own, and each person once, by name', () => {
  const items = [
    item(1, { owner: 'ben', dueAt: NOW - 2 }),
    item(2, { owner: 'aiko', dueAt: NOW - 3 }),
    item(3, { owner: 'chika' }),
    item(4, { owner: 'aiko' }),
  ]
  expect(remind(team(), all(items), NOW)).toEqual([
    reminded('aiko', { due: ['ACT-4'], ...late('ACT-2') }),
    reminded('ben', late('ACT-1')),
    reminded('chika', { due: ['ACT-3'], led: ['ACT-2', 'ACT-1'] }),
    { type: 'overdue_told', items: ['ACT-2', 'ACT-1'] },
    LOOK,
  ])
})

test('ten items are in one message, the oldest first; what is near is mentioned as far as there is room, and the rest counted', () => {
  const recent = { reminders: 1, lastRemindedAt: NOW - HOUR }
  const items = (due: number, near: number) => [
    ...Array.from({ length: near }, (_, index) => item(50 + index, recent)),
    ...Array.from({ length: due }, (_, index) => item(index + 1)),
    item(90, { dueAt: NOW + 9 * DAY }),
    item(91, { owner: 'aiko', ...recent }),
  ]
  const ids = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => `ACT-${from + index}`)
  const told = (due: number, near: number) => remind(team(), all(items(due, near)), NOW)[0]
  expect(told(8, 2)).toEqual(reminded('ben', { due: ids(1, 8), also: ids(50, 2) }))
  expect(told(8, 3)).toEqual(reminded('ben', { due: ids(1, 8), also: ids(50, 2), more: 1 }))
  expect(told(12, 1)).toEqual(reminded('ben', { due: ids(1, 10), more: 3 }))
  expect(told(0, 3)).toEqual(LOOK)
  const many = Array.from({ length: 12 }, (_, index) =>
    item(index + 1, { owner: index < 6 ? 'ben' : 'aiko', dueAt: NOW - 1 }),
  )
  expect(remind(team(), all(many), NOW)[2]).toEqual(reminded('chika', { led: ids(1, 10) }))
  const team20 = Array.from({ length: 30 }, (_, index) =>
    item(index + 1, { owner: ['ben', 'aiko', 'diego'][index % 3]!, dueAt: NOW - 1 }),
  )
  expect(remind(team(), all(team20), NOW)[4]).toEqual({ type: 'overdue_told', items: ids(1, 20) })
})

const before = item(1, {
  reminders: 2,
  overdueReminders: 1,
  snoozed: 1,
  doneAt: 3,
  evidence: 'x',
  changedAt: 0,
})
const UNTOLD = { reminders: 0, overdueReminders: 0 }
const ID = { id: 'ACT-1' }
test.each<readonly [ActionEvent, Partial<Action>]>([
  [
    { type: 'action_started', ...ID },
    { status: 'in progress', changedAt: NOW },
  ],
  [
    { type: 'action_done', ...ID, evidence: 'y' },
    { status: 'completed', doneAt: NOW, evidence: 'y', changedAt: NOW },
  ],
  [
    { type: 'action_reopened', ...ID, why: '' },
    { status: 'open', doneAt: null, evidence: null, ...UNTOLD, changedAt: NOW },
  ],
  [
    { type: 'action_snoozed', ...ID, dueAt: 9, why: '' },
    { dueAt: 9, snoozed: 2, ...UNTOLD, changedAt: NOW },
  ],
  [
    { type: 'action_handed_over', ...ID, owner: 'aiko' },
    { owner: 'aiko', ...UNTOLD, changedAt: NOW },
  ],
  [{ type: 'action_updated', ...ID, text: 'so' }, { updates: [{ at: NOW, by: BEN, text: 'so' }] }],
  [
    { type: 'action_changed', ...ID, title: 'New' },
    { title: 'New', changedAt: NOW },
  ],
  [
    { type: 'action_changed', ...ID, dueAt: 9 },
    { dueAt: 9, ...UNTOLD, changedAt: NOW },
  ],
  [{ type: 'action_mirrored', ...ID, number: 7, url: 'u', at: 5 }, { issue: { number: 7, url: 'u', at: 5 } }],
  [{ type: 'action_linked', ...ID, incident: 'INC-2' }, { linked: ['INC-2'] }],
  [
    { type: 'reminded', person: 'ben', due: ['ACT-1'], overdue: ['ACT-1'], escalated: [] },
    { reminders: 3, lastRemindedAt: NOW },
  ],
  [
    { type: 'reminded', person: 'ben', due: [], overdue: ['ACT-1'], escalated: [] },
    { overdueReminders: 2, lastRemindedAt: NOW },
  ],
  [{ type: 'reminded', person: 'ben', due: ['ACT-2'], overdue: [], escalated: [], also: ['ACT-1'] }, {}],
  [{ type: 'overdue_told', items: ['ACT-1'] }, {}],
])('%j changes this of an item and nothing of others', (event, change) => {
  const other = item(7, { changedAt: 0 })
  const after = foldActions(happen(4, [event], NOW, BEN), { ...all([before, other]), seq: 4 })
  expect([after?.seq, after?.items]).toEqual([5, [{ ...before, ...change }, other]])
})

test('a report says how many there are, of each priority that there is, and of each owner', () => {
  const view = reportView(
    all([
      item(1, { dueAt: NOW - 1 }),
      item(2, { status: 'completed' }),
      item(3, { owner: 'aiko', priority: 'P1', status: 'in progress' }),
    ]),
    NOW,
  )
  expect([view.summary, view.tone]).toEqual([
    '3 action items: 1 open, 1 in progress, 1 completed, 1 overdue.',
    'calm',
  ])
  expect(textOf(view).split(/ \| |; /)).toEqual([
    'Action items: 3 in all, 1 open, 1 in progress, 1 completed, 1 overdue',
    'P1: 1 in all, 0 open, 1 in progress, 0 completed, 0 overdue',
    'P2: 2 in all, 1 open, 0 in progress, 1 completed, 1 overdue',
    'ben: 2 in all, 1 open, 0 in progress, 1 completed, 1 overdue',
    'aiko: 1 in all, 0 open, 1 in progress, 0 completed, 0 overdue',
  ])
})
