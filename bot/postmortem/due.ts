/** When an unfinished post-mortem is asked for, and whom. */
import { chatOf } from '../incidents/places.ts'
import type { Incident } from '../incidents/state.ts'
import { isBusinessTime, nextBusinessOpen } from '../schedules/business.ts'
import type { Instant, PersonId } from '../words.ts'
import type { World } from '../world.ts'

/** Working days that a draft may take; after that it is asked for again every second one. */
export const DAYS: Readonly<Record<string, number>> = { SEV1: 5, SEV2: 10 }
const AGAIN_DAYS = 2

/** When an unfinished draft is asked for next; undefined when it never is. */
export function askedForAt(world: World, { postmortem, severity }: Incident): Instant | undefined {
  const days = DAYS[severity]
  if (!postmortem || postmortem.publishedAt !== null || postmortem.waived || days === undefined)
    return undefined
  // Counted from the last time that it was asked for, so that an outage is not made up for in one morning (I24).
  return postmortem.naggedAt === null
    ? addBusinessDays(world, postmortem.draftedAt, days)
    : addBusinessDays(world, postmortem.naggedAt, AGAIN_DAYS)
}

function addBusinessDays({ config }: World, from: Instant, days: number): Instant {
  let at = from
  for (let day = 0; day < days; day++) at = nextBusinessOpen(config.team.business, at)
  return at
}

/** Who is to finish it: whom it was given to, else the commander, who closed it, who had it, who declared it. */
export function ownerOf({ config }: World, incident: Incident): PersonId | null {
  const { postmortem, duties, closedBy, acked, declaredBy } = incident
  const declarer = declaredBy.kind === 'person' ? declaredBy.person : null
  const all = [postmortem?.owner, duties.commander, closedBy, acked?.by, declarer]
  return all.find((id): id is PersonId => id != null && config.people[id] !== undefined) ?? null
}

/** A nag waits for business hours on its reader's own clock, also one that was decided late, after an outage. */
export function workingTime({ config }: World, who: PersonId | 'team', at: Instant): Instant {
  const { business } = config.team
  const calendar = { ...business, timezone: config.people[who]?.timezone ?? business.timezone }
  return isBusinessTime(calendar, at) ? at : nextBusinessOpen(calendar, at)
}

/** Nags of one morning are one message. */
const SAME_MORNING_MS = 12 * 60 * 60_000

/** Whether it is asked for this morning: it was, or it is about to be. */
export function isAsked(world: World, incident: Incident, who: PersonId | 'team', now: Instant): boolean {
  const next = askedForAt(world, incident)
  const last = incident.postmortem?.naggedAt ?? null
  if (next === undefined || !isTold(world, incident, who)) return false
  return next <= now || (last !== null && now - workingTime(world, who, last) < SAME_MORNING_MS)
}

/** Who is told of an unfinished one: its owner, and the team as well from the second time on, or when nobody can be told. */
export function isTold(world: World, incident: Incident, who: PersonId | 'team'): boolean {
  const owner = ownerOf(world, incident)
  if (who !== 'team') return owner === who
  const reachable = owner !== null && chatOf(world, owner) !== undefined
  return !reachable || (incident.postmortem?.nags ?? 0) > 1
}
