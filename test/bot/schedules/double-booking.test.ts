import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doubleBookings } from '../../../bot/schedules/double-booking.ts'
import { onCall } from '../../../bot/schedules/on-call.ts'
import type { Override, Schedule } from '../../../bot/schedules/types.ts'
import { at, DAY, HOUR } from './wall-clock.ts'

const NOW = at('2026-11-24T00:00:00Z')
const schedule = (name: string, people: readonly string[], hours = 24): Schedule => ({
  name,
  timezone: 'Etc/UTC',
  layers: [{ every: { count: hours, unit: 'hour' }, handoff: { minute: 0 }, starts: '2026-11-01', people }],
})
const stretch = (from: number, to: number) => ({ from: NOW + from * DAY, to: NOW + to * DAY })

test('somebody who is primary and secondary at once is found, as one stretch', () => {
  const all = [schedule('secondary', ['b', 'b', 'a']), schedule('primary', ['a', 'a', 'a'])]
  expect(doubleBookings(all, [], NOW, NOW + 3 * DAY)).toEqual([
    { person: 'a', schedules: ['primary', 'secondary'], ...stretch(0, 1) },
  ])
})

test('an override that makes somebody their own backup is found', () => {
  const override: Override = {
    id: '1',
    schedule: 'secondary',
    kind: 'extra',
    person: 'a',
    ...stretch(1, 2),
    at: 0,
    by: 'a',
  }
  const all = [schedule('primary', ['a']), schedule('secondary', ['b'])]
  expect(doubleBookings(all, [], NOW, NOW + 7 * DAY)).toEqual([])
  expect(doubleBookings(all, [override], NOW, NOW + 7 * DAY)).toEqual([
    { person: 'a', schedules: ['primary', 'secondary'], ...stretch(1, 2) },
  ])
})

test('found stretches are those in which two schedules name one person, as asking hour by hour finds them', () => {
  const people = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
  const turns = fc.array(fc.tuple(people, fc.integer({ min: 1, max: 30 })), { maxLength: 4 })
  fc.assert(
    fc.property(turns, all => {
      const schedules = all.map(([names, hours], index) => schedule(`s${index}`, names, hours))
      const found = doubleBookings(schedules, [], NOW, NOW + 4 * DAY)
      for (let hour = NOW; hour < NOW + 4 * DAY; hour += HOUR)
        for (const person of ['a', 'b', 'c']) {
          const names = schedules
            .filter(each => onCall(each, [], hour).people.includes(person))
            .map(each => each.name)
          const here = found.filter(each => each.person === person && each.from <= hour && hour < each.to)
          expect(here.map(each => each.schedules)).toEqual(names.length > 1 ? [names] : [])
        }
    }),
    { numRuns: 100 },
  )
})
