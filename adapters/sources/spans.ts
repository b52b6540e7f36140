/** A trace as one service lived it: the span by which it came in, and the span below that took most by itself. */
import type { Trace } from '../../bot/evidence/types.ts'

export type Span = {
  readonly id: string
  readonly parent: string | null
  readonly service: string
  readonly operation: string
  /** Epoch ms, with a fraction. */
  readonly start: number
  readonly durationMs: number
}

/** Where a service took a request up: its earliest span that no span of its own called. */
export function entryOf(spans: readonly Span[], service: string): Span | undefined {
  const byId = new Map(spans.map(span => [span.id, span]))
  return spans
    .filter(span => span.service === service && byId.get(span.parent ?? '')?.service !== service)
    .toSorted((a, b) => a.start - b.start)[0]
}

/** Of a span and all below it, the one that took most by itself: what its calls took is not its own. */
export function slowestUnder(spans: readonly Span[], top: Span): Trace['slowest'] {
  const calls = Map.groupBy(spans, span => span.parent)
  const below = new Set([top])
  for (const span of below) for (const call of calls.get(span.id) ?? []) below.add(call)
  const timed = [...below].map(span => ({ span, selfMs: selfOf(span, calls.get(span.id) ?? []) }))
  const [most] = timed.toSorted((a, b) => b.selfMs - a.selfMs)
  return most ? { service: most.span.service, operation: most.span.operation, selfMs: most.selfMs } : null
}

/** Its duration without the stretches in which a call of its was going on; calls side by side count once. */
function selfOf({ start, durationMs }: Span, calls: readonly Span[]): number {
  let covered = 0
  let until = start
  for (const call of calls.toSorted((a, b) => a.start - b.start)) {
    const from = Math.max(call.start, until)
    const to = Math.min(call.start + call.durationMs, start + durationMs)
    if (to > from) covered += to - from
    until = Math.max(until, to)
  }
  return Math.max(0, durationMs - covered)
}
