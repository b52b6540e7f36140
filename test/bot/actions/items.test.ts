/** Action items: what is refused, what comes of each command, and how they are counted. */
import { expect, test } from 'vitest'
import { decideActions } from '../../../bot/actions/decide.ts'
import type { ActionCommand, ActionEvent } from '../../../bot/actions/events.ts'
import { report } from '../../../bot/actions/report.ts'
import { type Actions, foldActions, NO_ACTIONS } from '../../../bot/actions/state.ts'
import type { Actor } from '../../../bot/incidents/events.ts'
import { happen } from '../../../bot/incidents/fold.ts'
import { Refusal } from '../../../bot/refusal.ts'
import { config } from '../../support/team.ts'
import { DAY, START, worldOf } from '../incidents/any.ts'
import * as some from './some.ts'

const world = worldOf(config())
const BEN: Actor = { kind: 'person', person: 'ben', via: 'slack' }
const ADD = { ...some.ADD, incident: 'INC-1' } as const
const WAY = 'Give one to come, such as: --due fri, or --due 2027-01-15'

function life(...before: readonly ActionCommand[]) {
  let state: Actions = NO_ACTIONS
  let now = START
  const ask = (command: ActionCommand): readonly ActionEvent[] | string => {
    now += 1000
    const decided = decideActions({ world, actor: BEN, now }, state, command)
    if (decided instanceof Refusal) return decided.message
    state = foldActions(happen(state.seq, decided, now, BEN), state) ?? state
    return decided
  }
  for (const each of before) ask(each)
  return { ask, state: () => state, item: (index = 0) => state.items[index]! }
}
const ID = { id: 'ACT-1' }
const DONE = { do: 'finish_action', ...ID, evidence: 'https://git.example.com/1' } as const

test('a new item is open, and the first one plans the look at what is due', () => {
  const { ask, item, state } = life()
  expect(ask({ ...ADD, title: '  Alert on disk ', description: ' before it is full ' })).toEqual([
    {
      type: 'action_added',
      id: 'ACT-1',
      title: 'Alert on disk',
      description: 'before it is full',
      owner: 'ben',
      priority: 'P2',
      dueAt: START + 7 * DAY,
      incident: 'INC-1',
    },
    { type: 'look_planned', at: Date.parse('2026-11-25T09:00:00Z') },
  ])
  expect(item()).toMatchObject({
    status: 'open',
    linked: [],
    updates: [],
    issue: null,
    doneAt: null,
    evidence: null,
    snoozed: 0,
    reminders: 0,
    overdueReminders: 0,
    lastRemindedAt: null,
    addedAt: START + 1000,
    changedAt: START + 1000,
  })
  expect(ask(ADD)).toHaveLength(1)
  expect(state().items.map(({ id }) => id)).toEqual(['ACT-1', 'ACT-2'])
})

test.each([
  [
    { title: '  ' },
    'An action item needs a title. Like this: /action add Alert on disk space --owner @ben --due fri',
  ],
  [{ title: 'a'.repeat(201) }, 'The title has 201 characters; 200 is the most.'],
  [{ dueAt: START + 1000 }, `That due date is past. ${WAY}`],
  [
    { dueAt: START + 1000 + 3 * 366 * DAY + 1 },
    'That due date is more than three years away. Nobody will remember it then.',
  ],
])('%j is refused', (part, said) => {
  expect(life().ask({ ...ADD, ...part })).toBe(said)
})

test.each([{ title: 'a'.repeat(200) }, { dueAt: START + 1001 }, { dueAt: START + 1000 + 3 * 366 * DAY }])(
  '%j is just taken',
  part => {
    expect(life().ask({ ...ADD, ...part })).toHaveLength(2)
  },
)

test('a description is cut at two thousand characters', () => {
  const { ask, item } = life()
  ask({ ...ADD, description: 'a'.repeat(3000) })
  expect(item().description).toHaveLength(2000)
})

