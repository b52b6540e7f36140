/** The rules of action items. */
import { type Asked, nameOf } from '../incidents/asked.ts'
import { nearest, type Refusal, refuse } from '../refusal.ts'
import type { Instant } from '../words.ts'
import type { ActionChange, ActionCommand, ActionEvent } from './events.ts'
import { takenOver } from './mirror.ts'
import { nextLook, remind } from './remind.ts'
import { type Action, type Actions, NO_ACTIONS } from './state.ts'

type Decision = readonly ActionEvent[] | Refusal

export const MAX_TITLE = 200
export const MAX_DESCRIPTION = 2000
const YEARS_MS = 3 * 366 * 24 * 60 * 60_000

export function decideActions(asked: Asked, state: Actions = NO_ACTIONS, command: ActionCommand): Decision {
  switch (command.do) {
    case 'add_action':
      return add(asked, state, command)
    case 'issues_seen':
      return command.issues.flatMap(issue => {
        const item = state.items.find(each => each.issue?.number === issue.number)
        return item ? takenOver(item, issue) : []
      })
    case 'remind':
      return remind(asked.world, state, asked.now)
    default: {
      const item = state.items.find(each => each.id === command.id)
      if (!item) return unknown(state.items, command.id)
      return change(asked, item, command)
    }
  }
}

function add(
  { world, now }: Asked,
  state: Actions,
  command: Extract<ActionCommand, { do: 'add_action' }>,
): Decision {
  const title = command.title.trim()
  const refusal = badTitle(title) ?? badDue(command.dueAt, now)
  if (refusal) return refusal
  const description = command.description.trim().slice(0, MAX_DESCRIPTION)
  const { do: _, ...rest } = command
  const id = `ACT-${state.items.length + 1}`
  const planned: readonly ActionEvent[] =
    state.lookAt === null ? [{ type: 'look_planned', at: nextLook(now, world.config.team.business) }] : []
  return [{ type: 'action_added', ...rest, id, title, description }, ...planned]
}

const badTitle = (title: string): Refusal | undefined =>
  title === ''
    ? refuse(
        'no_title',
        'An action item needs a title.',
        'Like this: /action add Alert on disk space --owner @ben --due fri',
      )
    : title.length > MAX_TITLE
      ? refuse('title_too_long', `The title has ${title.length} characters; ${MAX_TITLE} is the most.`)
      : undefined

const badDue = (dueAt: number, now: number): Refusal | undefined =>
  dueAt <= now
    ? refuse('past', 'That due date is past.', 'Give one to come, such as: --due fri, or --due 2027-01-15')
    : dueAt - now > YEARS_MS
      ? refuse('too_far', 'That due date is more than three years away.', 'Nobody will remember it then.')
      : undefined

type OfOne = Exclude<ActionCommand, { do: 'add_action' | 'remind' | 'issues_seen' }>

function change({ world, now }: Asked, item: Action, command: OfOne): Decision {
  const { id } = item
  switch (command.do) {
    case 'start_action':
      return item.status === 'open' ? [{ type: 'action_started', id }] : standing(item)
    case 'finish_action': {
      const evidence = command.evidence.trim().slice(0, MAX_DESCRIPTION)
      if (item.status === 'completed') return standing(item)
      return evidence.length < 3
        ? refuse(
            'no_evidence',
            `What shows that ${id} is done?`,
            `A link or a sentence: /action done ${id} https://git.example.com/pull/42`,
          )
        : [{ type: 'action_done', id, evidence }]
    }
    case 'reopen_action':
      return item.status === 'completed'
        ? [{ type: 'action_reopened', id, why: command.why }]
        : standing(item)
    case 'snooze_action':
      return item.status === 'completed'
        ? standing(item)
        : (badDue(command.dueAt, now) ??
            noMoreTime(item, command.dueAt) ?? [
              { type: 'action_snoozed', id, dueAt: command.dueAt, why: command.why },
            ])
    case 'hand_over_action':
      return item.owner === command.owner
        ? refuse('same_owner', `${id} is ${nameOf(world, item.owner)}'s already.`)
        : [{ type: 'action_handed_over', id, owner: command.owner }]
    case 'update_action': {
      const text = command.text.trim().slice(0, MAX_DESCRIPTION)
      return text === ''
        ? refuse('empty', 'The update is empty.', `Like this: /action update ${id} Waiting for the vendor`)
        : [{ type: 'action_updated', id, text }]
    }
    case 'change_action':
      return changeWords(item, command.change, now)
    case 'mirrored': {
      const { number, url, updatedAt: at } = command.issue
      return [{ type: 'action_mirrored', id, number, url, at }]
    }
    case 'link_action':
      return item.incident === command.incident || item.linked.includes(command.incident)
        ? []
        : [{ type: 'action_linked', id, incident: command.incident }]
  }
}

/** Only what differs is said anew. */
function changeWords(item: Action, asked: ActionChange, now: number): Decision {
  const title = asked.title?.trim()
  const refusal =
    (title === undefined ? undefined : badTitle(title)) ??
    (asked.dueAt === undefined || asked.dueAt === item.dueAt ? undefined : badDue(asked.dueAt, now))
  if (refusal) return refusal
  const description = asked.description?.trim().slice(0, MAX_DESCRIPTION)
  const change: ActionChange = {
    ...(title !== undefined && title !== item.title ? { title } : {}),
    ...(description !== undefined && description !== item.description ? { description } : {}),
    ...(asked.priority !== undefined && asked.priority !== item.priority ? { priority: asked.priority } : {}),
    ...(asked.dueAt !== undefined && asked.dueAt !== item.dueAt ? { dueAt: asked.dueAt } : {}),
  }
  return Object.keys(change).length === 0 ? [] : [{ type: 'action_changed', id: item.id, ...change }]
}

const standing = ({ id, status }: Action): Refusal =>
  refuse(
    'same',
    `${id} is ${status}.`,
    status === 'completed' ? `Was it not done? /action reopen ${id} and why` : 'See /action list.',
  )

export function unknown(items: readonly Action[], id: string): Refusal {
  const near = nearest(
    id,
    items.map(item => item.id),
  )
  return refuse('unknown_action', `There is no ${id}.`, near ? `Did you mean ${near}?` : 'See /action list.')
}

/** More time is what is asked for: an earlier day would be a surprise. */
const noMoreTime = ({ id, dueAt }: Action, asked: Instant): Refusal | undefined =>
  asked > dueAt
    ? undefined
    : refuse(
        'earlier',
        `${id} has until then already.`,
        `To make it due sooner: /action edit ${id} --due DATE`,
      )
