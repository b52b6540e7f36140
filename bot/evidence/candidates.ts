/** An incident, investigated: with what is known of it, of changes, and of what the sources answered. */
import type { Incident } from '../incidents/state.ts'
import type { IngestedState } from '../ingested/ingested.ts'
import type { Instant } from '../words.ts'
import type { World } from '../world.ts'
import { type Investigation, investigationOf, NOTHING_SEEN, type Seen } from './investigation.ts'

export type Candidate = {
  /** What it is: a change, a service that departed before, the earliest that was seen. */
  readonly kind: 'change' | 'service' | 'finding'
  readonly title: string
  readonly service: string | null
  readonly at: Instant
  /** 0 to 1. */
  readonly score: number
  readonly reasons: readonly string[]
  /** What shows it: the change, or the query. */
  readonly link: string | null
}

/** When it began: the first alert or the declaration, whichever came first. */
export const onsetOf = (incident: Incident): Instant =>
  Math.min(incident.declaredAt, ...Object.values(incident.alerts).flatMap(({ startsAt }) => startsAt ?? []))

/** `seen`: what the sources answered, once they did. */
export const investigate = (
  { config }: World,
  incident: Incident,
  ingested: IngestedState,
  seen: Seen = NOTHING_SEEN,
): Investigation =>
  investigationOf({
    services: config.services,
    service: incident.service,
    onset: onsetOf(incident),
    seen,
    changes: ingested.changes,
    alerts: [...Object.values(incident.alerts), ...Object.values(ingested.alerts)],
  })

/** What may have caused it, the likeliest first. */
export const candidatesOf = (
  world: World,
  incident: Incident,
  ingested: IngestedState,
  seen: Seen = NOTHING_SEEN,
): readonly Candidate[] => investigate(world, incident, ingested, seen).candidates
