/** Calendars of who is on call, and their addresses. One belongs to whoever asked for it, who can make all of theirs worthless. */
import type { Config } from '../config/types.ts'
import type { Instant, PersonId } from '../words.ts'
import { type Dated, shiftsThen, versionsOf } from './history.ts'
import { icalendar } from './ical.ts'
import { turnsOf } from './turns.ts'
import type { Override } from './types.ts'

/** `renewed`: how often its owner made new addresses. */
export const calendarSubject = (owner: PersonId, renewed: number): string => `${owner}/${renewed}`

export function readCalendarSubject(subject: string): { owner: PersonId; renewed: number } | undefined {
  const cut = subject.lastIndexOf('/')
  return cut < 0 ? undefined : { owner: subject.slice(0, cut), renewed: Number(subject.slice(cut + 1)) }
}

/** `name`: a schedule, or `me` for the owner's own shifts. */
export const calendarPath = (name: string, token: string): string => `/oncall/${name}.ics?token=${token}`

export type Asked = {
  readonly config: Config
  readonly configs: readonly Dated[]
  readonly overrides: readonly Override[]
  readonly now: Instant
  readonly from: Instant
  readonly to: Instant
  /** Absent: all of them. */
  readonly schedule?: string | undefined
  /** Absent: everybody. */
  readonly person?: string | undefined
}

/** The shifts of a schedule, of a person, or of both, as iCalendar. */
export function feed({ config, configs, overrides, now, from, to, schedule, person }: Asked): string {
  const nameOf = (id: string) => config.people[id]?.name ?? id
  const turns = (schedule === undefined ? Object.keys(config.schedules) : [schedule])
    .flatMap(name => turnsOf(name, shiftsThen(versionsOf(configs, config, name, now), overrides, from, to)))
    .filter(turn => person === undefined || turn.person === person)
  const whose = [schedule, person === undefined ? undefined : nameOf(person)].filter(Boolean).join(', ')
  return icalendar({ title: `On call: ${whose}`, at: now, turns, nameOf })
}
