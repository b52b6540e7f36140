/** Pictures of a few weeks whose figures are known. */
import { bucketsOf } from '../../../bot/digest/buckets.ts'
import { heatMap } from '../../../bot/digest/charts/heat-map.ts'
import { speeds } from '../../../bot/digest/charts/speeds.ts'
import { LIGHT, WEB } from '../../../bot/digest/charts/theme.ts'
import { trend } from '../../../bot/digest/charts/trend.ts'
import type { Picture } from '../../../bot/message.ts'
import { DAY_MS, HOUR_MS, past, START } from './teams.ts'

const MONDAY = { weekday: 1, minute: 0 } as const
const weeks = (count: number) => ({
  range: { from: START, to: START + count * 7 * DAY_MS },
  anchor: MONDAY,
  zone: 'Etc/UTC',
  since: null,
})
const at = (week: number, severity: 'SEV1' | 'SEV2' | 'SEV3', ackMin: number, hours: number) => {
  const declared = START + week * 7 * DAY_MS + 9 * HOUR_MS
  return past(declared, {
    severity,
    ackedAt: declared + ackMin * 60_000,
    resolvedAt: declared + hours * HOUR_MS,
  })
}
const ALL = [
  at(0, 'SEV1', 5, 1),
  at(0, 'SEV1', 15, 2),
  at(0, 'SEV3', 25, 3),
  at(1, 'SEV2', 10, 4),
  at(3, 'SEV1', 60, 24),
]
export const HOURS = Array.from({ length: 7 }, (_, day) =>
  Array.from({ length: 24 }, (_, hour) => (day === 2 && hour === 9 ? 8 : day === 4 && hour === 23 ? 3 : 0)),
)
export const heat = (hours: readonly (readonly number[])[]) =>
  heatMap({ hours, zone: 'Etc/UTC', when: 'September' }, LIGHT)
/** Drawn within the tests, which are about drawing. */
const PICTURES: Readonly<Record<string, () => Picture>> = {
  trend: () => trend(bucketsOf(ALL, weeks(4)), 'September', LIGHT),
  'trend of a quarter': () => trend(bucketsOf(ALL, weeks(12)), 'September', LIGHT),
  'trend of nothing': () => trend(bucketsOf([], weeks(1)), 'September', LIGHT),
  speeds: () => speeds(bucketsOf(ALL, weeks(4)), 'September', LIGHT),
  'speeds of a quarter': () => speeds(bucketsOf(ALL, weeks(12)), 'September', LIGHT),
  'speeds of nothing': () => speeds(bucketsOf([], weeks(2)), 'September', LIGHT),
  hours: () => heat(HOURS),
  /** No room for each sum; the first and the last week are cut off, and of the first nothing was recorded. */
  'trend of half a year': () => {
    const from = START + 3 * DAY_MS
    const cut = { ...weeks(26), range: { from, to: from + 179 * DAY_MS }, since: START + 8 * DAY_MS }
    const many = Array.from({ length: 12 }, (_, hour) => past(START + (72 * 24 + hour) * HOUR_MS))
    return trend(bucketsOf([...many, at(20, 'SEV3', 1, 1)], cut), 'half a year', WEB)
  },
  'speeds in the colours of a page': () => speeds(bucketsOf(ALL, weeks(4)), 'September', WEB),
  'hours of nothing': () => heat(HOURS.map(row => row.map(() => 0))),
}
export const NAMES = Object.keys(PICTURES)
/** On white paper. */
export const LIGHT_ONES = NAMES.filter(name => !/half a year|page/.test(name))
export const picture = (name: string): Picture => PICTURES[name]!()
