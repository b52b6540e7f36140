/** Services that are watched: metrics as they would be scraped, before and after something went wrong at an instant. */
import type { Scraped } from '../emulators/sources/promql.ts'

export type Trouble = { readonly from: number; readonly value: number }

/** Requests a second and errors a second of a service, as counters of the usual names; `labels` say how it is called there. */
export function requests(
  labels: Readonly<Record<string, string>>,
  { perSecond, errors }: { readonly perSecond: number; readonly errors?: Trouble },
): readonly Scraped[] {
  const series = (code: string, at: Scraped['at']): Scraped => ({
    labels: { __name__: 'http_requests_total', ...labels, code },
    at,
  })
  return [
    series('200', ms => (ms / 1000) * perSecond + wobble(ms)),
    ...(errors
      ? [
          series('500', ms =>
            ms < errors.from ? undefined : ((ms - errors.from) / 1000) * errors.value + wobble(ms),
          ),
        ]
      : []),
  ]
}

const BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, Number.POSITIVE_INFINITY] as const

/** Durations as a histogram: nearly all requests take `usual` seconds, from the trouble on `value`. */
export function durations(
  labels: Readonly<Record<string, string>>,
  { perSecond, usual, slow }: { readonly perSecond: number; readonly usual: number; readonly slow?: Trouble },
): readonly Scraped[] {
  return BUCKETS.map(le => ({
    labels: {
      __name__: 'http_request_duration_seconds_bucket',
      ...labels,
      le: Number.isFinite(le) ? String(le) : '+Inf',
    },
    at: ms => {
      const before = Math.min(ms, slow?.from ?? ms) / 1000
      const after = Math.max(0, ms - (slow?.from ?? ms)) / 1000
      const within = (seconds: number, count: number) => (seconds <= le ? count : 0)
      return (
        within(usual, before * perSecond) +
        within(slow?.value ?? 0, after * perSecond) +
        (le >= usual ? wobble(ms) : 0)
      )
    },
  }))
}

export const up = (labels: Readonly<Record<string, string>>): Scraped => ({
  labels: { __name__: 'up', ...labels },
  at: () => 1,
})

/** Real counters never grow quite evenly, and never fall. */
const wobble = (ms: number): number => 2 * (Math.sin(ms / 47_000) + ms / 47_000)
