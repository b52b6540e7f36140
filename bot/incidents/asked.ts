/** What every decision is given, and what it gives back. */
import type { Refusal } from '../refusal.ts'
import type { Instant, PersonId } from '../words.ts'
import type { World } from '../world.ts'
import type { Actor, IncidentEvent } from './events.ts'

export type Asked = { readonly world: World; readonly actor: Actor; readonly now: Instant }
export type Decision = readonly IncidentEvent[] | Refusal

/** The person who asks; timers and deliveries never get here. */
export function person(actor: Actor): PersonId {
  if (actor.kind !== 'person') throw new Error(`bug: ${actor.kind} asked what only a person may`)
  return actor.person
}

export const nameOf = (world: World, id: PersonId): string => world.config.people[id]?.name ?? id
