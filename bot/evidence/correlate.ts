/** What moved together: series that left their usual range, laid over each other with every lag. */
import type { Instant } from '../words.ts'
import { ranks } from './robust.ts'
import type { Series } from './types.ts'

/** A series of an investigation: its source, service and name say which. */
export type Named = { readonly source: string; readonly service: string; readonly name: string }

/** Two series that moved together; `first` moved `lagMs` before `after` (0: at the same time). */
export type Together = {
  readonly first: Named
  readonly after: Named
  readonly lagMs: number
  /** Spearman's correlation at that lag, -1 to 1. */
  readonly strength: number
}

const GRID_MS = 60_000
const MOST_LAG = 10
const LEAST_OVERLAP = 20
const STRONG = 0.6

/** Pairs of series of which one follows the other, the strongest first. */
export function togetherOf(
  series: readonly Series[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
): readonly Together[] {
  const grids = series.map(each => ({ named: nameOf(each), values: onGrid(each, from, to) }))
  const found: Together[] = []
  for (const [index, a] of grids.entries())
    for (const b of grids.slice(index + 1)) {
      const best = bestLag(a.values, b.values)
      if (!best || Math.abs(best.strength) < STRONG) continue
      const [first, after] = best.lag >= 0 ? [a, b] : [b, a]
      found.push({
        first: first.named,
        after: after.named,
        lagMs: Math.abs(best.lag) * GRID_MS,
        strength: best.strength,
      })
    }
  return found.sort((a, b) => Math.abs(b.strength) - Math.abs(a.strength))
}

export const nameOf = ({ source, service, name }: Named): Named => ({ source, service, name })

function onGrid({ points }: Series, from: Instant, to: Instant): (number | undefined)[] {
  const slots = Map.groupBy(
    points.filter(([at]) => at >= from && at <= to),
    ([at]) => Math.floor((at - from) / GRID_MS),
  )
  return Array.from({ length: Math.floor((to - from) / GRID_MS) + 1 }, (_, slot) => {
    const own = slots.get(slot)
    return own && own.reduce((sum, [, value]) => sum + value, 0) / own.length
  })
}

/** `lag` is how many steps b comes after a. */
function bestLag(a: readonly (number | undefined)[], b: readonly (number | undefined)[]) {
  let best: { readonly lag: number; readonly strength: number } | null = null
  for (let step = 0; step <= 2 * MOST_LAG; step++) {
    const lag = step % 2 === 0 ? step / 2 : -(step + 1) / 2
    const strength = spearman(a, b, lag)
    if (strength !== null && (!best || Math.abs(strength) > Math.abs(best.strength) + 1e-9))
      best = { lag, strength }
  }
  return best
}

function spearman(
  a: readonly (number | undefined)[],
  b: readonly (number | undefined)[],
  lag: number,
): number | null {
  const both = a.flatMap((value, index) => {
    const other = b[index + lag]
    return value === undefined || other === undefined ? [] : [[value, other] as const]
  })
  if (both.length < LEAST_OVERLAP) return null
  const [xs, ys] = [ranks(both.map(([x]) => x)), ranks(both.map(([, y]) => y))]
  const middle = (both.length + 1) / 2
  let [xy, xx, yy] = [0, 0, 0]
  for (const [index, rank] of xs.entries()) {
    const [x, y] = [rank - middle, (ys[index] ?? middle) - middle]
    xy += x * y
    xx += x * x
    yy += y * y
  }
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy)
}
