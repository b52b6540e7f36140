/**
 * Wall clocks. A local time is written as the epoch ms that it would be in UTC, so that adding days and weeks to it is
 * adding to a number. A local time that does not exist is the first instant after the gap; one that exists twice is the
 * first of the two (I20).
 */
import { IANAZone } from 'luxon'
import type { Instant } from '../words.ts'

export type Local = number

const DAY_MS = 24 * 60 * 60_000
/** No clock change moves a wall clock by more than a day. */
const FAR_MS = 1.5 * DAY_MS

const zones = new Map<string, IANAZone>()

function zoneOf(name: string): IANAZone {
  const known = zones.get(name)
  if (known) return known
  const zone = IANAZone.create(name)
  if (!zone.isValid) throw new Error(`bug: ${name} is not a time zone`)
  zones.set(name, zone)
  return zone
}

const offsetMs = (zone: string, at: Instant): number => Math.round(zoneOf(zone).offset(at) * 60_000)

export const toLocal = (zone: string, at: Instant): Local => at + offsetMs(zone, at)

export function toInstant(zone: string, local: Local): Instant {
  const before = local - offsetMs(zone, local - FAR_MS)
  const after = local - offsetMs(zone, local + FAR_MS)
  if (before === after) return before
  const real = [before, after].filter(at => toLocal(zone, at) === local)
  return real.length > 0
    ? Math.min(...real)
    : transitionIn(zone, Math.min(before, after), Math.max(before, after))
}

/** The first instant of the new offset, between one instant of the old and one of the new. */
function transitionIn(zone: string, from: Instant, to: Instant): Instant {
  const old = offsetMs(zone, from)
  let [low, high] = [from, to]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetMs(zone, middle) === old) low = middle
    else high = middle
  }
  return high
}

/** `YYYY-MM-DD` at 00:00 as a local time. */
export const localDate = (date: string): Local => Date.parse(`${date}T00:00:00Z`)
/** The local day's date. */
export const dateOf = (local: Local): string => new Date(local).toISOString().slice(0, 10)
/** 1 Monday to 7 Sunday. */
export const weekdayOf = (local: Local): number => ((((Math.floor(local / DAY_MS) + 3) % 7) + 7) % 7) + 1
export const startOfDay = (local: Local): Local => Math.floor(local / DAY_MS) * DAY_MS
export { DAY_MS }
