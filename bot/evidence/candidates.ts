/**
 * What may have caused it, from what is known to have changed: ranked, each with its reasons, none with certainty. A cause comes
 * before its effect, on the service itself or on something that it depends on; the closer the likelier. No model, no chance:
 * the same inputs give the same answer.
 */
import type { Incident } from '../incidents/state.ts'
import type { IngestedState, SeenChange } from '../ingested/ingested.ts'
import { formatDuration } from '../schedules/duration.ts'
import { reachOf } from '../timeline/entries.ts'
import type { Instant } from '../words.ts'
import type { World } from '../world.ts'

export type Candidate = {
  readonly title: string
  readonly service: string | null
  readonly at: Instant
  /** 0 to 1. */
  readonly score: number
  readonly reasons: readonly string[]
  readonly link: string | null
}

/** A change loses half of its weight with each of these before the first sign. */
const HALF_LIFE_MS = 30 * 60_000
const WINDOW_MS = 24 * 60 * 60_000
/** Below it a candidate is noise. */
const LEAST = 0.03

/** When it began: the first alert or the declaration, whichever came first. */
export const onsetOf = (incident: Incident): Instant =>
  Math.min(incident.declaredAt, ...Object.values(incident.alerts).flatMap(({ startsAt }) => startsAt ?? []))

export function candidatesOf(
  world: World,
  incident: Incident,
  ingested: IngestedState,
): readonly Candidate[] {
  const onset = onsetOf(incident)
  const reach = reachOf(world, incident.service)
  const found = ingested.changes
    .filter(change => change.state !== 'failed' || change.kind !== 'deployment')
    .filter(change => change.at <= onset && onset - change.at <= WINDOW_MS)
    .map(change => weigh(world, incident, change, reach, onset))
    .filter(candidate => candidate.score >= LEAST)
  return latestOfEach(found).sort((a, b) => b.score - a.score || b.at - a.at || (a.title < b.title ? -1 : 1))
}

function weigh(
  world: World,
  incident: Incident,
  change: SeenChange,
  reach: readonly string[],
  onset: Instant,
): Candidate {
  const ahead = onset - change.at
  const near = 0.5 ** (ahead / HALF_LIFE_MS)
  const { weight, reason } = closeness(world, incident.service, change.service, reach)
  const reasons = [
    `${change.kind} ${change.state === 'started' ? 'began' : change.state} ${formatDuration(ahead)} before the first sign`,
    reason,
    ...(change.kind === 'rollback' ? ['it took something back, which is rarer a cause'] : []),
  ]
  return {
    title: change.title,
    service: change.service,
    at: change.at,
    score: near * weight * (change.kind === 'rollback' ? 0.5 : 1),
    reasons,
    link: change.link,
  }
}

function closeness(
  world: World,
  service: string | null,
  changed: string | null,
  reach: readonly string[],
): { readonly weight: number; readonly reason: string } {
  if (service === null || changed === null)
    return { weight: 0.4, reason: 'it is not said which service it is about' }
  if (changed === service) return { weight: 1, reason: `it changed ${service} itself` }
  if (world.config.services[service]?.dependsOn.includes(changed))
    return { weight: 0.9, reason: `${service} depends on ${changed}` }
  return reach.includes(changed)
    ? { weight: 0.7, reason: `${service} depends on ${changed} by way of others` }
    : { weight: 0.05, reason: `${service} does not depend on ${changed}` }
}

/** The start and the end of one deployment are one candidate. */
function latestOfEach(all: readonly Candidate[]): Candidate[] {
  const each = Map.groupBy(all, ({ title, service }) => `${service}\0${title}`)
  return [...each.values()].flatMap(group => [...group].sort((a, b) => b.at - a.at)[0] ?? [])
}
