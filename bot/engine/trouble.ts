/**
 * What a process remembers of ways that fail: since when nothing got through to somebody by one of them. What waited behind a page
 * that failed has waited as long, and goes the next way as soon. Memory only: after a restart a way has its whole time again.
 */
import type { Instant } from '../words.ts'

export type Trouble = {
  /** It failed now: since when it has, without anything that got through in between. */
  failed(lane: string, now: Instant): Instant
  /** Since when; undefined when it has not failed lately. */
  since(lane: string, now: Instant): Instant | undefined
  /** Something got through. */
  over(lane: string): void
}

/** Failures further apart are two troubles and not one: no page pauses for longer than a minute between two tries. */
const APART_MS = 70_000

export function createTrouble(): Trouble {
  const lanes = new Map<string, { readonly since: Instant; readonly lastAt: Instant }>()
  function since(lane: string, now: Instant): Instant | undefined {
    const known = lanes.get(lane)
    return known && now - known.lastAt <= APART_MS ? known.since : undefined
  }
  return {
    since,
    failed(lane, now) {
      const begun = since(lane, now) ?? now
      lanes.set(lane, { since: begun, lastAt: now })
      return begun
    },
    over: lane => void lanes.delete(lane),
  }
}
