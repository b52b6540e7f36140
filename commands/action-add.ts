/** `/action add` and `/action edit`: what is to be done, in words, by whom and until when; typed, or in a form. */

import { MAX_DESCRIPTION, MAX_TITLE } from '../bot/actions/decide.ts'
import { type ActionChange, PRIORITIES, type Priority } from '../bot/actions/events.ts'
import type { Action } from '../bot/actions/state.ts'
import type { Form, FormInput } from '../bot/message.ts'
import type { ChatAnswer, Said } from '../bot/ports.ts'
import { about as inField, Refusal, refuse } from '../bot/refusal.ts'
import { parseDue } from '../bot/schedules/due.ts'
import { dateOf, toLocal } from '../bot/schedules/zone.ts'
import { item, todo, zoneOf } from './action.ts'
import { choiceOption, option, person, rest, sentence } from './args.ts'
import { type Context, command } from './command.ts'

const priority = choiceOption('the priority: P1 to P4, how urgent it is', PRIORITIES)
const description = sentence('what it is about, in a few sentences')

export const addAction = command({
  group: 'action',
  name: 'add',
  summary: 'add something to mend, with whose it is and until when; without a title, in a form',
  args: {
    title: rest('what is to be done'),
    owner: { ...option('whose it is; left out, yours'), completes: 'person' as const, read: person.read },
    due: option('until when, such as fri, 2027-01-15 or 14d; left out, by its priority'),
    priority,
    description,
    incident: { ...option('the incident that taught it'), completes: 'incident' as const },
  },
  example: '/action add Alert before the disk is full --owner @ben --due fri --priority P1',
  async run(context, { title, owner, due, priority: given, description: words, incident }) {
    const from = incident?.toUpperCase() ?? context.here ?? null
    if (from !== null && !(await context.incident(from)))
      return refuse('no_such_incident', `There is no ${from}.`, 'Try /incident list.')
    if (title === undefined) return { kind: 'form', form: addForm(context, from) }
    const level: Priority = given ?? 'P3'
    const who = owner ?? context.person
    const dueAt =
      due === undefined
        ? context.now + DEFAULT_DUE_MS[level]
        : parseDue(due, zoneOf(context, who), context.now)
    if (dueAt instanceof Refusal) return inField(dueAt, 'due')
    return todo({
      do: 'add_action',
      title,
      description: words ?? '',
      owner: who,
      priority: level,
      dueAt,
      incident: from,
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

export const editAction = command({
  group: 'action',
  name: 'edit',
  summary: 'say anew what it is about, how urgent it is or until when',
  args: {
    item,
    title: rest('what is to be done'),
    description,
    priority,
    due: option('until when, such as fri'),
  },
  example: '/action edit ACT-7 Alert before the disk is full --priority P1',
  async run(context, { item: id, title, description: words, priority: level, due }) {
    const known = (await context.actions()).items.find(each => each.id === id)
    const dueAt =
      due === undefined
        ? undefined
        : parseDue(due, zoneOf(context, known?.owner ?? context.person), context.now)
    if (dueAt instanceof Refusal) return inField(dueAt, 'due')
    const change: ActionChange = {
      ...(title === undefined ? {} : { title }),
      ...(words === undefined ? {} : { description: words }),
      ...(level === undefined ? {} : { priority: level }),
      ...(dueAt === undefined ? {} : { dueAt }),
    }
    if (Object.keys(change).length === 0 && known) return editForm(context, known)
    return todo({ do: 'change_action', id, change })
  },
})

const titleInput = (value: string): FormInput => ({
  kind: 'line',
  name: 'title',
  label: 'What is to be done?',
  maxLength: MAX_TITLE,
  ...(value ? { value } : {}),
})
const descriptionInput = (value: string): FormInput => ({
  kind: 'lines',
  name: 'description',
  label: 'What is it about?',
  maxLength: MAX_DESCRIPTION,
  optional: true,
  ...(value ? { value } : {}),
})
const dueInput = (value: string): FormInput => ({
  kind: 'line',
  name: 'due',
  label: 'Until when?',
  hint: 'Such as fri, 14d or 2027-01-15; left out, by its priority',
  maxLength: 40,
  optional: true,
  ...(value ? { value } : {}),
})
const priorityInput = (value: Priority): FormInput => ({
  kind: 'choice',
  name: 'priority',
  label: 'How urgent?',
  value,
  options: PRIORITIES.map(each => ({ value: each, label: each })),
})

/** A menu holds no more on every chat. */
const MAX_CHOICES = 25

function ownerInput({ world, person: who }: Context): FormInput {
  const people = Object.values(world.config.people)
  const input = { name: 'owner', label: 'Whose is it?', value: who } as const
  return people.length <= MAX_CHOICES
    ? { ...input, kind: 'choice', options: people.map(({ id, name }) => ({ value: id, label: name })) }
    : { ...input, kind: 'line', maxLength: 100 }
}

/** What the message says that it was begun from is in it already. */
function addForm(context: Context, incident: string | null): Form {
  const { about } = context.input
  return {
    title: 'Add an action item',
    submit: 'Add',
    command: `/action add${incident === null ? '' : ` --incident ${incident}`}`,
    inputs: [
      titleInput(about?.text?.split('\n')[0]?.slice(0, MAX_TITLE) ?? ''),
      descriptionInput(about ? quoted(about) : ''),
      ownerInput(context),
      dueInput(''),
      priorityInput('P3'),
    ],
  }
}

const quoted = ({ author, text, link }: Said): string =>
  `${author}: ${(text ?? '').slice(0, MAX_DESCRIPTION - 500)}${link ? `\n${link}` : ''}`

const editForm = (context: Context, known: Action): ChatAnswer => ({
  kind: 'form',
  form: {
    title: `Edit ${known.id}`,
    submit: 'Keep',
    command: `/action edit ${known.id}`,
    inputs: [
      titleInput(known.title),
      descriptionInput(known.description),
      dueInput(dateOf(toLocal(zoneOf(context, known.owner), known.dueAt))),
      priorityInput(known.priority),
    ],
  },
})
