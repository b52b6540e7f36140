/** Deployments as patterns need them: when the last one before an incident was, on its service or on what that depends on. */
import type { IngestedState } from '../ingested/ingested.ts'
import { KEPT_CHANGES } from '../ingested/ingested.ts'
import { reachOf } from '../timeline/entries.ts'
import type { Instant } from '../words.ts'
import type { World } from '../world.ts'

export type Deployments = {
  /** Older ones are no longer looked at; null where all are there. */
  readonly knownSince: Instant | null
  /** When something that the service runs on was deployed, oldest first; null: anything. */
  of(service: string | null): readonly Instant[]
}

export const NO_DEPLOYMENTS: Deployments = { knownSince: null, of: () => [] }

export function deploymentsOf(world: World, { changes }: IngestedState): Deployments {
  const done = changes.filter(({ kind, state }) => kind === 'deployment' && state !== 'failed')
  const found = new Map<string | null, readonly Instant[]>()
  return {
    knownSince: changes.length < KEPT_CHANGES ? null : (changes[0]?.at ?? null),
    of(service) {
      const known = found.get(service)
      if (known) return known
      const reach = reachOf(world, service)
      const times = done
        .filter(({ service: on }) => service === null || on === null || reach.includes(on))
        .map(({ at }) => at)
      found.set(service, times)
      return times
    },
  }
}
