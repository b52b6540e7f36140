/**
 * Every instant at which the answer to "who is paged?" can change: whenever a schedule changes hands, quiet or business hours
 * begin or end, or a clock changes, and as long before that as the chain's rungs and steps come later. Between two of them the
 * answer is the same, so that a sweep looks at all of time and samples none of it.
 */
import { stampChains } from '../escalation/policy.ts'
import { shifts } from '../schedules/on-call.ts'
import { overridesOf } from '../schedules/override.ts'
import { within } from '../schedules/restriction.ts'
import type { Restriction } from '../schedules/types.ts'
import type { Instant, Severity } from '../words.ts'
import type { World } from '../world.ts'

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7] as const

export type Stretch = { readonly from: Instant; readonly to: Instant }

/** In order, within the stretch; `from` is the first. */
export function instantsOf(
  world: World,
  {
    severity,
    service,
    during,
  }: { severity: Severity; service: string | null; during?: readonly Restriction[] },
  { from, to }: Stretch,
): readonly Instant[] {
  const offsets = offsetsOf(world, severity, service)
  const last = Math.max(...offsets)
  const zone = world.config.team.timezone
  const edges = [...boundaries(world, { from, to: to + last }), ...edgesOf(zone, during ?? [], { from, to })]
  const moved = edges.flatMap(edge => offsets.map(offset => edge - offset))
  const all = [...new Set([from, ...moved.filter(at => at > from && at < to)])].sort((a, b) => a - b)
  return during ? all.filter(at => within(zone, during, at).open) : all
}

/** How long after a declaration something of its chain can be due: its rungs in each pass, and each person's steps after them. */
function offsetsOf(world: World, severity: Severity, service: string | null): readonly number[] {
  const chain = stampChains(world.config, service)[severity]
  const window = typeof chain.respondWithin === 'number' ? chain.respondWithin : 0
  const steps = Object.values(world.config.people).flatMap(person => person.notify.map(step => step.afterMs))
  const rungs: number[] = []
  let start = 0
  for (let pass = 0; pass <= chain.repeat; pass++) {
    let due = start
    for (const rung of chain.rungs) {
      due = rung.afterMs === undefined ? (rungs.length === 0 ? 0 : due) : start + rung.afterMs
      rungs.push(due)
      due += window
    }
    start = due
    rungs.push(start)
  }
  return [...new Set([0, ...rungs.flatMap(at => [at, ...steps.map(step => at + step)])])]
}

/** When schedules change hands, and quiet and business hours begin and end. */
export function boundaries(world: World, { from, to }: Stretch): readonly Instant[] {
  const { schedules, people, team } = world.config
  const turns = Object.values(schedules).flatMap(schedule =>
    shifts(schedule, overridesOf(schedule, world.overrides), from, to).map(shift => shift.from),
  )
  const quiet = Object.values(people).flatMap(({ quiet: hours, timezone }) =>
    hours ? edgesOf(timezone, [{ ...hours, days: EVERY_DAY }], { from, to }) : [],
  )
  const { holidays, timezone, ...hours } = team.business
  const business = edgesOf(timezone, [{ ...hours, except: holidays }], { from, to })
  return [...new Set([...turns, ...quiet, ...business])]
}

function edgesOf(zone: string, only: readonly Restriction[], { from, to }: Stretch): readonly Instant[] {
  const found: Instant[] = []
  if (only.length === 0) return found
  for (let at = from; at < to; ) {
    const { until } = within(zone, only, at)
    if (!Number.isFinite(until) || until <= at) break
    found.push(until)
    at = until
  }
  return found
}
