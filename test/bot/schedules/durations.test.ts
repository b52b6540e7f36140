/** Durations, weekdays and due dates as people write and read them. */
import { expect, test } from 'vitest'
import { Refusal } from '../../../bot/refusal.ts'
import { parseDue } from '../../../bot/schedules/due.ts'
import { formatDuration, parseDuration } from '../../../bot/schedules/duration.ts'
import { parseWeekday } from '../../../bot/schedules/weekday.ts'

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000]

test.each([
  [0, '0 s'],
  [-5000, '0 s'],
  [499, '0 s'],
  [500, '1 s'],
  [59 * SECOND, '59 s'],
  [59_500, '1 min'],
  [61 * SECOND, '1 min 1 s'],
  [9 * MINUTE + 59 * SECOND, '9 min 59 s'],
  [10 * MINUTE + 1 * SECOND, '10 min'],
  [59 * MINUTE + 59 * SECOND, '59 min'],
  [HOUR, '1 h'],
  [HOUR + 5 * MINUTE, '1 h 5 min'],
  [23 * HOUR + 59 * MINUTE, '23 h 59 min'],
  [DAY, '1 d'],
  [DAY + 3 * HOUR, '1 d 3 h'],
  [40 * DAY, '40 d'],
])('%d ms reads "%s"', (ms, said) => {
  expect(formatDuration(ms)).toBe(said)
})

test.each([
  ['250ms', 250],
  ['90s', 90 * SECOND],
  [' 5M ', 5 * MINUTE],
  ['1h30m', 90 * MINUTE],
  ['1d', DAY],
  ['3660d', 3660 * DAY],
])('"%s" is %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each([
  ['x5m', '"x5m" is not a duration. Write 90s, 5m, 1h or 1d.'],
  ['5m x', '"5m x" is not a duration. Write 90s, 5m, 1h or 1d.'],
  ['5', '"5" is not a duration. Write 90s, 5m, 1h or 1d.'],
  ['3661d', '"3661d" is longer than ten years. Write 90s, 5m, 1h or 1d.'],
])('"%s" is refused', (text, said) => {
  expect((parseDuration(text) as Refusal).message).toBe(said)
})

test.each([
  ['mon', 1],
  ['Tuesday', 2],
  ['WED', 3],
  ['thurs', 4],
  ['friday', 5],
  ['satur', 6],
  ['sun', 7],
  ['mo', undefined],
  ['', undefined],
  ['monday!', undefined],
  ['onday', undefined],
])('"%s" is weekday %s', (text, day) => {
  expect(parseWeekday(text)).toBe(day)
})

const due = (text: string, zone = 'Asia/Tokyo') => {
  const at = parseDue(text, zone, Date.parse('2026-11-24T03:00:00Z'))
  return at instanceof Refusal ? at.message : new Date(at).toISOString().slice(0, 19)
}
test.each([
  ['7d', '2026-12-01T14:59:59'],
  [' fri ', '2026-11-27T14:59:59'],
  ['tomorrow', '2026-11-25T14:59:59'],
  ['2027-01-15', '2027-01-15T14:59:59'],
  ['soonish', '"soonish" is not a date that Tocsin understands. Write 7d, fri, tomorrow or 2027-01-15.'],
])('due "%s" is the end of that day on the owner’s clock: %s', (text, expected) => {
  expect(due(text)).toBe(expected)
})
test('a date that the clocks skip is refused in their words', () => {
  expect(due('2011-12-30', 'Pacific/Apia')).toContain('the clocks skip it')
})
