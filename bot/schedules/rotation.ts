/**
 * One rotation at one instant. Turns are counted on the wall clock from the first handoff: turn k begins at its local time
 * plus k steps, whatever the clocks did between (12h from 09:00 is 09:00 and 21:00 every day). Found by division, not by
 * stepping through the years.
 */
import type { Instant, PersonId } from '../words.ts'
import type { Restriction, Rotation } from './types.ts'
import { DAY_MS, localDate, startOfDay, toInstant, toLocal, weekdayOf } from './zone.ts'

const UNIT_MS = { hour: 60 * 60_000, day: DAY_MS, week: 7 * DAY_MS } as const

export const stepMs = ({ every }: Rotation): number => every.count * UNIT_MS[every.unit]

/** The local time of the first handoff. */
function firstHandoff({ starts, handoff }: Rotation): number {
  const day = localDate(starts)
  const wait = handoff.weekday === undefined ? 0 : (handoff.weekday - weekdayOf(day) + 7) % 7
  return day + wait * DAY_MS + handoff.minute * 60_000
}

const turnStart = (zone: string, rotation: Rotation, turn: number): Instant =>
  toInstant(zone, firstHandoff(rotation) + turn * stepMs(rotation))

/** The number of the turn that holds `at`; negative before the first. */
function turnAt(zone: string, rotation: Rotation, at: Instant): number {
  let turn = Math.floor((toLocal(zone, at) - firstHandoff(rotation)) / stepMs(rotation))
  while (turnStart(zone, rotation, turn + 1) <= at) turn++
  while (turnStart(zone, rotation, turn) > at) turn--
  return turn
}

const endsAt = (zone: string, { ends }: Rotation): Instant =>
  ends === undefined ? Number.POSITIVE_INFINITY : toInstant(zone, localDate(ends) + DAY_MS)

/** Who has the turn; undefined before the first, after the last and outside the restricted hours. */
export function holder(zone: string, rotation: Rotation, at: Instant): PersonId | undefined {
  const turn = turnAt(zone, rotation, at)
  if (turn < 0 || at >= endsAt(zone, rotation) || !isWithin(zone, rotation, at)) return undefined
  return rotation.people[turn % rotation.people.length]
}

/** The next instant after `at` at which the answer of `holder` may change. */
export function nextEdge(zone: string, rotation: Rotation, at: Instant): Instant {
  const turn = Math.max(turnAt(zone, rotation, at), -1)
  const end = endsAt(zone, rotation)
  const edges = [
    turnStart(zone, rotation, turn + 1),
    ...restrictionEdges(zone, rotation, at),
    ...(end > at ? [end] : []),
  ]
  return Math.min(...edges.filter(edge => edge > at))
}

function isWithin(zone: string, { only }: Rotation, at: Instant): boolean {
  if (!only || only.length === 0) return true
  return only.some(each => windowsNear(zone, each, at).some(([from, to]) => from <= at && at < to))
}

/** The restriction's windows that begin yesterday, today or within the week, as instants. */
function windowsNear(
  zone: string,
  { days, fromMinute, toMinute }: Restriction,
  at: Instant,
): readonly (readonly [Instant, Instant])[] {
  const today = startOfDay(toLocal(zone, at))
  const offsets = [-2, -1, 0, 1, 2, 3, 4, 5, 6, 7]
  return offsets
    .map(offset => today + offset * DAY_MS)
    .filter(day => days.some(each => each === weekdayOf(day)))
    .map(day => {
      const end = toMinute > fromMinute ? toMinute : toMinute + 24 * 60
      return [toInstant(zone, day + fromMinute * 60_000), toInstant(zone, day + end * 60_000)] as const
    })
}

const restrictionEdges = (zone: string, { only }: Rotation, at: Instant): readonly Instant[] =>
  (only ?? []).flatMap(each => windowsNear(zone, each, at).flat())
