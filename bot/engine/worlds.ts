/**
 * Holds the present world and replaces it whole: on a reload of the configuration, and when an incident opens or closes.
 * Readers keep the snapshot that they were given.
 */
import type { Config } from '../config/types.ts'
import type { Chat, IncidentSummary, Pager } from '../ports.ts'
import type { World } from '../world.ts'

export type Worlds = {
  current(): World
  /** The incident's list row after a commit: open ones are compared with new declarations. */
  seen(summary: IncidentSummary): void
  /** A part of the settings was changed here, which made a version. */
  changed(part: Partial<World>): void
  /** The settings as the store has them at a version. */
  settle(settings: Partial<World> & { readonly config: Config; readonly version: number }): void
}

export function createWorlds(start: {
  readonly config: Config
  readonly version: number
  readonly chats: readonly Chat[]
  readonly pagers: readonly Pager[]
  readonly open: readonly IncidentSummary[]
  readonly settings: Partial<World>
  /** Null where nobody knows it. */
  readonly address?: string | null
}): Worlds {
  const open = new Map(start.open.map(summary => [summary.id, openIncident(summary)]))
  let world: World = {
    config: start.config,
    version: start.version,
    overrides: [],
    contacts: {},
    open: [...open.values()],
    chats: start.chats.map(({ name, traits }) => ({ name, traits })),
    ways: start.pagers.map(pager => pager.way),
    ...(start.address ? { address: start.address } : {}),
    ...start.settings,
  }
  return {
    current: () => world,
    seen(summary) {
      if (summary.open === open.has(summary.id)) return
      if (summary.open) open.set(summary.id, openIncident(summary))
      else open.delete(summary.id)
      world = { ...world, open: [...open.values()] }
    },
    changed(part) {
      world = { ...world, ...part, version: world.version + 1 }
    },
    settle(settings) {
      world = { ...world, ...settings }
    },
  }
}

const openIncident = ({ id, title, service, declaredAt }: IncidentSummary) => ({
  id,
  title,
  service,
  declaredAt,
})
