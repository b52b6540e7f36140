/**
 * Does an incident look like one from which an action item came that is completed? Then what was mended may not hold, and that is
 * said. By the same likeness by which a declaration is compared with open ones; only an offer follows from it.
 */
import { enough, likeness } from '../incidents/similar.ts'
import type { IncidentId, Instant } from '../words.ts'
import type { Action } from './state.ts'

/** What an incident looks like, and why. */
export type Recurrence = {
  readonly item: string
  readonly title: string
  readonly doneAt: Instant
  readonly incident: IncidentId
  readonly incidentTitle: string
  readonly why: string
}

type Compared = { readonly id: IncidentId; readonly title: string; readonly service: string | null }

/** The most alike; of several the item completed last. The same inputs in any order give the same. */
export function recurrenceOf(
  fresh: Compared,
  past: readonly { readonly item: Action; readonly incident: Compared }[],
): Recurrence | undefined {
  const [best] = past
    .filter(({ incident }) => incident.id !== fresh.id)
    .map(each => ({ ...each, alike: likeness(each.incident.title, fresh.title) }))
    .filter(({ incident, alike }) => alike >= enough(incident.service, fresh.service))
    .sort(
      (a, b) =>
        b.alike - a.alike ||
        (b.item.doneAt ?? 0) - (a.item.doneAt ?? 0) ||
        Number(b.item.id.slice(4)) - Number(a.item.id.slice(4)),
    )
  if (!best) return undefined
  const { item, incident, alike } = best
  const { doneAt } = item
  if (doneAt === null) return undefined
  const titles = `the titles are ${Math.round(alike * 100)} % alike`
  return {
    item: item.id,
    title: item.title,
    doneAt,
    incident: incident.id,
    incidentTitle: incident.title,
    why:
      incident.service !== null && incident.service === fresh.service
        ? `both are about ${incident.service}, and ${titles}`
        : titles,
  }
}
