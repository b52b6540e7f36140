/** Why a service upstream is suspected: each reason in words, with how much of the doubt it takes and what shows it. */
import { formatDuration } from '../schedules/duration.ts'
import type { Instant } from '../words.ts'
import type { Anomaly } from './anomalies.ts'
import type { Together } from './correlate.ts'
import { SAME_MS } from './departures.ts'
import { isNews } from './logs.ts'
import type { Known } from './rank.ts'
import type { Finding } from './types.ts'

/** Order in time says most; a log that names it, the least: whoever waits names what it waits for, guilty or not. */
const TAKES = {
  movedFirst: 0.5,
  movedAtOnce: 0.4,
  movedTogether: 0.4,
  firstSign: 0.2,
  slowest: 0.45,
  newErrors: 0.3,
  named: 0.2,
} as const

export type Suspicion = {
  /** 0 to 1. */
  readonly takes: number
  readonly says: string
  readonly at: Instant
  readonly link: string | null
}

export const reasonsFor = (
  known: Known,
  service: string,
  affected: readonly string[],
): readonly Suspicion[] => [
  ...affected.flatMap(each => [...moved(known, service, each), ...named(known, service, each)]),
  ...newErrors(known, service),
  ...sign(known, service),
]

/** It departed before the affected one, or within the same minute, and was still out when that did. */
function moved(known: Known, service: string, affected: string): readonly Suspicion[] {
  const { departures, together, inquiry } = known
  const hit = departures.of(affected)
  const hitAt = hit?.at ?? inquiry.onset
  const own = departures
    .all(service)
    .find(each => each.at <= hitAt + SAME_MS && departures.stillOut(each, hitAt))
  if (!own) return []
  const towards = hit ? affected : inquiry.alerts.length > 0 ? 'the first alert' : 'it was declared'
  const ahead = hitAt - own.at
  const first = ahead > SAME_MS
  const pair = strongest(together, service, affected)
  const when = first ? `${formatDuration(ahead)} before` : 'at the same time as'
  const also = pair ? `, and together with it (${pair.strength.toFixed(2)})` : ''
  const takes = [
    first ? TAKES.movedFirst : TAKES.movedAtOnce,
    TAKES.movedTogether * Math.abs(pair?.strength ?? 0),
  ]
  return [
    {
      takes: 1 - takes.reduce((left, each) => left * (1 - each), 1),
      says: `${service} moved ${when} ${towards}${also}`,
      at: own.at,
      link: own.link,
    },
  ]
}

/** The strongest pair in which the affected one does not move first. */
const strongest = (all: readonly Together[], service: string, affected: string): Together | undefined =>
  all.find(
    ({ first, after, lagMs }) =>
      (first.service === service && after.service === affected) ||
      (lagMs === 0 && first.service === affected && after.service === service),
  )

/** Slow requests that waited for it, and new errors that name it. */
function named({ findings, inquiry }: Known, service: string, affected: string): readonly Suspicion[] {
  const own = findings.filter(finding => finding.service === affected)
  const slow = own.flatMap((finding): Suspicion[] => {
    if (finding.kind !== 'slow' || finding.slowest?.service !== service) return []
    const says = `slow requests of ${affected} waited for ${service} (${finding.slowest.operation})`
    return [{ takes: TAKES.slowest, says, ...shown(finding) }]
  })
  const errors = own.flatMap((finding): Suspicion[] =>
    finding.kind === 'errors' && isNews(finding, inquiry.onset) && mentions(finding.example, service)
      ? [{ takes: TAKES.named, says: `new errors of ${affected} name it`, ...shown(finding) }]
      : [],
  )
  return [...slow.slice(0, 1), ...errors.slice(0, 1)]
}

function newErrors({ findings, inquiry }: Known, service: string): readonly Suspicion[] {
  const news = findings.find(
    finding => finding.kind === 'errors' && finding.service === service && isNews(finding, inquiry.onset),
  )
  return news?.kind === 'errors'
    ? [
        {
          takes: TAKES.newErrors,
          says: `${service} logs errors that are new: ${news.template.slice(0, 80)}`,
          ...shown(news),
        },
      ]
    : []
}

function sign({ firstSign, departures }: Known, service: string): readonly Suspicion[] {
  const own = departures.of(service)
  return own && firstSign.service === service
    ? [{ takes: TAKES.firstSign, says: `the first sign was its ${own.name}`, ...shown(own) }]
    : []
}

const shown = ({ at, link }: Finding | Anomaly) => ({ at, link })

/** As a word of its own: `db` is not named by `dbname`. */
function mentions(text: string, service: string): boolean {
  const isWord = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}_-]/u.test(sign)
  for (let at = text.indexOf(service); at >= 0; at = text.indexOf(service, at + 1))
    if (!isWord(text[at - 1]) && !isWord(text[at + service.length])) return true
  return false
}
