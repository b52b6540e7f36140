/** Action items as people read them, and what goes to and comes from their issues. */
import { expect, test } from 'vitest'
import type { ActionEvent } from '../../../bot/actions/events.ts'
import { itemView } from '../../../bot/actions/item-view.ts'
import { draftOf, isMirrored, markOf, takenOver } from '../../../bot/actions/mirror.ts'
import { actionReactions } from '../../../bot/actions/reactions.ts'
import { remind } from '../../../bot/actions/remind.ts'
import type { Action, Actions } from '../../../bot/actions/state.ts'
import {
  describeAction,
  escalationView,
  listView,
  reminderView,
  toldView,
} from '../../../bot/actions/view.ts'
import type { Actor } from '../../../bot/incidents/events.ts'
import { happen } from '../../../bot/incidents/fold.ts'
import { textOf } from '../../support/story.ts'
import { config, TEAM } from '../../support/team.ts'
import { DAY, MINUTE, worldOf } from '../incidents/any.ts'
import { HOUR, item, NOW } from './some.ts'

const all = (...items: readonly Action[]): Actions => ({ seq: 0, items, told: {}, lookAt: null })
const read = (text: string) =>
  text.replace(/\b1[78]\d{11}\b/g, at => new Date(Number(at)).toISOString().slice(5, 16)).split(' | ')
const late = (number: number, more: Partial<Action> = {}) => item(number, { dueAt: NOW - 3 * HOUR, ...more })

type Reminded = Extract<ActionEvent, { type: 'reminded' }>
const reminded = (more: Partial<Reminded>): Reminded => ({
  type: 'reminded',
  person: 'ben',
  due: [],
  overdue: [],
  escalated: [],
  ...more,
})
const HOW = '/action start, /action done with a link, or /action snooze for more time.'
const LED = 'Ask what is in the way; /action give hands one over, /action update says how it goes.'
const DUE = (number: number) => `ACT-${number} P2 Mend ${number} · ben · open · due 11-25T10:00`
const LATE = (number: number) =>
  `ACT-${number} P2 Mend ${number} · ben · open · overdue by 3 h, was due 11-24T07:00`

test.each([
  [
    'one that is due soon has its buttons',
    { due: ['ACT-1'] },
    ['Your action items', 'Due soon', DUE(1), '[Start] [Done] [A week more]', HOW],
    '0 overdue, 1 due soon',
    'calm',
  ],
  [
    'one that is overdue',
    { overdue: ['ACT-3'] },
    ['Your action items', 'Overdue', LATE(3), '[Start] [Done] [A week more]', HOW],
    '1 overdue, 0 due soon',
    'SEV3',
  ],
  [
    'several have no buttons',
    { due: ['ACT-1'], overdue: ['ACT-3'] },
    ['Your action items', 'Overdue', LATE(3), 'Due soon', DUE(1), HOW],
    '1 overdue, 1 due soon',
    'SEV3',
  ],
  [
    'what is mentioned beside stands where it belongs',
    { due: ['ACT-1'], also: ['ACT-4', 'ACT-2'] },
    ['Your action items', 'Overdue', LATE(4), 'Due soon', `${DUE(1)}; ${DUE(2)}`, HOW],
    '1 overdue, 2 due soon',
    'SEV3',
  ],
  [
    'what is left out is counted',
    { due: ['ACT-1'], more: 7 },
    [
      'Your action items',
      'Due soon',
      DUE(1),
      'and 7 more: /action list --mine',
      '[Start] [Done] [A week more]',
      HOW,
    ],
    '0 overdue, 1 due soon',
    'calm',
  ],
  [
    'a lead reads what others owe',
    { led: ['ACT-3'] },
    ['Overdue with those whom you lead', LATE(3), LED],
    '1 overdue with those whom you lead',
    'SEV3',
  ],
  [
    'a lead with items of their own',
    { due: ['ACT-1'], led: ['ACT-3', 'ACT-4'] },
    [
      'Your action items',
      'Due soon',
      DUE(1),
      '[Start] [Done] [A week more]',
      HOW,
      'Overdue with those whom you lead',
      `${LATE(3)}; ${LATE(4)}`,
      LED,
    ],
    '0 overdue, 1 due soon; 2 overdue with those whom you lead',
    'SEV3',
  ],
])('reminded: %s', (_, event, lines, summary, tone) => {
  const view = reminderView(all(item(1), item(2), late(3), late(4)), reminded(event), NOW)
  expect(read(textOf(view))).toEqual(lines)
  expect([view.summary, view.tone]).toEqual([`Action items: ${summary}.`, tone])
})

