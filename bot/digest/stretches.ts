/** Moments on a line of time: which lie near one, and how much of the line lies near any. All lists are sorted. */
import type { Instant } from '../words.ts'

/** How many are below `at`, or at it. */
export function countUntil(times: readonly Instant[], at: Instant): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((times[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}

/** The last one at or before `at`. */
export const lastUntil = (times: readonly Instant[], at: Instant): Instant | undefined =>
  times[countUntil(times, at) - 1]

export const isNear = (times: readonly Instant[], at: Instant, nearMs: number): boolean => {
  const last = lastUntil(times, at + nearMs)
  return last !== undefined && last >= at - nearMs
}

/** The share of `from` to `to` that lies from `beforeMs` before to `afterMs` after any of the times; 0 to 1. */
export function shareNear(
  times: readonly Instant[],
  { beforeMs, afterMs }: { readonly beforeMs: number; readonly afterMs: number },
  { from, to }: { readonly from: Instant; readonly to: Instant },
): number {
  let covered = 0
  let reached = from
  for (const time of times) {
    const begin = Math.max(reached, time - beforeMs)
    const end = Math.min(to, time + afterMs)
    if (end > begin) covered += end - begin
    reached = Math.max(reached, end)
  }
  return to > from ? covered / (to - from) : 0
}
