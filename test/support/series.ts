/** Seeded series of many kinds, calm and with a departure of a known size and start: what the tests of metrics are measured on. */
import type { Series } from '../../bot/evidence/types.ts'
import { type Chance, chance } from '../simulation/chance.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
export const ONSET = Date.parse('2026-11-24T14:07:00Z')
export const STRETCH = { from: ONSET - 30 * MINUTE, to: ONSET + 5 * MINUTE }

/** One value after the other, and how large its noise is. */
type Kind = {
  readonly noise: number
  readonly historyMs: number
  readonly stepsMs: readonly number[]
  readonly start: (luck: Chance) => (at: number, stepMs: number) => number
}

export const normal = (luck: Chance): number =>
  Math.sqrt(-2 * Math.log(1 - luck.next())) * Math.cos(2 * Math.PI * luck.next())

const student = (luck: Chance): number => {
  const [a, b, c] = [normal(luck), normal(luck), normal(luck)]
  return normal(luck) / Math.sqrt((a * a + b * b + c * c) / 3)
}

function poisson(luck: Chance, mean: number): number {
  const least = Math.exp(-mean)
  let count = 0
  for (let left = 1 - luck.next(); left > least; left *= 1 - luck.next()) count++
  return count
}

const HOUR = { historyMs: 90 * MINUTE, stepsMs: [15_000, 30_000, 60_000] }
const HOURS = { ...HOUR, historyMs: 300 * MINUTE }
const DAYS = { historyMs: 3 * DAY, stepsMs: [60_000, 120_000] }

const followed = (share: number) => (luck: Chance) => {
  let value = normal(luck)
  return () => {
    value = share * value + Math.sqrt(1 - share * share) * normal(luck)
    return 100 + value
  }
}
const daily = (depth: number) => (luck: Chance) => {
  const phase = luck.next() * DAY
  return (at: number) => 100 + depth * Math.sin((2 * Math.PI * (at + phase)) / DAY) + normal(luck)
}

const walk = (luck: Chance) => {
  let value = 100
  return () => {
    value += normal(luck) / 2
    return value
  }
}
const trend = (luck: Chance) => {
  const slope = (luck.next() - 0.5) * 40
  return (at: number) => 100 + (slope * (at - ONSET)) / (60 * MINUTE) + normal(luck)
}
const hourly = (luck: Chance) => {
  const begins = luck.next() * 60 * MINUTE
  return (at: number) => 100 + normal(luck) + ((at + begins) % (60 * MINUTE) < 6 * MINUTE ? 20 : 0)
}

export const KINDS: Readonly<Record<string, Kind>> = {
  'flat, normal noise': { ...HOUR, noise: 1, start: luck => () => 100 + normal(luck) },
  'heavy tails (Student, 3 degrees)': { ...HOUR, noise: 1, start: luck => () => 100 + student(luck) },
  'skewed (log-normal), as latencies are': {
    ...HOUR,
    noise: 3,
    start: luck => () => 5 * Math.exp(0.5 * normal(luck)),
  },
  'noise that remembers (AR 0.8)': { ...HOUR, noise: 1, start: followed(0.8) },
  'noise that remembers long (AR 0.95)': { ...HOUR, noise: 1, start: followed(0.95) },
  'wanders (random walk)': { ...HOUR, noise: 3, start: walk },
  'rare counts (Poisson, 0.1 a point)': { ...HOUR, noise: 1, start: luck => () => poisson(luck, 0.1) },
  'counts (Poisson, 3 a point)': { ...HOUR, noise: Math.sqrt(3), start: luck => () => poisson(luck, 3) },
  'a rate over five minutes of rare errors': {
    ...HOUR,
    noise: 1,
    start: luck => {
      const last: number[] = []
      return (_, stepMs) => {
        last.push(poisson(luck, (0.05 * stepMs) / MINUTE))
        if (last.length > (5 * MINUTE) / stepMs) last.shift()
        return last.reduce((sum, each) => sum + each, 0) * (1 + 0.01 * normal(luck))
      }
    },
  },
  'slow trend': { ...HOUR, noise: 1, start: trend },
  'daily season of a third, an hour and a half known': { ...HOUR, noise: 1, start: daily(30) },
  'daily season from nothing to double, an hour and a half known': { ...HOUR, noise: 1, start: daily(100) },
  'daily season from nothing to double, three days known': { ...DAYS, noise: 1, start: daily(100) },
  'days that differ by a fifth, three days known': {
    ...DAYS,
    noise: 1,
    start: luck => {
      const phase = luck.next() * DAY
      const depths = Array.from({ length: 5 }, () => 80 + 40 * luck.next())
      const dayOf = (at: number) => Math.floor((at + phase) / DAY)
      return at =>
        200 +
        (depths[dayOf(at) - dayOf(ONSET) + 4] ?? 100) * Math.sin((2 * Math.PI * (at + phase)) / DAY) +
        normal(luck)
    },
  },
  'slow trend, five hours known': { ...HOURS, noise: 1, start: trend },
  'wanders (random walk), five hours known': { ...HOURS, noise: 3, start: walk },
  'daily season of a third, five hours known': { ...HOURS, noise: 1, start: daily(30) },
  'daily season from nothing to double, five hours known': { ...HOURS, noise: 1, start: daily(100) },
  'a job every hour, five hours known': { ...HOURS, noise: 1, start: hourly },
  'a job every hour, three days known': { ...DAYS, noise: 1, start: hourly },
  'single spikes': {
    ...HOUR,
    noise: 1,
    start: luck => () => 100 + normal(luck) + (luck.happens(0.03) ? 30 * luck.next() : 0),
  },
  'always the same': { ...HOUR, noise: 1, start: () => () => 7 },
}

export type Departure = {
  readonly shape: 'step' | 'ramp' | 'five minutes'
  readonly size: number
  readonly at: number
}

const SHAPES: Readonly<Record<Departure['shape'], (sinceMs: number) => number>> = {
  step: since => (since >= 0 ? 1 : 0),
  ramp: since => Math.min(1, Math.max(0, since / (10 * MINUTE))),
  'five minutes': since => (since >= 0 && since < 5 * MINUTE ? 1 : 0),
}

/** One series of a kind; with a departure so many times its noise. One in ten points is missing, the others come a little late. */
export function seriesOf(kind: string, seed: number, departure?: Departure): Series {
  const { noise, historyMs, stepsMs, start } = KINDS[kind]!
  const luck = chance(seed)
  const stepMs = luck.pick(stepsMs)
  const next = start(luck)
  const points: [number, number][] = []
  for (let at = STRETCH.from - historyMs; at <= STRETCH.to; at += stepMs) {
    const value = next(at, stepMs)
    const more = departure ? departure.size * noise * SHAPES[departure.shape](at - departure.at) : 0
    if (!luck.happens(0.1)) points.push([at + luck.upTo(stepMs / 4), value + more])
  }
  return { source: 'prom', service: 'checkout', name: kind, points, link: null }
}
