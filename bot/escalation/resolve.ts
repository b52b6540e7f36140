/**
 * Who a rung means, settled at the moment when it is due. The answer is people who can be called, and for everybody and
 * everything else the reason why not: no code path pages an empty list without saying so (I10, D14).
 */
import type { ChannelRef, Person, Role } from '../config/types.ts'
import { contactKey } from '../contacts/state.ts'
import type { StepStart } from '../incidents/events.ts'
import { dutiesAt } from '../schedules/on-call.ts'
import { within } from '../schedules/restriction.ts'
import type { Instant, PersonId, Severity, Way } from '../words.ts'
import type { World } from '../world.ts'

export type Callee = { readonly person: PersonId; readonly why: string; readonly steps: readonly StepStart[] }
export type NotCalled = { readonly person: PersonId | null; readonly why: string }
export type Resolved = {
  readonly callees: readonly Callee[]
  readonly channel: ChannelRef | null
  readonly notCalled: readonly NotCalled[]
}

/** For what somebody is called: how they are called depends on it. */
export type Occasion = { readonly now: Instant; readonly severity: Severity }

export function resolveRole(
  world: World,
  role: { readonly role: string; readonly target: Role | null },
  occasion: Occasion,
  barred: (person: PersonId) => string | null,
): Resolved {
  const { target } = role
  if (!target)
    return {
      callees: [],
      channel: null,
      notCalled: [{ person: null, why: `the role ${role.role} is not configured` }],
    }
  const meant = meantPeople(world, target, occasion.now)
  const each = meant.people.map(({ person, why }) => callee(world, person, why, occasion, barred))
  const empty = each.length === 0 && meant.gaps.length === 0 && !target.channel
  return {
    callees: each.filter(one => 'steps' in one),
    channel: target.channel ?? null,
    notCalled: [
      ...meant.gaps,
      ...each.filter(one => !('steps' in one)),
      ...(empty ? [{ person: null, why: `the role ${role.role} names nobody` }] : []),
    ],
  }
}

type Meant = {
  readonly people: readonly { person: PersonId; why: string }[]
  readonly gaps: readonly NotCalled[]
}

function meantPeople(world: World, target: Role, now: Instant): Meant {
  const named = (target.people ?? []).map(person => ({ person, why: 'named in the role' }))
  if (!target.schedule) return { people: named, gaps: [] }
  const schedule = world.config.schedules[target.schedule]
  if (!schedule)
    return { people: named, gaps: [{ person: null, why: `the schedule ${target.schedule} is gone` }] }
  const people = dutiesAt(schedule, world.overrides, now).map(({ person, source }) => ({
    person,
    why: `on call for ${schedule.name} (${source})`,
  }))
  const gaps = people.length > 0 ? [] : [{ person: null, why: `nobody is on call for ${schedule.name}` }]
  return { people: unique([...people, ...named]), gaps }
}

/** The people behind a role at an instant. */
export const peopleOf = (world: World, target: Role, now: Instant): readonly PersonId[] =>
  meantPeople(world, target, now).people.map(({ person }) => person)

const unique = (all: readonly { person: PersonId; why: string }[]) =>
  all.filter((one, index) => all.findIndex(other => other.person === one.person) === index)

function callee(
  world: World,
  id: PersonId,
  why: string,
  occasion: Occasion,
  barred: (person: PersonId) => string | null,
): Callee | NotCalled {
  const person = world.config.people[id]
  if (!person) return { person: id, why: `${id} is no longer in the configuration` }
  const bar = barred(id)
  if (bar) return { person: id, why: bar }
  const { steps, left } = stepsOf(world, person, occasion)
  return steps.length > 0
    ? { person: id, why: [why, ...left].join('; '), steps }
    : { person: id, why: `${person.name} has no way to be reached that is set up`, ...reasons(left) }
}

const reasons = (left: readonly string[]) => (left.length > 0 ? { why: left.join('; ') } : {})

/** Ways that make a phone ring. */
const LOUD: readonly Way[] = ['sms', 'voice', 'push']

/** How somebody is called now, and in words what of their `notify` is left out. */
export type Steps = { readonly steps: readonly StepStart[]; readonly left: readonly string[] }

/**
 * The person's `notify` for this severity as it can be carried out; what comes first, comes at once if the steps before it
 * cannot be. A severity for which they named no step gets chat at once: a duplicate is better than a miss.
 */
export function stepsOf(world: World, person: Person, { now, severity }: Occasion): Steps {
  const own = person.notify.filter(each => each.severities?.includes(severity) ?? true)
  const planned = own.length > 0 ? own : [{ afterMs: 0, by: 'chat' as const }]
  const left = new Set<string>()
  const steps = planned
    .map(({ afterMs, by }) => ({ afterMs, by, targets: targetsOf(world, person, by) }))
    .filter(({ by, targets }) => {
      const stopped = by !== 'chat' && isStopped(world, person, by)
      if (stopped) left.add(`not by ${by}: stopped by ${person.name}`)
      return !stopped && targets.length > 0
    })
    .filter(({ afterMs, by }) => {
      const until = severity !== 'SEV1' && LOUD.includes(by) ? quietUntil(person, now + afterMs) : undefined
      if (until !== undefined) left.add(`not by ${by}: quiet hours of ${person.name}`)
      return until === undefined
    })
    .sort((a, b) => a.afterMs - b.afterMs)
  const [first, ...rest] = steps
  return { steps: first ? [{ ...first, afterMs: 0 }, ...rest] : [], left: [...left] }
}

/** When the quiet hours end that `at` lies in; undefined outside of them. */
function quietUntil({ quiet, timezone }: Person, at: Instant): Instant | undefined {
  if (!quiet) return undefined
  const { open, until } = within(timezone, [{ ...quiet, days: EVERY_DAY }], at)
  return open ? until : undefined
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7] as const

const isStopped = (world: World, person: Person, way: Exclude<Way, 'chat'>): boolean => {
  const address = person.contacts[way]
  return address !== undefined && world.contacts[person.id]?.[contactKey(way, address)]?.stoppedAt != null
}

function targetsOf(world: World, person: Person, by: StepStart['by']): readonly string[] {
  if (by === 'chat') return world.chats.filter(chat => person.identities[chat.name]).map(chat => chat.name)
  return world.ways.includes(by) && person.contacts[by] ? [by] : []
}
