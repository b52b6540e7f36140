/**
 * One rotation at one instant. Turns are counted along the wall clock from the first handoff: turn k begins when the clock
 * first shows the first handoff's time plus k steps, whatever the clocks did between (12h from 09:00 is 09:00 and 21:00
 * every day; 5h runs along the same line). Found by one division: nothing steps through the years, nothing remembers a
 * position (D13).
 */
import type { Instant, PersonId } from '../words.ts'
import { within } from './restriction.ts'
import type { Rotation } from './types.ts'
import {
  DAY_MS,
  type Local,
  localDate,
  MINUTE_MS,
  reached,
  toInstant,
  toLastInstant,
  weekdayOf,
} from './zone.ts'

const UNIT_MS = { hour: 60 * MINUTE_MS, day: DAY_MS, week: 7 * DAY_MS } as const

/** Who has a rotation, and until when that surely stays so (Infinity: for ever). */
export type Held = { readonly person: PersonId | undefined; readonly until: Instant }

/** Nobody before the first turn, after the last day and outside the restricted hours. */
export function held(zone: string, rotation: Rotation, at: Instant): Held {
  const end = endsAt(zone, rotation)
  if (at >= end) return { person: undefined, until: Number.POSITIVE_INFINITY }
  const first = firstHandoff(rotation)
  const turn = Math.floor((reached(zone, at) - first) / stepMs(rotation))
  if (turn < 0) return { person: undefined, until: Math.min(toInstant(zone, first), end) }
  const { open, until } = within(zone, rotation.only, at)
  return open
    ? { person: personOf(rotation, turn), until: Math.min(nextHandoff(zone, rotation, turn), until, end) }
    : { person: undefined, until: Math.min(until, end) }
}

/** When the turn passes to somebody else; Infinity when one person has every turn. */
function nextHandoff(zone: string, rotation: Rotation, turn: number): Instant {
  const person = personOf(rotation, turn)
  for (let ahead = 1; ahead < rotation.people.length; ahead++) {
    if (personOf(rotation, turn + ahead) !== person)
      return toInstant(zone, firstHandoff(rotation) + (turn + ahead) * stepMs(rotation))
  }
  return Number.POSITIVE_INFINITY
}

const personOf = ({ people }: Rotation, turn: number): PersonId | undefined => people[turn % people.length]

const stepMs = ({ every }: Rotation): number => every.count * UNIT_MS[every.unit]

/** The local time of the first handoff. */
function firstHandoff({ starts, handoff }: Rotation): Local {
  const day = localDate(starts)
  const wait = handoff.weekday === undefined ? 0 : (handoff.weekday - weekdayOf(day) + 7) % 7
  return day + wait * DAY_MS + handoff.minute * MINUTE_MS
}

const endsAt = (zone: string, { ends }: Rotation): Instant =>
  ends === undefined ? Number.POSITIVE_INFINITY : toLastInstant(zone, localDate(ends) + DAY_MS)
