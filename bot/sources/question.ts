/** What the sources are asked about an incident: which services, and which stretch of time. */
import type { Config } from '../config/types.ts'
import { onsetOf } from '../evidence/candidates.ts'
import type { Question } from '../evidence/types.ts'
import type { Incident } from '../incidents/state.ts'
import { reachOf } from '../timeline/entries.ts'
import type { Instant } from '../words.ts'
import type { World } from '../world.ts'

const BEFORE_MS = 30 * 60_000
export const AFTER_MS = 5 * 60_000
/** Further away than the nearest so many nobody looks at three in the morning, and each costs the source some queries. */
const MAX_SERVICES = 12

/** The sources of a configuration; none of one that an older version of Tocsin, running beside this one, has kept. */
export const sourcesOf = ({ sources }: Partial<Pick<Config, 'sources'>>): Config['sources'] => sources ?? {}

export type Stretch = Omit<Question, 'service'>

/** From half an hour before the first sign to five minutes after it, or to now while that lies ahead. */
export function stretchOf(incident: Incident, now: Instant): Stretch {
  const onset = onsetOf(incident)
  return { onset, from: onset - BEFORE_MS, to: Math.min(now, onset + AFTER_MS) }
}

/** The service, and what it depends on, the nearest first; where none is named those of its alerts, else all, the gravest first. */
export function askedServices(world: World, incident: Incident): readonly string[] {
  const { services } = world.config
  const alerted = Object.values(incident.alerts).flatMap(({ service }) =>
    service !== null && Object.hasOwn(services, service) ? [service] : [],
  )
  const roots = incident.service === null ? alerted : [incident.service]
  const all =
    roots.length > 0
      ? roots.flatMap(root => reachOf(world, root))
      : Object.values(services)
          .toSorted((a, b) => (a.tier ?? LOWEST) - (b.tier ?? LOWEST))
          .map(({ id }) => id)
  return [...new Set(all)].slice(0, MAX_SERVICES)
}

const LOWEST = 9
