/**
 * Hours of days on the wall clock: "weekdays 09:00 to 18:00". A window begins the first time that the clock shows its
 * `from` and ends the last time that it shows its `to`, so that a clock set back never tears a hole into it (I20).
 */
import type { Instant } from '../words.ts'
import type { Hours, Restriction } from './types.ts'
import {
  DAY_MS,
  dateOf,
  type Local,
  localDate,
  MINUTE_MS,
  startOfDay,
  toInstant,
  toLastInstant,
  toLocal,
  weekdayOf,
} from './zone.ts'

/** Half-open. */
export type Window = { readonly from: Instant; readonly to: Instant }

/** The hours of one local day, given by its 00:00. Empty (`from` = `to`) when the clock skipped all of them. */
export function windowOn(zone: string, { fromMinute, toMinute }: Hours, day: Local): Window {
  const from = toInstant(zone, day + fromMinute * MINUTE_MS)
  return { from, to: Math.max(from, toLastInstant(zone, day + toMinute * MINUTE_MS)) }
}

/** Whether an instant is within, and until when that surely stays so. */
export type Within = { readonly open: boolean; readonly until: Instant }

const ALWAYS: Within = { open: true, until: Number.POSITIVE_INFINITY }

/** Open at all hours when there is no restriction. */
export function within(zone: string, only: readonly Restriction[] | undefined, at: Instant): Within {
  if (!only || only.length === 0) return ALWAYS
  let until = Number.POSITIVE_INFINITY
  for (const restriction of only) {
    const one = withinOne(zone, restriction, at)
    if (one.open) return one
    until = Math.min(until, one.until)
  }
  return { open: false, until }
}

/** A window of yesterday may still be open, and one of the day before when the clock skipped a day or was set back. */
const DAYS_BACK = 2
/** A weekday comes again within a week. */
const DAYS_AHEAD = 8

function withinOne(zone: string, restriction: Restriction, at: Instant): Within {
  const today = startOfDay(toLocal(zone, at))
  const back = DAYS_BACK + Math.floor(restriction.toMinute / (24 * 60))
  for (let offset = -back; offset <= DAYS_AHEAD; offset++) {
    const day = today + offset * DAY_MS
    const { from, to } = windowOn(zone, restriction, day)
    if (to <= at || !counts(restriction, day)) continue
    return from > at ? { open: false, until: from } : { open: true, until: to }
  }
  return { open: false, until: nextLook(zone, restriction, today + (DAYS_AHEAD + 1) * DAY_MS) }
}

/** Nothing opens before `day`: look again then, or at the next of the dates when no weekday counts. */
function nextLook(zone: string, { days, dates = [] }: Restriction, day: Local): Instant {
  const from = days.length > 0 ? day : Math.min(...dates.map(localDate).filter(date => date >= day))
  return Number.isFinite(from) ? toInstant(zone, from) : Number.POSITIVE_INFINITY
}

/** Whether the hours count on a local day, given by its 00:00. */
export function counts({ days, except, dates }: Omit<Restriction, keyof Hours>, day: Local): boolean {
  if (dates?.length && dates.includes(dateOf(day))) return true
  return days.includes(weekdayOf(day)) && !(except?.length && except.includes(dateOf(day)))
}
