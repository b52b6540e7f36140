/** One person on call for several schedules at once: as primary and secondary they would be nobody's backup. */
import type { Instant, PersonId } from '../words.ts'
import { shifts } from './on-call.ts'
import { type Turn, turnsOf } from './turns.ts'
import type { Override, Schedule } from './types.ts'

/** Half-open. */
export type DoubleBooking = {
  readonly person: PersonId
  /** The schedules' names, two or more, sorted. */
  readonly schedules: readonly string[]
  readonly from: Instant
  readonly to: Instant
}

/** Every stretch in the range in which somebody has two schedules or more, by person and then by time. */
export function doubleBookings(
  schedules: readonly Schedule[],
  overrides: readonly Override[],
  from: Instant,
  to: Instant,
): readonly DoubleBooking[] {
  const turns = schedules.flatMap(schedule => turnsOf(schedule.name, shifts(schedule, overrides, from, to)))
  return [...Map.groupBy(turns, turn => turn.person)].flatMap(([person, own]) => overlaps(person, own))
}

/** Sweeps over the edges with the turns that are open. */
function overlaps(person: PersonId, turns: readonly Turn[]): readonly DoubleBooking[] {
  const edges = [...new Set(turns.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const starting = Map.groupBy(turns, turn => turn.from)
  const found: DoubleBooking[] = []
  let open: readonly Turn[] = []
  edges.forEach((from, index) => {
    open = [...open.filter(turn => turn.to > from), ...(starting.get(from) ?? [])]
    const to = edges[index + 1]
    if (to !== undefined && open.length > 1) add(found, { person, schedules: namesOf(open), from, to })
  })
  return found
}

const namesOf = (open: readonly Turn[]): readonly string[] => open.map(turn => turn.schedule).sort()

function add(found: DoubleBooking[], next: DoubleBooking): void {
  const last = found.at(-1)
  const goesOn = last?.to === next.from && last.schedules.join() === next.schedules.join()
  if (last && goesOn) found[found.length - 1] = { ...last, to: next.to }
  else found.push(next)
}
