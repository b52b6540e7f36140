/**
 * When it began: the first alert or the declaration, or what the metrics or another alert on the way showed before. What changed
 * after that is no cause.
 */
import { formatDuration } from '../schedules/duration.ts'
import type { Instant } from '../words.ts'
import type { Inquiry } from './investigation.ts'
import type { Finding } from './types.ts'
import { upstreamOf } from './upstream.ts'

/** The first that showed. */
export type FirstSign = {
  readonly at: Instant
  /** What it was, in words, such as `error rate of checkout went up`. */
  readonly what: string
  readonly link: string | null
}

/** A metric is the first sign from so many robust standard deviations: what is just out may be noise that wanders. */
const STRONG = 8
/** And when it was still out shortly before the onset: what was over by then is another matter. */
const STILL_MS = 2 * 60_000
/** An alert this long before is about something else. */
const BEFORE_MS = 30 * 60_000

/** `findings`: in order of time. */
export function firstSignOf(inquiry: Inquiry, findings: readonly Finding[]): FirstSign {
  const { onset, alerts, services, service } = inquiry
  const reach = service === null ? null : [service, ...upstreamOf(services, service).keys()]
  const signs = [
    ...findings.flatMap((finding): FirstSign[] => {
      if (finding.kind !== 'anomaly' || (reach && !reach.includes(finding.service))) return []
      const { at, until, score, name, direction, link } = finding
      const lasted = until === null || until >= onset - STILL_MS
      return score >= STRONG && lasted && at < onset
        ? [{ at, what: `${name} of ${finding.service} went ${direction}`, link }]
        : []
    }),
    ...alerts.flatMap((alert): FirstSign[] => {
      const { startsAt, endsAt, status, title, link } = alert
      if (startsAt === null || startsAt > onset || startsAt < onset - BEFORE_MS) return []
      if (startsAt < onset && !(alert.service !== null && reach?.includes(alert.service))) return []
      const lasted = status === 'firing' || endsAt === null || endsAt >= onset - STILL_MS
      return lasted ? [{ at: startsAt, what: title, link }] : []
    }),
  ]
  const first = signs.toSorted((a, b) => a.at - b.at || (a.what < b.what ? -1 : 1))[0]
  return first ?? { at: onset, what: 'it was declared', link: null }
}

/** `4 min before the first sign`, with what that was when it was not the declaration itself. */
export const relative = (at: Instant, sign: FirstSign): string =>
  at <= sign.at
    ? `${formatDuration(sign.at - at)} before the first sign`
    : `${formatDuration(at - sign.at)} after the first sign (${sign.what})`
