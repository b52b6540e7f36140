/**
 * What follows from an event: timers to arm and to disarm, in the same commit. The lists are in source and in order; each
 * reaction is pure and sees its stream before and after all events of its command.
 */

import type { ActionEvent } from '../actions/events.ts'
import { actionReactions } from '../actions/reactions.ts'
import type { Actions } from '../actions/state.ts'
import type { ContactEvent } from '../contacts/events.ts'
import { contactReactions } from '../contacts/reactions.ts'
import type { ContactBook } from '../contacts/state.ts'
import { type DigestEvent, type DigestState, digestReactions } from '../digest/digest.ts'
import { chainReactions } from '../escalation/reactions.ts'
import { evidenceReactions } from '../evidence/reactions.ts'
import type { Happened, IncidentEvent } from '../incidents/events.ts'
import { cardReactions } from '../incidents/reactions.ts'
import type { Incident } from '../incidents/state.ts'
import { pageReactions } from '../pages/reactions.ts'
import { postmortemReactions } from '../postmortem/reactions.ts'
import type { RotaEvent } from '../rota/events.ts'
import { shiftReactions } from '../rota/reactions.ts'
import type { Rota } from '../rota/state.ts'
import { sourceReactions } from '../sources/reactions.ts'
import { postReactions } from '../timeline/reactions.ts'
import type { Instant } from '../words.ts'
import type { World } from '../world.ts'
import { arm, keyOf, type Work } from './timers.ts'

export type Moment<S = Incident, E = IncidentEvent> = {
  readonly world: World
  readonly before: S | undefined
  readonly after: S
  readonly happened: readonly Happened<E>[]
  readonly now: Instant
}

export type Effect = { readonly arm: Work; readonly at: Instant } | { readonly disarm: Work }
export type Reaction<S = Incident, E = IncidentEvent> = (moment: Moment<S, E>) => readonly Effect[]

/** Keys to disarm, and timers to arm. */
export type Effects = {
  readonly disarm: readonly string[]
  readonly arm: readonly ReturnType<typeof arm>[]
}

const INCIDENT: readonly Reaction[] = [
  ...chainReactions,
  ...pageReactions,
  ...cardReactions,
  ...postReactions,
  ...evidenceReactions,
  ...postmortemReactions,
  ...sourceReactions,
]

export const reactions = (stream: string, moment: Moment): Effects => gather(stream, INCIDENT, moment)
export const actionsReactions = (stream: string, moment: Moment<Actions, ActionEvent>): Effects =>
  gather(stream, actionReactions, moment)
export const weeklyReactions = (stream: string, moment: Moment<DigestState, DigestEvent>): Effects =>
  gather(stream, digestReactions, moment)
export const contactsReactions = (stream: string, moment: Moment<ContactBook, ContactEvent>): Effects =>
  gather(stream, contactReactions, moment)
export const rotaReactions = (stream: string, moment: Moment<Rota, RotaEvent>): Effects =>
  gather(stream, shiftReactions, moment)

/** All effects of one command. What is both disarmed and armed ends up armed: the later word of the list counts. */
function gather<S, E>(stream: string, list: readonly Reaction<S, E>[], moment: Moment<S, E>): Effects {
  const disarm = new Set<string>()
  const armed = new Map<string, ReturnType<typeof arm>>()
  for (const effect of list.flatMap(reaction => reaction(moment))) {
    const key = keyOf(stream, 'arm' in effect ? effect.arm : effect.disarm)
    if ('arm' in effect) {
      armed.set(key, arm(stream, effect.arm, effect.at, moment.world.config.team.channel.name))
      disarm.delete(key)
    } else {
      armed.delete(key)
      disarm.add(key)
    }
  }
  return { disarm: [...disarm], arm: [...armed.values()] }
}
