/** One incident as figures and patterns need it: its row, which a hundred thousand of are read in a moment. Tests and drills are left out before. */
import type { IncidentSummary } from '../ports.ts'
import type { IncidentId, Instant, PersonId, Severity } from '../words.ts'

export type Past = {
  readonly id: IncidentId
  readonly title: string
  readonly severity: Severity
  readonly service: string | null
  readonly declaredAt: Instant
  /** First acknowledged; null where nobody did. */
  readonly ackedAt: Instant | null
  readonly resolvedAt: Instant | null
  /** Its root cause, by the name that its post-mortem gives it. */
  readonly cause: string | null
  readonly published: boolean
}

export const pastOf = (row: IncidentSummary): Past => ({
  id: row.id,
  title: row.title,
  severity: row.severity as Severity,
  service: row.service,
  declaredAt: row.declaredAt,
  ackedAt: row.ackedAt,
  resolvedAt: row.resolvedAt,
  cause: row.cause,
  published: row.published,
})

/** What only a whole history tells: who was paged when, and each time that an alert fired. */
export type Noise = {
  readonly pages: readonly { readonly person: PersonId; readonly at: Instant }[]
  readonly firings: readonly { readonly title: string; readonly at: Instant }[]
}
