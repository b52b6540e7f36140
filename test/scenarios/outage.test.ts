import { afterEach, expect, test } from 'vitest'
import { ms, type Night, night, START } from '../support/story.ts'

let n: Night
afterEach(() => n.stop())

test('a timer outlives the process: the next rung is paged on time by whoever runs then', async () => {
  n = await night()
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.at('2m')
  n = await n.crash()
  await n.at('5m')
  expect(n.pagesOf('ben')).toHaveLength(1)
  expect(n.pagesOf('aiko')).toHaveLength(1)
})

test('after an outage the chain resumes at the latest rung already due, paged once, marked late, with a whole window after it', async () => {
  n = await night()
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.at('1m')
  n.clock.moveTo(Date.parse(START) + ms('12m'))
  n = await n.crash()
  await n.app.clockwork.tick()
  expect(n.pagesOf('chika')).toHaveLength(1)
  expect(n.pagesOf('chika')[0]).toContain('2 min late')
  // The rung that was passed over never had an accepted page: its people are paged too, once.
  expect(n.pagesOf('ben')).toHaveLength(1)
  expect(n.pagesOf('aiko')).toHaveLength(1)
  await n.at('16m59s')
  expect(n.pagesOf('diego')).toHaveLength(0)
  await n.at('17m')
  expect(n.pagesOf('diego')).toHaveLength(1)
})

test('after a long outage nobody is paged past the last rung, and exhaustion waits for a whole window', async () => {
  n = await night()
  await n.says('diego', '/incident declare The whole site is down for everyone')
  n.clock.moveTo(Date.parse(START) + ms('90d'))
  n = await n.crash()
  await n.app.clockwork.tick()
  expect(['aiko', 'ben', 'chika', 'diego'].map(person => n.pagesOf(person).length)).toEqual([1, 1, 1, 1])
  expect((await n.incident()).chain?.exhaustedAt).toBeNull()
  await n.at('90d5m')
  expect((await n.incident()).chain?.exhaustedAt).toBe(n.clock.now())
})

test('paging is held after a restore and goes on after resume', async () => {
  n = await night()
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.store.hold(true)
  await n.at('6m')
  expect(n.pagesOf('ben')).toHaveLength(0)
  await n.store.hold(false)
  await n.app.clockwork.tick()
  expect(n.pagesOf('ben')).toHaveLength(1)
})
