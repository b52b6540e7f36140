/** The kinds of values that a configuration is made of, each read in one place, each refused in one sentence. */
import { DateTime, IANAZone } from 'luxon'
import * as z from 'zod'
import type { Limit } from '../pages/limits.ts'
import { nearest, Refusal } from '../refusal.ts'
import { parseDuration } from '../schedules/duration.ts'
import { DAY_WORDS, hoursOf, parseClock, parseRestriction } from '../schedules/restriction-text.ts'
import type { Handoff, Hours } from '../schedules/types.ts'
import { parseWeekday } from '../schedules/weekday.ts'
import { SEVERITIES } from '../words.ts'
import type { ChannelRef } from './types.ts'

/** A text read by `read`, which says what it expected when it cannot. */
export function reads<T>(
  expected: string,
  read: (text: string) => T | undefined,
  hint?: (text: string) => string | undefined,
) {
  return z.string(expected).transform((text, context): T => {
    const value = read(text)
    if (value !== undefined) return value
    const way = hint?.(text)
    context.addIssue({ code: 'custom', message: expected, params: way ? { hint: way } : {} })
    return z.NEVER
  })
}

export const duration = reads('a duration such as 90s, 5m, 1h or 1d', text =>
  orUndefined(parseDuration(text)),
)

export const respondWithin = reads('a duration such as 5m, or `next business day`', text =>
  text === 'next business day' ? ('next business day' as const) : orUndefined(parseDuration(text)),
)

export const orNever = reads('a duration such as 30m, or `never`', text =>
  text === 'never' ? null : orUndefined(parseDuration(text)),
)

/** `8 per 15m`. */
export const limit = reads('a limit such as "8 per 15m"', (text): Limit | undefined => {
  const [, count, per = ''] = /^(\d{1,4}) per (\S+)$/.exec(text.trim()) ?? []
  const perMs = orUndefined(parseDuration(per))
  return Number(count) > 0 && perMs ? { count: Number(count), perMs } : undefined
})

/** In percent, below 100: of all the time there is nothing to spend. */
export const sloTarget = z
  .number('a percentage below 100, such as 99.9')
  .gt(0, 'a percentage below 100, such as 99.9')
  .lt(100, 'a percentage below 100, such as 99.9')

const severity = z.enum(SEVERITIES)
/** One or several. */
export const severities = z.union([severity.transform(one => [one]), z.array(severity).min(1)])

const orUndefined = <T>(value: T | Refusal): T | undefined => (value instanceof Refusal ? undefined : value)

export const timezone = reads(
  'a time zone such as Asia/Tokyo',
  text => (IANAZone.isValidZone(text) ? text : undefined),
  text => {
    const near = nearest(text, Intl.supportedValuesOf('timeZone'))
    return near && `did you mean ${near}?`
  },
)

export const date = reads('a date such as 2026-11-02', text =>
  /^\d{4}-\d\d-\d\d$/.test(text) && DateTime.fromISO(text).isValid ? text : undefined,
)

export const clockTime = reads('a time such as "09:00"', parseClock)

export const weekday = reads('a weekday such as mon', parseWeekday)

/** `mon 09:00` or `09:00`. */
export const handoff = reads('a handoff such as "mon 09:00", or "09:00"', (text): Handoff | undefined => {
  const [, day, time = ''] = /^(?:([a-z]+)\s+)?(\S+)$/i.exec(text.trim()) ?? []
  const [minute, number] = [parseClock(time), day === undefined ? undefined : parseWeekday(day)]
  if (minute === undefined || minute === 24 * 60) return undefined
  if (day === undefined) return { minute }
  return number === undefined ? undefined : { weekday: number, minute }
})

const RESTRICTION = reads(
  'hours such as "weekdays 09:00-18:00", "fri 18:00 - mon 09:00", weekends, holidays or business hours',
  parseRestriction,
  text => {
    const near = nearest(text.trim().split(' ')[0] ?? '', Object.keys(DAY_WORDS))
    return near && near !== text.trim().split(' ')[0] ? `did you mean ${near}?` : undefined
  },
)

/** `22:00-07:00`; past midnight when the end is not after the beginning. */
export const hours = reads('hours such as "22:00-07:00"', (text): Hours | undefined => {
  const [from = '', to = '', ...more] = text.split('-').map(each => each.trim())
  return more.length > 0 ? undefined : hoursOf(from, to)
})

/** One or several; within any of them. */
export const restrictions = z.union([
  RESTRICTION.transform(one => [one]),
  z.array(RESTRICTION).min(1).max(20),
])

const UNITS = { h: 'hour', d: 'day', w: 'week' } as const

export const every = reads('a whole number of hours, days or weeks such as 12h, 2d or 1w', text => {
  const [, count, unit] = /^(\d{1,4})([hdw])$/.exec(text.trim()) ?? []
  return Number(count) > 0 && unit
    ? { count: Number(count), unit: UNITS[unit as keyof typeof UNITS] }
    : undefined
})

/** `slack:#x`, `discord:ID`, `console:#x`, or a bare name on every connected chat. */
export const channel = reads<ChannelRef>(
  'a channel such as "#incidents", slack:#incidents or discord:1234567890',
  text => {
    const [, chat, name] = /^(?:(slack|discord|console):)?(#?\S.*)$/.exec(text.trim()) ?? []
    return name === undefined ? undefined : { name, ...(chat ? { chat } : {}) }
  },
)

export const slackId = reads(
  'a Slack user id such as U0AIKO1234',
  text => (/^[UW][A-Z0-9]{2,20}$/.test(text) ? text : undefined),
  () => 'find it in the Slack profile under "Copy member ID"',
)

export const discordId = z.union([z.string(), z.number()]).transform((value, context) => {
  if (typeof value === 'string' && /^\d{15,21}$/.test(value)) return value
  const hint =
    typeof value === 'number'
      ? 'write it in quotes: as a number it loses its last digits'
      : 'find it with "Copy User ID" in Discord\'s developer mode'
  context.addIssue({
    code: 'custom',
    message: 'a Discord user id in quotes, such as "80351110224678912"',
    params: { hint },
  })
  return z.NEVER
})

export const phone = reads(
  'a phone number such as "+815012345678"',
  text => (/^\+[1-9]\d{6,14}$/.test(text) ? text : undefined),
  () => 'write it in quotes with its country code',
)
export const email = reads('an e-mail address', text =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text : undefined,
)
/** Where Tocsin calls: a password in it would be shown wherever the address is. */
export const address = reads('an http or https address without a password in it', text => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url && /^https?:$/.test(url.protocol) && !url.username && !url.password ? text : undefined
})
export const header = z.string().regex(/^[A-Za-z0-9-]{1,100}$/, 'the name of a header')
export const key = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$/, 'a short name of letters, digits, - and _')
