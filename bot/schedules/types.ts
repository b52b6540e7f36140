/** Schedules as plain values. Who is on call is a pure function of these, the overrides and an instant (D13). */
import type { Instant, PersonId } from '../words.ts'

/** 1 Monday to 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** A stretch in minutes after a day's local midnight; past 24 hours it reaches into the days after. `toMinute` is the greater. */
export type Hours = { readonly fromMinute: number; readonly toMinute: number }

/** Only these hours of these days count, on the wall clock of the layer's zone. A stretch belongs to the day that it begins on. */
export type Restriction = Hours & {
  readonly days: readonly Weekday[]
  /** Local dates `YYYY-MM-DD` that do not count, such as holidays. */
  readonly except?: readonly string[]
  /** Local dates that count whatever their weekday. */
  readonly dates?: readonly string[]
}

/** How long a turn lasts. `count` is a whole number from 1. */
export type Every = { readonly count: number; readonly unit: 'hour' | 'day' | 'week' }

/** Minutes after local midnight; the weekday for rotations by weeks. */
export type Handoff = { readonly weekday?: Weekday; readonly minute: number }

/** One layer: people who take turns. */
export type Rotation = {
  /** What a layer is called in answers; absent for the rotation beneath the layers. */
  readonly name?: string
  /** Absent: the schedule's. */
  readonly timezone?: string
  readonly every: Every
  readonly handoff: Handoff
  /** Local date `YYYY-MM-DD`: the first shift begins at the first handoff at or after 00:00 on it. */
  readonly starts: string
  /** Local date of the last day; absent: for ever. */
  readonly ends?: string
  /** In turn; never empty. Somebody named twice has two turns. */
  readonly people: readonly PersonId[]
  /** Within any of these; absent or empty: at all hours. */
  readonly only?: readonly Restriction[]
}

export type Schedule = {
  readonly name: string
  readonly timezone: string
  /** Later layers cover earlier ones. */
  readonly layers: readonly Rotation[]
}

/** What somebody said in chat about a stretch of a schedule. */
export type Override = {
  readonly id: string
  /** The schedule's name. */
  readonly schedule: string
  /** `instead` of whoever has the turn, or of `instead` alone while they are on call; `extra`: beside whoever is. */
  readonly kind: 'instead' | 'extra'
  readonly person: PersonId
  readonly instead?: PersonId
  /** Half-open. What lies before `at` is past and stays as it was (I21). */
  readonly from: Instant
  readonly to: Instant
  /** When it was made; of two that disagree the later made counts. */
  readonly at: Instant
  /** Who made it. */
  readonly by: PersonId
  /** From then on it holds no more; what it did before stays done. */
  readonly cancelledAt?: Instant
}
