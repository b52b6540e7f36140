/**
 * When each rung of a chain is due. `after` counts from the start of the pass, moved by what an outage cost; a rung without
 * one comes one response window after the last rung that paged somebody. The end of a pass is the place one past its last
 * rung, due when the last window ends.
 */
import type { Chain, NextRung } from '../incidents/events.ts'
import type { ChainRun } from '../incidents/state.ts'
import { type BusinessCalendar, nextBusinessOpen } from '../schedules/business.ts'
import type { Instant } from '../words.ts'

/** Later than this is an outage and not a busy second: the page is marked and the rest of the chain moves along (D15). */
export const LATE_AFTER_MS = 10_000

/** When a window that begins at `from` ends. */
export function windowEnd(chain: Chain, calendar: BusinessCalendar, from: Instant): Instant {
  return chain.respondWithin === 'next business day'
    ? nextBusinessOpen(calendar, from)
    : from + chain.respondWithin
}

/** The due time of `rung` in a pass. `lastPagedAt` is null while the pass has paged nobody: then the rung is due at once. */
export function rungDueAt(
  chain: Chain,
  calendar: BusinessCalendar,
  rung: number,
  run: Pick<ChainRun, 'passStartAt' | 'shiftMs'>,
  lastPagedAt: Instant | null,
): Instant {
  const after = chain.rungs[rung - 1]?.afterMs
  if (after !== undefined) return run.passStartAt + after + run.shiftMs
  return lastPagedAt === null ? run.passStartAt : windowEnd(chain, calendar, lastPagedAt)
}

/** A chain whose every rung is nothing but a channel posts once and asks nobody for an ack. */
export const isChannelsOnly = (chain: Chain): boolean =>
  chain.rungs.every(
    ({ target }) => target?.channel !== undefined && !target.schedule && !target.people?.length,
  )

export const isLastPass = (chain: Chain, pass: number): boolean => pass > chain.repeat

/** True for the place behind the last rung of a pass. */
export const isPassEnd = (chain: Chain, place: Pick<NextRung, 'rung'>): boolean =>
  place.rung > chain.rungs.length
