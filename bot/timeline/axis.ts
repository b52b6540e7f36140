/** The marks of a time axis: whole minutes, hours or days of the wall clock, coarse ones for the whole and fine ones for a closer look. */
import { DAY_MS, type Local, MINUTE_MS, toInstant, toLocal } from '../schedules/zone.ts'
import type { Instant } from '../words.ts'

export type Tick = { readonly at: Instant; readonly label: string }

const HOUR_MS = 60 * MINUTE_MS
const STEPS_MS: readonly number[] = [
  ...[1, 5, 15].map(seconds => seconds * 1000),
  ...[1, 5, 15].map(minutes => minutes * MINUTE_MS),
  ...[1, 3, 6, 12].map(hours => hours * HOUR_MS),
  ...[1, 7, 28, 91, 364].map(days => days * DAY_MS),
]
/** More than anybody looks through; fewer than slow a browser down. */
const MAX_TICKS = 240
const LEVELS = 5

/** From coarse to fine; at least one, each with at least one tick where the stretch has one. */
export function ticksOf(zone: string, from: Instant, to: Instant): readonly (readonly Tick[])[] {
  const steps = STEPS_MS.filter(step => (to - from) / step <= MAX_TICKS && (to - from) / step >= 2)
  const chosen =
    steps.length > 0
      ? steps.slice(0, LEVELS).reverse()
      : [STEPS_MS.find(step => (to - from) / step <= MAX_TICKS) ?? DAY_MS * 364]
  return chosen.map(step => every(zone, step, from, to))
}

/** An hour that the clock shows twice is marked once, one that it skips is not marked. */
function every(zone: string, step: number, from: Instant, to: Instant): readonly Tick[] {
  const ticks: Tick[] = []
  const [first, last] = [Math.ceil(toLocal(zone, from) / step) * step, toLocal(zone, to)]
  for (let local = first; local <= last; local += step) {
    const at = toInstant(zone, local)
    if (at >= from && at <= to && toLocal(zone, at) === local) ticks.push({ at, label: labelOf(local, step) })
  }
  return ticks
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function labelOf(local: Local, step: number): string {
  const date = new Date(local)
  if (local % DAY_MS === 0 || step >= DAY_MS) return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`
  return date.toISOString().slice(11, step < MINUTE_MS ? 19 : 16)
}
