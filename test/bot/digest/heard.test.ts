/** What the pictures say to whoever hears them instead of seeing them. */
import { expect, test } from 'vitest'
import { bucketsOf } from '../../../bot/digest/buckets.ts'
import { heatMap } from '../../../bot/digest/charts/heat-map.ts'
import { speeds } from '../../../bot/digest/charts/speeds.ts'
import { LIGHT } from '../../../bot/digest/charts/theme.ts'
import { trend } from '../../../bot/digest/charts/trend.ts'
import type { Past } from '../../../bot/digest/past.ts'
import { DAY_MS, HOUR_MS, past, START } from './teams.ts'

const WEEK = 7 * DAY_MS
const at = (week: number, more: Partial<Past> = {}) => past(START + week * WEEK + 9 * HOUR_MS, more)
const weeks = (all: readonly Past[], from = 0, to = 4, since: number | null = null) =>
  bucketsOf(all, {
    range: { from: START + from * WEEK, to: START + to * WEEK },
    anchor: { weekday: 1, minute: 0 },
    zone: 'Etc/UTC',
    since: since === null ? null : START + since * WEEK,
  })

test.each([
  ['nothing', weeks([]), '0 in all.'],
  [
    'one week',
    weeks([at(0)], 0, 1),
    '1 in all. The last week has 1 (1 SEV2); most were 1 in the week from 31 Aug.',
  ],
  [
    'two weeks with some',
    weeks([at(0), at(1), at(1, { severity: 'SEV1' }), at(1)], 0, 2),
    '4 in all, 2.0 a week on average. The last week has 3 (1 SEV1, 2 SEV2); most were 3 in the week from 7 Sep.',
  ],
  [
    'two weeks of which none has most',
    weeks([at(0), at(1)], 0, 2),
    '2 in all, 1.0 a week on average. The last week has 1 (1 SEV2); most were 1 in the week from 31 Aug.',
  ],
  [
    'a week without any',
    weeks([at(0)], 0, 2),
    '1 in all, 0.5 a week on average. The last week has 0; most were 1 in the week from 31 Aug; 1 week had none.',
  ],
  [
    'weeks without any',
    weeks([at(2)]),
    '1 in all, 0.3 a week on average. The last week has 0; most were 1 in the week from 14 Sep; 3 weeks had none.',
  ],
  [
    'a last week that is cut off',
    weeks([at(0), at(0), at(1)], 0, 1.5),
    '3 in all. The last week, which is not whole, has 1 (1 SEV2); most were 2 in the week from 31 Aug.',
  ],
  [
    'weeks of which nothing was recorded',
    weeks([at(2)], 0, 4, 2),
    '1 in all, 0.5 a week on average. The last week has 0; most were 1 in the week from 14 Sep; 1 week had none.',
  ],
])('a trend of %s', (_, buckets, alt) => {
  expect(trend(buckets, 'September', LIGHT).alt).toBe(`Incidents a week, September: ${alt}`)
})

test('of a long time months are told', () => {
  expect(trend(weeks([at(5)], 0, 30), 'long', LIGHT).alt).toBe(
    'Incidents a month, long: 1 in all, 0.2 a month on average. The last month, which is not whole, has 0; most were 1 in Oct 26; 5 months had none.',
  )
})

const taken = (week: number, minutes: number, hours: number | null = null) => {
  const { declaredAt } = at(week)
  return at(week, {
    ackedAt: declaredAt + minutes * 60_000,
    resolvedAt: hours === null ? null : declaredAt + hours * HOUR_MS,
  })
}
test.each([
  ['of nothing', weeks([]), 'there is no MTTA, before it none; there is no MTTR, before it none.'],
  [
    'of one week',
    weeks([taken(0, 4), taken(0, 8, 2)], 0, 1),
    'MTTA was 6 min (half of them 5 min to 7 min), before it none; MTTR was 2 h (half of them 2 h to 2 h), before it none.',
  ],
  [
    'of several',
    weeks([taken(0, 3, 1), taken(1, 9), taken(2, 5)]),
    'there is no MTTA, before it 3 min to 9 min; there is no MTTR, before it 1 h.',
  ],
])('speeds %s', (_, buckets, alt) => {
  expect(speeds(buckets, 'September', LIGHT).alt).toBe(
    `MTTA and MTTR by week, medians, September: in the last week, ${alt}`,
  )
})
test('a last week that is cut off is said to be', () => {
  expect(speeds(weeks([], 0, 1.5), 'September', LIGHT).alt).toContain(
    ': in the last week, which is not whole, there is no MTTA',
  )
})

/** So many on each day, from Monday, all at one hour. */
const heat = (days: readonly number[], hour = 9) =>
  heatMap(
    {
      hours: Array.from({ length: 7 }, (_, day) =>
        Array.from({ length: 24 }, (_, each) => (each === hour ? (days[day] ?? 0) : 0)),
      ),
      zone: 'Asia/Tokyo',
      when: 'September',
    },
    LIGHT,
  ).alt
const of = (count: string, rest: string) =>
  `Heat map of ${count} by weekday and hour (September, Asia/Tokyo)${rest}.`
test.each([
  [[], 9, of('0 incidents', '')],
  [[0, 1], 9, of('1 incident', ': most on Tuesdays (1) and between 09:00 and 10:00 (1)')],
  [
    [0, 1, 1],
    23,
    of(
      '2 incidents',
      ': most on Tuesdays (1) and between 23:00 and 00:00 (2); none on Mondays, Thursdays, Fridays, Saturdays and Sundays',
    ),
  ],
  [
    [1, 2, 3, 4, 5, 6],
    0,
    of('21 incidents', ': most on Saturdays (6) and between 00:00 and 01:00 (21); none on Sundays'),
  ],
  [
    [1, 1, 0, 2, 1, 0, 1],
    8,
    of(
      '6 incidents',
      ': most on Thursdays (2) and between 08:00 and 09:00 (6); none on Wednesdays and Saturdays',
    ),
  ],
  [[1, 1, 1, 1, 1, 1, 2], 8, of('8 incidents', ': most on Sundays (2) and between 08:00 and 09:00 (8)')],
])('a heat map of %j at %d', (days, hour, alt) => {
  expect(heat(days, hour)).toBe(alt)
})
