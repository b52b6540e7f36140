/** An incident that looks like one whose action item is completed: that is said, once, with the reason and the way on. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recurrenceOf } from '../../bot/actions/recurrence.ts'
import { type Night, night } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'

let n: Night
beforeEach(async () => {
  n = await night({ config: config(`${TEAM}  search: {}\n`) })
  await n.says('diego', '/incident declare Checkout is down after the migration --service checkout')
  await n.says('aiko', '/action add Test the migration first --owner @ben --due fri --incident INC-1')
  await n.says('diego', '/incident close INC-1')
  await n.at('1h')
})
afterEach(() => n.stop())

const said = async (id: string) => {
  const channel = (await n.incident(id)).rooms.console?.channel ?? ''
  return n.texts(channel).filter(text => text.includes('This looks like'))
}

test("it is said in the incident's channel once, also after a crash, with buttons that reopen and link", async () => {
  await n.says('ben', '/action done ACT-1 https://git.example.com/pull/42')
  await n.at('30h')
  await n.says('diego', '/incident declare Checkout is down again after a migration --service checkout')
  n = await n.crash()
  await n.at('31h')
  const [told, ...more] = await said('INC-2')
  expect(told).toMatch(
    /This looks like INC-1 \(Checkout is down after the migration\), whose ACT-1 "Test the migration first" was completed .*: both are about checkout, and the titles are \d+ % alike \| \[Reopen ACT-1\] \[Link to ACT-1\] \[Show it\]/,
  )
  expect(more).toEqual([])
  await n.says('diego', '/action link ACT-1 INC-2')
  await n.says('diego', '/action reopen ACT-1 It happened again')
  expect((await n.app.engine.actions()).items[0]).toMatchObject({ status: 'open', linked: ['INC-2'] })
})

test.each([
  ['the item is not completed', 'Checkout is down again after a migration --service checkout', false],
  ['it is about another service', 'Checkout is down again after a migration --service search', true],
  ['it is about something else', 'Invoices are sent twice', true],
  ['it is a test', 'Checkout is down again after a migration --service checkout --test', true],
])('nothing is said when %s', async (_, title, done) => {
  if (done) await n.says('ben', '/action done ACT-1 https://git.example.com/pull/42')
  await n.says('diego', `/incident declare ${title}`)
  await n.at('2h')
  expect(await said('INC-2')).toEqual([])
})

test('of several the most alike counts, and of those as alike the one completed last, in whatever order they come', () => {
  const item = (id: string, doneAt: number) => ({ id, title: id, doneAt }) as never
  const incident = (id: string, title: string) => ({ id, title, service: null })
  const past = [
    { item: item('ACT-1', 5), incident: incident('INC-1', 'Checkout is down') },
    { item: item('ACT-2', 9), incident: incident('INC-2', 'Checkout is down') },
    { item: item('ACT-3', 99), incident: incident('INC-3', 'Checkout is slow') },
  ]
  const fresh = incident('INC-9', 'Checkout is down')
  expect(recurrenceOf(fresh, past)?.item).toBe('ACT-2')
  expect(recurrenceOf(fresh, past.toReversed())?.item).toBe('ACT-2')
})
