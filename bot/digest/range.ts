/** A range as people write it: dates on the team's clock, the last one included, or instants. Without any, the last twelve weeks. */
import { type Refusal, refuse } from '../refusal.ts'
import { DAY_MS, dateOf, localDate, toInstant } from '../schedules/zone.ts'
import type { Instant } from '../words.ts'
import type { Range } from './patterns.ts'

const USUAL_MS = 84 * DAY_MS
const LONGEST_MS = 3660 * DAY_MS
const HOW = 'Write dates such as 2026-11-24, or instants such as 2026-11-24T03:00:00Z.'

export function readRange(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  zone: string,
  now: Instant,
): Range | Refusal {
  const end = to === undefined ? now : readEnd(to, zone, DAY_MS)
  const begin = from === undefined ? (end ?? now) - USUAL_MS : readEnd(from, zone, 0)
  if (begin === undefined) return refuse('bad_time', `"${from}" is no date.`, HOW)
  if (end === undefined) return refuse('bad_time', `"${to}" is no date.`, HOW)
  if (begin >= end)
    return refuse('empty_range', 'That range ends before it begins.', 'The first date goes into from.')
  if (end - begin > LONGEST_MS)
    return refuse('long_range', 'That range is longer than ten years.', 'Ask for a shorter one.')
  return { from: begin, to: end }
}

/** `dayMs`: how long after its beginning a date counts. */
function readEnd(text: string, zone: string, dayMs: number): Instant | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    const day = localDate(text)
    // The 31st of November is no date.
    return Number.isNaN(day) || dateOf(day) !== text ? undefined : toInstant(zone, day + dayMs)
  }
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(text)
    ? Date.parse(text)
    : Number.NaN
  return Number.isNaN(at) ? undefined : at
}
