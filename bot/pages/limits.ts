/**
 * Storms: how many pages one person gets by one way before more of them wait a little, and are told of together. The first
 * page of an incident never waits. Decided when a page is about to leave; what was held says so in the incident.
 */
import type { ContactWay, IncidentId, Instant } from '../words.ts'

export type Limit = { readonly count: number; readonly perMs: number }
export type Limits = Readonly<Record<ContactWay, Limit>>

const QUARTER_MS = 15 * 60_000

/** A phone that rings every minute is switched off. */
export const DEFAULT_LIMITS: Limits = {
  sms: { count: 8, perMs: QUARTER_MS },
  voice: { count: 4, perMs: QUARTER_MS },
  email: { count: 30, perMs: QUARTER_MS },
  push: { count: 20, perMs: QUARTER_MS },
  webhook: { count: 60, perMs: QUARTER_MS },
}

/** One page that left, on one person's lane of one way. */
export type Sent = { readonly at: Instant; readonly incident: IncidentId }

/**
 * Until when the next page to this person waits; undefined when it may leave. `sent`: what left, oldest first. What left at times that
 * are still to come, as the clock was set back since, makes nobody wait (I16).
 */
export function heldUntil(
  sent: readonly Sent[],
  { count, perMs }: Limit,
  incident: IncidentId,
  now: Instant,
): Instant | undefined {
  const recent = sent.filter(each => each.at > now - perMs && each.at <= now)
  if (recent.length < count || !sent.some(each => each.incident === incident)) return undefined
  return recent[recent.length - count]!.at + perMs
}
