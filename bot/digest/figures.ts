/** Weeks in figures: how many, how fast, who was woken. Medians with their quartiles, since one long night says little of the rest. */
import type { Instant, PersonId, Severity } from '../words.ts'
import type { Past } from './past.ts'

export type Spread = {
  readonly count: number
  readonly median: number
  readonly low: number
  readonly high: number
}
export type WeekFigures = {
  readonly count: number
  readonly bySeverity: Readonly<Partial<Record<Severity, number>>>
  /** Declared to acknowledged, ms; null where none was. */
  readonly acknowledge: Spread | null
  readonly resolve: Spread | null
  readonly notAcknowledged: number
  readonly pages: Readonly<Record<PersonId, { readonly all: number; readonly night: number }>>
}

/** Night: from 22:00 to 07:00 where the person is. */
export const isNight = (localHour: number): boolean => localHour >= 22 || localHour < 7

export function weekFigures(
  all: readonly Past[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
  hourOf: (person: PersonId, at: Instant) => number,
): WeekFigures {
  const own = all.filter(({ declaredAt }) => declaredAt >= from && declaredAt < to)
  const pages: Record<PersonId, { all: number; night: number }> = {}
  for (const { person, at } of all.flatMap(each => each.pages)) {
    if (at < from || at >= to) continue
    const count = pages[person] ?? { all: 0, night: 0 }
    pages[person] = { all: count.all + 1, night: count.night + (isNight(hourOf(person, at)) ? 1 : 0) }
  }
  const lasting = (end: (past: Past) => Instant | null) =>
    own.flatMap(past => {
      const at = end(past)
      return at === null ? [] : [at - past.declaredAt]
    })
  return {
    count: own.length,
    bySeverity: Object.fromEntries(
      [...Map.groupBy(own, past => past.severity)].map(([severity, list]) => [severity, list.length]),
    ),
    acknowledge: spread(lasting(past => past.ackedAt)),
    resolve: spread(lasting(past => past.resolvedAt)),
    notAcknowledged: own.filter(past => past.ackedAt === null).length,
    pages,
  }
}

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