test.each([
  [2 * DAY + 3 * HOUR + 59 * MINUTE, '2 d 3 h'],
  [59 * MINUTE, '59 min'],
  [1, '1 min'],
])('overdue by %d ms reads "%s"', (ms, said) => {
  expect(textOf(listView(all(item(1, { dueAt: NOW - ms })), NOW, undefined))).toContain(
    `overdue by ${said}, was due`,
  )
})

test('a list has what is to be done, by due date, of one person or of all, twenty at the most', () => {
  const items = [
    item(1, { dueAt: NOW + 9 * DAY }),
    item(2),
    item(3, { status: 'completed' }),
    item(4, { owner: 'aiko' }),
  ]
  const ids = (whose?: string) => textOf(listView(all(...items), NOW, whose)).match(/ACT-\d/g)
  expect(ids()).toEqual(['ACT-2', 'ACT-4', 'ACT-1'])
  expect(ids('aiko')).toEqual(['ACT-4'])
  expect(textOf(listView(all(), NOW, undefined))).toBe('0 action items to do.')
  const many = (count: number) =>
    textOf(listView(all(...Array.from({ length: count }, (_, at) => item(at))), NOW, undefined))
  expect(many(20)).not.toContain('more:')
  expect(many(21)).toMatch(/ \| and 1 more: \/action report$/)
})

test('the team reads what is overdue by owner, and nothing where nothing is', () => {
  const state = all(late(1), late(2, { owner: 'aiko' }), late(3), item(4), late(5, { status: 'completed' }))
  const told = (items: readonly string[]) => escalationView(state, { type: 'overdue_told', items }, NOW)
  const view = told(['ACT-1', 'ACT-2', 'ACT-3', 'ACT-4', 'ACT-5'])!
  expect(read(textOf(view))).toEqual([
    'Overdue action items of ben',
    `${LATE(1)}; ${LATE(3)}`,
    'Overdue action items of aiko',
    LATE(2).replace('ben', 'aiko'),
    'Hand one over with /action give ACT-1 @person.',
  ])
  expect([view.summary, view.tone]).toEqual(['Overdue: ACT-1, ACT-2, ACT-3', 'SEV3'])
  expect([told(['ACT-4']), told([])]).toEqual([undefined, undefined])
  expect(escalationView(state, reminded({ escalated: ['ACT-2'] }), NOW)?.summary).toBe('Overdue: ACT-2')
  expect(escalationView(state, { type: 'look_planned', at: 1 }, NOW)).toBeUndefined()
})

