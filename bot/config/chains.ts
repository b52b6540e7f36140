/**
 * What a valid chain would still let happen in the days to come: a rung that reaches nobody, a chain that hangs on one person or on
 * one way. Looked at whenever a schedule changes hands or quiet hours begin or end, and so at all of that time.
 */
import { type Callee, resolveRole } from '../escalation/resolve.ts'
import { boundaries } from '../expectations/sweep.ts'
import { formatDuration } from '../schedules/duration.ts'
import { clockTime } from '../timeline/plain.ts'
import { bySeverity, type Instant, SEVERITIES, type Severity } from '../words.ts'
import type { World } from '../world.ts'
import { DAYS, type Warn } from './coverage.ts'
import type { Problem } from './problems.ts'
import type { Rung } from './types.ts'

type Policy = {
  readonly path: readonly string[]
  readonly severity: Severity
  readonly rungs: readonly Rung[]
}
/** What a chain comes to at an instant: whom each of its rungs calls. */
type Look = { readonly at: Instant; readonly rungs: readonly (readonly Callee[])[] }

const DAY_MS = 24 * 60 * 60_000

export function checkChains(world: World, now: Instant, warn: Warn): readonly Problem[] {
  const ahead = boundaries(world, { from: now, to: now + DAYS * DAY_MS }).filter(at => at > now)
  const instants = [now, ...ahead].sort((a, b) => a - b)
  return policiesOf(world).flatMap(policy => {
    const looks = instants.map(at => look(world, policy, at))
    return [
      ...emptyRungs(world, policy, looks, warn),
      ...emptyTimes(world, policy, looks, warn),
      ...singlePoints(world, policy, looks, warn),
      ...disorder(policy, warn),
    ]
  })
}

/** Every chain that people are in: each severity's, and those that a service has for itself. */
function policiesOf({ config }: World): readonly Policy[] {
  const general = SEVERITIES.map(severity => ({
    path: ['severities', severity],
    severity,
    rungs: config.severities[severity].escalation,
  }))
  const own = Object.values(config.services).flatMap(({ id, escalation }) =>
    SEVERITIES.map(severity => ({
      path: ['services', id, 'escalation', severity],
      severity,
      rungs: escalation[severity] ?? [],
    })),
  )
  const meansPeople = ({ role }: Rung) => {
    const { schedule, people = [] } = config.roles[role] ?? {}
    return schedule !== undefined || people.length > 0
  }
  return [...general, ...own].filter(({ rungs }) => rungs.some(meansPeople))
}

const look = (world: World, { severity, rungs }: Policy, now: Instant): Look => ({
  at: now,
  rungs: rungs.map(({ role }) => {
    const target = world.config.roles[role] ?? null
    return resolveRole(world, { role, target }, { now, severity }, () => null).callees
  }),
})

/** A rung that calls nobody in all of that time; one that is a channel is meant so. */
const emptyRungs = ({ config }: World, { path, rungs }: Policy, looks: readonly Look[], warn: Warn) =>
  rungs.flatMap(({ role }, index) =>
    config.roles[role]?.channel === undefined && looks.every(each => each.rungs[index]?.length === 0)
      ? [
          warn(
            path,
            `its rung ${index + 1} (${role}) reaches nobody in the next ${DAYS} days`,
            `say who it is: roles.${role}`,
          ),
        ]
      : [],
  )

/** Hours in which the whole chain calls nobody: a gap, or quiet hours of people who have no other way. */
function emptyTimes(world: World, { path, rungs }: Policy, looks: readonly Look[], warn: Warn) {
  if (rungs.some(({ role }) => world.config.roles[role]?.channel !== undefined)) return []
  const empty = looks.filter(each => each.rungs.every(callees => callees.length === 0))
  const [first] = empty
  if (!first || empty.length === looks.length) return []
  return [
    warn(
      path,
      `its chain reaches nobody at times, first ${clockTime(world, first.at)}`,
      'give people a way for quiet hours, such as chat, or add a rung with somebody else',
    ),
  ]
}

/** A rung that would come before the one ahead of it waits for that one. */
const disorder = ({ path, rungs }: Policy, warn: Warn) =>
  rungs.flatMap(({ role, afterMs = Number.POSITIVE_INFINITY }, index) => {
    const ahead = rungs.slice(0, index).find(each => (each.afterMs ?? 0) > afterMs)
    return ahead?.afterMs === undefined
      ? []
      : [
          warn(
            path,
            `its rung ${index + 1} (${role}) is due after ${formatDuration(afterMs)} and waits for ${ahead.role}, which is due after ${formatDuration(ahead.afterMs)}`,
            '`after` is counted from the start of the chain; put the rungs in order',
          ),
        ]
  })

/** A severe incident that hangs on one person, or on one way such as Slack. */
function singlePoints(
  world: World,
  { path, severity, rungs }: Policy,
  looks: readonly Look[],
  warn: Warn,
): readonly Problem[] {
  if (bySeverity(severity, 'SEV2') > 0) return []
  const people = ({ rungs: all }: Look) => new Set(all.flat().map(({ person }) => person))
  const ways = ({ rungs: all }: Look) =>
    new Set(all.flat().flatMap(({ steps }) => steps.flatMap(({ targets }) => targets)))
  const point = (what: string, of: (at: Look) => ReadonlySet<string>, hint: string) => {
    const found = looks.filter(each => of(each).size === 1)
    const [first] = found
    if (!first) return []
    const name = [...of(first)].map(each => world.config.people[each]?.name ?? each).join()
    const when = found.length === looks.length ? '' : ` at times, first ${clockTime(world, first.at)}`
    return [warn(path, `its chain has one ${what} only${when}: ${name}`, hint)]
  }
  const somebody = rungs.length > 1 ? 'let its rungs mean different people' : 'add a rung with somebody else'
  return [...point('person', people, somebody), ...point('way', ways, 'give people a second way in `notify`')]
}
