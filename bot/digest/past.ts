/** One incident as the figures of weeks need it. Tests and drills are left out before. */
import { candidatesOf } from '../evidence/candidates.ts'
import type { Incident } from '../incidents/state.ts'
import { changesTo, type IngestedState } from '../ingested/ingested.ts'
import { reachOf } from '../timeline/entries.ts'
import type { IncidentId, Instant, PersonId, Severity } from '../words.ts'
import type { World } from '../world.ts'

export type Past = {
  readonly id: IncidentId
  readonly title: string
  readonly declaredAt: Instant
  readonly ackedAt: Instant | null
  readonly resolvedAt: Instant | null
  readonly severity: Severity
  readonly service: string | null
  readonly pages: readonly { readonly person: PersonId; readonly at: Instant }[]
  /** Titles of the alerts that belonged to it. */
  readonly alerts: readonly string[]
  /** The last change to its service or what that depends on, before it. */
  readonly lastChangeAt: Instant | null
  /** The title of what most likely caused it, where something stands out. */
  readonly cause: string | null
  readonly published: boolean
}

/** A candidate stands out from half of a certain one's weight. */
const STANDS_OUT = 0.5
const DAY_MS = 24 * 60 * 60_000

export function pastOf(world: World, incident: Incident, ingested: IngestedState): Past {
  const { declaredAt, service } = incident
  const before = changesTo(ingested, reachOf(world, service), declaredAt - DAY_MS, declaredAt)
  const [first] = candidatesOf(world, incident, ingested)
  return {
    id: incident.id,
    title: incident.title,
    declaredAt,
    ackedAt: incident.firstAckedAt,
    resolvedAt: incident.resolvedAt,
    severity: incident.severity,
    service,
    pages: incident.pages.map(({ person, startedAt }) => ({ person, at: startedAt })),
    alerts: Object.values(incident.alerts).map(alert => alert.title),
    lastChangeAt: before.at(-1)?.at ?? null,
    cause: first && first.score >= STANDS_OUT ? first.title : null,
    published: incident.postmortem?.publishedAt != null,
  }
}
