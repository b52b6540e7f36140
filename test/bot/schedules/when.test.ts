import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../bot/refusal.ts'
import { parseStretch, parseWhen } from '../../../bot/schedules/when.ts'

const ZONE = 'Europe/Berlin'
/** A Tuesday, ten in the morning in Berlin. */
const NOW = Date.parse('2026-11-24T09:00:00Z')
const iso = (at: number | Refusal) =>
  at instanceof Refusal ? at.message : DateTime.fromMillis(at, { zone: ZONE }).toFormat("yyyy-MM-dd'T'HH:mm")

test.each([
  ['now', '2026-11-24T10:00'],
  ['3h', '2026-11-24T13:00'],
  ['+90m', '2026-11-24T11:30'],
  ['18:00', '2026-11-24T18:00'],
  ['9:30', '2026-11-25T09:30'],
  ['10:00', '2026-11-25T10:00'],
  ['today 12:00', '2026-11-24T12:00'],
  ['tomorrow', '2026-11-25T00:00'],
  ['Tomorrow 09:00', '2026-11-25T09:00'],
  ['fri 18:00', '2026-11-27T18:00'],
  ['tue 09:00', '2026-12-01T09:00'],
  ['monday', '2026-11-30T00:00'],
  ['2026-12-24', '2026-12-24T00:00'],
  ['2026-12-24 18:00', '2026-12-24T18:00'],
  ['2026-12-24T18:00', '2026-12-24T18:00'],
  ['2026-12-24T18:00:00Z', '2026-12-24T19:00'],
])('"%s" is %s', (text, expected) => {
  expect(iso(parseWhen(text, ZONE, NOW))).toBe(expected)
})

test.each(['', 'soon', '25:00', '2026-02-30', '18', 'fry 18:00', '2026-13-01T00:00Z'])(
  '"%s" is refused with examples',
  text => {
    expect(iso(parseWhen(text, ZONE, NOW))).toContain('Write now, 3h, 18:00')
  },
)

test('a time that the clocks skip is refused with the first instant after it, one that comes twice with both', () => {
  expect(iso(parseWhen('2027-03-28 02:30', ZONE, NOW))).toBe(
    '"2027-03-28 02:30" does not exist in Europe/Berlin: the clocks skip it. The first instant after is 2027-03-28T01:00:00Z.',
  )
  expect(iso(parseWhen('2027-10-31 02:30', ZONE, NOW))).toBe(
    '"2027-10-31 02:30" happens twice in Europe/Berlin. Write 2027-10-31T00:30:00Z or 2027-10-31T01:30:00Z.',
  )
})

describe('two times that nothing divides', () => {
  const stretch = (text: string) => {
    const read = parseStretch(text.split(' '), ZONE, NOW)
    return read instanceof Refusal ? read.message : [iso(read.from), iso(read.to)]
  }
  test.each([
    ['18:00 22:00', '2026-11-24T18:00', '2026-11-24T22:00'],
    ['22:00 06:00', '2026-11-24T22:00', '2026-11-25T06:00'],
    ['now 3h', '2026-11-24T10:00', '2026-11-24T13:00'],
    ['tomorrow 18:00 fri 09:00', '2026-11-25T18:00', '2026-11-27T09:00'],
    ['from 2026-12-24 to 2026-12-27', '2026-12-24T00:00', '2026-12-27T00:00'],
    ['2026-12-24 18:00 2026-12-25 09:00', '2026-12-24T18:00', '2026-12-25T09:00'],
    ['fri 18:00 mon 09:00', '2026-11-27T18:00', '2026-11-30T09:00'],
  ])('"%s"', (text, from, to) => {
    expect(stretch(text)).toEqual([from, to])
  })

  test('are refused when they have no meaning', () => {
    expect(stretch('whenever you like')).toContain('is not a beginning and an end')
    expect(stretch('18:00')).toContain('is not a beginning and an end')
    expect(stretch('now 2027-03-28 02:30')).toContain('the clocks skip it')
  })
})
