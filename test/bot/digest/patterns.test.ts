/** Patterns: what is planted is found, what is not there is not told as if it were, and one bad evening is one bad evening. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Deployments } from '../../../bot/digest/deployments.ts'
import { noisiest, spread } from '../../../bot/digest/figures.ts'
import { improvements } from '../../../bot/digest/improve.ts'
import type { Past } from '../../../bot/digest/past.ts'
import { patternsOf } from '../../../bot/digest/patterns.ts'
import { isNear, lastUntil, shareNear } from '../../../bot/digest/stretches.ts'
import { togetherOf } from '../../../bot/digest/together.ts'
import { DAY_MS, HOUR_MS, past, RANGE, START, type Team, teamOf } from './teams.ts'

const deployed = (times: readonly number[]): Deployments => ({ knownSince: null, of: () => times })
const patternsIn = (all: readonly Past[], deployments: Deployments = deployed([])) =>
  patternsOf(all, { ...RANGE, localOf: at => at, deployments })
const saidOf = (team: Team) => {
  const { all, deployments } = teamOf(team)
  return improvements(patternsIn(all, deployed(deployments)), team.services)
}
const about = (kind: string, found: ReturnType<typeof improvements>) =>
  found.find(each => each.about === kind)

const quiet = { incidents: 60, services: 8, deploymentsADay: 3 }

test('an hour that is planted is found in nearly every team, and named', () => {
  const found = Array.from({ length: 100 }, (_, seed) =>
    about('hour', saidOf({ ...quiet, seed, hour: [9, 0.35] })),
  )
  expect(found.filter(each => each && each.chance < 0.05).length).toBeGreaterThanOrEqual(95)
  expect(found.find(each => each !== undefined)?.say).toMatch(
    /^\d+ % of 60 incidents began between 09:00 and 10:00$/,
  )
})

test('a service and deployments that are planted are found', () => {
  const loud = Array.from({ length: 100 }, (_, seed) =>
    about('service', saidOf({ ...quiet, seed, loud: 0.5 })),
  )
  expect(loud.filter(each => each && each.chance < 0.05).length).toBeGreaterThanOrEqual(95)
  expect(loud[0]?.say).toContain("s0's")
  const rushed = Array.from({ length: 100 }, (_, seed) =>
    about('deployments', saidOf({ ...quiet, seed, deploymentsADay: 2, afterDeployment: 0.6 })),
  )
  expect(rushed.filter(each => each && each.chance < 0.05).length).toBeGreaterThanOrEqual(95)
})

/** How many of a thousand teams with nothing behind it are told that something is unlikely to be chance. */
const falseAlarms = (more: Partial<Team>): number =>
  Array.from({ length: 1000 }, (_, seed) => saidOf({ ...quiet, seed, ...more })).filter(found =>
    found.some(({ chance }) => chance < 0.05),
  ).length

test.each([
  ['60 incidents', {}],
  ['ten incidents', { incidents: 10 }],
  ['three services', { services: 3 }],
  ['a deployment an hour', { deploymentsADay: 24 }],
  ['incidents that come in bursts', { burst: 0.5 }],
])('of a thousand teams with nothing behind it, at most 50 are told otherwise: %s', (_, more) => {
  expect(falseAlarms(more)).toBeLessThanOrEqual(50)
})

test('one evening with ten incidents is no pattern of that hour', () => {
  const evening = Array.from({ length: 10 }, (_, index) =>
    past(START + 20 * HOUR_MS + index * 60_000, { service: 'a' }),
  )
  const others = Array.from({ length: 8 }, (_, index) =>
    past(START + index * 5 * DAY_MS + index * HOUR_MS, { service: 'b' }),
  )
  const hour = about('hour', improvements(patternsIn([...evening, ...others]), 5))
  expect(hour?.say).toContain('56 % of 18 incidents')
  expect(hour?.chance).toBe(1)
})

test('an hour with exactly a fifth of them is not told, one with a little more is', () => {
  const teamWith = (inPeak: number) =>
    Array.from({ length: 20 }, (_, day) =>
      past(START + day * DAY_MS + (day < inPeak ? 9 : 10 + (day % 12)) * HOUR_MS),
    )
  expect(about('hour', improvements(patternsIn(teamWith(4)), 3))).toBeUndefined()
  expect(about('hour', improvements(patternsIn(teamWith(5)), 3))).toBeDefined()
})

test('nine incidents say nothing, and evenly spread ones say nothing', () => {
  const few = Array.from({ length: 9 }, (_, day) => past(START + day * DAY_MS + 9 * HOUR_MS))
  expect(improvements(patternsIn(few), 3)).toEqual([])
  const even = Array.from({ length: 24 }, (_, hour) =>
    past(START + hour * DAY_MS + hour * HOUR_MS, { service: `s${hour % 4}` }),
  )
  expect(improvements(patternsIn(even), 4)).toEqual([])
})

test('a service of two that holds four of ten may be chance, and the only service is no news', () => {
  const all = Array.from({ length: 10 }, (_, day) =>
    past(START + day * DAY_MS + day * 2 * HOUR_MS, { service: day < 4 ? 'a' : 'b' }),
  )
  const found = improvements(patternsIn(all), 2)
  expect(found.find(each => each.say.includes("a's"))?.chance).toBe(1)
  expect(improvements(patternsIn(all.map(each => ({ ...each, service: 'a' }))), 1)).toEqual([])
})

