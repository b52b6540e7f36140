/** Where a metric left what is usual for it, and stayed out: how far, in which direction, since when. */
import type { Instant } from '../words.ts'
import { median, quantile, runningMedian } from './robust.ts'
import type { Finding, Series } from './types.ts'

export type Anomaly = Extract<Finding, { readonly kind: 'anomaly' }>
export type Stretch = { readonly from: Instant; readonly to: Instant }

/** Out of its usual range from this many robust standard deviations. */
const OUT = 4
/** A run of fewer points is a spike. */
const RUN = 3
/** Fewer points before the stretch say nothing about what is usual. */
const ENOUGH = 8

/** Null where the series stayed in its usual range, or where too little is known of it. `points` before `from` say what is usual. */
export function anomalyOf(series: Series, { from, to }: Stretch): Anomaly | null {
  const points = series.points.filter(([at, value]) => Number.isFinite(value) && at <= to)
  const before = points.filter(([at]) => at < from).map(([, value]) => value)
  const inside = points.filter(([at]) => at >= from)
  if (before.length < ENOUGH || inside.length < RUN) return null
  const usual = median(before)
  const spread = 1.4826 * median(before.map(value => Math.abs(value - usual)))
  const all = points.map(([, value]) => value)
  const unit = Math.max(spread, (quantile(all, 1) - quantile(all, 0)) / 100, Math.abs(usual) / 1000)
  if (unit === 0) return null
  const scores = runningMedian(inside.map(([, value]) => (value - usual) / unit))
  const first = scores.findIndex(
    (score, index) =>
      scores.slice(index, index + RUN).length === RUN &&
      scores.slice(index, index + RUN).every(each => Math.abs(each) >= OUT && each > 0 === score > 0),
  )
  if (first < 0) return null
  const up = (scores[first] ?? 0) > 0
  const length = scores.slice(first).findIndex(score => (up ? score : -score) < OUT)
  const end = length < 0 ? scores.length : first + length
  const run = inside.slice(first, end).map(([, value]) => value)
  return {
    kind: 'anomaly',
    source: series.source,
    service: series.service,
    name: series.name,
    at: inside[first]?.[0] ?? from,
    until: end < inside.length ? (inside[end]?.[0] ?? null) : null,
    direction: up ? 'up' : 'down',
    usual,
    peak: up ? Math.max(...run) : Math.min(...run),
    score: Math.max(...scores.slice(first, end).map(Math.abs)),
    test: 'median and MAD of what came before',
    link: series.link,
  }
}
