import { afterEach, describe, expect, test } from 'vitest'
import { DESKS } from '../support/desks.ts'
import { type NightOn, nightOn } from '../support/night-on.ts'
import { ms, START } from '../support/story.ts'

describe.each(DESKS)('on %s', desk => {
  let n: NightOn
  afterEach(() => n.stop())

  test('a timer outlives the process: the next rung is paged on time by whoever runs then', async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare The whole site is down for everyone')
    await n.at('2m')
    await n.crash()
    await n.at('5m')
    expect(n.pages('ben')).toHaveLength(1)
    expect(n.pages('aiko')).toHaveLength(1)
  })

  test('after an outage the chain resumes at the latest rung already due, paged once, marked late, with a whole window after it', async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare The whole site is down for everyone')
    await n.at('1m')
    n.clock.moveTo(Date.parse(START) + ms('12m'))
    await n.crash()
    await n.app().clockwork.tick()
    expect(n.pages('chika')).toHaveLength(1)
    expect(n.pages('chika')[0]).toContain('2 min late')
    // The rung that was passed over never had an accepted page: its people are paged too, once.
    expect(n.pages('ben')).toHaveLength(1)
    expect(n.pages('aiko')).toHaveLength(1)
    await n.at('16m59s')
    expect(n.pages('diego')).toHaveLength(0)
    await n.at('17m')
    expect(n.pages('diego')).toHaveLength(1)
  })

  test('after a long outage nobody is paged past the last rung, and exhaustion waits for a whole window', async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare The whole site is down for everyone')
    n.clock.moveTo(Date.parse(START) + ms('90d'))
    await n.crash()
    await n.app().clockwork.tick()
    expect(['aiko', 'ben', 'chika', 'diego'].map(person => n.pages(person).length)).toEqual([1, 1, 1, 1])
    expect((await n.incident()).chain?.exhaustedAt).toBeNull()
    await n.at('90d5m')
    expect((await n.incident()).chain?.exhaustedAt).toBe(n.clock.now())
  })

  test('paging is held after a restore and goes on after resume', async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare The whole site is down for everyone')
    await n.store.hold(true)
    await n.at('6m')
    expect(n.pages('ben')).toHaveLength(0)
    await n.store.hold(false)
    await n.app().clockwork.tick()
    expect(n.pages('ben')).toHaveLength(1)
  })
})
