/**
 * What may have caused it, in one ranking: changes, services upstream, and what showed first. Each has its reasons, none is certain.
 * A score is what is left when every reason took its part of the doubt.
 */

import type { Anomaly } from './anomalies.ts'
import { compare } from './answers.ts'
import type { Candidate } from './candidates.ts'
import { changesOf, type Judgement } from './changes.ts'
import type { Together } from './correlate.ts'
import { type FirstSign, relative } from './first-sign.ts'
import type { Inquiry } from './investigation.ts'
import { isNew, suspectsOf } from './suspects.ts'
import type { Finding } from './types.ts'

export type Known = {
  readonly inquiry: Inquiry
  /** In order of time. */
  readonly findings: readonly Finding[]
  readonly together: readonly Together[]
  readonly firstSign: FirstSign
  /** Each service -> its metrics that left their usual range, the earliest first. */
  readonly begins: ReadonlyMap<string, readonly Anomaly[]>
}

/** Below it a candidate is noise. */
const LEAST = 0.03
/** What showed first says where to look, not why. Each later one says half of that. */
const SHOWED_FIRST = 0.3
const SHOWN = 3

/** The likeliest first. */
export function rank(known: Omit<Known, 'begins'>): Judgement {
  const anomalies = known.findings.flatMap(finding => (finding.kind === 'anomaly' ? finding : []))
  const all: Known = { ...known, begins: Map.groupBy(anomalies, ({ service }) => service) }
  const { candidates, innocent } = changesOf(all)
  const suspects = suspectsOf(all)
  const told = new Set(suspects.map(({ service }) => service))
  const found = [...candidates, ...suspects, ...earliest(all, told)].filter(({ score }) => score >= LEAST)
  return { candidates: found.toSorted(byScore), innocent: innocent.toSorted(byScore) }
}

const byScore = (a: Candidate, b: Candidate): number =>
  b.score - a.score || b.at - a.at || compare(a.title, b.title)

/** What showed first on services that are no candidates themselves. */
function earliest({ findings, firstSign }: Known, told: ReadonlySet<string | null>): readonly Candidate[] {
  return findings
    .filter(finding => !told.has(finding.service) && (finding.kind !== 'errors' || isNew(finding)))
    .slice(0, SHOWN)
    .map((finding, index) => ({
      kind: 'finding' as const,
      title: titleOf(finding),
      service: finding.service,
      at: finding.at,
      score: SHOWED_FIRST * 0.5 ** index,
      reasons: [
        index === 0 ? 'it showed first' : `it showed ${index === 1 ? 'second' : 'third'}`,
        finding.at < firstSign.at ? relative(finding.at, firstSign) : 'from the first sign on',
      ],
      link: finding.link,
    }))
}

function titleOf(finding: Finding): string {
  switch (finding.kind) {
    case 'anomaly':
      return `${finding.name} of ${finding.service} ${finding.direction}`
    case 'errors':
      return `${finding.service} logs "${finding.template.slice(0, 80)}"`
    case 'slow':
      return `${finding.operation} of ${finding.service} is slow`
  }
}
