/** Every "no" about an action item: the code that a program reads, what is said, and the way out. */
import { expect, test } from 'vitest'
import { decideActions } from '../../../bot/actions/decide.ts'
import type { ActionCommand } from '../../../bot/actions/events.ts'
import { type Actions, foldActions, NO_ACTIONS } from '../../../bot/actions/state.ts'
import { happen } from '../../../bot/incidents/fold.ts'
import { Refusal } from '../../../bot/refusal.ts'
import { config } from '../../support/team.ts'
import { DAY, START, worldOf } from '../incidents/any.ts'
import { ADD } from './some.ts'

const BEN = { kind: 'person', person: 'ben', via: 'slack' } as const
const ID = { id: 'ACT-1' }
const DONE: ActionCommand = { do: 'finish_action', ...ID, evidence: 'https://git.example.com/1' }
const START_IT: ActionCommand = { do: 'start_action', ...ID }

/** The answer to the last of them. */
function answer(...commands: readonly ActionCommand[]) {
  const asked = { world: worldOf(config()), actor: BEN, now: START }
  let state: Actions = NO_ACTIONS
  let last: unknown
  for (const command of commands) {
    const decided = decideActions(asked, state, command)
    last = decided
    if (!(decided instanceof Refusal))
      state = foldActions(happen(state.seq, decided, START, BEN), state) ?? state
  }
  return last instanceof Refusal ? [last.code, last.say, last.hint] : last
}
const WAY = 'Give one to come, such as: --due fri, or --due 2027-01-15'
const PAST = ['past', 'That due date is past.', WAY]
const FAR = ['too_far', 'That due date is more than three years away.', 'Nobody will remember it then.']
const NO_TITLE = [
  'no_title',
  'An action item needs a title.',
  'Like this: /action add Alert on disk space --owner @ben --due fri',
]
const LONG = ['title_too_long', 'The title has 201 characters; 200 is the most.', '']
const IS_DONE = ['same', 'ACT-1 is completed.', 'Was it not done? /action reopen ACT-1 and why']
const snooze = (dueAt: number): ActionCommand => ({ do: 'snooze_action', ...ID, dueAt, why: '' })
const change = (part: object): ActionCommand => ({ do: 'change_action', ...ID, change: part })

test.each<readonly [string, readonly ActionCommand[], readonly string[]]>([
  ['without a title', [{ ...ADD, title: ' ' }], NO_TITLE],
  ['with a long title', [{ ...ADD, title: 'a'.repeat(201) }], LONG],
  ['that is due now', [{ ...ADD, dueAt: START }], PAST],
  ['that is due in many years', [{ ...ADD, dueAt: START + 1099 * DAY }], FAR],
  ['that there is not', [START_IT], ['unknown_action', 'There is no ACT-1.', 'See /action list.']],
  [
    'that is nearly another',
    [ADD, { do: 'start_action', id: 'ACT-2' }],
    ['unknown_action', 'There is no ACT-2.', 'Did you mean ACT-1?'],
  ],
  ['begun twice', [ADD, START_IT, START_IT], ['same', 'ACT-1 is in progress.', 'See /action list.']],
  ['begun when it is done', [ADD, DONE, START_IT], IS_DONE],
  ['done twice', [ADD, DONE, DONE], IS_DONE],
  [
    'done with hardly a word',
    [ADD, { do: 'finish_action', ...ID, evidence: ' ok ' }],
    [
      'no_evidence',
      'What shows that ACT-1 is done?',
      'A link or a sentence: /action done ACT-1 https://git.example.com/pull/42',
    ],
  ],
  [
    'opened again while it is open',
    [ADD, { do: 'reopen_action', ...ID, why: '' }],
    ['same', 'ACT-1 is open.', 'See /action list.'],
  ],
  ['given more time when it is done', [ADD, DONE, snooze(START + 9 * DAY)], IS_DONE],
  ['given time that is past', [ADD, snooze(START)], PAST],
  [
    'given the time that it has',
    [ADD, snooze(START + 7 * DAY)],
    ['earlier', 'ACT-1 has until then already.', 'To make it due sooner: /action edit ACT-1 --due DATE'],
  ],
  [
    'given to whom it is',
    [ADD, { do: 'hand_over_action', ...ID, owner: 'ben' }],
    ['same_owner', "ACT-1 is Ben Okafor's already.", ''],
  ],
  [
    'updated with nothing',
    [ADD, { do: 'update_action', ...ID, text: ' ' }],
    ['empty', 'The update is empty.', 'Like this: /action update ACT-1 Waiting for the vendor'],
  ],
  ['whose title is taken away', [ADD, change({ title: '' })], NO_TITLE],
  ['whose title becomes long', [ADD, change({ title: 'a'.repeat(201) })], LONG],
  ['whose due date becomes past', [ADD, change({ dueAt: START })], PAST],
])('an item %s', (_, commands, refusal) => {
  expect(answer(...commands)).toEqual(refusal)
})

test('evidence of three letters is enough, and what is too long is cut', () => {
  const done = (evidence: string) => answer(ADD, { do: 'finish_action', ...ID, evidence })
  expect(done(' yes ')).toEqual([{ type: 'action_done', ...ID, evidence: 'yes' }])
  expect(done('a'.repeat(2001))).toEqual([{ type: 'action_done', ...ID, evidence: 'a'.repeat(2000) }])
})
