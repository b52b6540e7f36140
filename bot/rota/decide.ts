/** The rules of the rota. Whatever changes who is on call is followed, in the same breath, by a look at who is now. */
import { type Asked, nameOf, person } from '../incidents/asked.ts'
import { happen } from '../incidents/fold.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { holdsUntil, onCall, shifts } from '../schedules/on-call.ts'
import { turnsOf } from '../schedules/turns.ts'
import type { Schedule } from '../schedules/types.ts'
import type { Instant, PersonId } from '../words.ts'
import { lookAhead, planned } from './ahead.ts'
import type { RotaCommand } from './commands.ts'
import type { RotaEvent, Stretch } from './events.ts'
import { foldRota, NO_ROTA, type Rota } from './state.ts'

type Decision = readonly RotaEvent[] | Refusal

const YEAR_MS = 366 * 24 * 60 * 60_000
/** How far ahead a shift to swap is looked for. */
const AHEAD_MS = 120 * 24 * 60 * 60_000

export function decideRota(asked: Asked, rota: Rota = NO_ROTA, command: RotaCommand): Decision {
  switch (command.do) {
    case 'look':
      return [
        ...look(asked, rota),
        ...(rota.ahead === null ? [planned(asked.world.config.team.timezone, asked.now)] : []),
      ]
    case 'look_ahead':
      return lookAhead(asked, rota)
    case 'override':
      return thenLook(asked, rota, override(asked, rota, command))
    case 'cancel_override':
      return thenLook(asked, rota, cancel(asked, rota, command.id))
    case 'offer_swap':
      return offer(asked, rota, command)
    case 'answer_swap':
      return thenLook(asked, rota, answer(asked, rota, command))
  }
}

/** Schedules that the configuration no longer has are let go of. */
function look({ world, now }: Pick<Asked, 'world' | 'now'>, rota: Rota): readonly RotaEvent[] {
  const { schedules } = world.config
  const names = new Set([...Object.keys(schedules), ...Object.keys(rota.planned)])
  return [...names].flatMap((name): readonly RotaEvent[] => {
    const schedule = schedules[name]
    const after = schedule ? onCall(schedule, rota.overrides, now).people : []
    const at = (schedule && holdsUntil(schedule, rota.overrides, now)) ?? null
    const before = rota.holders[name] ?? null
    return [
      ...(before === null || before.join() !== after.join()
        ? [{ type: 'shift_changed' as const, schedule: name, before, after }]
        : []),
      ...(rota.planned[name] === at ? [] : [{ type: 'shift_planned' as const, schedule: name, at }]),
    ]
  })
}

function thenLook(asked: Asked, rota: Rota, events: Decision): Decision {
  if (!Array.isArray(events)) return events
  const made = events as readonly RotaEvent[]
  const after = foldRota(happen(rota.seq, made, asked.now, asked.actor), rota) ?? rota
  return [...made, ...look(asked, after)]
}

function scheduleNamed({ world }: Asked, name: string): Schedule | Refusal {
  const known = Object.keys(world.config.schedules)
  return (
    world.config.schedules[name] ??
    refuse('unknown_schedule', `"${name}" is not a schedule.`, `Schedules: ${known.join(', ')}.`)
  )
}

const isRefusal = (value: object): value is Refusal => value instanceof Error

function override(
  asked: Asked,
  rota: Rota,
  { schedule: name, kind, person: who, from, to }: Extract<RotaCommand, { do: 'override' }>,
): Decision {
  const { world, actor, now } = asked
  const schedule = scheduleNamed(asked, name)
  if (isRefusal(schedule)) return schedule
  const begins = Math.max(from, now)
  const ends = to ?? reliefOf(schedule, rota, begins)
  if (from < now - 60_000 && to !== null && to <= now)
    return refuse('past', 'That stretch is over: the past stays as it was.', 'Give one that ends later.')
  if (ends <= begins)
    return refuse(
      'reversed',
      'The end is not after the beginning.',
      'Like this: /oncall override @ben 18:00 22:00',
    )
  if (ends - begins > YEAR_MS)
    return refuse(
      'too_long',
      'An override lasts a year at the most.',
      'Change the rotation in the configuration instead.',
    )
  if (
    onCall(schedule, rota.overrides, begins).people.join() === who &&
    stretchOf(schedule, rota, begins) >= ends
  )
    return refuse('on_call_already', `${nameOf(world, who)} is on call for ${name} then already.`)
  const id = `${name}-${rota.seq + 1}`
  return [
    {
      type: 'override_made',
      override: { id, schedule: name, kind, person: who, from: begins, to: ends, at: now, by: person(actor) },
    },
  ]
}