test('it is started once, done with evidence, and reopened', () => {
  const { ask, item } = life(ADD)
  expect(ask({ do: 'reopen_action', ...ID, why: 'x' })).toBe('ACT-1 is open. See /action list.')
  expect(ask({ do: 'start_action', ...ID })).toEqual([{ type: 'action_started', ...ID }])
  expect(item().status).toBe('in progress')
  expect(ask({ do: 'start_action', ...ID })).toBe('ACT-1 is in progress. See /action list.')
  expect(ask({ ...DONE, evidence: ' ok ' })).toBe(
    'What shows that ACT-1 is done? A link or a sentence: /action done ACT-1 https://git.example.com/pull/42',
  )
  expect(ask({ ...DONE, evidence: ' yes ' })).toEqual([{ type: 'action_done', ...ID, evidence: 'yes' }])
  expect(item()).toMatchObject({ status: 'completed', doneAt: START + 6000, evidence: 'yes' })
  const over = 'ACT-1 is completed. Was it not done? /action reopen ACT-1 and why'
  expect(ask(DONE)).toBe(over)
  expect(ask({ do: 'start_action', ...ID })).toBe(over)
  expect(ask({ do: 'snooze_action', ...ID, dueAt: START + 9 * DAY, why: '' })).toBe(over)
  expect(ask({ do: 'reopen_action', ...ID, why: 'it never fired' })).toEqual([
    { type: 'action_reopened', ...ID, why: 'it never fired' },
  ])
  expect(item()).toMatchObject({ status: 'open', doneAt: null, evidence: null })
})

test('more time is more time, and is counted', () => {
  const { ask, item } = life(ADD)
  const snooze = (dueAt: number) => ask({ do: 'snooze_action', ...ID, dueAt, why: 'busy' })
  const earlier = 'ACT-1 has until then already. To make it due sooner: /action edit ACT-1 --due DATE'
  expect(snooze(START + 6 * DAY)).toBe(earlier)
  expect(snooze(START + 7 * DAY)).toBe(earlier)
  expect(snooze(START)).toBe(`That due date is past. ${WAY}`)
  expect(snooze(START + 8 * DAY)).toEqual([
    { type: 'action_snoozed', ...ID, dueAt: START + 8 * DAY, why: 'busy' },
  ])
  snooze(START + 9 * DAY)
  expect(item()).toMatchObject({ dueAt: START + 9 * DAY, snoozed: 2 })
})

test('it is handed over to somebody else, updated with words, and linked once', () => {
  const { ask, item } = life(ADD, ADD)
  expect(ask({ do: 'hand_over_action', ...ID, owner: 'ben' })).toBe("ACT-1 is Ben Okafor's already.")
  expect(ask({ do: 'hand_over_action', ...ID, owner: 'aiko' })).toHaveLength(1)
  expect([item().owner, item(1).owner]).toEqual(['aiko', 'ben'])
  expect(ask({ do: 'update_action', ...ID, text: '  ' })).toBe(
    'The update is empty. Like this: /action update ACT-1 Waiting for the vendor',
  )
  ask({ do: 'update_action', ...ID, text: ` ${'a'.repeat(2500)}` })
  expect(item().updates).toEqual([{ at: START + 6000, by: BEN, text: 'a'.repeat(2000) }])
  expect(item(1).updates).toEqual([])
  expect(ask({ do: 'link_action', ...ID, incident: 'INC-1' })).toEqual([])
  expect(ask({ do: 'link_action', ...ID, incident: 'INC-2' })).toHaveLength(1)
  expect(ask({ do: 'link_action', ...ID, incident: 'INC-2' })).toEqual([])
  expect([item().linked, item(1).linked]).toEqual([['INC-2'], []])
})

test('of a change only what differs is said', () => {
  const { ask, item } = life(ADD)
  const edit = (change: Extract<ActionCommand, { do: 'change_action' }>['change']) =>
    ask({ do: 'change_action', ...ID, change })
  const { title, priority, dueAt } = ADD
  expect(edit({ title, priority, dueAt, description: ' ' })).toEqual([])
  expect(edit({ title: ` ${title}! ` })).toEqual([{ type: 'action_changed', ...ID, title: 'Alert on disk!' }])
  expect(edit({ priority: 'P1', description: 'why' })).toEqual([
    { type: 'action_changed', ...ID, description: 'why', priority: 'P1' },
  ])
  expect(edit({ dueAt: START + DAY })).toEqual([{ type: 'action_changed', ...ID, dueAt: START + DAY }])
  expect(item()).toMatchObject({
    title: 'Alert on disk!',
    priority: 'P1',
    description: 'why',
    dueAt: START + DAY,
  })
  expect(edit({ title: ' ' })).toContain('An action item needs a title.')
  expect(edit({ dueAt: START })).toContain('That due date is past.')
})

