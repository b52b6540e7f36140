import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onCallThen, shiftsThen, type Version } from '../../../bot/schedules/history.ts'
import { gaps, nextChange, onCall, shifts } from '../../../bot/schedules/on-call.ts'
import { turnsOf } from '../../../bot/schedules/turns.ts'
import type { Override, Rotation, Schedule } from '../../../bot/schedules/types.ts'
import { at, DAY, HOUR } from './wall-clock.ts'

const layer = (rest: Partial<Rotation> = {}): Rotation => ({
  every: { count: 1, unit: 'day' },
  handoff: { minute: 540 },
  starts: '2026-01-01',
  people: ['a'],
  ...rest,
})
const schedule = (...layers: readonly Partial<Rotation>[]): Schedule => ({
  name: 's',
  timezone: 'Etc/UTC',
  layers: layers.map(layer),
})
const NOON = at('2026-11-24T12:00:00Z')
const override = (rest: Partial<Override> = {}): Override => ({
  id: '1',
  schedule: 's',
  kind: 'instead',
  person: 'x',
  from: NOON,
  to: NOON + 4 * HOUR,
  at: 0,
  by: 'chika',
  ...rest,
})
const A = schedule({})

test('an extra is on call beside whoever is, and each has their own reason', () => {
  const answer = onCall(A, [override({ kind: 'extra' })], NOON)
  expect(answer).toEqual({ people: ['a', 'x'], source: 'rotation, with x (extra by chika)' })
})

test('an extra in a gap is on call alone', () => {
  expect(onCall(schedule(), [override({ kind: 'extra' })], NOON)).toEqual({
    people: ['x'],
    source: 'extra by chika',
  })
})

test('somebody instead of whoever has the turn leaves the extras where they are', () => {
  const all = [override({ kind: 'extra', person: 'y' }), override({ id: '2', at: 1 })]
  expect(onCall(A, all, NOON)).toEqual({
    people: ['x', 'y'],
    source: 'override by chika, with y (extra by chika)',
  })
})

test('somebody instead of an extra is an extra', () => {
  const all = [override({ kind: 'extra', person: 'y' }), override({ id: '2', at: 1, instead: 'y' })]
  expect(onCall(A, all, NOON).people).toEqual(['a', 'x'])
})

test('nobody is on call twice', () => {
  const extra = override({ kind: 'extra' })
  expect(onCall(A, [extra, override({ id: '2', at: 1 })], NOON).people).toEqual(['x'])
  expect(onCall(A, [override(), { ...extra, id: '2', at: 1 }], NOON).people).toEqual(['x'])
})

test('who takes a turn over can pass it on; the later word counts, in whatever order they are listed', () => {
  const first = override({ person: 'x', instead: 'a', at: 1 })
  const second = override({ id: '2', person: 'y', instead: 'x', at: 2 })
  expect(onCall(A, [second, first], NOON).people).toEqual(['y'])
  expect(onCall(A, [override({ at: 2, person: 'y' }), override({ id: '2', at: 1 })], NOON).people).toEqual([
    'y',
  ])
})

test('an override holds from when it was made, whatever it says', () => {
  const late = override({ at: NOON + HOUR })
  expect(onCall(A, [late], NOON + HOUR - 1).people).toEqual(['a'])
  expect(onCall(A, [late], NOON + HOUR).people).toEqual(['x'])
})

test('one that is cancelled stays as it was until then', () => {
  const cancelled = override({ cancelledAt: NOON + HOUR })
  expect(onCall(A, [cancelled], NOON + HOUR - 1).people).toEqual(['x'])
  expect(onCall(A, [cancelled], NOON + HOUR).people).toEqual(['a'])
  expect(shifts(A, [cancelled], NOON, NOON + 4 * HOUR).map(shift => shift.person)).toEqual(['x', 'a'])
  expect(onCall(A, [override({ cancelledAt: NOON + 9 * HOUR })], NOON + 4 * HOUR - 1).people).toEqual(['x'])
})

test('an override of another schedule changes nothing', () => {
  expect(onCall(A, [override({ schedule: 'other' })], NOON).people).toEqual(['a'])
})

