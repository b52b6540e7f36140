/** Nobody is called who was not meant: not on call at any moment since it began, not named in a role, not paged by hand. */
import { chainEvents } from './chains.ts'
import { pagesOf } from './check-calls.ts'
import type { Life } from './evidence.ts'
import { onCall } from './on-call.ts'
import { HOUR, type Severity } from './team.ts'

const GRAIN_MS = HOUR / 2

export function strangers(life: Life): readonly string[] {
  return chainEvents(life).flatMap(({ id, begun }) => {
    const roles = rolesOf(life, id, begun.severity)
    const named = new Set(
      life.teams.flatMap(({ team }) => roles.flatMap(role => team.roles[role]?.people ?? [])),
    )
    const byHand = new Set(
      life.said.flatMap(({ line }) => new RegExp(`^/incident page ${id} @(\\w+)`).exec(line)?.[1] ?? []),
    )
    const strange = pagesOf(life, id).filter(({ person }) => !named.has(person) && !byHand.has(person))
    return strange
      .filter(
        page =>
          !roles.some(role =>
            wasOnCall(life, life.teams[0]?.team.roles[role]?.schedule, page.person, begun.at, page.at),
          ),
      )
      .map(page => `${page.person} was called for ${id} by ${page.by}, and was not on call since it began`)
  })
}

/** The roles of all chains that it may have had. */
function rolesOf(life: Life, id: string, first: Severity): readonly string[] {
  const raised = life.said.flatMap(
    ({ line }) => new RegExp(`^/incident severity ${id} (SEV\\d)`).exec(line)?.[1] ?? [],
  )
  const joined = life.delivered.some(each => each.incidents?.includes(id))
  const severities = joined ? ['SEV1'] : [first, ...raised]
  return severities.flatMap(
    each => life.teams[0]?.team.chains[each as Severity].rungs.map(({ role }) => role) ?? [],
  )
}

function wasOnCall(
  life: Life,
  schedule: string | undefined,
  person: string,
  from: number,
  to: number,
): boolean {
  if (!schedule) return false
  // By a clock that is set wrong another one is.
  if (life.troubles.some(each => each.what === 'clock' && each.from <= to && each.to >= from)) return true
  const edits = life.teams.map(each => each.from).filter(at => at > from && at < to)
  const count = Math.ceil((to - from) / GRAIN_MS)
  const grains = Array.from({ length: count }, (_, each) => from + each * GRAIN_MS)
  return [...grains, ...edits, to].some(at => {
    const known = onCall(life, schedule, at)
    return known === undefined || known === person
  })
}
