/**
 * What a process remembers of the pages that it sent, to keep each person's limits. It is memory only: after a restart a
 * person may get a few more than their limit, never fewer.
 */
import { heldUntil, type Limit, type Sent } from '../pages/limits.ts'
import type { IncidentId, Instant } from '../words.ts'

type Waiting = { readonly incident: IncidentId; readonly service: string | null }

export type Storm = {
  /** Until when a page on this lane waits; undefined when it may leave now. */
  until(lane: string, key: string, page: Waiting, limit: Limit, now: Instant): Instant | undefined
  /** The incidents of its service that wait on the same lane: they are told of in the one that leaves. */
  beside(lane: string, key: string, page: Waiting): readonly IncidentId[]
  /** It may have left: it counts, and what was told of in it waits no more. */
  left(lane: string, key: string, page: Waiting, now: Instant): void
  /** The incident in whose message this one was told of, if it was. */
  toldWith(key: string): IncidentId | undefined
}

const KEPT_PER_LANE = 200

export function createStorm(): Storm {
  const sent = new Map<string, Sent[]>()
  const waiting = new Map<string, Map<string, Waiting>>()
  const told = new Map<string, IncidentId>()

  const fellows = (lane: string, key: string, { service }: Waiting) =>
    [...(waiting.get(lane) ?? [])].filter(
      ([other, page]) => other !== key && service !== null && page.service === service,
    )

  return {
    until(lane, key, page, limit, now) {
      const until = heldUntil(sent.get(lane) ?? [], limit, page.incident, now)
      if (until === undefined) return undefined
      const queue = waiting.get(lane) ?? new Map<string, Waiting>()
      waiting.set(lane, queue.set(key, page))
      return until
    },
    beside: (lane, key, page) => [
      ...new Set(
        fellows(lane, key, page).flatMap(([, { incident }]) => (incident === page.incident ? [] : incident)),
      ),
    ],
    left(lane, key, page, now) {
      sent.set(lane, [...(sent.get(lane) ?? []), { at: now, incident: page.incident }].slice(-KEPT_PER_LANE))
      for (const [other] of fellows(lane, key, page)) {
        told.set(other, page.incident)
        waiting.get(lane)?.delete(other)
      }
      waiting.get(lane)?.delete(key)
    },
    toldWith(key) {
      const by = told.get(key)
      told.delete(key)
      return by
    },
  }
}
