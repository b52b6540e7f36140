/** Requests that took far longer than is usual, by operation, and the span that most of them waited for. */
import { median, quantile } from './robust.ts'
import type { Answer, Finding, Trace } from './types.ts'

export type Traces = Extract<Answer, { readonly kind: 'traces' }>
export type Slow = Extract<Finding, { readonly kind: 'slow' }>

/** Slow is more than this many times the 95th percentile of the hour before: twice is what people feel. */
const TIMES = 2
/** A 95th percentile of fewer durations is the longest of them, by chance. */
const ENOUGH = 20

/** A request is slow that took longer; null where too few durations say what is usual. */
export const slowFromMs = (usualMs: readonly number[]): number | null =>
  usualMs.length < ENOUGH ? null : TIMES * quantile(usualMs, 0.95)

/** Slow requests by operation, the most first. */
export function slowOf({ source, service, traces, usualMs, link }: Traces): readonly Slow[] {
  const from = slowFromMs(usualMs)
  if (from === null) return []
  const usual = from / TIMES
  const slow = [...new Map(traces.map(trace => [trace.id, trace])).values()].filter(
    ({ durationMs }) => durationMs > from,
  )
  const groups = [...Map.groupBy(slow, ({ operation }) => operation)]
  const found = groups.map(([operation, group]): Slow => {
    const byWorst = group.toSorted((a, b) => b.durationMs - a.durationMs || (a.id < b.id ? -1 : 1))
    return {
      kind: 'slow',
      source,
      service,
      operation,
      at: Math.min(...group.map(({ at }) => at)),
      count: group.length,
      worstMs: byWorst[0]?.durationMs ?? 0,
      usualMs: usual,
      slowest: mostNamed(group),
      link: byWorst[0]?.link ?? link,
    }
  })
  return found.sort((a, b) => b.count - a.count || (a.operation < b.operation ? -1 : 1))
}

/** The span that is the slowest of most of them, with the median of the time it took by itself. */
function mostNamed(group: readonly Trace[]): Trace['slowest'] {
  const named = Map.groupBy(
    group.flatMap(({ slowest }) => slowest ?? []),
    ({ service, operation }) => `${service}\0${operation}`,
  )
  const [first] = [...named].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
  const [span] = first?.[1] ?? []
  return span ? { ...span, selfMs: median(first?.[1].map(({ selfMs }) => selfMs) ?? []) } : null
}
