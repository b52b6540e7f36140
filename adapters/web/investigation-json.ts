/** An investigation for whoever is not us: instants as ISO texts. */
import type { Remembered } from '../../bot/postmortem/load.ts'

const iso = (at: number): string => new Date(at).toISOString()

export const investigationJson = ({ investigation, standings }: Remembered) => ({
  firstSign: { ...investigation.firstSign, at: iso(investigation.firstSign.at) },
  candidates: investigation.candidates.map(each => ({ ...each, at: iso(each.at) })),
  findings: investigation.findings.map(each => ({
    ...each,
    at: iso(each.at),
    ...(each.kind === 'anomaly' ? { until: each.until === null ? null : iso(each.until) } : {}),
    ...(each.kind === 'errors' ? { lastAt: iso(each.lastAt) } : {}),
  })),
  together: investigation.together,
  sources: standings.map(each => ({ ...each, at: iso(each.at) })),
})
