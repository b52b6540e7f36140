/** A timeline by the days of the team's zone, for whoever reads it from top to bottom. */
import { DateTime } from 'luxon'
import { dateOf, startOfDay, toLocal } from '../schedules/zone.ts'
import type { World } from '../world.ts'
import type { Entry } from './entries.ts'

/** `title`: `Tuesday, 24 November 2026`. */
export type Day = { readonly title: string; readonly entries: readonly Entry[] }

export function daysOf(world: World, entries: readonly Entry[]): readonly Day[] {
  const days = Map.groupBy(entries, ({ at }) => startOfDay(toLocal(world.config.team.timezone, at)))
  return [...days].map(([day, own]) => ({ title: titleOf(dateOf(day)), entries: own }))
}

const titleOf = (date: string): string =>
  DateTime.fromISO(date, { zone: 'utc', locale: 'en-GB' }).toFormat('cccc, d LLLL yyyy')

/** `09:05:12`, in the team's zone. */
export const timeOfDay = (world: World, at: number): string =>
  new Date(toLocal(world.config.team.timezone, at)).toISOString().slice(11, 19)
