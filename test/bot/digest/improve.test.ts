/** What is told of patterns, word for word, and from where on. */
import { expect, test } from 'vitest'
import { improvements } from '../../../bot/digest/improve.ts'
import type { Patterns } from '../../../bot/digest/patterns.ts'

const flat = Array<number>(24).fill(0)
const hours = (all: Readonly<Record<number, number>>) => flat.map((none, hour) => all[hour] ?? none)
const patterns = (more: object, bursts: object = {}): Patterns =>
  ({
    count: 20,
    byHour: flat,
    byService: {},
    afterDeployment: [0, 0, 0],
    withoutDeployment: 0,
    together: [],
    ...more,
    bursts: {
      hours: 20,
      byHour: flat,
      services: 20,
      byService: {},
      dated: 20,
      soon: 0,
      soonShare: 0.1,
      ...bursts,
    },
  }) as unknown as Patterns
const told = (given: Patterns, services = 4) =>
  improvements(given, services).map(
    ({ about, say, test: how, recommend }) => `${about}: ${say}; ${how}; ${recommend}`,
  )

test('an hour that holds more than a fifth is told with its test and what to look at', () => {
  const byHour = hours({ 23: 5, 3: 4 })
  expect(told(patterns({ byHour }, { byHour }))).toEqual([
    'hour: 25 % of 20 incidents began between 23:00 and 00:00; exact binomial test against 24 hours alike, corrected for 96 looks; look at what runs at that hour: jobs, deployments, traffic',
  ])
  expect(told(patterns({ byHour: hours({ 3: 4 }) }))).toEqual([])
  expect(told(patterns({ count: 9, byHour }, { byHour }))).toEqual([])
  expect(told(patterns({ count: 10, byHour }, { byHour }))).toHaveLength(1)
})

test('services that hold more than three in ten are told, the loudest first, against all that there are', () => {
  const byService = { search: 7, checkout: 8, shop: 5 }
  const said = told(patterns({ byService }, { byService }))
  expect(said).toEqual([
    "service: 40 % of 20 incidents were checkout's; exact binomial test against 4 services alike, corrected for 16 looks; give checkout the next action items, before new features",
    "service: 35 % of 20 incidents were search's; exact binomial test against 4 services alike, corrected for 16 looks; give search the next action items, before new features",
  ])
  expect(told(patterns({ byService: { a: 6, b: 7 } }), 2).map(each => each.slice(0, 12))).toEqual([
    'service: 35 ',
  ])
  expect(told(patterns({ byService }), 1)[0]).toContain('against 3 services alike')
  expect(told(patterns({ byService: { a: 20 } }), 1)).toEqual([])
  expect(told(patterns({ byService: { a: 20 } }), 2)).toHaveLength(1)
})

test('the chance is that of so many bursts, and of the share of each', () => {
  const byService = { checkout: 8 }
  const chanceOf = (k: number, services = 4) =>
    improvements(patterns({ byService }, { byService: { checkout: k } }), services)[0]!.chance
  expect(chanceOf(0)).toBe(1)
  expect(chanceOf(20)).toBeLessThan(chanceOf(15))
  expect(chanceOf(12, 2)).toBeGreaterThan(chanceOf(12, 4))
  const hour = (k: number) =>
    improvements(patterns({ byHour: hours({ 3: 9 }) }, { byHour: hours({ 3: k }) }), 4)[0]!.chance
  expect([hour(0), hour(9) < 0.01]).toEqual([1, true])
})

test('deployments are told when more than three in ten began within two hours after one, of at least ten', () => {
  const after = (soon: number, late: number, without: number) =>
    told(
      patterns({ afterDeployment: [soon, 0, late], withoutDeployment: without }, { soon, soonShare: 0.126 }),
    )
  expect(after(8, 2, 10)).toEqual([
    'deployments: 40 % of 20 incidents began within two hours after a deployment; 13 % of the time lies there; exact binomial test against that share of the time, corrected for 4 looks; roll out in steps, and watch each before the next',
  ])
  expect(after(6, 4, 10)).toEqual([])
  expect(after(7, 3, 10)).toHaveLength(1)
  expect(after(5, 2, 2)).toEqual([])
  expect(after(5, 2, 3)).toHaveLength(1)
})

test('services that break together are told when that is hardly chance, at most three, the least likely first', () => {
  const pair = (near: number, share: number, name = 'a') => ({ services: [name, 'z'], runs: 12, near, share })
  expect(told(patterns({ together: [pair(11, 0.05)] }))).toEqual([
    'together: 11 of 12 times that a broke, z broke within half an hour of it; exact binomial test against the 5 % of the time that lies so near, corrected for 4 looks; look for what a and z share, and whether one should do without the other',
  ])
  expect(told(patterns({ together: [pair(11, 0.004)] }))[0]).toContain('against the 0.4 % of the time')
  expect(told(patterns({ together: [pair(2, 0.0001)] }))).toEqual([])
  expect(told(patterns({ together: [pair(3, 0.0001)] }))).toHaveLength(1)
  expect(told(patterns({ together: [pair(6, 0.5)] }))).toEqual([])
  const many = [pair(9, 0.05, 'a'), pair(12, 0.05, 'b'), pair(10, 0.05, 'c'), pair(11, 0.05, 'd')]
  const said = told(patterns({ together: many }))
  expect(said.map(each => /that (\w) broke/.exec(each)?.[1])).toEqual(['b', 'd', 'c'])
  expect(said[0]).toContain('corrected for 16 looks')
})
