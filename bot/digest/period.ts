/** The weeks of a digest: each begins where the one before it ended, on the team's clock, whatever the clocks do. */
import type { Handoff } from '../schedules/types.ts'
import { DAY_MS, startOfDay, toInstant, toLocal, weekdayOf } from '../schedules/zone.ts'
import type { Instant } from '../words.ts'

export type Period = {
  /** `2026-W48`: the ISO week in which it begins. */
  readonly id: string
  readonly from: Instant
  readonly to: Instant
}

const MINUTE_MS = 60_000

/** The period that goes on at `at`. */
export function periodAt({ weekday = 1, minute }: Handoff, zone: string, at: Instant): Period {
  const day = startOfDay(toLocal(zone, at))
  const back = (weekdayOf(day) - weekday + 7) % 7
  const begin = (weeks: number) => toInstant(zone, day + (weeks * 7 - back) * DAY_MS + minute * MINUTE_MS)
  const week = begin(0) <= at ? 0 : -1
  const from = begin(week)
  return { id: isoWeek(day + (week * 7 - back) * DAY_MS), from, to: begin(week + 1) }
}

/** The last one that is over. */
export const lastPeriod = (anchor: Handoff, zone: string, at: Instant): Period =>
  periodAt(anchor, zone, periodAt(anchor, zone, at).from - 1)

/** So many whole periods up to the end of one, as one range. */
export function weeksUntil(
  anchor: Handoff,
  zone: string,
  to: Instant,
  count: number,
): { readonly from: Instant; readonly to: Instant } {
  let from = to
  for (let week = 0; week < count; week++) from = periodAt(anchor, zone, from - 1).from
  return { from, to }
}

/** More weeks than anybody was away; the rest comes with the next look. */
const MOST_OVER = 1_000

/**
 * The periods that are over by `now`, oldest first. The first begins at `from`, wherever that lies, and ends with the first end at or
 * after `firstEnd`: when the day, the hour or the zone of the digest was changed in between, it is shorter or longer, and no minute is left
 * out or told twice.
 */
export function periodsOver(
  anchor: Handoff,
  zone: string,
  { from, firstEnd, now }: { readonly from: Instant; readonly firstEnd: Instant; readonly now: Instant },
): readonly Period[] {
  const over: Period[] = []
  let begin = from
  let whole = periodAt(anchor, zone, Math.max(from, firstEnd - 1))
  while (whole.to <= now && over.length < MOST_OVER) {
    const id = whole.from === begin ? whole.id : isoWeek(startOfDay(toLocal(zone, begin)))
    over.push({ id, from: begin, to: whole.to })
    begin = whole.to
    whole = periodAt(anchor, zone, begin)
  }
  return over
}

/** `2026-W48`, by the Thursday of its week (ISO 8601). */
function isoWeek(day: number): string {
  const thursday = day + (4 - weekdayOf(day)) * DAY_MS
  const year = new Date(thursday).getUTCFullYear()
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}

/** Monday 00:00 of an ISO week, as a local day; undefined for what is none. */
export function weekStart(id: string): number | undefined {
  const [, year, week] = /^(\d{4})-?W(\d{2})$/i.exec(id) ?? []
  if (year === undefined) return undefined
  const fourth = Date.UTC(Number(year), 0, 4)
  const start = fourth - (weekdayOf(fourth) - 1) * DAY_MS + (Number(week) - 1) * 7 * DAY_MS
  return isoWeek(start) === `${year}-W${week}` ? start : undefined
}
