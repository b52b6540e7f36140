/**
 * Services that break within half an hour of each other. A run of incidents of one service, none half an hour after the one before, counts
 * as one; of two services the rarer one is asked how many of its runs began near one of the other's.
 */
import type { Instant } from '../words.ts'
import type { Past } from './past.ts'
import { isNear, shareNear } from './stretches.ts'

export type Together = {
  /** The rarer first. */
  readonly services: readonly [string, string]
  /** Runs of the first in all, and those near a run of the second. */
  readonly runs: number
  readonly near: number
  /** How much of the time lies near a run of the second; 0 to 1. */
  readonly share: number
}

export const NEAR_MS = 30 * 60_000
/** Of more services than this, the ones with the most incidents. */
const MOST_SERVICES = 40

export function togetherOf(
  all: readonly Past[],
  range: { readonly from: Instant; readonly to: Instant },
): readonly Together[] {
  const runs = runsOf(all)
  return runs.flatMap(([often, starts], index) =>
    runs.slice(index + 1).flatMap(([rare, own]): readonly Together[] => {
      const near = own.filter(at => isNear(starts, at, NEAR_MS)).length
      if (near === 0) return []
      const share = shareNear(starts, { beforeMs: NEAR_MS, afterMs: NEAR_MS }, range)
      return [{ services: [rare, often], runs: own.length, near, share }]
    }),
  )
}

/** When each service's runs began, the service with the most first. */
function runsOf(all: readonly Past[]): readonly (readonly [string, readonly Instant[]])[] {
  const times = new Map<string, Instant[]>()
  for (const { service, declaredAt } of all) {
    if (service === null) continue
    const own = times.get(service)
    if (own) own.push(declaredAt)
    else times.set(service, [declaredAt])
  }
  return [...times]
    .map(([service, own]) => [service, startsOf(own.sort((a, b) => a - b))] as const)
    .sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
    .slice(0, MOST_SERVICES)
}

const startsOf = (sorted: readonly Instant[]): readonly Instant[] =>
  sorted.filter((at, index) => at - (sorted[index - 1] ?? Number.NEGATIVE_INFINITY) >= NEAR_MS)
