/** Schedules as plain values. Who is on call is a pure function of these, the overrides and an instant (D13). */
import type { Instant, PersonId } from '../words.ts'

export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** Only these hours of these days count, on the wall clock of the schedule's zone. `to` at or before `from` ends the next day. */
export type Restriction = {
  readonly days: readonly Weekday[]
  readonly fromMinute: number
  readonly toMinute: number
}

/** One layer: people who take turns. */
export type Rotation = {
  readonly every: { readonly count: number; readonly unit: 'hour' | 'day' | 'week' }
  /** Minutes after local midnight; the weekday for rotations by weeks. */
  readonly handoff: { readonly weekday?: Weekday; readonly minute: number }
  /** Local date: the first shift begins at the first handoff at or after 00:00 on it. */
  readonly starts: string
  /** Local date of the last day; absent: for ever. */
  readonly ends?: string
  readonly people: readonly PersonId[]
  readonly only?: readonly Restriction[]
}

export type Schedule = {
  readonly name: string
  readonly timezone: string
  /** Later layers cover earlier ones. */
  readonly layers: readonly Rotation[]
}

/** A person instead of whoever the schedule names, for a while. */
export type Override = {
  readonly id: string
  readonly schedule: string
  readonly from: Instant
  readonly to: Instant
  readonly person: PersonId
  /** Only instead of this person. */
  readonly replaces?: PersonId
  readonly by: PersonId
}
