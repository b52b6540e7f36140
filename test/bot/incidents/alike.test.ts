/** What looks like something that was there before: an open incident, or one whose action item is done; and who may do what. */
import { expect, test } from 'vitest'
import { recurrenceOf } from '../../../bot/actions/recurrence.ts'
import type { Action } from '../../../bot/actions/state.ts'
import { enough, likeness, similarOpen } from '../../../bot/incidents/similar.ts'
import { forbidden } from '../../../bot/permission.ts'
import { config, TEAM } from '../../support/team.ts'
import { MINUTE, START, worldOf } from './any.ts'

test.each([
  ['Checkout is down', 'Checkout is down', 1],
  ['Checkout is down', 'CHECKOUT, is down!', 1],
  ['Ｃｈｅｃｋｏｕｔ', 'checkout', 1],
  ['abc', 'xyz', 0],
  ['', '', 0],
  ['ab', 'abc', 1 / 4],
])('"%s" and "%s" are alike by %d', (a, b, expected) => {
  expect(likeness(a, b)).toBeCloseTo(expected, 6)
  expect(likeness(b, a)).toBeCloseTo(expected, 6)
})

test('of one service less is enough, of two different ones nothing but the same words', () => {
  expect([
    enough('a', 'a'),
    enough(null, 'a'),
    enough('a', null),
    enough(null, null),
    enough('a', 'b'),
  ]).toEqual([0.25, 0.45, 0.45, 0.45, 1])
})

const open = (id: string, title: string, minutes = 0, service: string | null = null) => ({
  id,
  title,
  service,
  declaredAt: START - minutes * MINUTE,
})
const similar = (all: readonly ReturnType<typeof open>[], service: string | null = null) =>
  similarOpen(all, { title: 'Checkout is down', service }, START)?.id

test('the most alike of the last ten minutes is offered', () => {
  expect(similar([open('INC-1', 'Checkout is down', 10)])).toBe('INC-1')
  expect(similar([open('INC-1', 'Checkout is down', 10.01)])).toBeUndefined()
  expect(similar([open('INC-1', 'Checkout is down!'), open('INC-2', 'Checkout is slow')])).toBe('INC-1')
  expect(similar([open('INC-2', 'Checkout is slow'), open('INC-1', 'Checkout is down')])).toBe('INC-1')
  expect(similar([open('INC-1', 'Search is gone')])).toBeUndefined()
  expect(similar([open('INC-1', 'The checkout fails', 0, 'shop')], 'shop')).toBe('INC-1')
  expect(similar([open('INC-1', 'The checkout fails')], 'shop')).toBeUndefined()
  expect(similar([open('INC-1', 'Checkout is down now', 0, 'search')], 'shop')).toBeUndefined()
  expect(similar([])).toBeUndefined()
})

const done = (
  id: string,
  title: string,
  doneAt: number | null,
  service: string | null = null,
  incident = 'INC-1',
) => ({
  item: { id, title: `Mend ${id}`, doneAt } as Action,
  incident: { id: incident, title, service },
})
const again = (all: Parameters<typeof recurrenceOf>[1], service: string | null = null) =>
  recurrenceOf({ id: 'INC-9', title: 'Checkout is down', service }, all)

test('an incident that looks like one whose item is done says so, with why', () => {
  expect(again([done('ACT-1', 'Checkout is down', 5)])).toEqual({
    item: 'ACT-1',
    title: 'Mend ACT-1',
    doneAt: 5,
    incident: 'INC-1',
    incidentTitle: 'Checkout is down',
    why: 'the titles are 100 % alike',
  })
  expect(again([done('ACT-1', 'The checkout is down', 5, 'shop')], 'shop')?.why).toMatch(
    /^both are about shop, and the titles are \d\d % alike$/,
  )
  expect(again([done('ACT-1', 'Checkout is down', 5, 'shop')], null)?.why).toBe('the titles are 100 % alike')
})

test('the most alike counts, then the item that was done last, then the newer one; itself never', () => {
  const alike = 'Checkout is down'
  expect(again([done('ACT-1', 'Checkout is down now', 9), done('ACT-2', alike, 5)])?.item).toBe('ACT-2')
  expect(again([done('ACT-1', alike, 5), done('ACT-2', alike, 9)])?.item).toBe('ACT-2')
  expect(again([done('ACT-2', alike, 9), done('ACT-1', alike, 5)])?.item).toBe('ACT-2')
  expect(again([done('ACT-9', alike, 5), done('ACT-10', alike, 5)])?.item).toBe('ACT-10')
  expect(again([done('ACT-10', alike, 5), done('ACT-9', alike, 5)])?.item).toBe('ACT-10')
  expect(again([done('ACT-1', alike, 5, null, 'INC-9')])).toBeUndefined()
  expect(again([done('ACT-1', alike, null)])).toBeUndefined()
  expect(again([done('ACT-1', 'Search is gone', 5)])).toBeUndefined()
  expect(again([])).toBeUndefined()
})

const GROUP = 'discord:80351110224678912'
const said = (may: string, person: string, groups: readonly string[] = []) =>
  forbidden(worldOf(config(`${TEAM}\nmay: { ${may} }`)), { person, groups }, 'declare', START)?.message

test('everybody may do what nobody is named for', () => {
  expect(said('', 'ben')).toBeUndefined()
  expect(said('close: [aiko]', 'ben')).toBeUndefined()
})

test('people, whoever is behind a role, and groups of a chat may do what they are named for', () => {
  const may = `declare: [aiko, oncall_secondary, "${GROUP}"]`
  expect(said(may, 'aiko')).toBeUndefined()
  expect(said(may, 'ben')).toBeUndefined()
  expect(said(may, 'diego', [GROUP])).toBeUndefined()
  expect(said(may, 'diego', ['discord:1'])).toBe(
    `You may not declare here: the configuration allows it to Aiko Tanaka, oncall_secondary, ${GROUP}. Ask one of them.`,
  )
  expect(said(may, 'diego')).toMatch(/Ask one of them; who is in that group of a chat does it there\.$/)
  expect(said('declare: [aiko]', 'diego')).toBe(
    'You may not declare here: the configuration allows it to Aiko Tanaka. Ask one of them.',
  )
})
