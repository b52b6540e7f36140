/** Findings, changes and alerts around an onset, and what an investigation makes of them in one line each. */
import type { Candidate } from '../../../bot/evidence/candidates.ts'
import type { Together } from '../../../bot/evidence/correlate.ts'
import { firstSignOf } from '../../../bot/evidence/first-sign.ts'
import type { Inquiry } from '../../../bot/evidence/investigation.ts'
import { rank } from '../../../bot/evidence/rank.ts'
import type { Finding } from '../../../bot/evidence/types.ts'
import type { SeenChange } from '../../../bot/ingested/ingested.ts'

const MINUTE = 60_000
export const ONSET = Date.parse('2026-11-24T03:07:00Z')
export const at = (minute: number) => ONSET + Math.round(minute * MINUTE)
const services = {
  shop: { dependsOn: ['checkout', 'search'] },
  checkout: { dependsOn: ['payments'] },
  payments: { dependsOn: ['db'] },
  db: { dependsOn: [] },
  search: { dependsOn: [] },
}
export const change = (
  service: string | null,
  minute: number,
  more: Partial<SeenChange> = {},
): SeenChange => ({
  id: `${service} ${minute}`,
  kind: 'deployment',
  state: 'succeeded',
  service,
  title: 'v42',
  version: null,
  environment: 'production',
  by: 'ben',
  at: at(minute),
  link: 'https://ci/42',
  integration: 'ci',
  learntAt: at(minute),
  seq: 1,
  ...more,
})
/** Just out, so that it is no first sign. */
export const moved = (service: string, minute: number, until: number | null = null, more: object = {}) =>
  ({
    kind: 'anomaly',
    source: 'prom',
    service,
    name: 'latency',
    at: at(minute),
    until: until === null ? null : at(until),
    direction: 'up',
    usual: 1,
    peak: 9,
    score: 5,
    test: 't',
    link: `https://prom/${service}`,
    ...more,
  }) as Finding
export const errors = (service: string, minute: number, more: object = {}) =>
  ({
    kind: 'errors',
    source: 'loki',
    service,
    template: 'boom <n>',
    example: 'boom 7',
    count: 9,
    before: 0,
    at: at(minute),
    lastAt: at(3),
    link: `https://loki/${service}`,
    ...more,
  }) as Finding
export const slow = (service: string, minute: number, slowest: object | null, more: object = {}) =>
  ({
    kind: 'slow',
    source: 'tempo',
    service,
    operation: 'GET /',
    at: at(minute),
    count: 3,
    worstMs: 900,
    usualMs: 100,
    slowest,
    link: `https://tempo/${service}`,
    ...more,
  }) as Finding

export type Given = {
  readonly service?: string | null
  readonly changes?: readonly SeenChange[]
  readonly findings?: readonly Finding[]
  readonly alerts?: readonly object[]
  readonly watched?: readonly string[]
}
export const inquiryOf = ({
  service = 'checkout',
  changes = [],
  findings = [],
  alerts = [],
  watched,
}: Given) =>
  ({
    services,
    service,
    onset: ONSET,
    seen: { findings, series: [], ...(watched ? { watched } : {}) },
    changes,
    alerts,
  }) as unknown as Inquiry
/** Its score in per mille, its kind, its name, its minute, why, and where to look. */
export const shown = ({ score, kind, title, at: when, reasons, link }: Candidate) =>
  `${Math.round(score * 1000)} ${kind} ${title} @${(when - ONSET) / MINUTE}: ${reasons.join('; ')} | ${link}`

export type Ranked = Given & { readonly together?: readonly Together[] }
/** What an investigation has of candidates, where it is known what moved together. */
export function ranked({ together = [], ...given }: Ranked): readonly string[] {
  const inquiry = inquiryOf(given)
  const findings = (given.findings ?? []).toSorted((a, b) => a.at - b.at)
  return rank({ inquiry, findings, together, firstSign: firstSignOf(inquiry, findings) }).candidates.map(
    shown,
  )
}
