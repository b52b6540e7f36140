/**
 * What is asked of the systems that watch the services, what they answer, and what an answer is worth, in shapes that know no
 * vendor. A source answers with raw points, lines and traces; rules of this folder turn them into findings.
 */
import type { Instant } from '../words.ts'

export const SOURCE_KINDS = ['prometheus', 'loki', 'elasticsearch', 'jaeger', 'tempo'] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]

/** What is asked of a source: everything about one service over a stretch around the first sign. */
export type Question = {
  readonly service: string
  /** The first sign: the first alert or the declaration, whichever came first. */
  readonly onset: Instant
  readonly from: Instant
  readonly to: Instant
}

/** One metric of one service over time. */
export type Series = {
  readonly source: string
  readonly service: string
  /** What a person calls it, such as `error rate`; with the labels that tell it from its neighbours. */
  readonly name: string
  /** Oldest first, one an instant. */
  readonly points: readonly (readonly [at: Instant, value: number])[]
  /** The query that shows it. */
  readonly link: string | null
}

/** One line of an error log, as it was written. */
export type LogLine = { readonly at: Instant; readonly text: string }

/** A request that took long, and the span of it that took most by itself. */
export type Trace = {
  readonly id: string
  readonly at: Instant
  readonly operation: string
  readonly durationMs: number
  readonly slowest: { readonly service: string; readonly operation: string; readonly selfMs: number } | null
  readonly link: string | null
}

export type Answer =
  | { readonly kind: 'series'; readonly source: string; readonly series: readonly Series[] }
  | {
      readonly kind: 'logs'
      readonly source: string
      readonly service: string
      readonly lines: readonly LogLine[]
      /** Whether there were more than were fetched. */
      readonly cut: boolean
      readonly link: string | null
    }
  | {
      readonly kind: 'traces'
      readonly source: string
      readonly service: string
      /** The stretch that was asked about. */
      readonly traces: readonly Trace[]
      /** Durations of the hour before it, ms: what is usual. */
      readonly usualMs: readonly number[]
      readonly link: string | null
    }

/** What an answer is worth: one line of the timeline, with the query that shows it. */
export type Finding =
  | {
      readonly kind: 'anomaly'
      readonly source: string
      readonly service: string
      readonly name: string
      /** When it left what is usual, and when it was back; null while it goes on. */
      readonly at: Instant
      readonly until: Instant | null
      readonly direction: 'up' | 'down'
      readonly usual: number
      readonly peak: number
      /** How far out, in robust standard deviations. */
      readonly score: number
      /** The test that says so, in words. */
      readonly test: string
      readonly link: string | null
    }
  | {
      readonly kind: 'errors'
      readonly source: string
      readonly service: string
      /** The line with what varies replaced, such as `timeout after <n> ms`. */
      readonly template: string
      readonly example: string
      readonly count: number
      /** How many of them the stretch before the onset had. */
      readonly before: number
      readonly at: Instant
      readonly lastAt: Instant
      readonly link: string | null
    }
  | {
      readonly kind: 'slow'
      readonly source: string
      readonly service: string
      readonly operation: string
      readonly at: Instant
      readonly count: number
      readonly worstMs: number
      /** The 95th percentile of the hour before. */
      readonly usualMs: number
      readonly slowest: Trace['slowest']
      readonly link: string | null
    }
