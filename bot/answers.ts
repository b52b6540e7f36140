/** What is said back to whoever asked, decided in the same commit as the events: a pure function of what happened. */
import type { Happened, IncidentEvent } from './incidents/events.ts'
import type { Incident } from './incidents/state.ts'
import { type Message, text } from './message.ts'
import type { ChatAnswer } from './ports.ts'
import type { Refusal } from './refusal.ts'
import type { World } from './world.ts'

export type Told<S = Incident, E = IncidentEvent> = {
  readonly world: World
  readonly before: S | undefined
  readonly after: S | undefined
  readonly happened: readonly Happened<E>[]
  readonly refusal: Refusal | undefined
}

export type Reply<S = Incident, E = IncidentEvent> = (told: Told<S, E>) => ChatAnswer

export const say = (message: Message): ChatAnswer => ({ kind: 'say', message })

/** A refusal as the person who caused it hears it. */
export const refused = ({ say: what, hint }: Refusal): ChatAnswer =>
  say({
    summary: `${what} ${hint}`.trim(),
    tone: 'refused',
    blocks: [text([what, ...(hint ? [' ', hint] : [])])],
  })
