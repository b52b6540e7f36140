/** What follows from action items: their owner is told, reminders leave, the next look is planned, the incident notes them. */
import type { Effect, Reaction } from '../engine/reactions.ts'
import type { Happened } from '../incidents/events.ts'
import { chatOf, homesOf, teamChannelOn } from '../incidents/places.ts'
import type { PersonId } from '../words.ts'
import type { ActionEvent } from './events.ts'
import { isMirrored, RECONCILE_EVERY_MS } from './mirror.ts'
import type { Actions } from './state.ts'

type OfActions = Reaction<Actions, ActionEvent>

const planLook: OfActions = ({ happened }) =>
  happened.flatMap(({ event }) =>
    event.type === 'look_planned' ? [{ arm: { kind: 'remind' as const }, at: event.at }] : [],
  )

/** On one chat only: the first on which they are linked. */
const tellOwners: OfActions = ({ world, after, happened, now }) =>
  happened.flatMap((each): readonly Effect[] => {
    const person = toldOf(each, after)
    const chat = person && chatOf(world, person)
    return chat ? [{ arm: { kind: 'item', chat, person, happened: each }, at: now }] : []
  })

/** Nothing that an owner has to hear of. */
const UNTOLD: readonly ActionEvent['type'][] = ['action_started', 'action_linked', 'action_mirrored']

/** Whoever did it knows it already. */
function toldOf({ event, actor }: Happened<ActionEvent>, { items }: Actions): PersonId | undefined {
  if (event.type === 'reminded') return event.person
  if (!('id' in event) || UNTOLD.includes(event.type)) return undefined
  const owner = items.find(item => item.id === event.id)?.owner
  return actor.kind === 'person' && actor.person === owner ? undefined : owner
}

const tellTeam: OfActions = ({ world, happened, now }) =>
  happened.flatMap(each =>
    each.event.type === 'overdue_told'
      ? homesOf(world)
          .filter(({ name }) => teamChannelOn(world, name) !== undefined)
          .map(({ name: chat }): Effect => ({ arm: { kind: 'overdue', chat, happened: each }, at: now }))
      : [],
  )

/** What an issue says. */
const WRITTEN: readonly ActionEvent['type'][] = [
  'action_added',
  'action_done',
  'action_reopened',
  'action_snoozed',
  'action_handed_over',
  'action_changed',
]

/** What came from there is there already; an issue that is behind is written anew. */
const mirror: OfActions = ({ world, happened, now }) =>
  isMirrored(world)
    ? happened.flatMap(({ event, actor }): readonly Effect[] => {
        if (!('id' in event)) return []
        const behind = event.type === 'action_mirrored' && event.stale === true
        const ours = actor.kind !== 'alert' && WRITTEN.includes(event.type)
        return behind || ours ? [{ arm: { kind: 'mirror', item: event.id }, at: now }] : []
      })
    : []

/** The tracker tells of a change once or not at all: it is looked at as well, from the first issue on. */
const reconcile: OfActions = ({ before, happened, now }) =>
  happened.some(({ event }) => event.type === 'action_mirrored') && !before?.items.some(item => item.issue)
    ? [{ arm: { kind: 'reconcile' }, at: now + RECONCILE_EVERY_MS }]
    : []

export const actionReactions: readonly OfActions[] = [planLook, tellOwners, tellTeam, mirror, reconcile]