const NAME = 'ACT-1 Mend 1'
test.each([
  [{ type: 'action_added', owner: 'aiko', dueAt: NOW }, `${NAME} · aiko, due 11-24T10:00`],
  [{ type: 'action_started' }, `${NAME} is in progress`],
  [{ type: 'action_done', evidence: 'x' }, `${NAME} is done: x`],
  [{ type: 'action_reopened', why: 'x' }, `${NAME} is open again: x`],
  [{ type: 'action_snoozed', dueAt: NOW }, `${NAME} is due 11-24T10:00 now`],
  [{ type: 'action_handed_over', owner: 'aiko' }, `${NAME} is aiko's now`],
  [{ type: 'action_updated', text: 'x' }, `${NAME}: x`],
  [{ type: 'action_changed', title: 'x' }, `${NAME} was changed: its title`],
  [
    { type: 'action_changed', title: 'x', description: 'y', priority: 'P1', dueAt: NOW },
    `${NAME} was changed: its title, its description, priority P1, due 11-24T10:00`,
  ],
  [{ type: 'action_mirrored', number: 7, url: 'https://x' }, `${NAME} is https://x`],
  [{ type: 'action_linked', incident: 'INC-2' }, `${NAME} has to do with INC-2`],
])('%j in a line', (event, said) => {
  const [happened] = happen(0, [{ id: 'ACT-1', ...event } as ActionEvent], NOW, { kind: 'timer' })
  const line = describeAction(all(item(1), item(2)), happened!)
  expect(read(textOf(toldView(item(1), line ?? [])))).toEqual([said, '[Start] [Done] [A week more]'])
})

test('what has no buttons: an item that is done; what nobody needs to read: reminders', () => {
  expect(textOf(toldView(item(1, { status: 'completed' }), ['done']))).toBe('done')
  expect(textOf(toldView(item(1, { status: 'in progress' }), ['x']))).toBe('x | [Done] [A week more]')
  expect(toldView(item(1), ['x']).summary).toBe('ACT-1: Mend 1')
  const [happened] = happen(0, [reminded({})], NOW, { kind: 'timer' })
  expect(describeAction(all(item(1)), happened!)).toBeUndefined()
})

const by = (text: string, actor: Actor = { kind: 'person', person: 'aiko', via: 'slack' }) => ({
  at: NOW,
  by: actor,
  text,
})
const shown = (one: Action, url: string | null = null) =>
  itemView(one, NOW, { url: path => url && `${url}${path}` })

test('an item has all that is known of it', () => {
  const full = item(1, {
    description: 'Before it is full',
    incident: 'INC-1',
    linked: ['INC-2', 'INC-3'],
    issue: { number: 7, url: 'https://x/7', at: NOW },
    updates: [
      by('first'),
      by('second', { kind: 'alert', integration: 'github' }),
      by('third', { kind: 'timer' }),
    ],
  })
  expect(read(textOf(shown(full)))).toEqual([
    'ACT-1 · Mend 1',
    'Status: open Owner: ben Priority: P2 Due: 11-25T10:00 From: INC-1 · /incident postmortem INC-1 Issue: https://x/7 Also in: INC-2, INC-3',
    'Before it is full',
    '11-24T10:00 aiko: first; 11-24T10:00 github: second; 11-24T10:00 Tocsin: third',
    '[Start] [Done] [A week more] [Update] [Edit]',
  ])
  expect(read(textOf(shown(full, 'https://t')))[1]).toContain('From: INC-1 · https://t/incidents/INC-1')
  expect([shown(full).summary, shown(full).tone]).toEqual(['ACT-1: Mend 1, open.', 'calm'])
})

test('an item that is done says since when and by what; one that is overdue says so', () => {
  const done = shown(item(1, { status: 'completed', doneAt: NOW, evidence: 'a link' }))
  expect(read(textOf(done))).toEqual([
    'ACT-1 · Mend 1',
    'Status: completed Owner: ben Priority: P2 Done: 11-24T10:00: a link',
    '[Reopen]',
  ])
  expect(textOf(shown(late(1)))).toContain('Status: open, overdue Owner')
  expect(shown(late(1)).tone).toBe('SEV3')
})

