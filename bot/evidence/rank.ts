/**
 * What may have caused it, in one ranking: changes, services upstream, and what showed first. Each has its reasons, none is certain.
 * A score is what is left when every reason took its part of the doubt.
 */

import { compare } from './answers.ts'
import type { Candidate } from './candidates.ts'
import { changesOf, type Judgement } from './changes.ts'
import type { Together } from './correlate.ts'
import { type Departures, departuresOf, lasted } from './departures.ts'
import { type FirstSign, relative } from './first-sign.ts'
import type { Inquiry } from './investigation.ts'
import { isNews } from './logs.ts'
import { suspectsOf } from './suspects.ts'
import type { Finding } from './types.ts'

export type Known = {
  readonly inquiry: Inquiry
  /** In order of time. */
  readonly findings: readonly Finding[]
  readonly together: readonly Together[]
  readonly firstSign: FirstSign
  readonly departures: Departures
}

/** Below it a candidate is noise. */
const LEAST = 0.03
/** What showed first says where to look, not why. Each later one says half of that. */
const SHOWED_FIRST = 0.3
const SHOWN = 3

/** The likeliest first. */
export function rank(known: Omit<Known, 'departures'>): Judgement {
  const { findings, inquiry } = known
  const all: Known = { ...known, departures: departuresOf(findings, inquiry.onset) }
  const { candidates, innocent } = changesOf(all)
  const suspects = suspectsOf(all)
  const told = new Set(suspects.map(({ service }) => service))
  const found = [...candidates, ...suspects, ...earliest(all, told)].filter(({ score }) => score >= LEAST)
  return { candidates: found.toSorted(byScore), innocent: innocent.toSorted(byScore) }
}

const byScore = (a: Candidate, b: Candidate): number =>
  b.score - a.score || b.at - a.at || compare(a.title, b.title)

/** What showed first on services that are no candidates themselves. */
function earliest(
  { findings, firstSign, inquiry: { onset } }: Known,
  told: ReadonlySet<string | null>,
): readonly Candidate[] {
  return findings
    .filter(finding => !told.has(finding.service))
    .filter(finding => (finding.kind === 'errors' ? isNews(finding, onset) : true))
    .filter(finding => (finding.kind === 'anomaly' ? lasted(finding, onset) : true))
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
