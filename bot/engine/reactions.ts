/**
 * What follows from an event: timers to arm and to disarm, in the same commit. The list is in source and in order; each
 * reaction is pure and sees the incident before and after all events of its command.
 */

import { chainReactions } from '../escalation/reactions.ts'
import type { Happened } from '../incidents/events.ts'
import { cardReactions } from '../incidents/reactions.ts'
import type { Incident } from '../incidents/state.ts'
import { pageReactions } from '../pages/reactions.ts'
import { postReactions } from '../timeline/reactions.ts'
import type { Instant } from '../words.ts'
import type { World } from '../world.ts'
import { arm, keyOf, type Work } from './timers.ts'

export type Moment = {
  readonly world: World
  readonly before: Incident | undefined
  readonly after: Incident
  readonly happened: readonly Happened[]
  readonly now: Instant
}

export type Effect = { readonly arm: Work; readonly at: Instant } | { readonly disarm: Work }
export type Reaction = (moment: Moment) => readonly Effect[]

const REACTIONS: readonly Reaction[] = [
  ...chainReactions,
  ...pageReactions,
  ...cardReactions,
  ...postReactions,
]

/** All effects of one command. What is both disarmed and armed ends up armed: the later word of the list counts. */
export function react(moment: Moment): {
  readonly disarm: readonly string[]
  readonly arm: readonly ReturnType<typeof arm>[]
} {
  const { id } = moment.after
  const disarm = new Set<string>()
  const armed = new Map<string, ReturnType<typeof arm>>()
  for (const effect of REACTIONS.flatMap(reaction => reaction(moment))) {
    const key = keyOf(id, 'arm' in effect ? effect.arm : effect.disarm)
    if ('arm' in effect) {
      armed.set(key, arm(id, effect.arm, effect.at, moment.world.config.team.channel.name))
      disarm.delete(key)
    } else {
      armed.delete(key)
      disarm.add(key)
    }
  }
  return { disarm: [...disarm], arm: [...armed.values()] }
}
