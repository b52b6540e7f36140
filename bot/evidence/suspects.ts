/**
 * Services as candidates: those upstream that departed before the one that is affected, moved together with it, or are named by
 * its slow requests and its new errors. Each of these removes a part of the doubt.
 */
import { formatDuration } from '../schedules/duration.ts'
import type { Instant } from '../words.ts'
import type { Candidate } from './candidates.ts'
import type { Together } from './correlate.ts'
import type { Known } from './rank.ts'
import type { Finding } from './types.ts'
import { closenessOf, upstreamOf } from './upstream.ts'

/** How much of the doubt each reason takes; made less by how far upstream it is. */
const TAKES = { movedFirst: 0.5, movedTogether: 0.4, slowest: 0.45, newErrors: 0.3, named: 0.2 } as const
/** Two that departed within the same minute departed together: points are that far apart. */
const SAME_MS = 60_000
/** What departed first because something that it depends on did is a link of the chain and not its beginning. */
const IN_BETWEEN = 0.5

type Reason = {
  readonly takes: number
  readonly says: string
  readonly at: Instant
  readonly link: string | null
}

export function suspectsOf(known: Known): readonly Candidate[] {
  const { inquiry, findings } = known
  const named = findings.flatMap(finding =>
    finding.kind === 'slow'
      ? [finding.service, ...(finding.slowest ? [finding.slowest.service] : [])]
      : [finding.service],
  )
  return [...new Set(named)]
    .filter(each => each !== inquiry.service)
    .flatMap(each => suspect(known, each) ?? [])
}

function suspect(known: Known, service: string): Candidate | null {
  const affected = affectedBy(known, service)
  if (affected.length === 0) return null
  const reasons = affected.flatMap(each => [
    ...movedFirst(known, service, each),
    ...named(known, service, each),
  ])
  const own = [...reasons, ...newErrors(known, service)]
  const [first] = own
  if (!first) return null
  const nearest = affected[0] ?? ''
  const { weight, reason } = closenessOf(known.inquiry.services, nearest, service)
  const behind = cameAfter(known, service)
  const doubt = own.reduce((left, { takes }) => left * (1 - takes * weight), 1)
  return {
    kind: 'service',
    title: service,
    service,
    at: Math.min(...own.map(({ at }) => at)),
    score: (1 - doubt) * (behind ? IN_BETWEEN : 1),
    reasons: [...new Set([...own.map(({ says }) => says), reason, ...(behind ? [behind] : [])])],
    link: own.find(({ link }) => link !== null)?.link ?? null,
  }
}

/** Whom it may have brought down: the service of the incident; where none is named, those that depend on it and departed. */
function affectedBy({ inquiry, begins }: Known, service: string): readonly string[] {
  const { services } = inquiry
  const hit = inquiry.service === null ? [...begins.keys()] : [inquiry.service]
  return hit.filter(each => each !== service && upstreamOf(services, each).has(service)).toSorted()
}

function movedFirst(
  { begins, together, firstSign, inquiry }: Known,
  service: string,
  affected: string,
): readonly Reason[] {
  const [own] = begins.get(service) ?? []
  if (!own) return []
  const [other] = begins.get(affected) ?? []
  const then = other ?? { at: Math.max(firstSign.at, inquiry.onset), name: null }
  const ahead = then.at - own.at
  if (ahead < -SAME_MS) return []
  const towards = other ? affected : 'the first alert'
  const when =
    ahead > SAME_MS ? `${formatDuration(ahead)} before ${towards}` : `at the same time as ${towards}`
  const pair = strongest(together, service, affected)
  const also = pair ? `, and together with it (${pair.strength.toFixed(2)})` : ''
  return [
    {
      takes:
        1 -
        (1 - TAKES.movedFirst * (ahead > SAME_MS ? 1 : 0.8)) *
          (1 - (pair ? TAKES.movedTogether * Math.abs(pair.strength) : 0)),
      says: `${service} moved ${when}${also}`,
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
function named({ findings }: Known, service: string, affected: string): readonly Reason[] {
  const own = findings.filter(finding => finding.service === affected)
  const slow = own.flatMap((finding): Reason[] => {
    if (finding.kind !== 'slow' || finding.slowest?.service !== service) return []
    const says = `slow requests of ${affected} waited for ${service} (${finding.slowest.operation})`
    return [{ takes: TAKES.slowest, says, at: finding.at, link: finding.link }]
  })
  const errors = own.flatMap((finding): Reason[] =>
    finding.kind === 'errors' && isNew(finding) && mentions(finding.example, service)
      ? [
          {
            takes: TAKES.named,
            says: `new errors of ${affected} name it`,
            at: finding.at,
            link: finding.link,
          },
        ]
      : [],
  )
  return [...slow.slice(0, 1), ...errors.slice(0, 1)]
}

const newErrors = ({ findings }: Known, service: string): readonly Reason[] =>
  findings
    .flatMap((finding): Reason[] =>
      finding.kind === 'errors' && finding.service === service && isNew(finding)
        ? [
            {
              takes: TAKES.newErrors,
              says: `${service} logs errors that are new: ${finding.template.slice(0, 80)}`,
              at: finding.at,
              link: finding.link,
            },
          ]
        : [],
    )
    .slice(0, 1)

/** Most of it came after the onset. */
export const isNew = ({ count, before }: Extract<Finding, { readonly kind: 'errors' }>): boolean =>
  count > 2 * before

/** As a word of its own: `db` is not named by `dbname`. */
function mentions(text: string, service: string): boolean {
  const isWord = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}_-]/u.test(sign)
  for (let at = text.indexOf(service); at >= 0; at = text.indexOf(service, at + 1))
    if (!isWord(text[at - 1]) && !isWord(text[at + service.length])) return true
  return false
}

/** What it depends on itself departed clearly before it: said in words. */
function cameAfter({ inquiry, begins }: Known, service: string): string | null {
  const own = begins.get(service)?.[0]?.at ?? Number.POSITIVE_INFINITY
  const earlier = [...upstreamOf(inquiry.services, service).keys()].flatMap(each => {
    const at = begins.get(each)?.[0]?.at
    return at !== undefined && at < own - SAME_MS ? [{ each, at }] : []
  })
  const [first] = earlier.toSorted((a, b) => a.at - b.at)
  return first ? `but ${first.each}, which it depends on, moved before it` : null
}
