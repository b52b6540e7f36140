/** What a valid configuration would still let happen: hours without anybody, people without a way, chains that hang on one thing. */
import { stepsOf } from '../escalation/resolve.ts'
import { doubleBookings } from '../schedules/double-booking.ts'
import { gaps } from '../schedules/on-call.ts'
import { clockTime } from '../timeline/plain.ts'
import { SEVERITIES } from '../words.ts'
import type { World } from '../world.ts'
import { checkChains } from './chains.ts'
import type { Locate, Problem } from './problems.ts'

/** How far ahead is looked. */
export const DAYS = 90
const DAY_MS = 24 * 60 * 60_000
/** Gaps named one by one; the rest is counted. */
const NAMED_GAPS = 3

export function checkCoverage(world: World, locate: Locate, now: number): readonly Problem[] {
  const warn: Warn = (path, found, hint) =>
    locate(path, { level: 'warning', found, expected: '', ...(hint ? { hint } : {}) }, 'key')
  return [
    ...coverageGaps(world, now, warn),
    ...booked(world, now, warn),
    ...unreachable(world, now, warn),
    ...checkChains(world, now, warn),
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
              ['people', first.person],
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

/** Makes a warning of a place in the file, what was found there, and what to do about it. */
export type Warn = (path: readonly string[], found: string, hint?: string) => Problem

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
        ['schedules', schedule.name],
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
        ['people', person.id],
        `${person.name} cannot be reached by any way`,
        'link a chat account, or give a way in `notify` that has its contact',
      ),
    )
