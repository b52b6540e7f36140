/**
 * What many incidents have in common: hours, weekdays, services, deployments before them. Each pattern that stands out comes with
 * the chance that it is none: an exact binomial test, made stricter by how many hours or services were looked at (Bonferroni).
 */
import type { Instant } from '../words.ts'
import type { Past } from './past.ts'

export type Patterns = {
  readonly count: number
  /** Weekday (0 Monday) × hour, on the team's clock. */
  readonly hours: readonly (readonly number[])[]
  readonly byHour: readonly number[]
  readonly byWeekday: readonly number[]
  readonly byService: Readonly<Record<string, number>>
  readonly byCause: Readonly<Record<string, number>>
  /** Index: whole hours after the last change before it, under 24; and those with none. */
  readonly afterChange: readonly number[]
  readonly withoutChange: number
  /** Pairs of services with incidents within half an hour of each other. */
  readonly together: Readonly<Record<string, number>>
}

const HOUR_MS = 60 * 60_000
const TOGETHER_MS = 30 * 60_000

/** `localOf`: an instant as the epoch ms that the team's clock would show in UTC. */
export function patternsOf(all: readonly Past[], localOf: (at: Instant) => number): Patterns {
  const hours = Array.from({ length: 7 }, () => new Array<number>(24).fill(0))
  const afterChange = new Array<number>(24).fill(0)
  const byService: Record<string, number> = {}
  const byCause: Record<string, number> = {}
  let withoutChange = 0
  for (const { declaredAt, service, cause, lastChangeAt } of all) {
    const local = new Date(localOf(declaredAt))
    const row = hours[(local.getUTCDay() + 6) % 7]
    if (row) row[local.getUTCHours()] = (row[local.getUTCHours()] ?? 0) + 1
    if (service !== null) byService[service] = (byService[service] ?? 0) + 1
    if (cause !== null) byCause[cause] = (byCause[cause] ?? 0) + 1
    const after = lastChangeAt === null ? 24 : Math.floor((declaredAt - lastChangeAt) / HOUR_MS)
    if (after < 24) afterChange[after] = (afterChange[after] ?? 0) + 1
    else withoutChange++
  }
  return {
    count: all.length,
    hours,
    byHour: Array.from({ length: 24 }, (_, hour) => sum(hours.map(row => row[hour] ?? 0))),
    byWeekday: hours.map(row => sum(row)),
    byService,
    byCause,
    afterChange,
    withoutChange,
    together: togetherOf(all),
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function togetherOf(all: readonly Past[]): Readonly<Record<string, number>> {
  const sorted = all.filter(past => past.service !== null).sort((a, b) => a.declaredAt - b.declaredAt)
  const found: Record<string, number> = {}
  let first = 0
  sorted.forEach((past, index) => {
    while ((sorted[first]?.declaredAt ?? 0) < past.declaredAt - TOGETHER_MS) first++
    for (const other of sorted.slice(first, index)) {
      if (other.service === past.service) continue
      const pair = [other.service ?? '', past.service ?? ''].sort((a, b) => (a < b ? -1 : 1)).join(' and ')
      found[pair] = (found[pair] ?? 0) + 1
    }
  })
  return found
}

export type Improvement = {
  readonly about: 'hour' | 'service' | 'deployments'
  readonly say: string
  /** The chance of so many if nothing were behind it, after correction. */
  readonly chance: number
  readonly test: string
  readonly recommend: string
}

/** Fewer say nothing. */
const ENOUGH = 10
const HOUR_SHARE = 0.2
const SERVICE_SHARE = 0.3

/** `services`: how many there are, named or not. */
export function improvements(patterns: Patterns, services: number): readonly Improvement[] {
  const { count, byHour, byService, afterChange } = patterns
  if (count < ENOUGH) return []
  const percent = (part: number) => `${Math.round((100 * part) / count)} %`
  const peak = byHour.indexOf(Math.max(...byHour))
  const inPeak = byHour[peak] ?? 0
  const clock = (hour: number) => `${String(hour % 24).padStart(2, '0')}:00`
  const hour: readonly Improvement[] =
    inPeak / count > HOUR_SHARE
      ? [
          {
            about: 'hour',
            say: `${percent(inPeak)} of ${count} incidents began between ${clock(peak)} and ${clock(peak + 1)}`,
            chance: corrected(tail(count, inPeak, 1 / 24), 24),
            test: 'exact binomial test, corrected for 24 hours',
            recommend: 'look at what runs at that hour: jobs, deployments, traffic',
          },
        ]
      : []
  const many = Math.max(services, Object.keys(byService).length, 1)
  const named = Object.entries(byService)
    .filter(([, own]) => many > 1 && own / count > SERVICE_SHARE)
    .map(
      ([service, own]): Improvement => ({
        about: 'service',
        say: `${percent(own)} of ${count} incidents were ${service}'s`,
        chance: corrected(tail(count, own, 1 / many), many),
        test: `exact binomial test against ${many} services alike, corrected for as many`,
        recommend: `give ${service} its next action items first`,
      }),
    )
  const soon = (afterChange[0] ?? 0) + (afterChange[1] ?? 0)
  const deployments: readonly Improvement[] =
    soon / count > SERVICE_SHARE
      ? [
          {
            about: 'deployments',
            say: `${percent(soon)} of ${count} incidents began within two hours of a change`,
            chance: tail(count, soon, 2 / 24),
            test: 'exact binomial test against two hours of a day',
            recommend: 'roll out in steps, and watch each before the next',
          },
        ]
      : []
  return [...hour, ...named, ...deployments]
}

const corrected = (chance: number, looks: number): number => Math.min(1, chance * looks)

/** P(X >= k) for X binomial(n, p), summed from the logarithms of its terms. */
export function tail(n: number, k: number, p: number): number {
  if (k <= 0) return 1
  let term = 0
  for (let i = 0; i < k; i++) term += Math.log((n - i) / (i + 1))
  term += k * Math.log(p) + (n - k) * Math.log1p(-p)
  let total = 0
  for (let i = k; i <= n; i++) {
    total += Math.exp(term)
    term += Math.log((n - i) / (i + 1)) + Math.log(p) - Math.log1p(-p)
  }
  return Math.min(1, total)
}
