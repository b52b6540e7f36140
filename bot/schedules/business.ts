/**
 * Business hours of a team: what `next business day` lasts until, and days counted by work (I25). Hours open and close on
 * the wall clock as a rotation's restrictions do. A calendar that has no working day within a year is refused, not walked.
 */
import { refuse } from '../refusal.ts'
import type { Instant } from '../words.ts'
import { counts, windowOn, within } from './restriction.ts'
import type { Hours, Weekday } from './types.ts'
import { DAY_MS, type Local, startOfDay, toLocal } from './zone.ts'

/** Business hours open on working days: `days` that are no holidays. */
export type BusinessCalendar = Hours & {
  readonly timezone: string
  /** Local dates `YYYY-MM-DD` on which nobody works. */
  readonly holidays: readonly string[]
  readonly days: readonly Weekday[]
}

/** When business hours open next, strictly after `at`. Throws a Refusal when they do not open within a year. */
export function nextBusinessOpen(calendar: BusinessCalendar, at: Instant): Instant {
  const { timezone } = calendar
  const opening = (day: Local): Instant => windowOn(timezone, calendar, day).from
  let day = workingDayFrom(calendar, startOfDay(toLocal(timezone, at)))
  while (opening(day) <= at) day = workingDayFrom(calendar, day + DAY_MS)
  return opening(day)
}

/** True while business hours are open; those of a working day may reach into the next. */
export function isBusinessTime(calendar: BusinessCalendar, at: Instant): boolean {
  const { timezone, holidays, ...hours } = calendar
  return within(timezone, [{ ...hours, except: holidays }], at).open
}

/** A calendar without a working day in a year is a mistake, not a long holiday. */
const MAX_DAYS = 366

/** `from` itself, or the first working day after it. */
function workingDayFrom(calendar: BusinessCalendar, from: Local): Local {
  for (let day = from; day <= from + MAX_DAYS * DAY_MS; day += DAY_MS) {
    if (isWorkingDay(calendar, day)) return day
  }
  throw refuse(
    'no_working_day',
    'The team has no working day within a year.',
    'Look at `team.business_hours.days` and `team.holidays`.',
  )
}

/** A civil day that a zone skipped (Samoa, 2011-12-30) has no hours to work in. */
function isWorkingDay(calendar: BusinessCalendar, day: Local): boolean {
  const { days, holidays, timezone } = calendar
  if (!counts({ days, except: holidays }, day)) return false
  const { from, to } = windowOn(timezone, calendar, day)
  return from < to
}