test('each part of an item is a person, an instant, a link or words, and each button does what it says', () => {
  const full = item(1, {
    incident: 'INC-1',
    issue: { number: 7, url: 'https://x/7', at: NOW },
    updates: [by('first')],
  })
  const due = [{ time: NOW + DAY, as: 'at' }]
  const from = [{ bold: 'INC-1' }, ' · ', { link: 'https://t/incidents/INC-1', text: 'its post-mortem' }]
  expect(shown(full, 'https://t').blocks).toEqual([
    { kind: 'heading', text: 'ACT-1 · Mend 1' },
    {
      kind: 'fields',
      fields: [
        { label: 'Status', value: [{ bold: 'open' }, ''] },
        { label: 'Owner', value: [{ person: 'ben' }] },
        { label: 'Priority', value: ['P2'] },
        { label: 'Due', value: due },
        { label: 'From', value: from },
        { label: 'Issue', value: [{ link: 'https://x/7', text: '#7' }] },
      ],
    },
    { kind: 'list', items: [[{ time: NOW, as: 'at' }, ' ', { person: 'aiko' }, ': first']] },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Start', command: '/action start ACT-1', style: 'primary' },
        { label: 'Done', command: '/action done ACT-1' },
        { label: 'A week more', command: '/action snooze ACT-1 7d' },
        { label: 'Update', command: '/action update ACT-1' },
        { label: 'Edit', command: '/action edit ACT-1' },
      ],
    },
  ])
  expect(shown(item(2, { status: 'completed', dueAt: NOW - DAY, doneAt: NOW })).blocks).toEqual([
    { kind: 'heading', text: 'ACT-2 · Mend 2' },
    {
      kind: 'fields',
      fields: [
        { label: 'Status', value: [{ bold: 'completed' }, ''] },
        { label: 'Owner', value: [{ person: 'ben' }] },
        { label: 'Priority', value: ['P2'] },
        { label: 'Done', value: [{ time: NOW, as: 'at' }, ': '] },
      ],
    },
    { kind: 'buttons', buttons: [{ label: 'Reopen', command: '/action reopen ACT-2' }] },
  ])
})

test('of many updates the last ten are shown, and the others counted', () => {
  const updates = Array.from({ length: 12 }, (_, at) => by(`u${at}`))
  const lines = read(textOf(shown(item(1, { updates }))))
  expect(lines[2]).toBe('2 earlier updates')
  expect(lines[3]?.match(/u\d+/g)).toEqual(updates.slice(2).map(({ text }) => text))
  expect(textOf(shown(item(1, { updates: updates.slice(2) })))).not.toContain('earlier')
})

const GITHUB = `${TEAM.replace('{ name: Ben Okafor,', '{ name: Ben Okafor, github: octo, timezone: Asia/Tokyo,')}\nactions: { github: { repo: acme/x, token_file: t } }`
const world = worldOf(config(GITHUB))

test('an issue says what the item says, and whose it is', () => {
  expect(draftOf(world, item(1, { dueAt: Date.parse('2026-11-25T16:00:00Z') }), null)).toEqual({
    title: 'Mend 1',
    body: 'Owner: Ben Okafor. Priority: P2. Due: 2026-11-26.\n\n<!-- tocsin ACT-1 -->',
    closed: false,
    assignee: 'octo',
  })
  const done = item(1, {
    description: 'Why',
    owner: 'gone',
    incident: 'INC-1',
    evidence: 'a link',
    status: 'completed',
    dueAt: NOW,
  })
  expect(draftOf(world, done, 'https://t/INC-1')).toEqual({
    title: 'Mend 1',
    body: 'Why\n\nOwner: gone. Priority: P2. Due: 2026-11-24.\nFrom INC-1: https://t/INC-1.\nDone: a link\n\n<!-- tocsin ACT-1 -->',
    closed: true,
    assignee: undefined,
  })
  expect(draftOf(world, done, null).body).toContain('\nFrom INC-1.\n')
  expect(markOf({ id: 'ACT-2' })).toBe('<!-- tocsin ACT-2 -->')
  expect([isMirrored(world), isMirrored(worldOf(config()))]).toEqual([true, false])
})

const mirrored = (more: Partial<Action> = {}) =>
  item(1, { issue: { number: 7, url: 'u', at: NOW }, changedAt: NOW - 1, ...more })
