/**
 * Who may do what. Everybody of the team may do everything, unless `may` of the configuration names who: people, roles, or a
 * group of a chat (a Discord role). What a chat itself allows counts for nothing here (S15).
 */
import { peopleOf } from './escalation/resolve.ts'
import { nameOf } from './incidents/asked.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { Guarded, PersonId } from './words.ts'
import type { World } from './world.ts'

/** Who asks: the person, and the groups of the chat that they are in, as `discord:123`. */
export type Asker = { readonly person: PersonId; readonly groups: readonly string[] }

const isGroup = (name: string): boolean => name.includes(':')

/** Undefined when they may; else who may instead. */
export function forbidden(
  world: World,
  { person, groups }: Asker,
  action: Guarded,
  now: number,
): Refusal | undefined {
  const named = world.config.may[action]
  if (!named) return undefined
  const allowed = named.some(
    each =>
      each === person ||
      groups.includes(each) ||
      (world.config.roles[each] !== undefined &&
        peopleOf(world, world.config.roles[each], now).includes(person)),
  )
  if (allowed) return undefined
  const who = named.map(each => (world.config.people[each] ? nameOf(world, each) : each)).join(', ')
  return refuse(
    'forbidden',
    `You may not ${action} here: the configuration allows it to ${who}.`,
    named.some(isGroup) && groups.length === 0
      ? 'Ask one of them; who is in that group of a chat does it there.'
      : 'Ask one of them.',
  )
}
