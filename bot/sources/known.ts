/** What the sources have said so far of an incident, read from its history: of each its latest answer counts. */
import { NOTHING_SEEN, type Seen } from '../evidence/investigation.ts'
import type { Finding } from '../evidence/types.ts'
import type { Happened } from '../incidents/events.ts'
import type { Instant } from '../words.ts'

type Found = Extract<Happened['event'], { type: 'evidence_found' }>

/** A finding as the timeline has it. */
export type KnownFinding = {
  /** `f12.3`: the third of the incident's twelfth event, where it was first found; it stays when a later answer has it too. */
  readonly id: string
  readonly learntAt: Instant
  readonly finding: Finding
}

/** How it stands with a source. */
export type Standing = {
  readonly source: string
  /** When it last answered or failed. */
  readonly at: Instant
  readonly found: number
  /** What its answer does not say, in words. */
  readonly missing: readonly string[]
  /** Why it did not answer; null when it did. */
  readonly failed: string | null
}

export type Known = {
  readonly seen: Seen
  readonly findings: readonly KnownFinding[]
  readonly standings: readonly Standing[]
}

export const NOTHING_KNOWN: Known = { seen: NOTHING_SEEN, findings: [], standings: [] }

export function knownOf(history: readonly Happened[]): Known {
  const latest = new Map<string, Found>()
  const ids = new Map<string, Pick<KnownFinding, 'id' | 'learntAt'>>()
  const standings = new Map<string, Standing>()
  for (const { event, at, seq } of history) {
    if (event.type === 'source_failed') {
      const { source, why: failed } = event
      standings.set(source, {
        source,
        at,
        found: latest.get(source)?.findings.length ?? 0,
        missing: [],
        failed,
      })
    }
    if (event.type !== 'evidence_found') continue
    for (const [index, finding] of event.findings.entries())
      if (!ids.has(nameOf(finding))) ids.set(nameOf(finding), { id: `f${seq}.${index + 1}`, learntAt: at })
    // What a source has forgotten since was true all the same.
    if (event.findings.length > 0 || !latest.has(event.source)) latest.set(event.source, event)
    const { source, missing } = event
    standings.set(source, {
      source,
      at,
      found: latest.get(source)?.findings.length ?? 0,
      missing,
      failed: null,
    })
  }
  const answers = [...latest.values()]
  const findings = answers.flatMap(answer => answer.findings)
  return {
    seen: {
      findings,
      series: answers.flatMap(answer => answer.series),
      watched: [...new Set(answers.flatMap(answer => answer.watched ?? []))],
    },
    findings: findings.flatMap(finding => {
      const known = ids.get(nameOf(finding))
      return known ? [{ ...known, finding }] : []
    }),
    standings: [...standings.values()],
  }
}

/** What makes two findings of different answers the same one. */
function nameOf(finding: Finding): string {
  const what =
    finding.kind === 'anomaly'
      ? finding.name
      : finding.kind === 'errors'
        ? finding.template
        : finding.operation
  return [finding.kind, finding.source, finding.service, what].join('\0')
}
