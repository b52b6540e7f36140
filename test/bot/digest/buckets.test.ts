/** A range cut into weeks, months or years: what each is called, which are not whole, and of which nothing was recorded. */
import { expect, test } from 'vitest'
import { bucketsOf } from '../../../bot/digest/buckets.ts'
import { past } from './teams.ts'

const DAY = 24 * 60 * 60_000
const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
const cut = (from: string, to: number, since: number | null = null, zone = 'Etc/UTC') => ({
  range: { from: at(from), to },
  anchor: { weekday: 1, minute: 0 } as const,
  zone,
  since,
})
/** Its first and its last, and how many there are; a star is not whole. */
const told = (...args: Parameters<typeof cut>) => {
  const { unit, all } = bucketsOf([], cut(...args))
  const names = all.map(({ label, partial }) => `${label}${partial ? '*' : ''}`)
  return [unit, names.length, names[0], names.at(-1)]
}

test.each([
  ['four weeks', '2026-08-31', at('2026-09-28'), ['week', 4, '31 Aug', '21 Sep']],
  ['26 weeks', '2026-08-31', at('2026-08-31') + 26 * 7 * DAY, ['week', 26, '31 Aug', '22 Feb']],
  [
    'more than 26 weeks',
    '2026-08-31',
    at('2026-08-31') + 26 * 7 * DAY + 1,
    ['month', 8, 'Aug 26*', 'Mar 27*'],
  ],
  ['whole months', '2026-01-01', at('2027-01-01'), ['month', 12, 'Jan 26', 'Dec 26']],
  [
    '36 months',
    '2024-01-01',
    at('2024-01-01') + Math.floor(36 * 4.35 * 7) * DAY,
    ['month', 36, 'Jan 24', 'Dec 26'],
  ],
  ['more than 36 months', '2024-01-01', at('2027-02-01'), ['year', 4, '2024', '2027*']],
  ['years', '2020-06-01', at('2027-01-01'), ['year', 7, '2020*', '2026']],
  ['a part of a week', '2026-09-01', at('2026-09-03'), ['week', 1, '1 Sep*', '1 Sep*']],
])('%s', (_, from, to, expected) => {
  expect(told(from, to)).toEqual(expected)
})

test('months are those of the team, whatever the clocks there do', () => {
  const zone = 'America/New_York'
  const { all } = bucketsOf([], cut('2026-01-01', at('2026-12-31'), null, zone))
  const iso = (instant: number | undefined) => new Date(instant ?? 0).toISOString().slice(0, 13)
  expect(all.slice(0, 3).map(({ label, from, to }) => [label, iso(from), iso(to)])).toEqual([
    ['Dec 25', '2026-01-01T00', '2026-01-01T05'],
    ['Jan 26', '2026-01-01T05', '2026-02-01T05'],
    ['Feb 26', '2026-02-01T05', '2026-03-01T05'],
  ])
  expect(iso(all[3]?.to)).toBe('2026-04-01T04')
})

test('an incident lies in the week that begins with its instant, and not in the one that ends with it', () => {
  const { all } = bucketsOf(
    [past(at('2026-08-31')), past(at('2026-09-07') - 1), past(at('2026-09-07')), past(at('2026-09-27'))],
    cut('2026-08-31', at('2026-09-28')),
  )
  expect(all.map(each => each.past.length)).toEqual([2, 1, 0, 1])
})

test('before anything was recorded nothing is known, unless there is an incident all the same', () => {
  const unknown = (since: number | null, ...incidents: readonly string[]) =>
    bucketsOf(
      incidents.map(each => past(at(each))),
      cut('2026-08-31', at('2026-09-28'), since),
    ).all.map(each => each.unknown)
  expect(unknown(null)).toEqual([false, false, false, false])
  expect(unknown(at('2026-09-14'))).toEqual([true, true, false, false])
  expect(unknown(at('2026-09-14') - 1)).toEqual([true, false, false, false])
  expect(unknown(at('2026-09-14'), '2026-09-01')).toEqual([false, true, false, false])
})
