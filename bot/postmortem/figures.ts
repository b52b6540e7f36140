/** The figures of an incident: how long until it was seen, taken, mitigated and resolved, and what paging it cost. */
import { onsetOf } from '../evidence/candidates.ts'
import type { Happened } from '../incidents/events.ts'
import type { Incident } from '../incidents/state.ts'
import type { Figures } from './document.ts'

export function figuresOf(incident: Incident, history: readonly Happened[]): Figures {
  const { declaredAt, severity, chains, pages } = incident
  const first = (fits: (event: Happened['event']) => boolean): number | null => {
    const at = history.find(({ event }) => fits(event))?.at
    return at === undefined ? null : at - declaredAt
  }
  const { respondWithin } = chains[severity]
  const count = (type: string) => history.filter(({ event }) => event.type === type).length
  return {
    severity,
    detectMs: declaredAt - onsetOf(incident),
    acknowledgeMs: first(event => event.type === 'acknowledged'),
    mitigateMs: first(event => event.type === 'status_changed' && event.to === 'mitigated'),
    resolveMs: incident.resolvedAt === null ? null : incident.resolvedAt - declaredAt,
    targetMs: typeof respondWithin === 'number' ? respondWithin : null,
    pages: pages.length,
    unanswered: pages.filter(page => page.rung !== null && incident.acked?.by !== page.person).length,
    handOvers: count('unacknowledged') + count('stood_aside') + count('ack_expired'),
  }
}
