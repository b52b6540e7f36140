/** Business hours of a team: what `next business day` lasts until. */
import { refuse } from '../refusal.ts'
import type { Instant } from '../words.ts'
import type { Weekday } from './types.ts'
import { DAY_MS, dateOf, startOfDay, toInstant, toLocal, weekdayOf } from './zone.ts'

export type BusinessCalendar = {
  readonly timezone: string
  /** Local dates on which nobody works. */
  readonly holidays: readonly string[]
  readonly days: readonly Weekday[]
  /** Minutes after local midnight. */
  readonly fromMinute: number
  readonly toMinute: number
}

/** A calendar without a working day in a year is a mistake, not a long holiday (I25). */
const MAX_DAYS = 366

const isWorkingDay = ({ days, holidays }: BusinessCalendar, local: number): boolean =>
  days.some(day => day === weekdayOf(local)) && !holidays.includes(dateOf(local))

/** When business hours open next, strictly after `at`. Throws a Refusal when they do not open within a year. */
export function nextBusinessOpen(calendar: BusinessCalendar, at: Instant): Instant {
  const today = startOfDay(toLocal(calendar.timezone, at))
  for (let day = 0; day <= MAX_DAYS; day++) {
    const local = today + day * DAY_MS
    const open = toInstant(calendar.timezone, local + calendar.fromMinute * 60_000)
    if (open > at && isWorkingDay(calendar, local)) return open
  }
  throw refuse(
    'no_working_day',
    'The team has no working day within a year.',
    'Look at `team.business_hours.days` and `team.holidays`.',
  )
}

export function isBusinessTime(calendar: BusinessCalendar, at: Instant): boolean {
  const local = toLocal(calendar.timezone, at)
  const minute = (local - startOfDay(local)) / 60_000
  return isWorkingDay(calendar, local) && minute >= calendar.fromMinute && minute < calendar.toMinute
}