/** Until when the same people stay on call. */
const stretchOf = (schedule: Schedule, rota: Rota, at: Instant): Instant =>
  shifts(schedule, rota.overrides, at, at + AHEAD_MS)[0]?.to ?? at

/** When whoever is on call at `at` would be relieved; a schedule that never changes hands is taken for a day. */
function reliefOf(schedule: Schedule, rota: Rota, at: Instant): Instant {
  const until = stretchOf(schedule, rota, at)
  return until >= at + AHEAD_MS ? at + 24 * 60 * 60_000 : until
}

function cancel({ actor, now }: Asked, rota: Rota, id: string): Decision {
  const found = rota.overrides.find(each => each.id === id)
  if (!found) return refuse('unknown_override', `There is no override ${id}.`, 'See /oncall next.')
  if (found.cancelledAt !== undefined || found.to <= now)
    return refuse('over', `The override ${id} is over already.`)
  return [{ type: 'override_cancelled', id, by: person(actor) }]
}

function offer(
  asked: Asked,
  rota: Rota,
  { schedule: name, with: other }: Extract<RotaCommand, { do: 'offer_swap' }>,
): Decision {
  const { world, actor } = asked
  const schedule = scheduleNamed(asked, name)
  if (isRefusal(schedule)) return schedule
  const me = person(actor)
  if (other === me) return refuse('same_person', 'A swap takes two people.', 'Like this: /oncall swap @ben')
  const [gives, takes] = [me, other].map(who => nextShift(asked, rota, schedule, who))
  if (!gives || !takes) {
    const who = nameOf(world, gives ? other : me)
    return refuse(
      'no_shift',
      `${who} has no shift of ${name} in the next 120 days.`,
      'Use /oncall override instead.',
    )
  }
  const id = `${name}-${rota.seq + 1}`
  return [{ type: 'swap_offered', swap: { id, schedule: name, by: me, with: other, gives, takes } }]
}

/** The rest of the present shift counts as the next one; somebody who is on call beside them does not cut it short. */
const nextShift = ({ now }: Asked, rota: Rota, schedule: Schedule, who: PersonId): Stretch | undefined =>
  turnsOf(schedule.name, shifts(schedule, rota.overrides, now, now + AHEAD_MS)).find(
    turn => turn.person === who,
  )

function answer(
  { world, actor, now }: Asked,
  rota: Rota,
  { id, accept }: Extract<RotaCommand, { do: 'answer_swap' }>,
): Decision {
  const swap = rota.swaps.find(each => each.id === id)
  const me = person(actor)
  if (!swap)
    return refuse('gone', 'That offer is answered already, or gone.', 'Offer it again: /oncall swap @person')
  if (me !== swap.with && !(me === swap.by && !accept))
    return refuse('not_yours', `Only ${nameOf(world, swap.with)} can answer that offer.`)
  if (!accept) return [{ type: 'swap_declined', id, by: me }]
  if (swap.gives.to <= now || swap.takes.to <= now)
    return refuse('over', 'One of the two shifts is over.', 'Offer it again: /oncall swap @person')
  const made = (part: 'a' | 'b', who: PersonId, instead: PersonId, { from, to }: Stretch): RotaEvent => ({
    type: 'override_made',
    override: {
      id: `${id}${part}`,
      schedule: swap.schedule,
      kind: 'instead',
      person: who,
      instead,
      from: Math.max(from, now),
      to,
      at: now,
      by: me,
    },
  })
  return [
    { type: 'swap_accepted', id },
    made('a', swap.with, swap.by, swap.gives),
    made('b', swap.by, swap.with, swap.takes),
  ]
}
