/**
 * Who a rung means, settled at the moment when it is due. The answer is people who can be called, and for everybody and
 * everything else the reason why not: no code path pages an empty list without saying so (I10, D14).
 */
import type { ChannelRef, Person, Role } from '../config/types.ts'
import type { StepStart } from '../incidents/events.ts'
import { dutiesAt } from '../schedules/on-call.ts'
import type { Instant, PersonId } from '../words.ts'
import type { World } from '../world.ts'

export type Callee = { readonly person: PersonId; readonly why: string; readonly steps: readonly StepStart[] }
export type NotCalled = { readonly person: PersonId | null; readonly why: string }
export type Resolved = {
  readonly callees: readonly Callee[]
  readonly channel: ChannelRef | null
  readonly notCalled: readonly NotCalled[]
}

export function resolveRole(
  world: World,
  role: { readonly role: string; readonly target: Role | null },
  now: Instant,
  barred: (person: PersonId) => string | null,
): Resolved {
  const { target } = role
  if (!target)
    return {
      callees: [],
      channel: null,
      notCalled: [{ person: null, why: `the role ${role.role} is not configured` }],
    }
  const meant = meantPeople(world, target, now)
  const each = meant.people.map(({ person, why }) => callee(world, person, why, barred))
  return {
    callees: each.filter(one => 'steps' in one),
    channel: target.channel ?? null,
    notCalled: [...meant.gaps, ...each.filter(one => !('steps' in one))],
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
  barred: (person: PersonId) => string | null,
): Callee | NotCalled {
  const person = world.config.people[id]
  if (!person) return { person: id, why: `${id} is no longer in the configuration` }
  const bar = barred(id)
  if (bar) return { person: id, why: bar }
  const steps = stepsOf(world, person)
  return steps.length > 0
    ? { person: id, why, steps }
    : { person: id, why: `${person.name} has no way to be reached that is set up` }
}

/** The person's `notify` as it can be carried out; what comes first, comes at once if the steps before it cannot be. */
export function stepsOf(world: World, person: Person): readonly StepStart[] {
  const steps = person.notify
    .map(({ afterMs, by }) => ({ afterMs, by, targets: targetsOf(world, person, by) }))
    .filter(step => step.targets.length > 0)
    .sort((a, b) => a.afterMs - b.afterMs)
  const [first, ...rest] = steps
  return first ? [{ ...first, afterMs: 0 }, ...rest] : []
}

function targetsOf(world: World, person: Person, by: StepStart['by']): readonly string[] {
  if (by === 'chat') return world.chats.filter(chat => person.identities[chat.name]).map(chat => chat.name)
  return world.ways.includes(by) && person.contacts[by] ? [by] : []
}
