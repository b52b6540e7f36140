/**
 * Changes as candidates: a cause comes before its effect, on the service itself or on something that it depends on; the closer
 * the likelier, and likelier still when what it changed left its usual range right after it.
 */
import { happenedIn, type SeenChange } from '../ingested/ingested.ts'
import { formatDuration } from '../schedules/duration.ts'
import type { Anomaly } from './anomalies.ts'
import { compare } from './answers.ts'
import type { Candidate } from './candidates.ts'
import { relative } from './first-sign.ts'
import type { Inquiry } from './investigation.ts'
import type { Known } from './rank.ts'
import { closenessOf, upstreamOf } from './upstream.ts'

/** A change loses half of its weight with each of these before the first sign. */
const HALF_LIFE_MS = 30 * 60_000
const WINDOW_MS = 24 * 60 * 60_000
/** What a change breaks shows within this. */
const SHOWS_MS = 15 * 60_000
/** It showed right after: half of the doubt is gone. */
const SHOWED = 0.5
/** What showed first lies upstream of what was changed. */
const ELSEWHERE = 0.6
/** What it changed was out before it, or was looked at and stayed as usual. */
const UNMOVED = 0.3
/** So long after the onset what changes is still taken for a cause; later it is a remedy. */
const AFTER_MS = 5 * 60_000

export type Judgement = {
  readonly candidates: readonly Candidate[]
  /** What changed about then on what is affected, after the first sign, and so did not bring it about. */
  readonly innocent: readonly Candidate[]
}

export function changesOf(known: Known): Judgement {
  const { firstSign, inquiry } = known
  const happened = inquiry.changes.filter(change => change.state !== 'failed' || change.kind !== 'deployment')
  const before = happened.filter(({ at }) => at <= firstSign.at && firstSign.at - at <= WINDOW_MS)
  const after = happened.filter(change => change.at > firstSign.at && looksGuilty(inquiry, change))
  const candidates = latestOfEach(before.map(change => weigh(known, change)))
  const innocent = latestOfEach(after.map(change => acquitted(known, change))).filter(
    each => !candidates.some(other => keyOf(other) === keyOf(each)),
  )
  return { candidates, innocent }
}

/** Whoever saw it roll out about then, on what is affected, would ask. */
function looksGuilty({ services, service, onset }: Inquiry, change: SeenChange): boolean {
  const near =
    service === null ||
    change.service === null ||
    change.service === service ||
    upstreamOf(services, service).has(change.service)
  return near && change.kind !== 'rollback' && change.at <= onset + AFTER_MS
}

function weigh(known: Known, change: SeenChange): Candidate {
  const { inquiry, firstSign } = known
  const { weight, reason } = closenessOf(inquiry.services, inquiry.service, change.service)
  const near = 0.5 ** ((firstSign.at - change.at) / HALF_LIFE_MS)
  const rollback = change.kind === 'rollback'
  const showed = effectOf(known, change)
  const elsewhere = signElsewhere(known, change)
  const score = near * weight * (rollback ? 0.5 : 1) * (elsewhere ? ELSEWHERE : 1)
  return {
    ...named(change),
    score: (1 - (1 - score) * (1 - showed.takes * weight)) * showed.factor,
    reasons: [
      `${happenedIn(change)} ${relative(change.at, firstSign)}`,
      reason,
      ...showed.reasons,
      ...(elsewhere ? [elsewhere] : []),
      ...(rollback ? ['it took something back, which is rarer a cause'] : []),
    ],
    link: change.link ?? showed.link,
  }
}

/** What showed first is upstream of what was changed: it may have asked too much of it, but rather it felt it. */
function signElsewhere({ inquiry, firstSign }: Known, { service }: SeenChange): string | null {
  const first = firstSign.service
  if (service === null || first === null || !upstreamOf(inquiry.services, service).has(first)) return null
  return `but ${first}, where it showed first, does not depend on ${service}`
}

type Effect = {
  /** How much of the doubt it takes, 0 to 1. */
  readonly takes: number
  /** What is left of the score. */
  readonly factor: number
  readonly reasons: readonly string[]
  readonly link: string | null
}

const NO_EFFECT: Effect = { takes: 0, factor: 1, reasons: [], link: null }

/** What its service showed around a change: right after it, before it already, or nothing. */
function effectOf({ departures, inquiry }: Known, { service, at }: SeenChange): Effect {
  if (service === null) return NO_EFFECT
  const own = departures.all(service)
  const already = own.find(each => each.at < at && (each.until === null || each.until > at))
  const followed = own.find(each => each.at >= at && each.at - at <= SHOWS_MS)
  const says = (each: Anomaly, when: string) =>
    `the ${each.name} of ${service} left its usual range ${formatDuration(Math.abs(each.at - at))} ${when} it`
  const reasons = [
    ...(followed ? [says(followed, 'after')] : []),
    ...(already ? [says(already, 'before')] : []),
  ]
  const link = (followed ?? already)?.link ?? null
  if (followed) return { ...NO_EFFECT, takes: already ? 0 : SHOWED, reasons, link }
  if (already) return { ...NO_EFFECT, factor: UNMOVED, reasons, link }
  if (own.length > 0 || !inquiry.seen.watched?.includes(service)) return NO_EFFECT
  return { ...NO_EFFECT, factor: UNMOVED, reasons: [`nothing measured of ${service} left its usual range`] }
}

const acquitted = ({ firstSign }: Known, change: SeenChange): Candidate => ({
  ...named(change),
  score: 0,
  reasons: [`${happenedIn(change)} ${relative(change.at, firstSign)}`],
  link: change.link,
})

const named = ({ title, service, at }: SeenChange) => ({ kind: 'change' as const, title, service, at })

const keyOf = ({ title, service }: Candidate): string => `${service}\0${title}`

/** The start and the end of one deployment are one candidate. */
function latestOfEach(all: readonly Candidate[]): readonly Candidate[] {
  const each = Map.groupBy(all, keyOf)
  return [...each.values()].flatMap(
    group => group.toSorted((a, b) => b.at - a.at || compare(JSON.stringify(a), JSON.stringify(b)))[0] ?? [],
  )
}