const issue = (more: object = {}) =>
  ({ number: 7, url: 'u', title: 'Mend 1', closed: false, updatedAt: NOW + 1, ...more }) as Parameters<
    typeof takenOver
  >[1]
const KNOWN = { type: 'action_mirrored', id: 'ACT-1', number: 7, url: 'u', at: NOW + 1 }

test.each([
  ['an item without an issue', item(1), issue({ title: 'x' }), []],
  ['an issue as it was before', mirrored(), issue({ title: 'x', updatedAt: NOW - 1 }), []],
  ['an issue that says the same', mirrored(), issue(), []],
  [
    'another title',
    mirrored(),
    issue({ title: 'x' }),
    [KNOWN, { type: 'action_changed', id: 'ACT-1', title: 'x' }],
  ],
  [
    'the same moment',
    mirrored(),
    issue({ title: 'x', updatedAt: NOW }),
    [
      { ...KNOWN, at: NOW },
      { type: 'action_changed', id: 'ACT-1', title: 'x' },
    ],
  ],
  [
    'closed there',
    mirrored(),
    issue({ closed: true }),
    [KNOWN, { type: 'action_done', id: 'ACT-1', evidence: 'u' }],
  ],
  [
    'opened there',
    mirrored({ status: 'completed' }),
    issue(),
    [KNOWN, { type: 'action_reopened', id: 'ACT-1', why: 'its issue was reopened: u' }],
  ],
  [
    'both closed, another title',
    mirrored({ status: 'completed' }),
    issue({ closed: true, title: 'x' }),
    [KNOWN, { type: 'action_changed', id: 'ACT-1', title: 'x' }],
  ],
  [
    'changed here after that',
    mirrored({ changedAt: NOW + 2 }),
    issue({ title: 'x' }),
    [
      { ...KNOWN, stale: true },
      {
        type: 'action_updated',
        id: 'ACT-1',
        text: 'Its issue had become "x", open; the item was changed after that, and the issue is written anew.',
      },
    ],
  ],
  [
    'changed here after that, closed there',
    mirrored({ changedAt: NOW + 2 }),
    issue({ closed: true }),
    [
      { ...KNOWN, stale: true },
      {
        type: 'action_updated',
        id: 'ACT-1',
        text: 'Its issue had become "Mend 1", closed; the item was changed after that, and the issue is written anew.',
      },
    ],
  ],
  [
    'changed here, and the issue as it was known',
    mirrored({ changedAt: NOW + 2 }),
    issue({ title: 'x', updatedAt: NOW }),
    [],
  ],
])('taken over: %s', (_, one, seen, events) => {
  expect(takenOver(one, seen)).toEqual(events)
})

const AIKO: Actor = { kind: 'person', person: 'aiko', via: 'slack' }
/** An event of the one item, but for those that are about none or many. */
const eventOf = (event: object) =>
  ('at' in event || 'items' in event || 'person' in event ? event : { id: 'ACT-1', ...event }) as ActionEvent

function effects(
  event: object,
  {
    actor = AIKO,
    before = all(),
    where = world,
  }: { actor?: Actor; before?: Actions; where?: typeof world } = {},
) {
  const moment = {
    world: where,
    before,
    after: all(item(2, { owner: 'diego' }), item(1)),
    now: NOW,
    happened: happen(0, [eventOf(event)], NOW, actor),
  }
  return actionReactions
    .flatMap(react => react(moment as unknown as Parameters<typeof react>[0]))
    .map(effect => {
      if (!('arm' in effect)) throw new Error('nothing is disarmed here')
      const { kind, ...more } = effect.arm as { kind: string; chat?: string; person?: string; item?: string }
      const late = effect.at === NOW ? undefined : `+${effect.at! - NOW}`
      return [kind, more.chat, more.person, more.item, late].filter(Boolean).join(' ')
    })
}

