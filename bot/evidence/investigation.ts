/**
 * An investigation: what the sources answered becomes findings (`examine`), and findings with what else is known become one answer
 * (`investigationOf`): what began first, what moved together, what may have caused it. No clock, no chance, no model: the same
 * inputs in any order give the same answer.
 */
import type { Alert } from '../alerts/types.ts'
import type { SeenChange } from '../ingested/ingested.ts'
import type { Instant } from '../words.ts'
import { anomalyOf } from './anomalies.ts'
import type { Candidate } from './candidates.ts'
import { type Together, togetherOf } from './correlate.ts'
import { errorsOf } from './logs.ts'
import { rank } from './rank.ts'
import { slowOf } from './traces.ts'
import type { Answer, Finding, Question, Series } from './types.ts'

/** What answers are worth: to be kept. `series` are those that left their usual range, no longer than the stretch and thin enough to keep. */
export type Seen = { readonly findings: readonly Finding[]; readonly series: readonly Series[] }

export const NOTHING_SEEN: Seen = { findings: [], series: [] }

/** Before it a system has shown nothing. */
export type FirstSign = {
  readonly at: Instant
  /** What showed: in words, such as `error rate of checkout`. */
  readonly what: string
  readonly link: string | null
}

export type Inquiry = {
  /** What depends on what: the configuration's services. */
  readonly services: Readonly<Record<string, { readonly dependsOn: readonly string[] }>>
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
  readonly firstSign: FirstSign
}

/** Findings of any number of answers about one stretch; of whichever services. */
export function examine({ onset, from, to }: Omit<Question, 'service'>, answers: readonly Answer[]): Seen {
  const series = answers.flatMap(answer => (answer.kind === 'series' ? answer.series : []))
  const found = series.map(each => ({ each, anomaly: anomalyOf(each, { from, to }) }))
  const others = answers.flatMap((answer): readonly Finding[] => {
    if (answer.kind === 'logs') return errorsOf(answer, onset)
    return answer.kind === 'traces' ? slowOf(answer) : []
  })
  return {
    findings: [...found.flatMap(({ anomaly }) => anomaly ?? []), ...others].sort(byStart),
    series: found.flatMap(({ each, anomaly }) => (anomaly ? keep(each, from, to) : [])),
  }
}

const keep = (series: Series, from: Instant, to: Instant): Series => ({
  ...series,
  points: series.points.filter(([at, value]) => at >= from && at <= to && Number.isFinite(value)),
})

export function investigationOf(inquiry: Inquiry): Investigation {
  const { seen, onset } = inquiry
  const findings = [...seen.findings].sort(byStart)
  const stretch = seen.series.flatMap(({ points }) => points.map(([at]) => at))
  const together =
    stretch.length === 0
      ? []
      : togetherOf(seen.series, { from: Math.min(...stretch), to: Math.max(...stretch) })
  const firstSign = signOf(findings, onset)
  return { findings, together, firstSign, candidates: rank(inquiry, firstSign.at) }
}

function signOf(findings: readonly Finding[], onset: Instant): FirstSign {
  const first = findings.find(finding => finding.kind === 'anomaly' && finding.at < onset)
  return first?.kind === 'anomaly'
    ? { at: first.at, what: `${first.name} of ${first.service}`, link: first.link }
    : { at: onset, what: 'the first alert or the declaration', link: null }
}

const byStart = (a: Finding, b: Finding): number =>
  a.at - b.at || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
