/**
 * When a service departed from what is usual, as far as that belongs to the incident: what was over before, belongs to another
 * story, and makes nobody a suspect and no change innocent.
 */
import type { Instant } from '../words.ts'
import type { Anomaly } from './anomalies.ts'
import type { Finding } from './types.ts'

/** Points are as far apart as a minute: closer than that is at the same time. */
export const SAME_MS = 60_000
/** Shortly before the onset still counts: an alert takes a while to fire. */
const STILL_MS = 2 * 60_000

export type Departures = {
  /** Whether what left its usual range was still out then. */
  readonly stillOut: (anomaly: Anomaly, at: Instant) => boolean
  /** The first of a service's metrics that left its usual range and stayed out until the onset. */
  readonly of: (service: string) => Anomaly | undefined
  /** All of a service's, the earliest first. */
  readonly all: (service: string) => readonly Anomaly[]
  /** The services with a departure that lasted until the onset. */
  readonly services: readonly string[]
}

/** `findings`: in order of time. */
export function departuresOf(findings: readonly Finding[], onset: Instant): Departures {
  const anomalies = findings.flatMap(finding => (finding.kind === 'anomaly' ? finding : []))
  const each = Map.groupBy(anomalies, ({ service }) => service)
  const lasting = Map.groupBy(
    anomalies.filter(anomaly => lasted(anomaly, onset)),
    ({ service }) => service,
  )
  return {
    stillOut: ({ until }, at) => until === null || until >= at - SAME_MS,
    of: service => lasting.get(service)?.[0],
    all: service => each.get(service) ?? [],
    services: [...lasting.keys()].toSorted(),
  }
}

/** Until shortly before the onset, or longer. */
export const lasted = ({ until }: { readonly until: Instant | null }, onset: Instant): boolean =>
  until === null || until >= onset - STILL_MS
