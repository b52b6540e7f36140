/**
 * What many incidents have in common: hours, weekdays, services, root causes, deployments before them, services that break together.
 *
 * One cause often brings several incidents at once, and they are no several signs of anything. So each count comes twice: all of them, for
 * people to read; and bursts (of one service in one hour of one day), for the tests of improve.ts.
 */
import type { Instant } from '../words.ts'
import { type Deployments, NO_DEPLOYMENTS } from './deployments.ts'
import type { Past } from './past.ts'
import { lastUntil, shareNear } from './stretches.ts'
import { type Together, togetherOf } from './together.ts'

export type Range = { readonly from: Instant; readonly to: Instant }

export type Patterns = Range & {
  readonly count: number
  /** Weekday (0 Monday) × hour, on the team's clock. */
  readonly hours: readonly (readonly number[])[]
  readonly byHour: readonly number[]
  readonly byWeekday: readonly number[]
  readonly byService: Readonly<Record<string, number>>
  readonly withoutService: number
  readonly byCause: Readonly<Record<string, number>>
  readonly withoutCause: number
  /** Index: whole hours after the last deployment before it, under 24. */
  readonly afterDeployment: readonly number[]
  /** None in the 24 hours before. */
  readonly withoutDeployment: number
  /** Older than the deployments that are known. */
  readonly deploymentUnknown: number
  readonly together: readonly Together[]
  readonly bursts: Bursts
}

export type Bursts = {
  /** Hours of days in which any incident began. */
  readonly hours: number
  readonly byHour: readonly number[]
  /** The same of each service. */
  readonly services: number
  readonly byService: Readonly<Record<string, number>>
  /** Those of which it is known whether a deployment was before them, and how many began within SOON_HOURS after one. */
  readonly dated: number
  readonly soon: number
  /** How much of the time lies within SOON_HOURS after a deployment, on average over them; 0 to 1. */
  readonly soonShare: number
}

export const HOUR_MS = 60 * 60_000
export const SOON_HOURS = 2

export type Context = Range & {
  /** An instant as the epoch ms that the team's clock would show in UTC. */
  readonly localOf: (at: Instant) => number
  readonly deployments?: Deployments
}

export function patternsOf(all: readonly Past[], context: Context): Patterns {
  const { from, to, localOf, deployments = NO_DEPLOYMENTS } = context
  const hours = Array.from({ length: 7 }, () => zeros(24))
  const burstsByHour = zeros(24)
  const seen = new Set<number>()
  const byService = createTally()
  const byCause = createTally()
  const after = createAfter(deployments, { from, to })
  for (const { declaredAt, service, cause } of all) {
    const cell = Math.floor(localOf(declaredAt) / HOUR_MS)
    const hour = mod(cell, 24)
    // 1 January 1970 was a Thursday.
    add(hours[mod(Math.floor(cell / 24) + 3, 7)] ?? [], hour)
    if (!seen.has(cell)) add(burstsByHour, hour)
    seen.add(cell)
    const isFirst = byService.add(service, cell)
    byCause.add(cause, cell)
    after.add(service, declaredAt, isFirst)
  }
  return {
    from,
    to,
    count: all.length,
    hours,
    byHour: zeros(24).map((_, hour) => sum(hours.map(row => row[hour] ?? 0))),
    byWeekday: hours.map(sum),
    byService: byService.counts(),
    withoutService: byService.without(),
    byCause: byCause.counts(),
    withoutCause: byCause.without(),
    ...after.counts(),
    together: togetherOf(all, { from, to }),
    bursts: {
      hours: seen.size,
      byHour: burstsByHour,
      services: sum(Object.values(byService.bursts())),
      byService: byService.bursts(),
      ...after.bursts(),
    },
  }
}

const zeros = (length: number): number[] => new Array<number>(length).fill(0)
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const mod = (value: number, by: number): number => ((value % by) + by) % by
function add(counts: number[], index: number): void {
  counts[index] = (counts[index] ?? 0) + 1
}

/** How often each name came, in all and in bursts. */
function createTally() {
  const found = new Map<string, { count: number; readonly cells: Set<number> }>()
  let without = 0
  return {
    /** True where it is the first of its hour; what has no name is its own first. */
    add(name: string | null, cell: number): boolean {
      if (name === null) {
        without++
        return true
      }
      const known = found.get(name) ?? { count: 0, cells: new Set<number>() }
      found.set(name, known)
      known.count++
      const before = known.cells.size
      return known.cells.add(cell).size > before
    },
    without: () => without,
    counts: () => Object.fromEntries([...found].map(([name, { count }]) => [name, count])),
    bursts: () => Object.fromEntries([...found].map(([name, { cells }]) => [name, cells.size])),
  }
}

/** How long after a deployment incidents began. */
function createAfter({ knownSince, of }: Deployments, { from, to }: Range) {
  const afterDeployment = zeros(24)
  const shares = new Map<string | null, number>()
  const since = Math.max(from, knownSince ?? Number.NEGATIVE_INFINITY)
  let [withoutDeployment, deploymentUnknown, dated, soon, exposed] = [0, 0, 0, 0, 0]

  function shareOf(service: string | null): number {
    const near = { beforeMs: 0, afterMs: SOON_HOURS * HOUR_MS }
    const share = shares.get(service) ?? shareNear(of(service), near, { from: since, to })
    shares.set(service, share)
    return share
  }

  return {
    add(service: string | null, at: Instant, isFirst: boolean): void {
      if (knownSince !== null && at - 24 * HOUR_MS < knownSince) {
        deploymentUnknown++
        return
      }
      const last = lastUntil(of(service), at)
      const hour = last === undefined ? 24 : Math.floor((at - last) / HOUR_MS)
      if (hour < 24) add(afterDeployment, hour)
      else withoutDeployment++
      if (!isFirst) return
      dated++
      if (hour < SOON_HOURS) soon++
      exposed += shareOf(service)
    },
    counts: () => ({ afterDeployment, withoutDeployment, deploymentUnknown }),
    bursts: () => ({ dated, soon, soonShare: dated === 0 ? 0 : exposed / dated }),
  }
}
