import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../../../bot/refusal.ts'
import { type BusinessCalendar, isBusinessTime, nextBusinessOpen } from '../../../bot/schedules/business.ts'
import { formatDuration, parseDuration } from '../../../bot/schedules/duration.ts'

const TOKYO: BusinessCalendar = {
  timezone: 'Asia/Tokyo',
  holidays: ['2027-01-01'],
  days: [1, 2, 3, 4, 5],
  fromMinute: 540,
  toMinute: 1080,
}
const at = (iso: string) => Date.parse(iso)

test.each([
  ['in the night before a working day', '2026-11-23T18:00:00Z', '2026-11-24T00:00:00.000Z'],
  ['during business hours: the next day', '2026-11-24T03:00:00Z', '2026-11-25T00:00:00.000Z'],
  ['at the very opening: the next day', '2026-11-24T00:00:00Z', '2026-11-25T00:00:00.000Z'],
  ['on a Friday evening: Monday', '2026-11-27T10:00:00Z', '2026-11-30T00:00:00.000Z'],
  ['over a holiday', '2026-12-31T10:00:00Z', '2027-01-04T00:00:00.000Z'],
])('business hours open next, asked %s', (_, asked, expected) => {
  expect(new Date(nextBusinessOpen(TOKYO, at(asked))).toISOString()).toBe(expected)
})

test('a calendar without a working day is refused and not walked for ever (I25)', () => {
  expect(() => nextBusinessOpen({ ...TOKYO, days: [] }, at('2026-11-24T00:00:00Z'))).toThrow(Refusal)
})

test('business time is a half-open stretch of a working day', () => {
  expect(isBusinessTime(TOKYO, at('2026-11-24T00:00:00Z'))).toBe(true)
  expect(isBusinessTime(TOKYO, at('2026-11-24T09:00:00Z'))).toBe(false)
  expect(isBusinessTime(TOKYO, at('2027-01-01T03:00:00Z'))).toBe(false)
})

test.each([
  ['90s', 90_000],
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['1d', 86_400_000],
  ['3650d', 315_360_000_000],
  ['0s', 0],
])('%s is a duration, up to ten years (I18)', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each(['', '5', '5 minutes', '-5m', '1.5h', '99999d'])('"%s" is not a duration', text => {
  expect(parseDuration(text)).toBeInstanceOf(Refusal)
})

test.each([
  [0, '0 s'],
  [59_400, '59 s'],
  [60_000, '1 min'],
  [139_000, '2 min 19 s'],
  [3_600_000, '1 h'],
  [5_400_000, '1 h 30 min'],
  [90_000_000, '1 d 1 h'],
])('%d ms reads %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

const HOUR = 3_600_000

/** Walks hour by hour to the first opening on a day that counts. */
function walked(calendar: BusinessCalendar, from: number): number {
  const local = new Intl.DateTimeFormat('sv-SE', {
    timeZone: calendar.timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
  for (let at = Math.floor(from / HOUR) * HOUR + HOUR; ; at += HOUR) {
    const [date = '', time] = local.format(at).split(' ')
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7
    const opens = `${String(calendar.fromMinute / 60).padStart(2, '0')}:00`
    if (time === opens && calendar.days.some(day => day === weekday) && !calendar.holidays.includes(date))
      return at
  }
}

test('the next opening is the one that walking hour by hour finds, over weekends, holidays and changes of the clocks (I25)', () => {
  const calendar: fc.Arbitrary<BusinessCalendar> = fc.record({
    timezone: fc.constantFrom('Asia/Tokyo', 'America/New_York', 'Europe/Berlin', 'America/Sao_Paulo'),
    holidays: fc.subarray(['2026-12-25', '2027-01-01', '2027-03-15', '2027-03-29', '2027-04-02']),
    days: fc.subarray([1, 2, 3, 4, 5, 6, 7] as const, { minLength: 1 }).map(days => [...days]),
    fromMinute: fc.constantFrom(7 * 60, 9 * 60),
    toMinute: fc.constant(18 * 60),
  })
  const start = at('2026-12-01T00:00:00Z')
  fc.assert(
    fc.property(calendar, fc.integer({ min: 0, max: 150 * 24 * 60 }), (each, minutes) => {
      const from = start + minutes * 60_000
      const found = nextBusinessOpen(each, from)
      expect(new Date(found).toISOString()).toBe(new Date(walked(each, from)).toISOString())
      expect(isBusinessTime(each, found)).toBe(true)
      expect(isBusinessTime(each, found - 1)).toBe(false)
    }),
    { numRuns: 100 },
  )
})
