/** `/action`: what a team means to mend after an incident, and who is kept to it. */
import { unknown } from '../bot/actions/decide.ts'
import type { ActionCommand, ActionEvent } from '../bot/actions/events.ts'
import { itemView } from '../bot/actions/item-view.ts'
import { type Actions, NO_ACTIONS } from '../bot/actions/state.ts'
import { describeAction, listView, reportView } from '../bot/actions/view.ts'
import { refused, say, type Told } from '../bot/answers.ts'
import { ACTIONS } from '../bot/engine/kinds.ts'
import { type Line, list, text } from '../bot/message.ts'
import type { ChatAnswer } from '../bot/ports.ts'
import { Refusal, refuse } from '../bot/refusal.ts'
import { parseDue } from '../bot/schedules/due.ts'
import { plain } from '../bot/timeline/plain.ts'
import { flag, incident, person, rest } from './args.ts'
import { type ActionTodo, type Arg, type Context, command } from './command.ts'

export const item: Arg<string> & { readonly required: true } = {
  place: 'word',
  summary: 'the action item, such as ACT-7',
  required: true,
  completes: 'action',
  read: token => token.toUpperCase(),
}

export const zoneOf = ({ world }: Context, id: string): string =>
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
  run: (_, { item: id }) => todo({ do: 'start_action', id }),
})

export const doneAction = command({
  group: 'action',
  name: 'done',
  summary: 'say that it is done, with a link or a sentence that shows it',
  args: { item, evidence: rest('a link or a sentence that shows it') },
  example: '/action done ACT-7 https://git.example.com/pull/42',
  run: (_, { item: id, evidence }) =>
    evidence === undefined
      ? lineForm({
          title: `${id} is done`,
          submit: 'Done',
          line: `/action done ${id}`,
          name: 'evidence',
          label: 'What shows it?',
          hint: 'A link or a sentence',
        })
      : todo({ do: 'finish_action', id, evidence }),
})

export const snoozeAction = command({
  group: 'action',
  name: 'snooze',
  summary: 'ask for more time',
  args: { item, until: rest('until when, such as 7d, fri or 2027-01-15') },
  example: '/action snooze ACT-7 7d',
  async run(context, { item: id, until = '7d' }) {
    const due = (await context.actions()).items.find(each => each.id === id)?.dueAt ?? 0
    // A length is more of it: counted from the day on which it is due, while that lies ahead.
    const from = /^\d+\s*[a-z]+$/i.test(until) ? Math.max(context.now, due) : context.now
    const dueAt = parseDue(until, zoneOf(context, context.person), from)
    return dueAt instanceof Refusal ? dueAt : todo({ do: 'snooze_action', id, dueAt, why: until })
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
      ? lineForm({
          title: `${id} is not done`,
          submit: 'Reopen',
          line: `/action reopen ${id}`,
          name: 'why',
          label: 'Why not?',
        })
      : todo({ do: 'reopen_action', id, why }),
})

export const updateAction = command({
  group: 'action',
  name: 'update',
  summary: 'say how it goes',
  args: { item, text: rest('how it goes, in a sentence') },
  example: '/action update ACT-7 Waiting for the vendor',
  run: (_, { item: id, text: words }) =>
    words === undefined
      ? lineForm({
          title: `How does ${id} go?`,
          submit: 'Say it',
          line: `/action update ${id}`,
          name: 'text',
          label: 'How does it go?',
        })
      : todo({ do: 'update_action', id, text: words }),
})

export const linkAction = command({
  group: 'action',
  name: 'link',
  summary: 'say that another incident has to do with it',
  args: { item, incident },
  example: '/action link ACT-7 INC-42',
  run: async (context, { item: id, incident: about }) =>
    (await context.incident(about))
      ? todo({ do: 'link_action', id, incident: about })
      : refuse('no_such_incident', `There is no ${about}.`, 'Try /incident list.'),
})

export const showAction = command({
  group: 'action',
  name: 'show',
  summary: 'all of an action item: what it is about, how it went, what can be done',
  args: { item },
  example: '/action show ACT-7',
  async run(context, { item: id }) {
    const { items } = await context.actions()
    const known = items.find(each => each.id === id)
    return known ? say(itemView(known, context.now, context.signer)) : unknown(items, id)
  },
})

export const giveAction = command({
  group: 'action',
  name: 'give',
  summary: 'hand it over to somebody else',
  args: { item, person },
  example: '/action give ACT-7 @ben',
  run: (_, { item: id, person: owner }) => todo({ do: 'hand_over_action', id, owner }),
})

export const reportActions = command({
  group: 'action',
  name: 'report',
  summary: 'how many there are, by status, priority and owner',
  args: {},
  example: '/action report',
  run: async context => say(reportView(await context.actions(), context.now)),
})

type Asked = {
  readonly title: string
  readonly submit: string
  readonly line: string
  readonly name: string
  readonly label: string
  readonly hint?: string
}

const lineForm = ({ title, submit, line, ...input }: Asked): ChatAnswer => ({
  kind: 'form',
  form: { title, submit, command: line, inputs: [{ kind: 'line', maxLength: 500, ...input }] },
})

export const todo = (asked: ActionCommand): ActionTodo => ({ stream: ACTIONS, command: asked, reply })

function reply({ refusal, happened, after, world }: Told<Actions, ActionEvent>): ChatAnswer {
  if (refusal) return refused(refusal)
  const lines = happened.flatMap((each): Line[] => {
    const line = describeAction(after ?? NO_ACTIONS, each)
    return line ? [line] : []
  })
  const summary = lines.map(line => plain(world, line)).join('; ') || 'Nothing changed.'
  return say({ summary, tone: 'calm', blocks: lines.length === 1 ? [text(...lines)] : [list(lines)] })
}