test('a layer is named in the answer, and may have a zone of its own', () => {
  const sun = schedule(
    { people: ['tokyo'], timezone: 'Asia/Tokyo' },
    {
      name: 'berlin',
      people: ['berlin'],
      timezone: 'Europe/Berlin',
      only: [{ days: [1, 2, 3, 4, 5], fromMinute: 540, toMinute: 1080 }],
    },
  )
  const day = shifts(sun, [], at('2026-11-24T00:00:00Z'), at('2026-11-25T00:00:00Z'))
  expect(day.map(({ person, from, source }) => [person, new Date(from).getUTCHours(), source])).toEqual([
    ['tokyo', 0, 'rotation'],
    ['berlin', 8, 'layer berlin'],
    ['tokyo', 17, 'rotation'],
  ])
})

test('a holiday is no working day, and the layer for holidays covers it', () => {
  const christmas = ['2026-12-25']
  const s = schedule(
    {
      name: 'days',
      people: ['day'],
      only: [{ days: [5], except: christmas, fromMinute: 0, toMinute: 1440 }],
    },
    {
      name: 'holidays',
      people: ['brave'],
      only: [{ days: [], dates: christmas, fromMinute: 0, toMinute: 1440 }],
    },
  )
  expect(onCall(s, [], at('2026-12-18T12:00:00Z')).people).toEqual(['day'])
  expect(onCall(s, [], at('2026-12-25T12:00:00Z')).people).toEqual(['brave'])
  expect(nextChange(s, [], at('2026-12-25T12:00:00Z'))).toBe(at('2026-12-26T00:00:00Z'))
})

test('once its last date is over, a layer of dates never comes again and is not looked for', () => {
  const s = schedule({ only: [{ days: [], dates: ['2026-12-25'], fromMinute: 0, toMinute: 1440 }] })
  expect(nextChange(s, [], at('2026-01-20T00:00:00Z'))).toBe(at('2026-12-25T00:00:00Z'))
  expect(nextChange(s, [], at('2026-12-26T00:00:00Z'))).toBeUndefined()
})

test('from Friday evening to Monday morning is one window', () => {
  const s = schedule({ only: [{ days: [5], fromMinute: 18 * 60, toMinute: (3 * 24 + 9) * 60 }] })
  expect(gaps(s, [], at('2026-11-23T00:00:00Z'), at('2026-12-01T00:00:00Z'))).toEqual([
    { from: at('2026-11-23T09:00:00Z'), to: at('2026-11-27T18:00:00Z') },
    { from: at('2026-11-30T09:00:00Z'), to: at('2026-12-01T00:00:00Z') },
  ])
})

test('a range of more shifts than anybody can read is refused', () => {
  const s = schedule({ every: { count: 1, unit: 'hour' }, people: ['a', 'b'] })
  expect(() => shifts(s, [], NOON, NOON + 5000 * DAY)).toThrow('too many shifts')
})

test("an extra who comes and goes does not cut anybody's turn in two", () => {
  const all = shifts(A, [override({ kind: 'extra' })], NOON - HOUR, NOON + 6 * HOUR)
  expect(all).toHaveLength(3)
  expect(turnsOf('s', all)).toEqual([
    { schedule: 's', person: 'a', from: NOON - HOUR, to: NOON + 6 * HOUR, source: 'rotation' },
    { schedule: 's', person: 'x', from: NOON, to: NOON + 4 * HOUR, source: 'extra by chika' },
  ])
})

test('before the first version, and while there is no such schedule, nobody is on call', () => {
  const versions: readonly Version[] = [
    { validFrom: NOON + HOUR, schedule: null },
    { validFrom: NOON, schedule: A },
  ]
  expect(shiftsThen(versions, [], NOON - HOUR, NOON + 2 * HOUR).map(shift => shift.person)).toEqual([
    null,
    'a',
    null,
  ])
  expect(onCallThen(versions, [], NOON - 1).people).toEqual([])
  expect(onCallThen(versions, [], NOON).people).toEqual(['a'])
})

