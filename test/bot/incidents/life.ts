/** An incident that lives in memory alone: decided, folded and reacted to as the engine does it, with its timers in a map. */
import { draftChange } from '../../../bot/engine/draft.ts'
import type { Ask } from '../../../bot/engine/handle.ts'
import type { IncidentCommand } from '../../../bot/incidents/commands.ts'
import type { Actor, Happened, IncidentEvent } from '../../../bot/incidents/events.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import type { Arm, Change } from '../../../bot/ports.ts'
import type { Refusal } from '../../../bot/refusal.ts'
import type { World } from '../../../bot/world.ts'

export const ID = 'INC-1'

export type Life = {
  now: number
  incident: Incident | undefined
  readonly history: Happened[]
  readonly timers: Map<string, Arm>
  /** What came of it; a due timer is gone once it is asked about. */
  ask(command: IncidentCommand, actor: Actor, timer?: Arm): Asked
}

export type Asked = {
  readonly events: readonly IncidentEvent[]
  readonly refusal: Refusal | undefined
  readonly change: Change
}

export function begin(world: World, at: number): Life {
  const life: Life = {
    now: at,
    incident: undefined,
    history: [],
    timers: new Map(),
    ask(command, actor, timer) {
      const ask = { stream: ID, cause: null, actor, command } as Ask
      const { change, handled, after } = draftChange(ask, ID, life.incident, { world, now: life.now })
      life.incident = after as Incident | undefined
      const happened = handled.happened as readonly Happened[]
      life.history.push(...happened)
      if (timer) life.timers.delete(timer.key)
      for (const key of change.disarm) life.timers.delete(key)
      for (const arm of change.arm) life.timers.set(arm.key, arm)
      return { events: happened.map(({ event }) => event), refusal: handled.refusal, change }
    },
  }
  return life
}

export const declarer: Actor = { kind: 'person', person: 'diego', via: 'slack' }
