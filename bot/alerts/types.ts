/** What systems send in, as Tocsin keeps it: alerts, and changes to what runs. */
import type { Issue } from '../ports.ts'
import type { Instant } from '../words.ts'

/** An alert, whoever sent it. */
export type Alert = {
  /** The sender's identity of the condition; the same while it goes on. */
  readonly fingerprint: string
  readonly status: 'firing' | 'resolved'
  /** One line. */
  readonly title: string
  readonly details: string
  /** The severity as the sender words it, such as `critical` or `P1`; null where it says none. */
  readonly severity: string | null
  /** The service as the sender names it; null where it says none. */
  readonly service: string | null
  /** What alerts that belong together have in common; never empty. */
  readonly group: string
  readonly labels: Readonly<Record<string, string>>
  readonly startsAt: Instant | null
  readonly endsAt: Instant | null
  /** http(s) only. */
  readonly link: string | null
}

export type Change = {
  /** The sender's id of this change and state; the same for a redelivery. */
  readonly id: string
  readonly kind: 'deployment' | 'rollback' | 'flag' | 'configuration'
  readonly state: 'started' | 'succeeded' | 'failed'
  readonly service: string | null
  readonly title: string
  readonly version: string | null
  readonly environment: string | null
  readonly by: string | null
  readonly at: Instant
  readonly link: string | null
}

export type Ingested = {
  readonly alerts: readonly Alert[]
  readonly changes: readonly Change[]
  /** Issues as they are now, with the repository that they are of. */
  readonly issues?: { readonly repo: string; readonly seen: readonly Issue[] }
}
