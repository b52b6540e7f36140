/**
 * An investigation: what the sources answered becomes findings (`examine`), and findings with what else is known become one answer
 * (`investigationOf`): what began first, what moved together, what may have caused it. No clock, no chance, no model: the same
 * inputs in any order give the same answer.
 */
import type { Alert } from '../alerts/types.ts'
import type { SeenChange } from '../ingested/ingested.ts'
import type { Instant } from '../words.ts'
import { anomalyOf, type Stretch } from './anomalies.ts'
import { compare, putTogether } from './answers.ts'
import type { Candidate } from './candidates.ts'
import { GRID_MS, keyOf, type Together, togetherOf } from './correlate.ts'
import { type FirstSign, firstSignOf } from './first-sign.ts'
import { errorsOf } from './logs.ts'
import { rank } from './rank.ts'
import { median } from './robust.ts'
import { slowOf } from './traces.ts'
import type { Answer, Finding, Question, Series } from './types.ts'
import type { Graph } from './upstream.ts'

/** What answers are worth: to be kept. */
export type Seen = {
  readonly findings: readonly Finding[]
  /** Those that left their usual range: the stretch alone, one point a minute. */
  readonly series: readonly Series[]
  /** Services of which at least one metric was looked at and enough of it was there to say. */
  readonly watched?: readonly string[]
}

export const NOTHING_SEEN: Seen = { findings: [], series: [] }

export type Inquiry = {
  /** What depends on what: the configuration's services. */
  readonly services: Graph
  /** Null when it is not known which is affected. */
  readonly service: string | null
  /** The first alert or the declaration, whichever came first. */
  readonly onset: Instant
  readonly seen: Seen
  readonly changes: readonly SeenChange[]
  readonly alerts: readonly Alert[]
}

export type Investigation = {
  /** By when they began. */
  readonly findings: readonly Finding[]
  readonly together: readonly Together[]
  /** The likeliest first. */
  readonly candidates: readonly Candidate[]
  /** Changes after the first sign: no candidates, with the reason. */
  readonly innocent: readonly Candidate[]
  readonly firstSign: FirstSign
}

/** So many metrics of one service are told, those that went furthest. */
const TOLD = 20

/** Findings of any number of answers about one stretch; of whichever services. */
export function examine(stretch: Omit<Question, 'service'>, answers: readonly Answer[]): Seen {
  const { series, logs, traces } = putTogether(answers)
  const judged = series.map(each => ({ each, verdict: anomalyOf(each, stretch) }))
  const out = judged.flatMap(({ each, verdict }) =>
    typeof verdict === 'object' ? [{ each, anomaly: verdict }] : [],
  )
  const told = [...Map.groupBy(out, ({ each }) => each.service).values()].flatMap(own =>
    own.toSorted((a, b) => b.anomaly.score - a.anomaly.score).slice(0, TOLD),
  )
  const findings: Finding[] = [
    ...told.map(({ anomaly }) => anomaly),
    ...logs.flatMap(each => errorsOf(each, stretch)),
    ...traces.flatMap(each => slowOf(each)),
  ]
  return {
    findings: findings.sort(byStart),
    series: told.map(({ each }) => minutesOf(each, stretch)),
    watched: [
      ...new Set(judged.flatMap(({ each, verdict }) => (verdict === 'unknown' ? [] : each.service))),
    ].sort(compare),
  }
}

/** The median of every minute. */
function minutesOf(series: Series, { from, to }: Stretch): Series {
  const inside = series.points.filter(([at, value]) => at >= from && at <= to && Number.isFinite(value))
  const minutes = Map.groupBy(inside, ([at]) => Math.floor((at - from) / GRID_MS))
  const points = [...minutes].map(
    ([minute, own]) => [from + minute * GRID_MS, median(own.map(([, value]) => value))] as const,
  )
  return { ...series, points: points.sort(([a], [b]) => a - b) }
}

export function investigationOf(inquiry: Inquiry): Investigation {
  const findings = settled(inquiry.seen.findings)
  const series = settledSeries(inquiry.seen.series)
  const anomalies = findings.flatMap(finding => (finding.kind === 'anomaly' ? finding : []))
  const together = togetherOf(anomalies, series)
  const firstSign = firstSignOf(inquiry, findings)
  return { findings, together, firstSign, ...rank({ inquiry, findings, together, firstSign }) }
}

/** What was found twice counts once: the one that says more. */
function settled(findings: readonly Finding[]): readonly Finding[] {
  const groups = Map.groupBy(findings, finding =>
    [finding.kind, finding.source, finding.service, nameOf(finding)].join('\0'),
  )
  return [...groups.values()]
    .flatMap(same => same.toSorted((a, b) => weightOf(b) - weightOf(a) || byStart(a, b))[0] ?? [])
    .sort(byStart)
}

function nameOf(finding: Finding): string {
  if (finding.kind === 'anomaly') return finding.name
  return finding.kind === 'errors' ? finding.template : finding.operation
}

const weightOf = (finding: Finding): number => (finding.kind === 'anomaly' ? finding.score : finding.count)

function settledSeries(series: readonly Series[]): readonly Series[] {
  const groups = [...Map.groupBy(series, keyOf)].sort(([a], [b]) => compare(a, b))
  return groups.flatMap(
    ([, same]) =>
      same.toSorted(
        (a, b) => b.points.length - a.points.length || compare(JSON.stringify(a), JSON.stringify(b)),
      )[0] ?? [],
  )
}

const byStart = (a: Finding, b: Finding): number =>
  a.at - b.at || compare(JSON.stringify(a), JSON.stringify(b))