const [ITEM, MIRROR] = ['item slack ben', 'mirror ACT-1']
test.each([
  ['action_added', [ITEM, MIRROR]],
  ['action_started', []],
  ['action_done', [ITEM, MIRROR]],
  ['action_reopened', [ITEM, MIRROR]],
  ['action_snoozed', [ITEM, MIRROR]],
  ['action_handed_over', [ITEM, MIRROR]],
  ['action_updated', [ITEM]],
  ['action_changed', [ITEM, MIRROR]],
  ['action_linked', []],
])('after %s leaves: %j', (type, kinds) => {
  expect(effects({ type })).toEqual(kinds)
  expect(effects({ type }, { where: worldOf(config()) })).toEqual(kinds.filter(kind => kind !== MIRROR))
  expect(effects({ type }, { actor: { kind: 'alert', integration: 'github' } })).toEqual(
    kinds.filter(kind => kind !== MIRROR),
  )
  expect(effects({ type }, { actor: { ...AIKO, person: 'ben' } })).toEqual(
    kinds.filter(kind => kind !== ITEM),
  )
})

test('the first issue begins the looks at all of them, and one that is behind is written anew', () => {
  expect(effects({ type: 'action_mirrored' })).toEqual(['reconcile +600000'])
  expect(effects({ type: 'action_mirrored', stale: true })).toEqual([MIRROR, 'reconcile +600000'])
  expect(effects({ type: 'action_mirrored' }, { before: all(mirrored()) })).toEqual([])
  expect(effects({ type: 'action_mirrored' }, { before: all(item(1)) })).toEqual(['reconcile +600000'])
  expect(effects({ type: 'look_planned', at: NOW + 5 })).toEqual(['remind +5'])
  expect(effects({ type: 'overdue_told', items: [] })).toEqual(['overdue slack', 'overdue discord'])
  expect(effects({ ...reminded({}) })).toEqual([ITEM])
  expect(effects({ ...reminded({ person: 'aiko' }) })).toEqual(['item slack aiko'])
  expect(effects({ ...reminded({ person: 'gone' }) })).toEqual([])
  expect(effects({ type: 'action_added', id: 'ACT-9' }, { where: worldOf(config()) })).toEqual([])
})

test('of more than ten that are due the oldest are told; what is near is mentioned as far as there is room; the rest is counted', () => {
  const team = worldOf(config(TEAM.replace('{ name: Ben Okafor,', '{ name: Ben Okafor, lead: chika,')))
  const of = (...items: readonly Action[]) =>
    remind(team, all(...items), NOW).filter(each => each.type === 'reminded') as Reminded[]
  const many = Array.from({ length: 12 }, (_, at) => late(at + 1, { dueAt: NOW - (at + 1) * HOUR }))
  const [ben, chika] = of(...many)
  expect(ben).toMatchObject({
    person: 'ben',
    due: [],
    overdue: many
      .toReversed()
      .slice(0, 10)
      .map(({ id }) => id),
    more: 2,
  })
  expect(chika).toMatchObject({ person: 'chika', overdue: [], led: ben!.overdue })
  const waiting = { reminders: 1, lastRemindedAt: NOW - HOUR }
  const [own] = of(
    item(1),
    item(2, { ...waiting, dueAt: NOW + 2 * DAY }),
    item(3, { ...waiting }),
    item(4, { ...waiting, owner: 'aiko' }),
    item(5, { ...waiting, dueAt: NOW + 9 * DAY }),
  )
  expect(own).toEqual(reminded({ due: ['ACT-1'], also: ['ACT-3', 'ACT-2'] }))
  const crowd = [
    ...Array.from({ length: 8 }, (_, at) => item(at + 1)),
    ...Array.from({ length: 5 }, (_, at) => item(at + 20, waiting)),
  ]
  expect(of(...crowd)[0]).toMatchObject({ also: ['ACT-20', 'ACT-21'], more: 3 })
})
