/**
 * What people said in chat, laid over what the rotations say. Overrides are applied in the order in which they were made,
 * each to what the ones before it left, so that passing a shift on twice works, and the later word counts. None reaches
 * back before it was made, and none is undone before it was cancelled: the past stays (I21).
 */
import type { Instant, PersonId } from '../words.ts'
import type { Override, Schedule } from './types.ts'

/** Somebody on call, and in words why. */
export type Duty = {
  readonly person: PersonId
  readonly source: string
  /** Beside whoever has the turn. */
  readonly extra?: true
}

/** The schedule's own overrides, oldest first, each as long as it holds. */
export const overridesOf = (schedule: Schedule, all: readonly Override[]): readonly Override[] =>
  all
    .filter(each => each.schedule === schedule.name)
    .map(each => ({
      ...each,
      from: Math.max(each.from, each.at),
      to: Math.min(each.to, each.cancelledAt ?? each.to),
    }))
    .filter(each => each.from < each.to)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))

/** `planned` after the overrides that hold at `at`. */
export const overridden = (
  planned: readonly Duty[],
  overrides: readonly Override[],
  at: Instant,
): readonly Duty[] => overrides.filter(each => each.from <= at && at < each.to).reduce(apply, planned)

function apply(duties: readonly Duty[], { kind, person, instead, by }: Override): readonly Duty[] {
  if (kind === 'extra') {
    const isThere = duties.some(each => each.person === person)
    return isThere ? duties : [...duties, { person, source: `extra by ${by}`, extra: true }]
  }
  const goes = (each: Duty) => (instead === undefined ? !each.extra : each.person === instead)
  const gone = duties.filter(goes)
  if (instead !== undefined && gone.length === 0) return duties
  const left = duties.filter(each => !goes(each))
  const extra = gone.length > 0 && gone.every(each => each.extra)
  if (extra && left.some(each => each.person === person)) return left
  const others = left.filter(each => each.person !== person)
  const duty = { person, source: `override by ${by}` }
  return extra ? [...others, { ...duty, extra }] : [duty, ...others]
}

/** The next instant after `at` at which an override begins or ends; Infinity when none does. */
export function nextOverrideEdge(overrides: readonly Override[], at: Instant): Instant {
  let next = Number.POSITIVE_INFINITY
  for (const { from, to } of overrides) {
    if (from > at && from < next) next = from
    if (to > at && to < next) next = to
  }
  return next
}
