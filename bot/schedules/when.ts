/**
 * Instants as people type them, on the wall clock of their own zone: `now`, `3h`, `18:00`, `tomorrow 09:00`, `fri 18:00`,
 * `2026-12-24`, `2026-12-24 18:00`, or with a zone of its own, `2026-12-24T18:00Z`. A time that the clocks skip or show
 * twice is asked back with what it could mean (I20).
 */
import { type Refusal, refuse } from '../refusal.ts'
import type { Instant } from '../words.ts'
import { parseDuration } from './duration.ts'
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

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const EXAMPLES = 'Write now, 3h, 18:00, tomorrow 09:00, fri 18:00 or 2026-12-24 18:00.'

/** `after` is what a duration, a bare time and a weekday count from: now, or the beginning of the stretch. */
export function parseWhen(text: string, zone: string, after: Instant): Instant | Refusal {
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
  const local = localOf(said, toLocal(zone, after))
  return local === undefined ? notATime(text) : instantOf(text, zone, local)
}

const notATime = (text: string): Refusal =>
  refuse('bad_time', `"${text.slice(0, 60)}" is not a time that Tocsin understands.`, EXAMPLES)

/** A day, a time, or both; a bare time and a weekday are the next ones. */
function localOf(said: string, after: Local): Local | undefined {
  const [, day, time] =
    /^(?:(\d{4}-\d\d-\d\d|today|tomorrow|[a-z]{3,9}))?(?:(?:^|[ t]+)(\d{1,2}:\d\d))?$/.exec(said) ?? []
  if (day === undefined && time === undefined) return undefined
  const minutes = time === undefined ? 0 : minutesOf(time)
  if (minutes === undefined) return undefined
  const today = startOfDay(after)
  if (day === undefined) return next(today + minutes * MINUTE_MS, after, DAY_MS)
  if (day === 'today') return today + minutes * MINUTE_MS
  if (day === 'tomorrow') return today + DAY_MS + minutes * MINUTE_MS
  const weekday = DAYS.findIndex(name => day.startsWith(name)) + 1
  if (weekday > 0) {
    const ahead = (weekday - weekdayOf(today) + 7) % 7
    return next(today + ahead * DAY_MS + minutes * MINUTE_MS, after, 7 * DAY_MS)
  }
  const date = localDate(day)
  return Number.isNaN(date) || dateOf(date) !== day ? undefined : date + minutes * MINUTE_MS
}

const next = (local: Local, after: Local, stepMs: number): Local => (local > after ? local : local + stepMs)

function minutesOf(time: string): number | undefined {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined
}

function instantOf(text: string, zone: string, local: Local): Instant | Refusal {
  const meant = instantsOf(zone, local)
  if (meant.length === 1 && meant[0] !== undefined) return meant[0]
  const iso = (at: Instant) => new Date(at).toISOString().replace('.000', '')
  return meant.length === 0
    ? refuse(
        'no_such_time',
        `"${text}" does not exist in ${zone}: the clocks skip it.`,
        `The first instant after is ${iso(toInstant(zone, local))}.`,
      )
    : refuse('time_twice', `"${text}" happens twice in ${zone}.`, `Write ${meant.map(iso).join(' or ')}.`)
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
    const to = parseWhen(bare.slice(at).join(' '), zone, from)
    if (typeof to === 'number') return { from, to }
    if (to.code !== 'bad_time') refusal ??= to
  }
  return (
    refusal ??
    refuse('bad_stretch', `"${words.join(' ').slice(0, 80)}" is not a beginning and an end.`, EXAMPLES)
  )
}
