import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextChange, onCall, shifts } from '../../../bot/schedules/on-call.ts'
import type { Override, Rotation, Schedule } from '../../../bot/schedules/types.ts'
import { toInstant, toLocal } from '../../../bot/schedules/zone.ts'

const at = (iso: string) => Date.parse(iso)
const iso = (instant: number) => new Date(instant).toISOString()
const schedule = (timezone: string, ...layers: readonly Partial<Rotation>[]): Schedule => ({
  name: 's',
  timezone,
  layers: layers.map(layer => ({
    every: { count: 1, unit: 'day' },
    handoff: { minute: 540 },
    starts: '2026-01-01',
    people: ['a', 'b'],
    ...layer,
  })),
})
const who = (s: Schedule, instant: string, overrides: readonly Override[] = []) =>
  onCall(s, overrides, at(instant)).people.join()

test('the first shift begins at the first handoff at or after 00:00 on `starts`; before it nobody is on call', () => {
  const s = schedule('Asia/Tokyo', {
    every: { count: 1, unit: 'week' },
    handoff: { weekday: 1, minute: 540 },
    starts: '2026-11-03',
  })
  expect(who(s, '2026-11-08T23:59:59Z')).toBe('')
  expect(who(s, '2026-11-09T00:00:00Z')).toBe('a')
  expect(who(s, '2026-11-16T00:00:00Z')).toBe('b')
})

test('twelve hours from 09:00 is 09:00 and 21:00 every day, whatever the clocks did', () => {
  const s = schedule('America/New_York', { every: { count: 12, unit: 'hour' }, starts: '2026-10-30' })
  const handoffs = shifts(s, [], at('2026-10-31T12:00:00Z'), at('2026-11-03T00:00:00Z'))
    .slice(1)
    .map(shift => iso(shift.from))
  expect(handoffs).toEqual([
    '2026-10-31T13:00:00.000Z',
    '2026-11-01T01:00:00.000Z',
    '2026-11-01T14:00:00.000Z',
    '2026-11-02T02:00:00.000Z',
    '2026-11-02T14:00:00.000Z',
  ])
})

describe('a handoff on the wall clock (I20)', () => {
  test.each([
    [
      'at a time that does not exist happens at the first instant after the gap',
      'America/New_York',
      150,
      '2027-03-14',
      '2027-03-14T07:00:00.000Z',
    ],
    [
      'at a time that exists twice happens the first time',
      'America/New_York',
      90,
      '2026-11-01',
      '2026-11-01T05:30:00.000Z',
    ],
    [
      'in a zone whose clocks move by half an hour',
      'Australia/Lord_Howe',
      135,
      '2026-10-04',
      '2026-10-03T15:30:00.000Z',
    ],
    ['in a zone of 45 minutes', 'Asia/Kathmandu', 540, '2026-10-04', '2026-10-04T03:15:00.000Z'],
    ['on a civil day that was skipped', 'Pacific/Apia', 540, '2011-12-30', '2011-12-30T10:00:00.000Z'],
  ])('%s', (_, zone, minute, day, expected) => {
    const s = schedule(zone, { handoff: { minute }, starts: day })
    const first = shifts(
      s,
      [],
      at(`${day}T00:00:00Z`) - 86_400_000,
      at(`${day}T00:00:00Z`) + 2 * 86_400_000,
    ).find(shift => shift.person === 'a')
    expect(iso(first!.from)).toBe(expected)
  })
})

test('a later layer covers an earlier one in its hours', () => {
  const s = schedule(
    'Etc/UTC',
    { people: ['night'] },
    { people: ['day'], only: [{ days: [1, 2, 3, 4, 5], fromMinute: 540, toMinute: 1080 }] },
  )
  expect(who(s, '2026-11-24T08:59:59Z')).toBe('night')
  expect(who(s, '2026-11-24T09:00:00Z')).toBe('day')
  expect(who(s, '2026-11-24T18:00:00Z')).toBe('night')
  expect(who(s, '2026-11-28T12:00:00Z')).toBe('night')
})

test('an override stands in for its time, and only for whom it names', () => {
  const s = schedule('Etc/UTC', { people: ['a'] })
  const override = {
    id: '1',
    schedule: 's',
    from: at('2026-11-24T10:00:00Z'),
    to: at('2026-11-24T12:00:00Z'),
    person: 'c',
    by: 'c',
    kind: 'instead' as const,
    at: 0,
  }
  expect(who(s, '2026-11-24T11:00:00Z', [override])).toBe('c')
  expect(who(s, '2026-11-24T12:00:00Z', [override])).toBe('a')
  expect(who(s, '2026-11-24T11:00:00Z', [{ ...override, instead: 'b' }])).toBe('a')
})

test('the last day of a rotation is its `ends`', () => {
  const s = schedule('Etc/UTC', { people: ['a'], ends: '2026-11-24' })
  expect(who(s, '2026-11-24T23:59:59Z')).toBe('a')
  expect(who(s, '2026-11-25T00:00:00Z')).toBe('')
  expect(nextChange(s, [], at('2026-11-26T00:00:00Z'))).toBeUndefined()
})

const ZONES = [
  'Etc/UTC',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Asia/Tehran',
  'America/St_Johns',
  'Africa/Casablanca',
  'Asia/Tokyo',
]

test('shifts cover the range exactly and agree with who is on call, in every kind of zone', () => {
  const rotation = fc.record({
    count: fc.integer({ min: 1, max: 13 }),
    unit: fc.constantFrom('hour' as const, 'day' as const, 'week' as const),
    minute: fc.integer({ min: 0, max: 1439 }),
    people: fc.integer({ min: 1, max: 4 }),
  })
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      rotation,
      fc.integer({ min: 0, max: 700 }),
      fc.integer({ min: 0, max: 86_399 }),
      (zone, { count, unit, minute, people }, day, second) => {
        const s = schedule(zone, {
          every: { count, unit },
          handoff: unit === 'week' ? { weekday: 3, minute } : { minute },
          starts: '2026-01-01',
          people: ['a', 'b', 'c', 'd'].slice(0, people),
        })
        const from = at('2026-01-10T00:00:00Z') + day * 86_400_000 + second * 1000
        const to = from + 3 * 86_400_000
        const all = shifts(s, [], from, to)
        expect(all[0]?.from).toBe(from)
        expect(all.at(-1)?.to).toBe(to)
        all.forEach((shift, index) => {
          expect(shift.from).toBeLessThan(shift.to)
          if (index > 0) expect(shift.from).toBe(all[index - 1]?.to)
          for (const probe of [shift.from, Math.floor((shift.from + shift.to) / 2), shift.to - 1])
            expect(onCall(s, [], probe).people[0] ?? null).toBe(shift.person)
        })
      },
    ),
    { numRuns: 150 },
  )
})

test('a local time becomes the first instant at which a clock on the wall shows it or more, as stepping through the day finds it', () => {
  const MINUTE = 60_000
  for (const [zone, day] of [
    ['America/New_York', '2027-03-14'],
    ['Europe/London', '2026-10-25'],
    ['Australia/Lord_Howe', '2027-04-04'],
    ['Asia/Tehran', '2022-09-21'],
  ] as const) {
    const midnight = at(`${day}T00:00:00Z`)
    for (let local = midnight; local < midnight + 24 * 60 * MINUTE; local += 10 * MINUTE) {
      let stepped = local - 16 * 60 * MINUTE
      while (toLocal(zone, stepped) < local) stepped += MINUTE
      expect(`${zone} ${iso(toInstant(zone, local))}`).toBe(`${zone} ${iso(stepped)}`)
    }
  }
})
