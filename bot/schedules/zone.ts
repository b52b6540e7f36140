/**
 * Wall clocks. A local time is written as the epoch ms that it would be in UTC, so that adding hours, days and weeks to
 * it is adding to a number. Everything rests on one sentence: a local time happens when the clock on the wall first shows
 * it, or first shows more. So a time that does not exist is the first instant after the gap, and one that exists twice is
 * the first of the two (I20).
 *
 * Offsets come from luxon and are kept six weeks at a time, so that an answer costs well under a microsecond wherever it lies.
 */
import { IANAZone } from 'luxon'
import { assert } from '../refusal.ts'
import type { Instant } from '../words.ts'
import type { Weekday } from './types.ts'

export type Local = number

export const MINUTE_MS = 60_000
export const DAY_MS = 24 * 60 * MINUTE_MS

/** What the wall clock shows at an instant. */
export function toLocal(zone: string, at: Instant): Local {
  return at + present(spansNear(zone, at).findLast(span => span.fromAt <= at)).offsetMs
}

/** The furthest that the wall clock has come by `at`: `toInstant(local) <= at` exactly when `local <= reached(at)`. */
export function reached(zone: string, at: Instant): Local {
  let furthest = Number.NEGATIVE_INFINITY
  for (const { fromAt, toAt, offsetMs } of spansNear(zone, at)) {
    if (fromAt <= at) furthest = Math.max(furthest, Math.min(at, toAt - 1) + offsetMs)
  }
  return furthest
}

/** The first instant at which the wall clock shows `local` or more. For beginnings. */
export function toInstant(zone: string, local: Local): Instant {
  const span = present(spansNear(zone, local).find(({ toAt, offsetMs }) => local - offsetMs < toAt))
  return Math.max(local - span.offsetMs, span.fromAt)
}

/** The first instant from which the wall clock never shows less than `local` again. For ends. */
export function toLastInstant(zone: string, local: Local): Instant {
  const span = present(spansNear(zone, local).findLast(({ fromAt, offsetMs }) => fromAt + offsetMs < local))
  return Math.min(local - span.offsetMs, span.toAt)
}

/** Every instant at which the wall clock shows `local`: one, two, or none when the clock skips it. */
export const instantsOf = (zone: string, local: Local): readonly Instant[] =>
  spansNear(zone, local)
    .map(({ fromAt, toAt, offsetMs }) => ({ fromAt, toAt, at: local - offsetMs }))
    .filter(({ fromAt, toAt, at }) => fromAt <= at && at < toAt)
    .map(({ at }) => at)

/** `YYYY-MM-DD` at 00:00 as a local time. */
export const localDate = (date: string): Local => Date.parse(`${date}T00:00:00Z`)
/** The local day's date. */
export const dateOf = (local: Local): string => new Date(local).toISOString().slice(0, 10)
/** 1 January 1970 was a Thursday. */
export const weekdayOf = (local: Local): Weekday =>
  (((((Math.floor(local / DAY_MS) + 3) % 7) + 7) % 7) + 1) as Weekday
export const startOfDay = (local: Local): Local => Math.floor(local / DAY_MS) * DAY_MS

/** A stretch of time with one offset, half-open. */
type Span = { readonly fromAt: Instant; readonly toAt: Instant; readonly offsetMs: number }

/** With its margins it is halved three times before its offsets are trusted: nine of them are asked for. */
const BLOCK_MS = 44 * DAY_MS
/** No local time is further than this from its instant, clock changes of a whole day (Samoa) included. */
const MARGIN_MS = 2 * DAY_MS
/** Two equal offsets this near have no other between them: since 1975 none was kept for less than a week (Recife, 2000). */
const TRUSTED_MS = 6 * DAY_MS
/** A century a zone; only a strange question comes near. */
const MAX_BLOCKS = 1000

type Zone = { readonly luxon: IANAZone; readonly blocks: Map<number, readonly Span[]> }

/** A cache of what never changes while the process lives; nothing can tell that it is there. */
const zones = new Map<string, Zone>()

function zoneNamed(name: string): Zone {
  const known = zones.get(name)
  if (known) return known
  const luxon = IANAZone.create(name)
  assert(luxon.isValid, `${name} is not a time zone`)
  const zone = { luxon, blocks: new Map<number, readonly Span[]>() }
  zones.set(name, zone)
  return zone
}

/** The spans around `near`, an instant or a local time; the first has no beginning, the last no end. */
function spansNear(name: string, near: number): readonly Span[] {
  const { luxon, blocks } = zoneNamed(name)
  const block = Math.floor(near / BLOCK_MS)
  const known = blocks.get(block)
  if (known) return known
  if (blocks.size >= MAX_BLOCKS) blocks.clear()
  const spans = spansOf(luxon, block * BLOCK_MS - MARGIN_MS, (block + 1) * BLOCK_MS + MARGIN_MS)
  blocks.set(block, spans)
  return spans
}

function spansOf(zone: IANAZone, fromAt: Instant, toAt: Instant): readonly Span[] {
  const first = { at: fromAt, offsetMs: offsetMs(zone, fromAt) }
  const last = { at: toAt, offsetMs: offsetMs(zone, toAt) }
  const starts = [{ ...first, at: Number.NEGATIVE_INFINITY }, ...changes(zone, first, last)]
  return starts.map((start, index) => ({
    fromAt: start.at,
    toAt: starts[index + 1]?.at ?? Number.POSITIVE_INFINITY,
    offsetMs: start.offsetMs,
  }))
}

/** An instant, and the offset from then on. */
type Change = { readonly at: Instant; readonly offsetMs: number }

const offsetMs = (zone: IANAZone, at: Instant): number => Math.round(zone.offset(at) * MINUTE_MS)

/** The first instants of each new offset in (from, to], by halving. */
function changes(zone: IANAZone, from: Change, to: Change): readonly Change[] {
  if (to.at - from.at <= TRUSTED_MS && from.offsetMs === to.offsetMs) return []
  if (to.at - from.at <= 1) return [to]
  const at = Math.floor((from.at + to.at) / 2)
  const middle = { at, offsetMs: offsetMs(zone, at) }
  return [...changes(zone, from, middle), ...changes(zone, middle, to)]
}

/** The first span has no beginning and the last no end, so that there always is one. */
function present(span: Span | undefined): Span {
  assert(span, 'the spans of a zone have a hole')
  return span
}
