/**
 * What a series did at the same time of the hours or days before, brought to its level of now: whatever one of those did is
 * usual. The morning's rise is no alarm, nor is the job of every hour.
 */
import type { Instant } from '../words.ts'
import { median } from './robust.ts'
import { type Band, type Point, recent, spreadOf, type Usual } from './usual.ts'

const HOUR_MS = 60 * 60_000
/** Of hours further back the day's season has moved on; of days, a week. */
export const HOURS = { periodMs: HOUR_MS, most: 3, name: 'the hours before at the same minute' }
export const DAYS = { periodMs: 24 * HOUR_MS, most: 7, name: 'the days before at the same time' }

type Season = typeof HOURS

/** What repeats is seen from the second time on. */
const TIMES = 2
/** How near to the same time is the same: five minutes of a day. */
const SAME = 1 / 288
/** With less of the hour known in earlier ones, nothing is compared. */
const KNOWN = 0.8

/** Null where the series does not reach far enough back. `hour`: the points of the hour before the stretch, of `all`. */
export function seasonOf(
  all: readonly Point[],
  hour: readonly Point[],
  { periodMs, most, name }: Season,
): (Usual & { readonly name: string }) | null {
  const since = hour[0]?.[0] ?? 0
  const stepMs = ((hour.at(-1)?.[0] ?? 0) - since) / Math.max(1, hour.length - 1)
  const nearMs = Math.max(1.5 * stepMs, periodMs * SAME)
  const count = Math.min(most, Math.floor((since - (all[0]?.[0] ?? 0)) / periodMs))
  const curves = Array.from({ length: count }, (_, index) =>
    curveOf(all, hour, (index + 1) * periodMs, nearMs),
  ).flatMap(curve => curve ?? [])
  if (curves.length < TIMES) return null
  const rest = hour.flatMap(([, value], place) => {
    const then = curves.flatMap(({ ofHour }) => ofHour[place] ?? [])
    return then.length === 0 ? [] : [value - median(then)]
  })
  const off = median(rest)
  return {
    name,
    bandAt: at => bandOf(curves.flatMap(({ valueAt }) => valueAt(at) ?? [])),
    ...spreadOf(
      hour,
      rest.map(value => value - off),
    ),
  }
}

const bandOf = (values: readonly number[]): Band | null =>
  values.length < TIMES ? null : [Math.min(...values), Math.max(...values)]

/** One earlier period, moved to now and to the level of now; null where nothing is known. */
type Curve = {
  readonly valueAt: (at: Instant) => number | null
  /** The same at each point of the hour. */
  readonly ofHour: readonly (number | null)[]
}

function curveOf(all: readonly Point[], hour: readonly Point[], agoMs: number, nearMs: number): Curve | null {
  const then = (at: Instant): number | null => {
    const near = between(all, at - agoMs - nearMs, at - agoMs + nearMs)
    return near.length === 0 ? null : median(near)
  }
  const was = hour.map(([at]) => then(at))
  const moved = hour.flatMap(([at, value], place): Point[] => {
    const before = was[place] ?? null
    return before === null ? [] : [[at, value - before]]
  })
  if (moved.length < hour.length * KNOWN) return null
  const off = median(recent(moved))
  const lifted = (value: number | null) => (value === null ? null : value + off)
  return { valueAt: at => lifted(then(at)), ofHour: was.map(lifted) }
}

function between(points: readonly Point[], from: number, to: number): number[] {
  const found: number[] = []
  for (let i = placeOf(points, from); i < points.length && (points[i]?.[0] ?? 0) <= to; i++)
    found.push(points[i]?.[1] ?? 0)
  return found
}

/** The place of the first point that is not before. */
export function placeOf(points: readonly Point[], at: number): number {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle]?.[0] ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low
}
