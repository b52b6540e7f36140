/** What becomes of a question to the sources, and of their answers. */
import type { Asked, Decision } from '../incidents/asked.ts'
import type { IncidentCommand } from '../incidents/commands.ts'
import type { IncidentEvent } from '../incidents/events.ts'
import type { Incident } from '../incidents/state.ts'
import { sourcesOf } from './question.ts'

type Command = Extract<
  IncidentCommand,
  { do: 'investigate' | 'evidence_found' | 'source_failed' | 'investigation_posted' }
>

export function decideSources({ world }: Asked, incident: Incident, command: Command): Decision {
  switch (command.do) {
    case 'investigate': {
      const sources = Object.keys(sourcesOf(world.config))
      return sources.length === 0 ? [] : [{ type: 'sources_asked', sources }]
    }
    // Said once, until it answers again.
    case 'source_failed':
      return incident.sources[command.source]?.failed == null ? [toEvent(command)] : []
    case 'evidence_found':
    case 'investigation_posted':
      return [toEvent(command)]
  }
}

/** What a delivery brought about becomes the event of the same name. */
function toEvent(command: Exclude<Command, { do: 'investigate' }>): IncidentEvent {
  const { do: type, ...data } = command
  return { type, ...data } as IncidentEvent
}
