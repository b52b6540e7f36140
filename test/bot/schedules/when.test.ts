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

test('a time that the clocks skip or show twice is refused with the two that it could be, and either is understood (I20)', () => {
  const skipped = iso(parseWhen('2027-03-28 02:30', ZONE, NOW))
  expect(skipped).toBe(
    '"2027-03-28 02:30" does not exist in Europe/Berlin: the clocks skip it. Write 2027-03-28T01:30+01:00 or 2027-03-28T03:30+02:00.',
  )
  const twice = iso(parseWhen('2027-10-31 02:30', ZONE, NOW))
  expect(twice).toBe(
    '"2027-10-31 02:30" happens twice in Europe/Berlin. Write 2027-10-31T02:30+02:00 for the first, or 2027-10-31T02:30+01:00.',
  )
  const offered = [...`${skipped} ${twice}`.matchAll(/\S+T\d\d:\d\d[+-]\d\d:\d\d/g)].map(([text]) =>
    parseWhen(text, ZONE, NOW),
  )
  expect(offered).toEqual(
    ['2027-03-28T00:30Z', '2027-03-28T01:30Z', '2027-10-31T00:30Z', '2027-10-31T01:30Z'].map(Date.parse),
  )
})

test.each([
  ['America/St_Johns', '2027-03-14 02:30', '2027-03-14T01:30-03:30 or 2027-03-14T03:30-02:30'],
  ['Australia/Lord_Howe', '2026-10-04 02:15', '2026-10-04T01:45+10:30 or 2026-10-04T02:45+11:00'],
  ['Pacific/Apia', '2011-12-30 12:00', '2011-12-29T12:00-10:00 or 2011-12-31T12:00+14:00'],
])('in %s "%s" could be %s', (zone, text, candidates) => {
  expect((parseWhen(text, zone, NOW) as Refusal).hint).toBe(`Write ${candidates}.`)
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
    ['tomorrow 09:00 tomorrow 18:00', '2026-11-25T09:00', '2026-11-25T18:00'],
    ['tomorrow 09:00 18:00', '2026-11-25T09:00', '2026-11-25T18:00'],
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
