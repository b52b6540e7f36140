/**
 * Holds the present world and replaces it whole: on a reload of the configuration, and when an incident opens or closes.
 * Readers keep the snapshot that they were given.
 */
import type { Config } from '../config/types.ts'
import type { Chat, IncidentSummary, Pager } from '../ports.ts'
import type { Rota } from '../rota/state.ts'
import type { World } from '../world.ts'

export type Worlds = {
  current(): World
  /** The incident's list row after a commit: open ones are compared with new declarations. */
  seen(summary: IncidentSummary): void
  /** Overrides were made or cancelled here, which made a version. */
  rota(rota: Rota): void
  /** The settings as the store has them at a version. */
  settle(settings: { readonly config: Config; readonly rota: Rota; readonly version: number }): void
}

export function createWorlds(start: {
  readonly config: Config
  readonly version: number
  readonly chats: readonly Chat[]
  readonly pagers: readonly Pager[]
  readonly open: readonly IncidentSummary[]
  readonly rota: Rota
}): Worlds {
  const open = new Map(start.open.map(summary => [summary.id, openIncident(summary)]))
  let world: World = {
    config: start.config,
    version: start.version,
    overrides: start.rota.overrides,
    open: [...open.values()],
    chats: start.chats.map(({ name, traits }) => ({ name, traits })),
    ways: start.pagers.map(pager => pager.way),
  }
  return {
    current: () => world,
    seen(summary) {
      if (summary.open === open.has(summary.id)) return
      if (summary.open) open.set(summary.id, openIncident(summary))
      else open.delete(summary.id)
      world = { ...world, open: [...open.values()] }
    },
    rota({ overrides }) {
      world = { ...world, overrides, version: world.version + 1 }
    },
    settle({ config, rota: { overrides }, version }) {
      world = { ...world, config, overrides, version }
    },
  }
}

const openIncident = ({ id, title, service, declaredAt }: IncidentSummary) => ({
  id,
  title,
  service,
  declaredAt,
})
