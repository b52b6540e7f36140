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
  /** It leaves now. The incidents of its service that wait on the same lane are told of in it. */
  leaves(lane: string, key: string, page: Waiting, now: Instant): readonly IncidentId[]
  /** The incident in whose message this one was told of, if it was. */
  toldWith(key: string): IncidentId | undefined
}

const KEPT_PER_LANE = 200

export function createStorm(): Storm {
  const sent = new Map<string, Sent[]>()
  const waiting = new Map<string, Map<string, Waiting>>()
  const told = new Map<string, IncidentId>()

  return {
    until(lane, key, page, limit, now) {
      const until = heldUntil(sent.get(lane) ?? [], limit, page.incident, now)
      if (until === undefined) return undefined
      const queue = waiting.get(lane) ?? new Map<string, Waiting>()
      waiting.set(lane, queue.set(key, page))
      return until
    },
    leaves(lane, key, page, now) {
      const queue = waiting.get(lane)
      queue?.delete(key)
      sent.set(lane, [...(sent.get(lane) ?? []), { at: now, incident: page.incident }].slice(-KEPT_PER_LANE))
      const beside = [...(queue ?? [])].filter(
        ([, other]) => other.service !== null && other.service === page.service,
      )
      for (const [other] of beside) {
        told.set(other, page.incident)
        queue?.delete(other)
      }
      return [...new Set(beside.map(([, other]) => other.incident))].filter(id => id !== page.incident)
    },
    toldWith(key) {
      const by = told.get(key)
      told.delete(key)
      return by
    },
  }
}