test('an item that there is not is refused, with the nearest one that there is', () => {
  expect(life(ADD).ask({ do: 'start_action', id: 'ACT-2' })).toBe('There is no ACT-2. Did you mean ACT-1?')
  expect(life().ask({ do: 'start_action', id: 'ACT-2' })).toBe('There is no ACT-2. See /action list.')
})

test('a late change of plans forgets how often somebody was reminded', () => {
  const reminded = {
    type: 'reminded',
    person: 'ben',
    due: ['ACT-1'],
    overdue: ['ACT-2'],
    escalated: [],
  } as const
  const start = foldActions(
    happen(
      0,
      life(ADD, ADD)
        .state()
        .items.map(
          ({ id, title, description, owner, priority, dueAt, incident }) =>
            ({
              type: 'action_added',
              id,
              title,
              description,
              owner,
              priority,
              dueAt,
              incident,
            }) as ActionEvent,
        )
        .concat(reminded),
      START,
      BEN,
    ),
    undefined,
  )!
  expect(start.items.map(each => [each.reminders, each.overdueReminders, each.lastRemindedAt])).toEqual([
    [1, 0, START],
    [0, 1, START],
  ])
  expect(start.told).toEqual({ ben: [START] })
  const after = (event: ActionEvent) =>
    foldActions(happen(3, [event], START, BEN), start)!.items[0]!.reminders
  expect(after({ type: 'action_snoozed', ...ID, dueAt: 1, why: '' })).toBe(0)
  expect(after({ type: 'action_handed_over', ...ID, owner: 'aiko' })).toBe(0)
  expect(after({ type: 'action_changed', ...ID, dueAt: 1 })).toBe(0)
  expect(after({ type: 'action_changed', ...ID, title: 'x' })).toBe(1)
  expect(after({ type: 'action_started', ...ID })).toBe(1)
  const many = foldActions(happen(3, Array(15).fill(reminded), START + 1, BEN), start)!
  expect(many.told.ben).toHaveLength(10)
  expect(many.told.ben?.at(-1)).toBe(START + 1)
})

test('items are counted by status, priority and owner; what is due this moment is not overdue', () => {
  const { state } = life(
    ADD,
    { ...ADD, owner: 'aiko', priority: 'P1' },
    { ...ADD, dueAt: START + DAY },
    { do: 'start_action', id: 'ACT-2' },
    DONE,
  )
  const none = { total: 0, open: 0, inProgress: 0, completed: 0, overdue: 0 }
  const counted = report(state().items, START + DAY + 1)
  expect(counted).toMatchObject({ total: 3, open: 1, inProgress: 1, completed: 1, overdue: 1 })
  expect(counted.byOwner).toEqual({
    ben: { total: 2, open: 1, inProgress: 0, completed: 1, overdue: 1 },
    aiko: { total: 1, open: 0, inProgress: 1, completed: 0, overdue: 0 },
  })
  expect(counted.byPriority).toMatchObject({ P1: { total: 1 }, P2: { total: 2 }, P3: none, P4: none })
  expect(report(state().items, START + DAY).overdue).toBe(0)
  expect(report(state().items, START + 30 * DAY).overdue).toBe(2)
})

test('the oldest is named first, and of two of one day the one that was added first', () => {
  const adds = [9, 1, 5, 1].map(days => ({ ...ADD, dueAt: START + days * DAY }))
  const { state } = life(...adds)
  const now = Date.parse('2026-12-10T10:00:00Z')
  const [reminder] = decideActions({ world, actor: { kind: 'timer' }, now }, state(), {
    do: 'remind',
  }) as readonly ActionEvent[]
  expect(reminder).toMatchObject({
    type: 'reminded',
    person: 'ben',
    overdue: ['ACT-2', 'ACT-4', 'ACT-3', 'ACT-1'],
  })
})
