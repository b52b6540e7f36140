/**
 * What may have caused it, ranked, each with its reasons, none with certainty. A cause comes before its effect, on the service
 * itself or on something that it depends on; the closer the likelier. No model, no chance: the same inputs give the same answer.
 */
import type { SeenChange } from '../ingested/ingested.ts'
import { formatDuration } from '../schedules/duration.ts'
import type { Instant } from '../words.ts'
import type { Candidate } from './candidates.ts'
import type { Inquiry } from './investigation.ts'

/** A change loses half of its weight with each of these before the first sign. */
const HALF_LIFE_MS = 30 * 60_000
const WINDOW_MS = 24 * 60 * 60_000
/** Below it a candidate is noise. */
const LEAST = 0.03

/** The likeliest first. What happened after the first sign is no cause of it. */
export function rank(inquiry: Inquiry, firstSignAt: Instant): readonly Candidate[] {
  const found = inquiry.changes
    .filter(change => change.state !== 'failed' || change.kind !== 'deployment')
    .filter(change => change.at <= firstSignAt && firstSignAt - change.at <= WINDOW_MS)
    .map(change => weigh(inquiry, change, firstSignAt))
    .filter(candidate => candidate.score >= LEAST)
  return latestOfEach(found).sort((a, b) => b.score - a.score || b.at - a.at || (a.title < b.title ? -1 : 1))
}

function weigh(inquiry: Inquiry, change: SeenChange, firstSignAt: Instant): Candidate {
  const ahead = firstSignAt - change.at
  const near = 0.5 ** (ahead / HALF_LIFE_MS)
  const { weight, reason } = closeness(inquiry, change.service)
  const reasons = [
    `${change.kind} ${change.state === 'started' ? 'began' : change.state} ${formatDuration(ahead)} before the first sign`,
    reason,
    ...(change.kind === 'rollback' ? ['it took something back, which is rarer a cause'] : []),
  ]
  return {
    kind: 'change',
    title: change.title,
    service: change.service,
    at: change.at,
    score: near * weight * (change.kind === 'rollback' ? 0.5 : 1),
    reasons,
    link: change.link,
  }
}

function closeness(
  { services, service }: Inquiry,
  changed: string | null,
): { readonly weight: number; readonly reason: string } {
  if (service === null || changed === null)
    return { weight: 0.4, reason: 'it is not said which service it is about' }
  if (changed === service) return { weight: 1, reason: `it changed ${service} itself` }
  if (services[service]?.dependsOn.includes(changed))
    return { weight: 0.9, reason: `${service} depends on ${changed}` }
  return reachOf(services, service).includes(changed)
    ? { weight: 0.7, reason: `${service} depends on ${changed} by way of others` }
    : { weight: 0.05, reason: `${service} does not depend on ${changed}` }
}

/** A service and everything that it depends on, however far. */
function reachOf(services: Inquiry['services'], service: string): readonly string[] {
  const found = new Set([service])
  for (const each of found) for (const on of services[each]?.dependsOn ?? []) found.add(on)
  return [...found]
}

/** The start and the end of one deployment are one candidate. */
function latestOfEach(all: readonly Candidate[]): Candidate[] {
  const each = Map.groupBy(all, ({ title, service }) => `${service}\0${title}`)
  return [...each.values()].flatMap(group => [...group].sort((a, b) => b.at - a.at)[0] ?? [])
}
