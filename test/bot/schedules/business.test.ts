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
  ['0s', 0],
])('%s is a duration', (text, ms) => {
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