test('every incident is counted once in each pattern, whatever they are', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          at: fc.integer({ min: RANGE.from, max: RANGE.to - 1 }),
          service: fc.option(fc.constantFrom('a', 'b', 'c')),
          cause: fc.option(fc.constantFrom('capacity', 'a deployment')),
        }),
        { maxLength: 60 },
      ),
      fc.array(fc.integer({ min: RANGE.from, max: RANGE.to }), { maxLength: 20 }),
      (list, times) => {
        const all = list.map(({ at, service, cause }) => past(at, { service, cause }))
        const sorted = times.toSorted((a, b) => a - b)
        const found = patternsIn(all, deployed(sorted))
        const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0)
        for (const total of [
          sum(found.byHour),
          sum(found.byWeekday),
          sum(found.hours.flat()),
          sum(Object.values(found.byService)) + found.withoutService,
          sum(Object.values(found.byCause)) + found.withoutCause,
          sum(found.afterDeployment) + found.withoutDeployment,
        ])
          expect(total).toBe(all.length)
        expect(found.bursts.hours).toBe(sum(found.bursts.byHour))
        expect(found.bursts.soonShare).toBeGreaterThanOrEqual(0)
        expect(found.bursts.soonShare).toBeLessThanOrEqual(1)
        for (const { runs, near, share } of found.together) {
          expect(near).toBeGreaterThan(0)
          expect(near).toBeLessThanOrEqual(runs)
          expect(share).toBeLessThanOrEqual(1)
        }
      },
    ),
  )
})

test('hours after a deployment are whole hours, and incidents older than what is known are not counted among them', () => {
  const day = START + 10 * DAY_MS
  const all = [
    past(day + 50 * 60_000),
    past(day + 23.9 * HOUR_MS),
    past(day + 25 * HOUR_MS),
    past(day - DAY_MS),
  ]
  const { afterDeployment, withoutDeployment, deploymentUnknown } = patternsIn(all, {
    knownSince: day - DAY_MS,
    of: () => [day],
  })
  expect([afterDeployment[0], afterDeployment[23], withoutDeployment, deploymentUnknown]).toEqual([
    1, 1, 1, 1,
  ])
})

test('services that break within half an hour of each other are paired, the rarer first; a run counts once', () => {
  const at = (minutes: number, service: string) => past(START + minutes * 60_000, { service })
  const all = [at(0, 'a'), at(10, 'a'), at(25, 'b'), at(1000, 'a'), at(1031, 'b'), at(5000, 'a')]
  expect(togetherOf(all, RANGE)).toEqual([
    {
      services: ['b', 'a'],
      runs: 2,
      near: 1,
      share: expect.closeTo((2.5 * HOUR_MS) / (RANGE.to - RANGE.from), 9),
    },
  ])
})

test('services that always break together are told, with what to look for', () => {
  const all = Array.from({ length: 12 }, (_, week) => START + week * 7 * DAY_MS + week * 3 * HOUR_MS).flatMap(
    begin => [
      past(begin, { service: 'db' }),
      past(begin + 5 * 60_000, { service: 'checkout' }),
      past(begin + 2 * DAY_MS + 3 * HOUR_MS, { service: 'search' }),
    ],
  )
  const together = improvements(patternsIn(all), 6).filter(each => each.about === 'together')
  expect(together).toHaveLength(1)
  expect(together[0]?.say).toBe('12 of 12 times that db broke, checkout broke within half an hour of it')
})

test('moments: the last one before, whether one is near, and how much of the time lies near any', () => {
  const times = [10, 20, 50]
  expect([lastUntil(times, 9), lastUntil(times, 20), lastUntil(times, 99)]).toEqual([undefined, 20, 50])
  expect([isNear(times, 14, 4), isNear(times, 15, 4), isNear(times, 46, 4)]).toEqual([true, false, true])
  expect(shareNear(times, { beforeMs: 0, afterMs: 15 }, { from: 0, to: 100 })).toBe(0.4)
  expect(shareNear(times, { beforeMs: 20, afterMs: 60 }, { from: 0, to: 100 })).toBe(1)
  expect(shareNear([], { beforeMs: 1, afterMs: 1 }, { from: 0, to: 100 })).toBe(0)
})

test('quartiles lie between neighbours in proportion', () => {
  expect(spread([1, 2, 3, 4])).toEqual({ count: 4, median: 2.5, low: 1.75, high: 3.25 })
  expect(spread([])).toBeNull()
})

test('the noisiest alerts are the three that fired most often in the week, once is no noise', () => {
  const fired = (title: string, times: number) =>
    Array.from({ length: times }, (_, index) => ({ title, at: START + index }))
  const firings = [
    ...fired('disk', 3),
    ...fired('cpu', 5),
    ...fired('ram', 1),
    ...fired('io', 4),
    ...fired('net', 2),
  ]
  expect(noisiest({ firings: [...firings, { title: 'ram', at: START - 1 }] }, RANGE)).toEqual([
    { title: 'cpu', count: 5 },
    { title: 'io', count: 4 },
    { title: 'disk', count: 3 },
  ])
})
