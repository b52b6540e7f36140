/**
 * When it began: the first alert or the declaration, or what the metrics or another alert on the way showed before. What changed
 * after that is no cause.
 */
import { formatDuration } from '../schedules/duration.ts'
import type { Instant } from '../words.ts'
import { lasted } from './departures.ts'
import type { Inquiry } from './investigation.ts'
import type { Finding } from './types.ts'
import { upstreamOf } from './upstream.ts'

/** The first that showed. */
export type FirstSign = {
  readonly at: Instant
  /** What it was, in words, such as `error rate of checkout went up`. */
  readonly what: string
  /** Whose it was; null when that is not known. */
  readonly service: string | null
  readonly link: string | null
}

/** A metric is the first sign from so many robust standard deviations: what is just out may be noise that wanders. */
const STRONG = 8
/** An alert this long before is about something else. */
const BEFORE_MS = 30 * 60_000

/** `findings`: in order of time. */
export function firstSignOf(inquiry: Inquiry, findings: readonly Finding[]): FirstSign {
  const { onset, alerts, services, service } = inquiry
  const reach = service === null ? null : [service, ...upstreamOf(services, service).keys()]
  const signs = [
    ...findings.flatMap((finding): FirstSign[] => {
      if (finding.kind !== 'anomaly' || (reach && !reach.includes(finding.service))) return []
      const { at, score, name, direction, service: whose, link } = finding
      return score >= STRONG && lasted(finding, onset) && at < onset
        ? [{ at, what: `${name} of ${whose} went ${direction}`, service: whose, link }]
        : []
    }),
    ...alerts.flatMap((alert): FirstSign[] => {
      const { startsAt, endsAt, status, title, link } = alert
      if (startsAt === null || startsAt > onset || startsAt < onset - BEFORE_MS) return []
      if (startsAt < onset && !(alert.service !== null && reach?.includes(alert.service))) return []
      const until = status === 'firing' ? null : endsAt
      return lasted({ until }, onset) ? [{ at: startsAt, what: title, service: alert.service, link }] : []
    }),
  ]
  const first = signs.toSorted((a, b) => a.at - b.at || (a.what < b.what ? -1 : 1))[0]
  return first ?? { at: onset, what: 'it was declared', service, link: null }
}

/** `4 min before the first sign`, with what that was when it was not the declaration itself. */
export const relative = (at: Instant, sign: FirstSign): string =>
  at <= sign.at
    ? `${formatDuration(sign.at - at)} before the first sign`
    : `${formatDuration(at - sign.at)} after the first sign (${sign.what})`