test('an edit that leaves the rotation as it was cuts no shift', () => {
  const versions = [0, NOON].map(validFrom => ({ validFrom, schedule: A }))
  expect(shiftsThen(versions, [], NOON - HOUR, NOON + HOUR)).toHaveLength(1)
})

const person = fc.constantFrom('a', 'b', 'c', 'x', 'y')
const hour = fc.integer({ min: -72, max: 72 }).map(hours => NOON + hours * HOUR)
const anyOverride = fc
  .record({
    kind: fc.constantFrom('instead' as const, 'extra' as const),
    person,
    from: hour,
    length: fc.integer({ min: 1, max: 60 }),
  })
  .chain(({ length, ...rest }) =>
    fc
      .record({
        instead: fc.option(person),
        ago: fc.integer({ min: -30, max: 90 }),
        cancelled: fc.option(hour),
      })
      .map(({ instead, ago, cancelled }) => ({
        ...override({ ...rest, to: rest.from + length * HOUR, at: rest.from - ago * HOUR }),
        ...(instead === null ? {} : { instead }),
        ...(cancelled === null ? {} : { cancelledAt: cancelled }),
      })),
  )
const anySchedule = fc.array(fc.uniqueArray(person, { minLength: 1 }), { maxLength: 2 }).map(all =>
  schedule(
    ...all.map((people, index) => ({
      people,
      every: { count: 7, unit: 'hour' as const },
      only: index === 0 ? [] : [{ days: [2, 4, 6] as const, fromMinute: 480, toMinute: 900 }],
    })),
  ),
)
const numbered = (all: readonly Override[]) => all.map((each, index) => ({ ...each, id: String(index) }))

test('what anybody edits, orders or cancels at T changes nothing before T (I21)', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ validFrom: hour, schedule: anySchedule }), { maxLength: 3 }),
      anySchedule,
      fc.array(anyOverride, { maxLength: 5 }),
      anyOverride,
      hour,
      (versions, edited, orders, order, now) => {
        const known = numbered(orders).filter(each => each.at <= now)
        const before = versions.filter(each => each.validFrom <= now)
        const from = NOON - 96 * HOUR
        fc.pre(from < now)
        const past = shiftsThen(before, known, from, now)
        const afterwards = known.map((each, index) =>
          index === 0 && each.cancelledAt === undefined ? { ...each, cancelledAt: now } : each,
        )
        const later = [...before, { validFrom: now, schedule: edited }]
        expect(shiftsThen(later, [...afterwards, { ...order, id: 'new', at: now }], from, now)).toEqual(past)
      },
    ),
    { numRuns: 500 },
  )
})

test('with any overrides shifts cover the range, nobody is on call twice, and `onCall` says the same', () => {
  fc.assert(
    fc.property(anySchedule, fc.array(anyOverride, { maxLength: 6 }), hour, (s, orders, from) => {
      const overrides = numbered(orders)
      const all = shifts(s, overrides, from, from + 100 * HOUR)
      expect(all.at(-1)?.to).toBe(from + 100 * HOUR)
      let end = from
      for (const shift of all) {
        expect(shift.from).toBe(end)
        end = shift.to
        const names = [shift.person, ...(shift.also ?? []).map(duty => duty.person)].filter(
          name => name !== null,
        )
        expect(new Set(names).size).toBe(names.length)
        for (const probe of [shift.from, shift.to - 1])
          expect(onCall(s, overrides, probe).people).toEqual(names)
      }
    }),
    { numRuns: 300 },
  )
})

test('`nextChange` is the first instant at which other people are on call', () => {
  fc.assert(
    fc.property(anySchedule, fc.array(anyOverride, { maxLength: 6 }), hour, (s, orders, from) => {
      const overrides = numbered(orders)
      const who = (instant: number) => onCall(s, overrides, instant).people.join()
      const found = nextChange(s, overrides, from)
      const stepped = Array.from({ length: 100 }, (_, index) => from + (index + 1) * HOUR).find(
        instant => who(instant) !== who(from),
      )
      if (stepped !== undefined) expect(found).toBe(stepped)
      else expect(found ?? Number.POSITIVE_INFINITY).toBeGreaterThan(from + 100 * HOUR)
    }),
    { numRuns: 300 },
  )
})
