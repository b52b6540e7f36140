/** Who is on call over twenty layers, each with its zone and hours; a year of the shifts of a hundred schedules. */
import { onCall, shifts } from '../../bot/schedules/on-call.ts'
import type { Override, Rotation, Schedule, Weekday } from '../../bot/schedules/types.ts'
import { line } from './quantiles.ts'

const LAYERS = 20
const SCHEDULES = 100
const OVERRIDES = 100
const ASKED = 20_000
/** One answer is too short for the clock. */
const AT_ONCE = 20
const DAY_MS = 86_400_000
const BLOCKS = 24
/** Further apart than the offsets that are kept at a time. */
const APART_MS = 46 * DAY_MS
const YEAR = Date.UTC(2026, 0, 1)
const ZONES = Intl.supportedValuesOf('timeZone')
const HOLIDAYS = Array.from({ length: 20 }, (_, day) =>
  new Date(YEAR + day * 18 * DAY_MS).toISOString().slice(0, 10),
)
const WORKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5]

export async function benchSchedules(): Promise<readonly string[]> {
  const overrides = Array.from({ length: OVERRIDES }, (_, index) => override(index))
  const layered: Schedule = {
    name: 'layered',
    timezone: 'Etc/UTC',
    layers: Array.from({ length: LAYERS }, (_, index) => layer(index, ZONES[index * LAYERS])),
  }
  const hundred = Array.from({ length: SCHEDULES }, (_, index) => schedule(index))
  const first = Array.from(
    { length: BLOCKS },
    (_, block) => timed(() => void onCall(layered, overrides, YEAR + block * APART_MS)) * 1000,
  )
  const again = Array.from({ length: ASKED / AT_ONCE }, (_, index) => ask(layered, overrides, index))
  const years = Array.from({ length: 5 }, () =>
    timed(() => hundred.forEach(each => void shifts(each, overrides, YEAR, YEAR + 365 * DAY_MS))),
  )
  return [
    line(`on call over ${LAYERS} layers in as many zones`, again, 'us'),
    line('the same, of weeks that nobody asked for yet', first, 'us'),
    line(`a year of shifts of ${SCHEDULES} schedules`, years),
  ]
}

/** At instants all over three years. */
const ask = (of: Schedule, overrides: readonly Override[], round: number): number =>
  (timed(() => {
    for (let index = 0; index < AT_ONCE; index++)
      onCall(of, overrides, YEAR + (((round * AT_ONCE + index) * 7919 * 60_000) % (BLOCKS * APART_MS)))
  }) *
    1000) /
  AT_ONCE

function timed(work: () => void): number {
  const began = performance.now()
  work()
  return performance.now() - began
}

/** A week's turns, within an hour of the working days that is each layer's own. */
const layer = (index: number, timezone = 'Etc/UTC'): Rotation => ({
  name: `${index}`,
  timezone,
  every: { count: 1, unit: 'week' },
  handoff: { weekday: 1, minute: 540 },
  starts: '2025-01-06',
  people: ['aiko', 'ben', 'chika', 'diego'],
  only: [{ days: WORKDAYS, except: HOLIDAYS, fromMinute: 60 * index, toMinute: 60 * index + 60 }],
})

/** Weeks; two turns a working day over them; the days of the weekends over those. */
function schedule(index: number): Schedule {
  const turns = {
    handoff: { weekday: 1, minute: 540 },
    starts: '2025-01-06',
    people: ['aiko', 'ben', 'chika'],
  } as const
  return {
    name: `schedule-${index % 10}`,
    timezone: ZONES[index * 4] ?? 'Etc/UTC',
    layers: [
      { ...turns, every: { count: 1, unit: 'week' } },
      {
        ...turns,
        every: { count: 12, unit: 'hour' },
        only: [{ days: WORKDAYS, except: HOLIDAYS, fromMinute: 480, toMinute: 1200 }],
      },
      { ...turns, every: { count: 1, unit: 'day' }, only: [{ days: [6, 7], fromMinute: 0, toMinute: 1440 }] },
    ],
  }
}

const override = (index: number): Override => ({
  id: `${index}`,
  schedule: index % 2 === 0 ? 'layered' : `schedule-${index % 10}`,
  kind: index % 3 === 0 ? 'extra' : 'instead',
  person: 'emma',
  from: YEAR + index * 3 * DAY_MS,
  to: YEAR + (index * 3 + 1) * DAY_MS,
  at: YEAR,
  by: 'emma',
})
