/** A schedule's shifts as each person has them: for calendars, swaps, and whoever has two at once. */
import type { Instant, PersonId } from '../words.ts'
import type { Shift } from './on-call.ts'

/** Half-open. */
export type Turn = {
  /** The schedule's name. */
  readonly schedule: string
  readonly person: PersonId
  readonly from: Instant
  readonly to: Instant
  readonly source: string
}

/** By time. Somebody who joins or leaves beside them does not cut a person's turn in two. */
export function turnsOf(schedule: string, shifts: readonly Shift[]): readonly Turn[] {
  const all: Turn[] = []
  const latest = new Map<PersonId, number>()
  for (const { person, source, also = [], from, to } of shifts) {
    if (person === null) continue
    for (const duty of [{ person, source }, ...also]) {
      const index = latest.get(duty.person) ?? -1
      const last = all[index]
      if (last?.to === from && last.source === duty.source) all[index] = { ...last, to }
      else
        latest.set(
          duty.person,
          all.push({ schedule, person: duty.person, from, to, source: duty.source }) - 1,
        )
    }
  }
  return all
}
