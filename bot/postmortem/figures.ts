/** The figures of an incident: how long until it was seen, taken, mitigated and resolved, and what paging it cost. */
import type { Happened } from '../incidents/events.ts'
import type { Incident, Page } from '../incidents/state.ts'
import type { Instant } from '../words.ts'
import type { Figures } from './document.ts'

/** `firstSignAt`: the first alert, or what was seen of it before anybody noticed. */
export function figuresOf(incident: Incident, history: readonly Happened[], firstSignAt: Instant): Figures {
  const { declaredAt, severity, chains, pages } = incident
  const first = (fits: (event: Happened['event']) => boolean): number | null => {
    const at = history.find(({ event }) => fits(event))?.at
    return at === undefined ? null : at - declaredAt
  }
  const { respondWithin, targets } = chains[severity]
  const targetMs = typeof respondWithin === 'number' ? respondWithin : null
  const count = (type: string) => history.filter(({ event }) => event.type === type).length
  return {
    severity,
    detectMs: Math.max(0, declaredAt - firstSignAt),
    acknowledgeMs: first(event => event.type === 'acknowledged'),
    mitigateMs: first(event => event.type === 'status_changed' && event.to === 'mitigated'),
    resolveMs: incident.resolvedAt === null ? null : incident.resolvedAt - declaredAt,
    targetMs,
    targets: {
      detectMs: targets?.detect ?? null,
      acknowledgeMs: targetMs,
      mitigateMs: targets?.mitigate ?? null,
      resolveMs: targets?.resolve ?? null,
    },
    pages: pages.length,
    unanswered: pages.filter(page => isMissed(incident, page, targetMs)).length,
    undelivered: pages.filter(page => page.steps.every(step => step.state === 'failed')).length,
    handOvers: count('unacknowledged') + count('stood_aside') + count('ack_expired'),
  }
}

/** From the first sign until it worked again, ms; null while it does not. */
export const durationOf = ({ detectMs, resolveMs }: Figures): number | null =>
  resolveMs === null ? null : detectMs + resolveMs

/** Of the chain, and its whole time to respond passed before anybody had it. Whoever said "Not me" did answer. */
function isMissed(incident: Incident, page: Page, targetMs: number | null): boolean {
  if (page.rung === null || page.ended === 'stood aside' || targetMs === null) return false
  if (incident.acked?.by === page.person && page.ended === 'acknowledged') return false
  return overAt(incident, page) - page.startedAt >= targetMs
}

/** When the page had to wait no longer. */
const overAt = (incident: Incident, page: Page): Instant =>
  Math.min(
    ...[incident.firstAckedAt, incident.resolvedAt].flatMap(at =>
      at !== null && at >= page.startedAt ? [at] : [],
    ),
    incident.closedAt ?? incident.updatedAt,
  )
