/**
 * Services as candidates: those upstream that departed before the one that is affected, moved together with it, or are named by
 * its slow requests and its new errors. Each of these takes a part of the doubt, less of it the further upstream.
 */
import type { Candidate } from './candidates.ts'
import { SAME_MS } from './departures.ts'
import type { Known } from './rank.ts'
import { reasonsFor } from './suspicions.ts'
import { closenessOf, upstreamOf } from './upstream.ts'

/** What departed after something that it depends on is a link of the chain and not its beginning. */
const IN_BETWEEN = 0.5
/** Of two that departed within the same minute the one further upstream is the likelier. */
const AT_ONCE = 0.8

export function suspectsOf(known: Known): readonly Candidate[] {
  const named = known.findings.flatMap(finding =>
    finding.kind === 'slow' && finding.slowest
      ? [finding.service, finding.slowest.service]
      : [finding.service],
  )
  return [...new Set(named)]
    .filter(each => each !== known.inquiry.service)
    .flatMap(each => suspect(known, each) ?? [])
}

function suspect(known: Known, service: string): Candidate | null {
  const [nearest, ...others] = affectedBy(known, service)
  if (nearest === undefined) return null
  const reasons = reasonsFor(known, service, [nearest, ...others])
  if (reasons.length === 0) return null
  const { weight, reason } = closenessOf(known.inquiry.services, nearest, service)
  const behind = behindOf(known, service)
  const doubt = reasons.reduce((left, { takes }) => left * (1 - takes * weight), 1)
  return {
    kind: 'service',
    title: service,
    service,
    at: Math.min(...reasons.map(({ at }) => at)),
    score: (1 - doubt) * (behind?.leaves ?? 1),
    reasons: [...new Set([...reasons.map(({ says }) => says), reason, ...(behind ? [behind.says] : [])])],
    link: reasons.find(({ link }) => link !== null)?.link ?? null,
  }
}

/** Whom it may have brought down: the service of the incident; where none is named, those that depend on it and departed. */
function affectedBy({ inquiry, departures }: Known, service: string): readonly string[] {
  const { services } = inquiry
  const hit = inquiry.service === null ? departures.services : [inquiry.service]
  return hit.filter(each => each !== service && upstreamOf(services, each).has(service))
}

type Behind = { readonly leaves: number; readonly says: string }

/** Something that it depends on departed before it, and was still out when it did. */
function behindOf({ inquiry, departures }: Known, service: string): Behind | null {
  const own = departures.of(service)
  if (!own) return null
  const earlier = [...upstreamOf(inquiry.services, service).keys()].flatMap(each =>
    departures
      .all(each)
      .filter(other => other.at <= own.at && departures.stillOut(other, own.at))
      .slice(0, 1),
  )
  const [first] = earlier.toSorted((a, b) => a.at - b.at)
  if (!first) return null
  const clearly = first.at < own.at - SAME_MS
  return {
    leaves: clearly ? IN_BETWEEN : AT_ONCE,
    says: `but ${first.service}, which it depends on, moved ${clearly ? 'before it' : 'at the same time'}`,
  }
}
