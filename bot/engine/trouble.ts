/**
 * What a process remembers of ways that fail: since when nothing got through to somebody by one of them. What waited behind a page
 * that failed has waited as long, and goes the next way as soon. Memory only: after a restart a way has its whole time again.
 */
import type { Instant } from '../words.ts'

export type Trouble = {
  /** It failed now: since when it has, without anything that got through in between. */
  failed(lane: string, firstAttemptAt: Instant, now: Instant): Instant
  /** Something got through. */
  over(lane: string): void
}

/** Failures further apart are two troubles and not one: no page pauses for longer between two tries. */
const APART_MS = 2 * 60_000

export function createTrouble(): Trouble {
  const lanes = new Map<string, { readonly since: Instant; readonly lastAt: Instant }>()
  return {
    failed(lane, firstAttemptAt, now) {
      const known = lanes.get(lane)
      const since =
        known && now - known.lastAt <= APART_MS ? Math.min(known.since, firstAttemptAt) : firstAttemptAt
      lanes.set(lane, { since, lastAt: now })
      return since
    },
    over: lane => void lanes.delete(lane),
  }
}
