/** Who is on call in the week ahead, in one line a schedule. */
import type { Line } from '../message.ts'
import { formatDuration } from '../schedules/duration.ts'
import { type Shift, shifts } from '../schedules/on-call.ts'
import type { Schedule } from '../schedules/types.ts'
import type { PersonId } from '../words.ts'
import type { World } from '../world.ts'
import type { Range } from './patterns.ts'

/** More turns than this are told as who has how much of the week. */
const MOST_TURNS = 4
const MOST_SCHEDULES = 12

export function nextWeek({ config, overrides }: World, week: Range): readonly Line[] {
  const all = Object.values(config.schedules)
  const lines = all
    .slice(0, MOST_SCHEDULES)
    .map(
      (schedule): Line => [
        { bold: schedule.name },
        ': ',
        ...turns(schedule, shifts(schedule, overrides, week.from, week.to)),
      ],
    )
  return all.length > lines.length ? [...lines, [`and ${all.length - lines.length} more schedules`]] : lines
}

function turns(schedule: Schedule, all: readonly Shift[]): Line {
  const named = joined(all)
  const first = named[0]
  if (!first || named.every(({ person }) => person === null)) return ['nobody']
  // Hours in which nobody is meant to be on call are no news.
  const hasHours = schedule.layers.some(layer => (layer.only?.length ?? 0) > 0)
  return named.length <= MOST_TURNS && !hasHours ? inTurn(named) : inAll(named)
}

/** Shifts of one person after each other are one, whoever is with them. */
function joined(all: readonly Shift[]): readonly Shift[] {
  const found: Shift[] = []
  for (const shift of all) {
    const last = found.at(-1)
    if (last && last.person === shift.person) found[found.length - 1] = { ...last, to: shift.to }
    else found.push(shift)
  }
  return found
}

const inTurn = (all: readonly Shift[]): Line =>
  all.flatMap(
    ({ person, to }, index): Line => [
      ...(index > 0 ? [', then '] : []),
      person === null ? { bold: 'nobody' } : { person },
      ...(index < all.length - 1 ? [' until ', { time: to, as: 'at' as const }] : []),
    ],
  )

function inAll(all: readonly Shift[]): Line {
  const held = new Map<PersonId | null, number>()
  for (const { person, from, to } of all) held.set(person, (held.get(person) ?? 0) + to - from)
  return [...held]
    .sort(([a, left], [b, right]) => Number(a === null) - Number(b === null) || right - left)
    .flatMap(
      ([person, ms], index): Line => [
        ...(index > 0 ? [', '] : []),
        person === null ? 'nobody' : { person },
        ` ${formatDuration(ms)}`,
      ],
    )
}
