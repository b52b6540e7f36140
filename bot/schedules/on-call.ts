/**
 * Who is on call: the latest override that holds, else the topmost layer whose turn it is. A function of the schedule, the
 * overrides and the instant, and of nothing else (D13, I21).
 */
import type { Instant, PersonId } from '../words.ts'
import { holder, nextEdge } from './rotation.ts'
import type { Override, Schedule } from './types.ts'

export type OnCall = {
  readonly people: readonly PersonId[] /** In words: why they are. */
  readonly source: string
}
export type Shift = {
  readonly person: PersonId | null
  readonly from: Instant
  readonly to: Instant
  readonly source: string
}

/** Empty `people` when nobody is on call. */
export function onCall(schedule: Schedule, overrides: readonly Override[], at: Instant): OnCall {
  const planned = topmost(schedule, at)
  const override = overrides.findLast(
    each =>
      each.schedule === schedule.name &&
      each.from <= at &&
      at < each.to &&
      (each.replaces === undefined || each.replaces === planned),
  )
  if (override) return { people: [override.person], source: `override by ${override.by}` }
  return planned === undefined ? { people: [], source: 'nobody' } : { people: [planned], source: 'rotation' }
}

function topmost(schedule: Schedule, at: Instant): PersonId | undefined {
  for (const layer of schedule.layers.toReversed()) {
    const person = holder(schedule.timezone, layer, at)
    if (person !== undefined) return person
  }
  return undefined
}

/** The next instant after `at` at which the answer of `onCall` may change; undefined when it never does. */
export function nextPossible(
  schedule: Schedule,
  overrides: readonly Override[],
  at: Instant,
): Instant | undefined {
  const edges = [
    ...schedule.layers.map(layer => nextEdge(schedule.timezone, layer, at)),
    ...overrides.filter(each => each.schedule === schedule.name).flatMap(each => [each.from, each.to]),
  ].filter(edge => edge > at && Number.isFinite(edge))
  return edges.length > 0 ? Math.min(...edges) : undefined
}

/** More changes of turn than a year of hours. */
const MAX_EDGES = 10_000

/** When the people on call change next; undefined when they do not. */
export function nextChange(
  schedule: Schedule,
  overrides: readonly Override[],
  at: Instant,
): Instant | undefined {
  const now = onCall(schedule, overrides, at).people.join()
  let edge = nextPossible(schedule, overrides, at)
  for (let count = 0; edge !== undefined && count < MAX_EDGES; count++) {
    if (onCall(schedule, overrides, edge).people.join() !== now) return edge
    edge = nextPossible(schedule, overrides, edge)
  }
  return undefined
}

/** Half-open, contiguous shifts that cover the range exactly (I19); a gap has the person null. */
export function shifts(
  schedule: Schedule,
  overrides: readonly Override[],
  from: Instant,
  to: Instant,
): readonly Shift[] {
  const all: Shift[] = []
  for (
    let at: Instant | undefined = from;
    at !== undefined && at < to;
    at = nextPossible(schedule, overrides, at)
  ) {
    const { people, source } = onCall(schedule, overrides, at)
    const end = Math.min(nextPossible(schedule, overrides, at) ?? to, to)
    const shift = { person: people[0] ?? null, from: at, to: end, source }
    const last = all.at(-1)
    if (last && last.person === shift.person && last.source === shift.source)
      all[all.length - 1] = { ...last, to: end }
    else all.push(shift)
  }
  return all
}

/** When nobody is on call. */
export const gaps = (
  schedule: Schedule,
  overrides: readonly Override[],
  from: Instant,
  to: Instant,
): readonly { from: Instant; to: Instant }[] =>
  shifts(schedule, overrides, from, to)
    .filter(shift => shift.person === null)
    .map(shift => ({ from: shift.from, to: shift.to }))
