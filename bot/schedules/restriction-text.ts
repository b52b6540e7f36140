/**
 * Hours of days as people write them: `weekdays 09:00-18:00`, `mon,wed 22:00-06:00`, `fri 18:00 - mon 09:00`, `weekends`,
 * `holidays`, `business hours`. What the team's calendar says of them is filled in by `restrictionOf`.
 */
import type { BusinessCalendar } from './business.ts'
import type { Hours, Restriction, Weekday } from './types.ts'
import { parseWeekday } from './weekday.ts'

/** `workdays` are the team's, without its holidays. */
export type WrittenHours = {
  readonly days: readonly Weekday[] | 'workdays' | 'holidays'
  readonly hours: Hours | 'business'
}

const DAY_MINUTES = 24 * 60
const ALL_DAY: Hours = { fromMinute: 0, toMinute: DAY_MINUTES }

/** Words for days, as they are written. */
export const DAY_WORDS: Readonly<Record<string, WrittenHours['days']>> = {
  daily: [1, 2, 3, 4, 5, 6, 7],
  weekdays: [1, 2, 3, 4, 5],
  weekends: [6, 7],
  workdays: 'workdays',
  holidays: 'holidays',
}

/** Undefined when it has no meaning. */
export function parseRestriction(text: string): WrittenHours | undefined {
  const said = text
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([-,]) ?/g, '$1')
  if (said === 'business hours') return { days: 'workdays', hours: 'business' }
  const [, fromDay, fromTime, toDay, toTime] = /^([a-z]+) ([\d:]+)-([a-z]+) ([\d:]+)$/.exec(said) ?? []
  if (fromDay && fromTime && toDay && toTime) return acrossDays(fromDay, fromTime, toDay, toTime)
  const read = /^([a-z,-]+)?(?:(?:^| )([\d:]+)-([\d:]+))?$/.exec(said)
  if (!read || said === '') return undefined
  const [, days, from, to] = read
  const counted = days === undefined ? DAY_WORDS.daily : parseDays(days)
  const hours = from === undefined || to === undefined ? ALL_DAY : hoursOf(from, to)
  return !counted || !hours ? undefined : { days: counted, hours }
}

/** `mon`, `mon-fri`, `sat,mon-wed`, or a word for them. */
function parseDays(text: string): WrittenHours['days'] | undefined {
  if (Object.hasOwn(DAY_WORDS, text)) return DAY_WORDS[text]
  const found = text.split(',').map(part => {
    const [first, last, ...more] = part.split('-').map(parseWeekday)
    if (first === undefined || more.length > 0) return undefined
    if (!part.includes('-')) return [first]
    return last === undefined ? undefined : daysBetween(first, last)
  })
  const known = found.flatMap(each => each ?? [])
  return found.includes(undefined) ? undefined : [...new Set(known)].sort((a, b) => a - b)
}

const daysAhead = (first: Weekday, last: Weekday): number => (last - first + 7) % 7

const daysBetween = (first: Weekday, last: Weekday): readonly Weekday[] =>
  Array.from({ length: daysAhead(first, last) + 1 }, (_, index) => (((first - 1 + index) % 7) + 1) as Weekday)

/** From a time of one weekday to a time of another. */
function acrossDays(
  fromDay: string,
  fromTime: string,
  toDay: string,
  toTime: string,
): WrittenHours | undefined {
  const [first, last] = [parseWeekday(fromDay), parseWeekday(toDay)]
  const [fromMinute, minute] = [parseClock(fromTime), parseClock(toTime)]
  if (first === undefined || last === undefined || fromMinute === undefined || minute === undefined)
    return undefined
  const toMinute = daysAhead(first, last) * DAY_MINUTES + minute
  const hours = { fromMinute, toMinute: toMinute > fromMinute ? toMinute : toMinute + 7 * DAY_MINUTES }
  return { days: [first], hours }
}

/** Hours that end at or before they begin end on the next day. */
export const hoursBetween = (fromMinute: number, toMinute: number): Hours => ({
  fromMinute,
  toMinute: toMinute > fromMinute ? toMinute : toMinute + DAY_MINUTES,
})

export function hoursOf(from: string, to: string): Hours | undefined {
  const [fromMinute, toMinute] = [parseClock(from), parseClock(to)]
  return fromMinute === undefined || toMinute === undefined || fromMinute === DAY_MINUTES
    ? undefined
    : hoursBetween(fromMinute, toMinute)
}

/** Minutes after midnight; 24:00 is the end of the day. */
export function parseClock(text: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):(\d\d)$/.exec(text) ?? []
  const minutes = Number(hour) * 60 + Number(minute)
  return hour !== undefined && Number(minute) < 60 && minutes <= DAY_MINUTES ? minutes : undefined
}

/** With the team's working days, holidays and hours in the place of their names. */
export function restrictionOf(calendar: BusinessCalendar, { days, hours }: WrittenHours): Restriction {
  const { holidays, fromMinute, toMinute } = calendar
  const written = hours === 'business' ? { fromMinute, toMinute } : hours
  if (days === 'holidays') return { days: [], dates: holidays, ...written }
  return days === 'workdays' ? { days: calendar.days, except: holidays, ...written } : { days, ...written }
}
