/**
 * What is usual for a series from the hour before: between the level of its last half and its trend carried on, so that neither
 * a slow drift nor one that stops is an alarm; and how far its points lie from that, with which a departure is measured.
 */
import type { Instant } from '../words.ts'
import { median, quantile, slopeOf } from './robust.ts'

export type Point = readonly [at: Instant, value: number]

/** What is usual at an instant. */
export type Band = readonly [low: number, high: number]

export type Usual = {
  /** Null where it cannot say. */
  readonly bandAt: (at: Instant) => Band | null
  /** A robust standard deviation upwards, and downwards: latencies go further up than down. */
  readonly up: number
  readonly down: number
}

/** Makes a median absolute deviation what the standard deviation would be, were the points normally distributed. */
const NORMAL = 1.4826
/** The same for the distance that nine in ten points keep on one side. */
const NORMAL_90 = 1.2816
/** The level is that of the hour's last half: of less, a departure that began just before the stretch would make most. */
const RECENT_MS = 30 * 60_000
/** A trend is taken from the medians of so many parts of the hour: its noise is gone, and its cost is bounded. */
const PARTS = 12

/** `hour`: at least one point, in order of time. */
export function usualOf(hour: readonly Point[]): Usual {
  const level = median(recent(hour))
  const start = hour[0]?.[0] ?? 0
  const parts = partsOf(hour)
  const slope = slopeOf(
    parts.map(([at]) => at - start),
    parts.map(([, value]) => value),
  )
  const base = median(hour.map(([at, value]) => value - slope * (at - start)))
  const trendAt = (at: Instant) => base + slope * (at - start)
  return {
    bandAt: at => [Math.min(level, trendAt(at)), Math.max(level, trendAt(at))],
    ...spreadOf(
      hour,
      hour.map(([at, value]) => value - trendAt(at)),
    ),
  }
}

/** What the last half of the hour had. */
export function recent(hour: readonly Point[]): readonly number[] {
  const last = hour.at(-1)?.[0] ?? 0
  return hour.filter(([at]) => at > last - RECENT_MS).map(([, value]) => value)
}

/** `rest`: what is left of the hour's points without what is expected of them. */
export function spreadOf(hour: readonly Point[], rest: readonly number[]): Pick<Usual, 'up' | 'down'> {
  const spread = Math.max(NORMAL * median(rest.map(Math.abs)), quantumOf(hour) / 2)
  return {
    up: Math.max(spread, quantile(rest, 0.9) / NORMAL_90),
    down: Math.max(spread, -quantile(rest, 0.1) / NORMAL_90),
  }
}

function partsOf(points: readonly Point[]): Point[] {
  const size = Math.max(1, Math.ceil(points.length / PARTS))
  return Array.from({ length: Math.ceil(points.length / size) }, (_, part) => {
    const own = points.slice(part * size, (part + 1) * size)
    return [median(own.map(([at]) => at)), median(own.map(([, value]) => value))] as const
  })
}

/** The least that it ever was away from its median: counts come in steps, and one step is little. 0 when it never was. */
function quantumOf(points: readonly Point[]): number {
  const values = points.map(([, value]) => value)
  const middle = median(values)
  const away = values.map(value => Math.abs(value - middle)).filter(by => by > 0)
  return away.length === 0 ? 0 : Math.min(...away)
}
