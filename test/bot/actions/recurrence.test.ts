/** What was mended and may not hold: which of the past incidents a new one looks like, and what is said of it. */
import { expect, test } from 'vitest'
import { recurrenceOf } from '../../../bot/actions/recurrence.ts'
import type { Action } from '../../../bot/actions/state.ts'

const fresh = (title = 'Checkout cannot reach the payment gateway', service: string | null = 'checkout') => ({
  id: 'INC-9',
  title,
  service,
})
const past = (
  id: string,
  more: { title?: string; service?: string | null; item?: string; doneAt?: number | null } = {},
) => {
  const {
    title = 'Checkout cannot reach the payment gateway',
    service = 'checkout',
    item = 'ACT-1',
    doneAt = 5,
  } = more
  return { item: { id: item, title: 'Test it', doneAt } as Action, incident: { id, title, service } }
}

test('what it looks like is said with the item, the incident, and why', () => {
  expect(recurrenceOf(fresh(), [past('INC-1')])).toEqual({
    item: 'ACT-1',
    title: 'Test it',
    doneAt: 5,
    incident: 'INC-1',
    incidentTitle: 'Checkout cannot reach the payment gateway',
    why: 'both are about checkout, and the titles are 100 % alike',
  })
})

test.each([
  ['of no service', null, null, 'the titles are 100 % alike'],
  ['of which only the new one has a service', 'checkout', null, 'the titles are 100 % alike'],
  ['of another service', 'checkout', 'search', 'the titles are 100 % alike'],
  ['of one service', 'search', 'search', 'both are about search, and the titles are 100 % alike'],
])('an incident %s', (_, own, other, why) => {
  expect(recurrenceOf(fresh(undefined, own), [past('INC-1', { service: other })])?.why ?? 'none').toBe(why)
})

test.each([
  ['nothing', [], undefined],
  ['itself', [past('INC-9')], undefined],
  ['one about something else', [past('INC-1', { title: 'Disk full on the build host' })], undefined],
  ['one whose item is not done', [past('INC-1', { doneAt: null })], undefined],
  [
    'the most alike',
    [past('INC-1', { title: 'Checkout cannot reach the payment service gateway', doneAt: 9 }), past('INC-2')],
    'INC-2 ACT-1',
  ],
  [
    'the one done last',
    [past('INC-1'), past('INC-2', { doneAt: 6 }), past('INC-3', { doneAt: null })],
    'INC-2 ACT-1',
  ],
  [
    'the item added last',
    [past('INC-1', { item: 'ACT-9' }), past('INC-2', { item: 'ACT-10' })],
    'INC-2 ACT-10',
  ],
])('of the past is told: %s', (_, all, told) => {
  const said = (found: ReturnType<typeof recurrenceOf>) => found && `${found.incident} ${found.item}`
  expect(said(recurrenceOf(fresh(), all))).toBe(told)
  expect(said(recurrenceOf(fresh(), all.toReversed()))).toBe(told)
})
