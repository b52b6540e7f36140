/**
 * What moved together: metrics that left their usual range, laid over each other minute by minute with every lag of up to ten
 * minutes. Spearman's correlation of how far out they were, in levels each twice as far as the one before: what wobbles within
 * its usual range, or on its new height, stays on one level, and only what moves counts.
 */
import type { Anomaly } from './anomalies.ts'
import { compare } from './answers.ts'
import { ranks } from './robust.ts'
import type { Series } from './types.ts'

/** A series of an investigation: its source, service and name say which. */
export type Named = { readonly source: string; readonly service: string; readonly name: string }

/** Two series that moved together; `first` moved `lagMs` before `after` (0: within the same minute). */
export type Together = {
  readonly first: Named
  readonly after: Named
  readonly lagMs: number
  /** Spearman's correlation at that lag, -1 to 1: below 0 one rose while the other fell. */
  readonly strength: number
}

export const GRID_MS = 60_000
const MOST_LAG = 10
const LEAST_OVERLAP = 20
/** Of twenty independent points the best of 21 lags gets as far by chance in one of a hundred pairs (0.69). */
const STRONG = 0.7
/** Of lags that are about as good the smallest is believed. */
const BETTER = 0.02
/** Closer to usual, in robust standard deviations, is usual: level 0. */
const WITHIN = 2.5
/** More pairs are not told. */
const TOLD = 100

type Curve = { readonly named: Named; readonly slots: readonly (number | null)[] }

/** Pairs of series of which one follows the other, the strongest first. `series`: of anomalies, a point for each minute. */
export function togetherOf(anomalies: readonly Anomaly[], series: readonly Series[]): readonly Together[] {
  const starts = series.flatMap(({ points }) => points[0]?.[0] ?? [])
  const origin = Math.min(...starts)
  const curves = series.flatMap((each): Curve[] => {
    const anomaly = anomalies.find(found => keyOf(found) === keyOf(each))
    return anomaly ? [{ named: nameOf(each), slots: ranked(slotsOf(each, origin), anomaly) }] : []
  })
  const pairs = curves.flatMap((a, index) => curves.slice(index + 1).flatMap(b => pairOf(a, b) ?? []))
  return pairs
    .sort((a, b) => Math.abs(b.strength) - Math.abs(a.strength) || compare(pairKey(a), pairKey(b)))
    .slice(0, TOLD)
}

export const keyOf = ({ source, service, name }: Named): string => [source, service, name].join('\0')
const nameOf = ({ source, service, name }: Named): Named => ({ source, service, name })
const pairKey = ({ first, after }: Together): string => `${keyOf(first)}\0${keyOf(after)}`

function slotsOf({ points }: Series, origin: number): readonly (number | null)[] {
  const found = new Map(points.map(([at, value]) => [Math.round((at - origin) / GRID_MS), value]))
  return Array.from({ length: Math.max(0, ...found.keys()) + 1 }, (_, slot) => found.get(slot) ?? null)
}

/** Ranks of the levels; null where nothing is known. */
function ranked(
  slots: readonly (number | null)[],
  { usual, peak, score }: Anomaly,
): readonly (number | null)[] {
  const unit = Math.abs(peak - usual) / score
  const known = slots.flatMap(value => value ?? [])
  const order = ranks(known.map(value => levelOf((value - usual) / unit)))
  let next = 0
  return slots.map(value => (value === null ? null : (order[next++] ?? null)))
}

/** 0 within the usual range, then 1, 2, 3 upwards and -1, -2, -3 downwards. */
function levelOf(out: number): number {
  const far = Math.abs(out) / WITHIN
  return far < 1 ? 0 : Math.sign(out) * (1 + Math.floor(Math.log2(far)))
}

function pairOf(a: Curve, b: Curve): Together | null {
  const best = bestLag(a.slots, b.slots)
  if (!best || Math.abs(best.strength) < STRONG) return null
  const inOrder = best.lag > 0 || (best.lag === 0 && keyOf(a.named) <= keyOf(b.named))
  return {
    first: inOrder ? a.named : b.named,
    after: inOrder ? b.named : a.named,
    lagMs: Math.abs(best.lag) * GRID_MS,
    strength: best.strength,
  }
}

type Lagged = { readonly lag: number; readonly strength: number }

/** `lag` is how many minutes b comes after a. From the smallest on, so that of two that are as good it stays. */
function bestLag(a: Curve['slots'], b: Curve['slots']): Lagged | null {
  let best: Lagged | null = null
  for (let lag = 0; lag <= MOST_LAG; lag++)
    for (const signed of lag === 0 ? [0] : [lag, -lag]) {
      const strength = correlation(a, b, signed)
      if (strength === null) continue
      if (!best || Math.abs(strength) > Math.abs(best.strength) + BETTER) best = { lag: signed, strength }
    }
  return best
}

/** Pearson's correlation of the ranks where both are known; null where that is too rarely, or one of them stands still. */
function correlation(a: Curve['slots'], b: Curve['slots'], lag: number): number | null {
  let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0]
  for (let i = Math.max(0, -lag); i < a.length && i + lag < b.length; i++) {
    const [one, other] = [a[i] ?? null, b[i + lag] ?? null]
    if (one === null || other === null) continue
    n++
    x += one
    y += other
    xx += one * one
    yy += other * other
    xy += one * other
  }
  const [varies, variesToo] = [n * xx - x * x, n * yy - y * y]
  if (n < LEAST_OVERLAP || varies <= 0 || variesToo <= 0) return null
  return (n * xy - x * y) / Math.sqrt(varies * variesToo)
}
