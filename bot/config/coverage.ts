/** What a valid configuration would still let happen: hours without anybody, people without a way, chains that hang on one thing. */
import { resolveRole, stepsOf } from '../escalation/resolve.ts'
import { doubleBookings } from '../schedules/double-booking.ts'
import { gaps } from '../schedules/on-call.ts'
import { clockTime } from '../timeline/plain.ts'
import { SEVERITIES } from '../words.ts'
import type { World } from '../world.ts'
import type { Problem } from './problems.ts'

const DAYS = 90
const DAY_MS = 24 * 60 * 60_000
/** Gaps named one by one; the rest is counted. */
const NAMED_GAPS = 3

export function checkCoverage(world: World, file: string, now: number): readonly Problem[] {
  const warn = (path: string, found: string, hint?: string): Problem => ({
    level: 'warning',
    file,
    line: 1,
    column: 1,
    path,
    found,
    expected: '',
    ...(hint ? { hint } : {}),
  })
  return [
    ...coverageGaps(world, now, warn),
    ...booked(world, now, warn),
    ...unreachable(world, now, warn),
    ...singlePoints(world, now, warn),
  ]
}

/** Who is on call for two schedules at once is nobody's backup. */
function booked(world: World, now: number, warn: Warn): readonly Problem[] {
  const schedules = Object.values(world.config.schedules)
  const found = doubleBookings(schedules, world.overrides, now, now + DAYS * DAY_MS).filter(each =>
    chained(world, each.schedules),
  )
  return [...Map.groupBy(found, each => `${each.person} ${each.schedules.join(' and ')}`).values()].flatMap(
    ([first, ...more]) =>
      first
        ? [
            warn(
              `people.${first.person}`,
              `${world.config.people[first.person]?.name ?? first.person} is on call for ${first.schedules.join(' and ')} at once from ${clockTime(world, first.from)}${more.length > 0 ? `, and ${more.length} more times in the next ${DAYS} days` : ''}`,
              'stagger the rotations, or let somebody else back them up',
            ),
          ]
        : [],
  )
}

/** Whether two of the schedules are rungs of one chain: else they do not back each other up. */
function chained({ config }: World, schedules: readonly string[]): boolean {
  const chains = [
    ...SEVERITIES.map(severity => config.severities[severity].escalation),
    ...Object.values(config.services).flatMap(service => Object.values(service.escalation)),
  ]
  return chains.some(chain => {
    const used = new Set((chain ?? []).flatMap(({ role }) => config.roles[role]?.schedule ?? []))
    return schedules.filter(schedule => used.has(schedule)).length > 1
  })
}

type Warn = (path: string, found: string, hint?: string) => Problem

const coverageGaps = (world: World, now: number, warn: Warn): readonly Problem[] =>
  Object.values(world.config.schedules).flatMap(schedule => {
    const found = gaps(schedule, world.overrides, now, now + DAYS * DAY_MS)
    if (found.length === 0) return []
    const named = found
      .slice(0, NAMED_GAPS)
      .map(gap => `${clockTime(world, gap.from)} to ${clockTime(world, gap.to)}`)
    const more = found.length > NAMED_GAPS ? ` and ${found.length - NAMED_GAPS} more` : ''
    return [
      warn(
        `schedules.${schedule.name}`,
        `nobody is on call ${named.join(', ')}${more} in the next ${DAYS} days`,
        'add a layer, or let a role name people as well',
      ),
    ]
  })

const unreachable = (world: World, now: number, warn: Warn): readonly Problem[] =>
  Object.values(world.config.people)
    .filter(person =>
      SEVERITIES.every(severity => stepsOf(world, person, { now, severity }).steps.length === 0),
    )
    .map(person =>
      warn(
        `people.${person.id}`,
        `${person.name} cannot be reached by any way`,
        'link a chat account, or give a way in `notify` that has its contact',
      ),
    )

/** A chain that hangs on one person, or on one way. */
function singlePoints(world: World, now: number, warn: Warn): readonly Problem[] {
  return SEVERITIES.slice(0, 2).flatMap(severity => {
    const callees = world.config.severities[severity].escalation.flatMap(
      ({ role }) =>
        resolveRole(world, { role, target: world.config.roles[role] ?? null }, { now, severity }, () => null)
          .callees,
    )
    const people = new Set(callees.map(callee => callee.person))
    const ways = new Set(callees.flatMap(callee => callee.steps.flatMap(step => step.targets)))
    return [
      ...(people.size === 0
        ? [warn(`severities.${severity}`, 'its chain reaches nobody now', 'say who it is under `roles`')]
        : []),
      ...(people.size === 1
        ? [
            warn(
              `severities.${severity}`,
              `its chain has one person only: ${[...people].join()}`,
              'add a rung with somebody else',
            ),
          ]
        : []),
      ...(ways.size === 1
        ? [
            warn(
              `severities.${severity}`,
              `its chain has one way only: ${[...ways].join()}`,
              'give people a second way in `notify`',
            ),
          ]
        : []),
    ]
  })
}
