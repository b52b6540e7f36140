/** `/action`: what a team means to mend after an incident, and who is kept to it. */
import { type ActionCommand, type ActionEvent, PRIORITIES, type Priority } from '../bot/actions/events.ts'
import { type Actions, NO_ACTIONS } from '../bot/actions/state.ts'
import { describeAction, listView, reportView } from '../bot/actions/view.ts'
import { refused, say, type Told } from '../bot/answers.ts'
import { ACTIONS } from '../bot/engine/kinds.ts'
import { type Line, list, text } from '../bot/message.ts'
import type { ChatAnswer } from '../bot/ports.ts'
import { Refusal, refuse } from '../bot/refusal.ts'
import { parseDue } from '../bot/schedules/due.ts'
import { plain } from '../bot/timeline/plain.ts'
import { choiceOption, flag, option, person, rest, word } from './args.ts'
import { type ActionTodo, type Context, command } from './command.ts'

const item = word('the action item, such as ACT-7')
const priority = choiceOption('how urgent: P1 to P4', PRIORITIES)

export const addAction = command({
  group: 'action',
  name: 'add',
  summary: 'add something to mend, with whose it is and until when',
  args: {
    title: rest('what is to be done'),
    owner: { ...option('whose it is; left out, yours'), completes: 'person' as const, read: person.read },
    due: option('until when, such as fri, 2027-01-15 or 14d; left out, by its priority'),
    priority,
    incident: { ...option('the incident that taught it'), completes: 'incident' as const },
  },
  example: '/action add Alert before the disk is full --owner @ben --due fri --priority P1',
  run(context, { title, owner, due, priority: given, incident }) {
    const level: Priority = given ?? 'P3'
    const who = owner ?? context.person
    const dueAt =
      due === undefined
        ? context.now + DEFAULT_DUE_MS[level]
        : parseDue(due, zoneOf(context, who), context.now)
    if (dueAt instanceof Refusal) return dueAt
    return todo({
      do: 'add_action',
      title: title ?? context.input.about?.text?.split('\n')[0]?.slice(0, 200) ?? '',
      owner: who,
      priority: level,
      dueAt,
      incident: incident?.toUpperCase() ?? context.here ?? null,
    })
  },
})

const DAY_MS = 24 * 60 * 60_000
const DEFAULT_DUE_MS: Readonly<Record<Priority, number>> = {
  P1: 7 * DAY_MS,
  P2: 14 * DAY_MS,
  P3: 30 * DAY_MS,
  P4: 90 * DAY_MS,
}

const zoneOf = ({ world }: Context, id: string): string =>
  world.config.people[id]?.timezone ?? world.config.team.timezone

export const listActions = command({
  group: 'action',
  name: 'list',
  summary: 'what is to be done, by due date',
  args: { mine: flag('only yours') },
  example: '/action list',
  run: async (context, { mine }) =>
    say(listView(await context.actions(), context.now, mine ? context.person : undefined)),
})

export const startAction = command({
  group: 'action',
  name: 'start',
  summary: 'say that you work on it',
  args: { item },
  example: '/action start ACT-7',
  run: (_, { item: id }) => todo({ do: 'start_action', id: id.toUpperCase() }),
})

export const doneAction = command({
  group: 'action',
  name: 'done',
  summary: 'say that it is done, with a link or a sentence that shows it',
  args: { item, evidence: rest('a link or a sentence that shows it') },
  example: '/action done ACT-7 https://git.example.com/pull/42',
  run: (_, { item: id, evidence }) =>
    evidence === undefined
      ? {
          kind: 'form',
          form: {
            title: `${id.toUpperCase()} is done`,
            submit: 'Done',
            command: `/action done ${id}`,
            inputs: [
              {
                kind: 'line',
                name: 'evidence',
                label: 'What shows it?',
                hint: 'A link or a sentence',
                maxLength: 500,
              },
            ],
          },
        }
      : todo({ do: 'finish_action', id: id.toUpperCase(), evidence }),
})

export const snoozeAction = command({
  group: 'action',
  name: 'snooze',
  summary: 'ask for more time',
  args: { item, until: rest('until when, such as 7d, fri or 2027-01-15') },
  example: '/action snooze ACT-7 7d',
  run(context, { item: id, until }) {
    const dueAt = parseDue(until ?? '7d', zoneOf(context, context.person), context.now)
    return dueAt instanceof Refusal
      ? dueAt
      : todo({ do: 'snooze_action', id: id.toUpperCase(), dueAt, why: until ?? '' })
  },
})

export const reopenAction = command({
  group: 'action',
  name: 'reopen',
  summary: 'it was not done after all',
  args: { item, why: rest('why') },
  example: '/action reopen ACT-7 the alert never fired',
  run: (_, { item: id, why }) =>
    why === undefined
      ? refuse('no_reason', `Why is ${id} not done?`, `Like this: /action reopen ${id} the alert never fired`)
      : todo({ do: 'reopen_action', id: id.toUpperCase(), why }),
})

export const giveAction = command({
  group: 'action',
  name: 'give',
  summary: 'hand it over to somebody else',
  args: { item, person },
  example: '/action give ACT-7 @ben',
  run: (_, { item: id, person: owner }) => todo({ do: 'hand_over_action', id: id.toUpperCase(), owner }),
})

export const reportActions = command({
  group: 'action',
  name: 'report',
  summary: 'how many there are, by status, priority and owner',
  args: {},
  example: '/action report',
  run: async context => say(reportView(await context.actions(), context.now)),
})

const todo = (asked: ActionCommand): ActionTodo => ({ stream: ACTIONS, command: asked, reply })

function reply({ refusal, happened, after, world }: Told<Actions, ActionEvent>): ChatAnswer {
  if (refusal) return refused(refusal)
  const lines = happened.flatMap((each): Line[] => {
    const line = describeAction(after ?? NO_ACTIONS, each)
    return line ? [line] : []
  })
  const summary = lines.map(line => plain(world, line)).join('; ') || 'Nothing changed.'
  return say({ summary, tone: 'calm', blocks: lines.length === 1 ? [text(...lines)] : [list(lines)] })
}
