/** An incident that lives in memory alone: decided, folded and reacted to as the engine does it, with its timers in a map. */
import { draftChange } from '../../../bot/engine/draft.ts'
import type { Ask } from '../../../bot/engine/handle.ts'
import { workOf } from '../../../bot/engine/timers.ts'
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

/** How a copy of a page fares: it gets through, or is refused for good. */
export type Fate = (copy: {
  readonly page: number
  readonly step: number
  readonly target: string
}) => boolean

const TIMER: Actor = { kind: 'timer' }

/** Lets time pass: every decision and every page at its time, one after the other. Posts and edits are nobody's business here. */
export function until(life: Life, target: number, arrives: Fate = () => true): readonly IncidentEvent[] {
  const events: IncidentEvent[] = []
  for (;;) {
    const next = [...life.timers.values()].toSorted((a, b) => a.dueAt - b.dueAt)[0]
    if (!next || next.dueAt > target) break
    life.now = Math.max(life.now, next.dueAt)
    events.push(...come(life, next, arrives))
  }
  life.now = Math.max(life.now, target)
  return events
}

function come(life: Life, timer: Arm, arrives: Fate): readonly IncidentEvent[] {
  const work = workOf(timer)
  switch (work.kind) {
    case 'rung':
      return life.ask({ do: 'rung_due' }, TIMER, timer).events
    case 'step':
      return life.ask({ do: 'step_due', page: work.page, step: work.step }, TIMER, timer).events
    case 'window':
      return life.ask({ do: 'window_over', page: work.page }, TIMER, timer).events
    case 'lapse':
      return life.ask({ do: 'ack_lapses' }, TIMER, timer).events
    case 'page': {
      const { page, step, target } = work
      const actor: Actor = { kind: 'chat', chat: target }
      const sent = { ref: { channel: 'D1', id: timer.key }, acceptedAt: life.now, linked: true }
      return arrives(work)
        ? life.ask({ do: 'page_sent', page, step, target, ...sent }, actor, timer).events
        : life.ask({ do: 'page_failed', page, step, target, why: 'refused', final: true }, actor, timer)
            .events
    }
    default:
      life.timers.delete(timer.key)
      return []
  }
}
