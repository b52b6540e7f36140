/** Storms: so many pages by one way, then the next one waits and tells of its fellows; the first of an incident never waits. */
import { expect, test } from 'vitest'
import { createGate } from '../../../bot/engine/gate.ts'
import { createStorm } from '../../../bot/engine/storm.ts'
import { DEFAULT_LIMITS, heldUntil } from '../../../bot/pages/limits.ts'

const LIMIT = { count: 2, perMs: 1000 }
const sent = (...all: readonly (readonly [number, string])[]) =>
  all.map(([at, incident]) => ({ at, incident }))

test.each([
  ['nothing was sent', sent(), undefined],
  ['one was sent', sent([0, 'INC-1']), undefined],
  ['two were sent, of this incident as well', sent([100, 'INC-2'], [300, 'INC-1']), 1100],
  ['three were sent', sent([100, 'INC-2'], [300, 'INC-1'], [400, 'INC-1']), 1300],
  ['two of others were sent', sent([100, 'INC-2'], [300, 'INC-3']), undefined],
  ['the first of two is just over', sent([-500, 'INC-2'], [300, 'INC-1']), undefined],
  ['two were sent, the last one just now', sent([100, 'INC-2'], [500, 'INC-1']), 1100],
  [
    'one was sent, and one at a time to which the clock was set back',
    sent([100, 'INC-1'], [501, 'INC-2']),
    undefined,
  ],
  ['the first of two is nearly over', sent([-499, 'INC-2'], [300, 'INC-1']), 501],
])('%s', (_, before, until) => {
  expect(heldUntil(before, LIMIT, 'INC-1', 500)).toBe(until)
})

test('what nobody changed: a phone rings four times in a quarter of an hour, an SMS comes eight times', () => {
  expect(
    Object.entries(DEFAULT_LIMITS).map(([way, { count, perMs }]) => `${way} ${count} ${perMs / 60_000}`),
  ).toEqual(['sms 8 15', 'voice 4 15', 'email 30 15', 'push 20 15', 'webhook 60 15'])
})

test('what waits is told of in the next that leaves of its service, once', () => {
  const storm = createStorm()
  const page = (incident: string, service: string | null = 'checkout') => ({ incident, service })
  for (const [index, incident] of ['INC-1', 'INC-2'].entries())
    storm.left('ben', `k${index}`, page(incident), index)
  expect(storm.until('aiko', 'a', page('INC-1'), LIMIT, 10)).toBeUndefined()
  expect(storm.until('ben', 'a', page('INC-1'), LIMIT, 10)).toBe(1000)
  expect(storm.until('ben', 'b', page('INC-2'), LIMIT, 10)).toBe(1000)
  expect(storm.until('ben', 'c', page('INC-1', 'search'), LIMIT, 10)).toBe(1000)
  expect(storm.until('ben', 'd', page('INC-2', null), LIMIT, 10)).toBe(1000)
  expect(storm.until('ben', 'e', page('INC-3'), LIMIT, 10)).toBeUndefined()
  expect(storm.beside('ben', 'a', page('INC-1'))).toEqual(['INC-2'])
  expect(storm.beside('ben', 'd', page('INC-2', null))).toEqual([])
  expect(storm.beside('ben', 'x', page('INC-9'))).toEqual(['INC-1', 'INC-2'])
  expect(storm.beside('aiko', 'x', page('INC-9'))).toEqual([])
  storm.left('ben', 'a', page('INC-1'), 20)
  expect(storm.beside('ben', 'x', page('INC-9'))).toEqual([])
  expect([storm.toldWith('b'), storm.toldWith('b'), storm.toldWith('a'), storm.toldWith('c')]).toEqual([
    'INC-1',
    undefined,
    undefined,
    undefined,
  ])
  expect(storm.beside('ben', 'x', page('INC-9', 'search'))).toEqual(['INC-1'])
})

test('a gate lets so many in at once', () => {
  const gate = createGate(2)
  const [first, second] = [gate(), gate()]
  expect([first, second, gate()].map(each => typeof each)).toEqual(['function', 'function', 'undefined'])
  first?.()
  expect([gate(), gate()].map(each => typeof each)).toEqual(['function', 'undefined'])
})
