/** Stretches of time in figures: how many, how fast, who was woken. Medians with their quartiles, since one long night says little of the rest. */
import type { Instant, PersonId, Severity } from '../words.ts'
import type { Noise, Past } from './past.ts'
import type { Range } from './patterns.ts'

export type Spread = {
  readonly count: number
  readonly median: number
  readonly low: number
  readonly high: number
}
export type Speeds = {
  /** Declared to acknowledged and to resolved, ms; null where none was. */
  readonly acknowledge: Spread | null
  readonly resolve: Spread | null
}
export type PageCount = { readonly all: number; readonly night: number }
export type WeekFigures = Speeds & {
  readonly count: number
  readonly bySeverity: Readonly<Partial<Record<Severity, number>>>
  readonly notAcknowledged: number
  readonly pages: Readonly<Record<PersonId, PageCount>>
}

/** Night: from 22:00 to 07:00 where the person is. */
export const isNight = (localHour: number): boolean => localHour >= 22 || localHour < 7

export const within =
  ({ from, to }: Range) =>
  (at: Instant): boolean =>
    at >= from && at < to

export function weekFigures(
  all: readonly Past[],
  { pages }: Pick<Noise, 'pages'>,
  range: Range,
  hourOf: (person: PersonId, at: Instant) => number,
): WeekFigures {
  const isWithin = within(range)
  const own = all.filter(({ declaredAt }) => isWithin(declaredAt))
  const counts: Record<PersonId, PageCount> = {}
  for (const { person, at } of pages) {
    if (!isWithin(at)) continue
    const { all: before, night } = counts[person] ?? { all: 0, night: 0 }
    counts[person] = { all: before + 1, night: night + (isNight(hourOf(person, at)) ? 1 : 0) }
  }
  return {
    count: own.length,
    bySeverity: bySeverity(own),
    ...speedsOf(own),
    notAcknowledged: own.filter(past => past.ackedAt === null).length,
    pages: counts,
  }
}

export const bySeverity = (all: readonly Past[]): Readonly<Partial<Record<Severity, number>>> =>
  Object.fromEntries(
    [...Map.groupBy(all, past => past.severity)].map(([severity, list]) => [severity, list.length]),
  )

export function speedsOf(all: readonly Past[]): Speeds {
  const lasting = (end: (past: Past) => Instant | null) =>
    all.flatMap(past => {
      const at = end(past)
      return at === null ? [] : [at - past.declaredAt]
    })
  return {
    acknowledge: spread(lasting(past => past.ackedAt)),
    resolve: spread(lasting(past => past.resolvedAt)),
  }
}

export type Loud = { readonly title: string; readonly count: number }

/** The alerts that fired most often, each more than once; at most three. */
export const noisiest = ({ firings }: Pick<Noise, 'firings'>, range: Range): readonly Loud[] =>
  [
    ...Map.groupBy(
      firings.filter(({ at }) => within(range)(at)),
      ({ title }) => title,
    ),
  ]
    .map(([title, list]) => ({ title, count: list.length }))
    .filter(({ count }) => count > 1)
    .sort((a, b) => b.count - a.count || (a.title < b.title ? -1 : 1))
    .slice(0, 3)

/** Median and quartiles, between neighbours in proportion (R's type 7). */
export function spread(values: readonly number[]): Spread | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => {
    const place = share * (sorted.length - 1)
    const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
    return low + (high - low) * (place - Math.floor(place))
  }
  return { count: values.length, median: at(0.5), low: at(0.25), high: at(0.75) }
}
