/**
 * Where a metric left what is usual for it, and stayed out: how far, in which direction, since when. Out is five robust standard
 * deviations away, in three of any five points in a row: one spike is no incident. docs/memory.md has how often that is wrong.
 */
import type { Instant } from '../words.ts'
import { median, runningMedian } from './robust.ts'
import { DAYS, HOURS, placeOf, seasonOf } from './season.ts'
import type { Finding, Series } from './types.ts'
import { type Point, type Usual, usualOf } from './usual.ts'

export type Anomaly = Extract<Finding, { readonly kind: 'anomaly' }>
/** What was asked about; points before it say what is usual. */
export type Stretch = { readonly from: Instant; readonly to: Instant }

/** Robust standard deviations. With four, one in eight calm series of noise that remembers is out; with six, shifts of six are missed. */
export const OUT = 5
/** It is back when it came back half of the way: around the limit it would come and go. */
const BACK = OUT / 2
/** Of any five points in a row; fewer are a spike. */
const RUN = 3
/** No departure is told as further out: there is nothing to say beyond. */
const FURTHEST = 100
/** Fewer points say nothing about what is usual. */
const ENOUGH = 8
/** An hour with fewer points is made longer, until it has as many. */
const WANTED = 20
const HOUR_MS = 60 * 60_000
/** A departure of a smaller share of the usual value is rounding. */
const SHARE = 1e-4

/**
 * Whether a series left what is usual for it within the stretch. `points`: in any order, with gaps, those of one instant counted
 * once, what is no finite number left out. Several departures: the furthest.
 */
export function anomalyOf(series: Series, stretch: Stretch): Judged {
  const all = orderly(series.points, stretch.to)
  const parts = partsOf(all, stretch)
  if (!parts) return 'unknown'
  const { inside } = parts
  const test = testOf(all, parts)
  const judged = outOf(test, inside)
  const scores = runningMedian(judged.map(({ out }) => out))
  const run = furthest(runsOf(scores), scores)
  if (!run) return 'usual'
  const up = (scores[run.first] ?? 0) > 0
  const values = inside.slice(run.first, run.end).map(([, value]) => value)
  return {
    kind: 'anomaly',
    source: series.source,
    service: series.service,
    name: series.name,
    at: inside[run.first]?.[0] ?? stretch.from,
    until: inside[run.end]?.[0] ?? null,
    direction: up ? 'up' : 'down',
    usual: median(judged.slice(run.first, run.end).map(({ expected }) => expected)),
    peak: up ? Math.max(...values) : Math.min(...values),
    score: Math.min(FURTHEST, heightOf(run, scores)),
    test: test.name,
    link: series.link,
  }
}

/** `unknown`: too few points to say. */
export type Judged = Anomaly | 'usual' | 'unknown'

function orderly(points: readonly Point[], to: Instant): readonly Point[] {
  const known = points.filter(([at, value]) => Number.isFinite(value) && at <= to)
  if (known.every(([at], index) => index === 0 || at > (known[index - 1]?.[0] ?? 0))) return known
  const each = Map.groupBy(known, ([at]) => at)
  return [...each]
    .map(([at, same]): Point => [at, median(same.map(([, value]) => value))])
    .sort(([a], [b]) => a - b)
}

type Parts = {
  readonly hour: readonly Point[]
  /** Which that is, in words. */
  readonly when: string
  readonly inside: readonly Point[]
}

/** The hour before, and the stretch. A series that does not reach back is compared with the first half of the stretch. */
function partsOf(all: readonly Point[], { from, to }: Stretch): Parts | null {
  const cut = [from, (from + to) / 2].find(start => placeOf(all, start) >= ENOUGH)
  if (cut === undefined) return null
  const before = all.slice(0, placeOf(all, cut))
  const inside = all.slice(before.length)
  if (inside.length < RUN) return null
  const since = before.slice(placeOf(before, cut - HOUR_MS))
  const hour = since.length >= WANTED ? since : before.slice(-WANTED)
  const usually = hour === since ? 'the hour before' : `the ${hour.length} points before`
  return { inside, hour, when: cut === from ? usually : 'the first half of the stretch' }
}

type Test = Usual & { readonly name: string }

/** What the same time of earlier days had says more than the hours before, and they more than the hour alone. */
function testOf(all: readonly Point[], { hour, when }: Parts): Test {
  const season = seasonOf(all, hour, DAYS) ?? seasonOf(all, hour, HOURS)
  return season
    ? { ...season, name: `median and MAD of ${when}, against ${season.name}` }
    : { ...usualOf(hour), name: `median and MAD of ${when}, trend removed` }
}

type Out = {
  /** How far out of what is usual, in robust standard deviations: above it positive, below it negative, 0 within. */
  readonly out: number
  readonly expected: number
}

/** What the test says of each point; where it cannot say, it is usual. */
function outOf({ bandAt, up, down }: Test, inside: readonly Point[]): readonly Out[] {
  const apart = inside.map(([at, value]) => {
    const [low, high] = bandAt(at) ?? [value, value]
    const expected = Math.min(Math.max(value, low), high)
    const by = value - expected
    return { expected, by: Math.abs(by) > SHARE * Math.abs(expected) ? by : 0 }
  })
  // Without any spread there is no yardstick: the least that it then was out counts as just out.
  const least = Math.min(...apart.map(({ by }) => Math.abs(by)).filter(by => by > 0)) / OUT
  return apart.map(({ expected, by }) => ({ expected, out: by / ((by > 0 ? up : down) || least) }))
}

type Run = { readonly first: number; readonly end: number }

function runsOf(scores: readonly number[]): readonly Run[] {
  const runs: Run[] = []
  for (let first = 0; first < scores.length; first++) {
    const side = Math.sign(scores[first] ?? 0)
    if (Math.abs(scores[first] ?? 0) < OUT) continue
    let end = first
    while (end < scores.length && (scores[end] ?? 0) * side >= BACK) end++
    const out = scores.slice(first, end).filter(each => each * side >= OUT)
    if (out.length >= RUN) runs.push({ first, end })
    first = end - 1
  }
  return runs
}

const heightOf = ({ first, end }: Run, scores: readonly number[]): number =>
  Math.max(...scores.slice(first, end).map(Math.abs))

/** The earlier of two that went as far. */
const furthest = (runs: readonly Run[], scores: readonly number[]): Run | undefined =>
  runs.toSorted((a, b) => heightOf(b, scores) - heightOf(a, scores) || a.first - b.first)[0]
