/** Every change of every zone's clock, walked by hand: the shifts are what somebody before the clock would write down. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { onCall, shifts } from '../../../bot/schedules/on-call.ts'
import type { Restriction, Rotation, Schedule, Weekday } from '../../../bot/schedules/types.ts'
import { at, clockChanges, DAY, HOUR, instants, iso, MINUTE, shows, walk, watch } from './wall-clock.ts'

const ZONES = Intl.supportedValuesOf('timeZone')
const date = (local: number) => iso(local).slice(0, 10)

/** Who is on call at every look, by the shifts and asked out of the blue; the first difference in words, or none. */
function difference(schedule: Schedule, looked: readonly number[]): string | undefined {
  const looks = watch(schedule.timezone, looked)
  const expected = walk(schedule, looks)
  const found = shifts(schedule, [], looked[0]!, looked.at(-1)! + 1)
  let index = 0
  for (const [place, look] of looks.entries()) {
    while (look.at >= (found[index]?.to ?? Number.POSITIVE_INFINITY)) index++
    const said = [found[index]?.person, onCall(schedule, [], look.at).people[0] ?? null]
    if (said.some(person => person !== expected[place]))
      return `${schedule.timezone} ${iso(look.at)}: ${said.join(' and ')}, by the clock ${expected[place]}`
  }
  return undefined
}

/** Handoffs and hours that lie in, at and beside what the clock skips or repeats, `local` being when it does. */
function schedulesAround(timezone: string, local: number): readonly Schedule[] {
  const minute = Math.floor((local % DAY) / MINUTE)
  const starts = date(local - 2 * DAY)
  const people = ['a', 'b', 'c']
  const handoffs = [-30, 0, 30, 60].map(shift => ({ minute: (minute + shift + 1440) % 1440 }))
  const rotations: readonly Omit<Rotation, 'people' | 'starts'>[] = [
    ...handoffs.map(handoff => ({ every: { count: 1, unit: 'day' as const }, handoff })),
    { every: { count: 1, unit: 'hour' }, handoff: { minute: 0 } },
    { every: { count: 5, unit: 'hour' }, handoff: { minute: 45 } },
    { every: { count: 12, unit: 'hour' }, handoff: { minute: (minute + 15) % 1440 } },
    {
      every: { count: 1, unit: 'week' },
      handoff: { weekday: weekdayOf(local), minute: (minute + 15) % 1440 },
    },
  ]
  // One begins and one ends in what is skipped or repeated; so does the last day, where that is midnight.
  const hours = [-30, -150].map((shift): Restriction => {
    const fromMinute = (minute + shift + 1440) % 1440
    return { days: [1, 2, 3, 4, 5, 6, 7], fromMinute, toMinute: fromMinute + 121 }
  })
  return rotations.map((rotation, index) => ({
    name: 's',
    timezone,
    layers: [
      { ...rotation, starts, people, ends: date(local + ((index % 3) - 1) * DAY) },
      { ...rotation, starts, people: ['d', 'e'], only: [hours[index % 2]!] },
    ],
  }))
}

const weekdayOf = (local: number) => (((new Date(local).getUTCDay() + 6) % 7) + 1) as Weekday

describe.each([2026, 2027, 2028])('in %d', year => {
  test('every change of every zone', () => {
    let changes = 0
    const wrong = ZONES.flatMap(zone =>
      clockChanges(zone, at(`${year}-01-01T00:00:00Z`), at(`${year + 1}-01-01T00:00:00Z`)).flatMap(change => {
        changes++
        const local = shows(zone, change - 1000) + 1000
        const all = schedulesAround(zone, local)
        // Two of the kinds at each change, so that every kind meets every sort of change in some zone.
        const chosen = [all[changes % all.length]!, all[(changes * 3 + 1) % all.length]!]
        return chosen.flatMap(
          schedule => difference(schedule, instants(change - 3 * DAY, change + 2 * DAY, 15 * MINUTE)) ?? [],
        )
      }),
    )
    expect(wrong).toEqual([])
    expect(changes).toBeGreaterThan(200)
  })
})

test('the turn of the year and the leap day, in every zone', () => {
  const wrong = ZONES.flatMap((zone, index) =>
    [at('2026-12-31T12:00:00Z'), at('2028-02-29T12:00:00Z')].flatMap(instant => {
      const all = schedulesAround(zone, Math.floor(shows(zone, instant) / DAY) * DAY)
      const schedule = all[index % all.length]!
      return difference(schedule, instants(instant - 3 * DAY, instant + 2 * DAY, 30 * MINUTE)) ?? []
    }),
  )
  expect(wrong).toEqual([])
})

