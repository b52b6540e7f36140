/**
 * Instants as people type them, on the wall clock of their own zone: `now`, `3h`, `18:00`, `tomorrow 09:00`, `fri 18:00`,
 * `2026-12-24`, `2026-12-24 18:00`, or with a zone of its own, `2026-12-24T18:00Z`. A time that the clocks skip or show
 * twice is asked back with what it could mean (I20).
 */
import { type Refusal, refuse } from '../refusal.ts'
import type { Instant } from '../words.ts'
import { parseDuration } from './duration.ts'
import { parseWeekday } from './weekday.ts'
import {
  DAY_MS,
  dateOf,
  instantsOf,
  type Local,
  localDate,
  MINUTE_MS,
  startOfDay,
  toInstant,
  toLocal,
  weekdayOf,
} from './zone.ts'

const EXAMPLES = 'Write now, 3h, 18:00, tomorrow 09:00, fri 18:00 or 2026-12-24 18:00.'

/**
 * `after` is what a duration, a bare time and a weekday count from: now, or the beginning of the stretch. `today` and
 * `tomorrow` are those of now, wherever the stretch begins.
 */
export function parseWhen(text: string, zone: string, after: Instant, now = after): Instant | Refusal {
  const said = text.trim().toLowerCase()
  if (said === 'now') return after
  if (/^\d{4}-\d\d-\d\dt[\d:.]+(?:z|[+-]\d\d:?\d\d)$/.test(said)) {
    const at = Date.parse(text.trim())
    return Number.isNaN(at) ? notATime(text) : at
  }
  const duration = /^\+?(\d+(?:m|h|d)(?:\d+m)?)$/.exec(said)?.[1]
  if (duration !== undefined) {
    const ms = parseDuration(duration)
    return typeof ms === 'number' ? after + ms : ms
  }
  const local = localOf(said, toLocal(zone, after), startOfDay(toLocal(zone, now)))
  return local === undefined ? notATime(text) : instantOf(text, zone, local)
}

const notATime = (text: string): Refusal =>
  refuse('bad_time', `"${text.slice(0, 60)}" is not a time that Tocsin understands.`, EXAMPLES)

/** A day, a time, or both; a bare time and a weekday are the next ones. */
function localOf(said: string, after: Local, today: Local): Local | undefined {
  const [, day, time] =
    /^(?:(\d{4}-\d\d-\d\d|today|tomorrow|[a-z]{3,9}))?(?:(?:^|[ t]+)(\d{1,2}:\d\d))?$/.exec(said) ?? []
  if (day === undefined && time === undefined) return undefined
  const minutes = time === undefined ? 0 : minutesOf(time)
  if (minutes === undefined) return undefined
  const first = startOfDay(after)
  if (day === undefined) return next(first + minutes * MINUTE_MS, after, DAY_MS)
  if (day === 'today') return today + minutes * MINUTE_MS
  if (day === 'tomorrow') return today + DAY_MS + minutes * MINUTE_MS
  const weekday = parseWeekday(day)
  if (weekday !== undefined) {
    const ahead = (weekday - weekdayOf(first) + 7) % 7
    return next(first + ahead * DAY_MS + minutes * MINUTE_MS, after, 7 * DAY_MS)
  }
  const date = localDate(day)
  return Number.isNaN(date) || dateOf(date) !== day ? undefined : date + minutes * MINUTE_MS
}

const next = (local: Local, after: Local, stepMs: number): Local => (local > after ? local : local + stepMs)

function minutesOf(time: string): number | undefined {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined
}

/** A time that the clocks skip could have been meant on either: as they were before, or as they are after. */
function instantOf(text: string, zone: string, local: Local): Instant | Refusal {
  const [at, second] = instantsOf(zone, local)
  if (at !== undefined && second === undefined) return at
  if (at !== undefined && second !== undefined)
    return refuse(
      'time_twice',
      `"${text}" happens twice in ${zone}.`,
      `Write ${written(zone, at)} for the first, or ${written(zone, second)}.`,
    )
  const change = toInstant(zone, local)
  const meant = [change, change - 1].map(each => written(zone, local - (toLocal(zone, each) - each)))
  return refuse(
    'no_such_time',
    `"${text}" does not exist in ${zone}: the clocks skip it.`,
    `Write ${meant.join(' or ')}.`,
  )
}

/** `2027-03-28T01:30+01:00`: on the wall clock, and no other instant's. */
function written(zone: string, at: Instant): string {
  const local = toLocal(zone, at)
  const minutes = Math.round((local - at) / MINUTE_MS)
  const [hour, minute] = [Math.abs(minutes) / 60, Math.abs(minutes) % 60].map(each =>
    String(Math.floor(each)).padStart(2, '0'),
  )
  return `${new Date(local).toISOString().slice(0, 16)}${minutes < 0 ? '-' : '+'}${hour}:${minute}`
}

/** Two instants from words that nothing divides: `tomorrow 18:00 fri 09:00`. The first division that has a meaning counts. */
export function parseStretch(
  words: readonly string[],
  zone: string,
  now: Instant,
): { readonly from: Instant; readonly to: Instant } | Refusal {
  const bare = words.filter(word => !['from', 'to', 'until', '-'].includes(word.toLowerCase()))
  let refusal: Refusal | undefined
  for (let at = 1; at < bare.length; at++) {
    const from = parseWhen(bare.slice(0, at).join(' '), zone, now)
    if (typeof from !== 'number') {
      if (from.code !== 'bad_time') refusal ??= from
      continue
    }
    const to = parseWhen(bare.slice(at).join(' '), zone, from, now)
    if (typeof to === 'number') return { from, to }
    if (to.code !== 'bad_time') refusal ??= to
  }
  return (
    refusal ??
    refuse('bad_stretch', `"${words.join(' ').slice(0, 80)}" is not a beginning and an end.`, EXAMPLES)
  )
}