test.each([
  ['Samoa skipped Friday 30 December 2011', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['Tokelau too', 'Pacific/Fakaofo', '2011-12-30T11:00:00Z'],
  ['Kwajalein skipped a day in 1993', 'Pacific/Kwajalein', '1993-08-21T12:00:00Z'],
  ['Lord Howe moves by half an hour', 'Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Chatham lies 45 minutes beside', 'Pacific/Chatham', '2027-04-03T14:00:00Z'],
  ['Nepal moved to 45 minutes', 'Asia/Kathmandu', '1985-12-31T18:30:00Z'],
  ['Caracas moved by half an hour', 'America/Caracas', '2016-05-01T07:00:00Z'],
  ['St John’s changed one minute after midnight', 'America/St_Johns', '2006-10-29T02:31:00Z'],
  ['Recife kept its summer time for a week', 'America/Recife', '2000-10-15T02:00:00Z'],
  ['Sao Paulo skipped midnight', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
])('%s: every kind of rotation, minute by minute', (_, zone, instant) => {
  const change = at(instant)
  const local = shows(zone, change - MINUTE) + MINUTE
  expect(shows(zone, change) - change).not.toBe(shows(zone, change - MINUTE) - (change - MINUTE))
  const wrong = schedulesAround(zone, local).flatMap(
    schedule => difference(schedule, instants(change - 3 * DAY, change + 2 * DAY, MINUTE)) ?? [],
  )
  expect(wrong).toEqual([])
})

const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }) as fc.Arbitrary<Weekday>, { minLength: 1 })
/** Any minute of a day, oftener one near the change of the clock. */
const minuteNear = (change: number) =>
  fc.oneof(
    fc.integer({ min: 0, max: 1439 }),
    // Where a civil day was skipped, the change lies a whole day before.
    fc.integer({ min: -75, max: 75 }).map(shift => (((change + shift) % 1440) + 1440) % 1440),
  )
const restriction = (day: number, change: number) =>
  fc
    .record({
      days: fc.oneof(weekdays, fc.constant<Weekday[]>([])),
      fromMinute: minuteNear(change),
      length: fc.oneof(fc.integer({ min: 1, max: 4000 }), fc.constantFrom(30, 60, 1380, 1440, 1470)),
      dates: fc.subarray([-1, 0, 1, 2].map(offset => date(day + offset * DAY))),
      except: fc.subarray([-2, 0, 1].map(offset => date(day + offset * DAY))),
    })
    .map(({ length, ...rest }) => ({ ...rest, toMinute: rest.fromMinute + length }))
const rotation = (day: number, change: number): fc.Arbitrary<Rotation> =>
  fc
    .record({
      every: fc.record({
        count: fc.integer({ min: 1, max: 30 }),
        unit: fc.constantFrom('hour' as const, 'day' as const, 'week' as const),
      }),
      weekday: fc.option(fc.integer({ min: 1, max: 7 }) as fc.Arbitrary<Weekday>),
      minute: minuteNear(change),
      starts: fc.integer({ min: -9, max: 1 }),
      lasts: fc.option(fc.integer({ min: 0, max: 12 })),
      people: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 }),
      only: fc.array(restriction(day, change), { maxLength: 2 }),
    })
    .map(({ weekday, minute, starts, lasts, ...rest }) => ({
      ...rest,
      handoff: weekday === null ? { minute } : { weekday, minute },
      starts: date(day + starts * DAY),
      ...(lasts === null ? {} : { ends: date(day + (starts + lasts) * DAY) }),
    }))

/** A zone, one of the changes of its clock in six decades (or any day when it has none), and layers near it. */
const somewhere = fc
  .tuple(fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 12 }))
  .chain(([zone, years]) => {
    const from = at(`${1975 + 5 * years}-01-01T00:00:00Z`)
    const changes = clockChanges(zone, from, from + 1826 * DAY, 5 * DAY)
    return fc
      .constantFrom(
        ...(changes.length > 0 ? changes : [at('2028-02-29T00:00:00Z'), at('2026-12-31T12:00:00Z')]),
      )
      .chain(change => {
        const day = Math.floor(shows(zone, change) / DAY) * DAY
        const minute = Math.floor((shows(zone, change - MINUTE) + MINUTE - day) / MINUTE)
        return fc.record({
          change: fc.constant(change),
          schedule: fc
            .array(rotation(day, minute), { minLength: 1, maxLength: 3 })
            .map(layers => ({ name: 's', timezone: zone, layers })),
        })
      })
  })

test('any layers, any zone, any change of its clock since 1975', { timeout: 240_000 }, () => {
  fc.assert(
    fc.property(somewhere, ({ change, schedule }) => {
      const looked = [
        ...instants(change - 10 * DAY, change - 26 * HOUR, HOUR),
        ...instants(change - 26 * HOUR, change + 26 * HOUR, MINUTE),
      ]
      expect(difference(schedule, looked)).toBeUndefined()
    }),
    { numRuns: 150 },
  )
})

test('shifts cover any range exactly, are half-open, differ from their neighbours, and say what `onCall` says (I19)', () => {
  fc.assert(
    fc.property(
      somewhere,
      fc.integer({ min: -9 * 24 * 3600, max: 0 }),
      fc.integer({ min: 1, max: 400 * 24 }),
      ({ change, schedule }, seconds, hours) => {
        const from = change + seconds * 1000
        const to = from + hours * HOUR
        const all = shifts(schedule, [], from, to)
        expect(all[0]?.from).toBe(from)
        expect(all.at(-1)?.to).toBe(to)
        all.forEach((shift, index) => {
          expect(shift.from).toBeLessThan(shift.to)
          if (index > 0) expect(shift.from).toBe(all[index - 1]?.to)
          if (index > 0) expect(shift.person).not.toBe(all[index - 1]?.person)
        })
        for (const { from: begins, to: ends, person } of all.slice(0, 50))
          for (const probe of [begins, Math.floor((begins + ends) / 2), ends - 1])
            expect(onCall(schedule, [], probe).people[0] ?? null).toBe(person)
      },
    ),
    { numRuns: 150 },
  )
})
