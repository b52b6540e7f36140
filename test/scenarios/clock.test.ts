/** The machine's clock is set back, set forward, or stands still for a night: nothing comes twice and nothing is left out (I16, I18). */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { systemClock } from '../../adapters/clock/system.ts'
import { ms, type Night, night, START } from '../support/story.ts'

let n: Night
afterEach(() => n.stop())
const DOWN = '/incident declare The whole site is down for everyone'
const PEOPLE = ['aiko', 'ben', 'chika', 'diego'] as const
const counts = () => PEOPLE.map(person => n.pagesOf(person).length)

test.each(['1s', '5m', '1h'])(
  'set back by %s: nobody is paged a second time, and the next rung comes when the clock shows its time (I16)',
  async back => {
    n = await night()
    await n.says('diego', DOWN)
    await n.at('4m')
    n.clock.stepTo(n.clock.now() - ms(back))
    await n.app.clockwork.tick()
    expect(counts()).toEqual([1, 0, 0, 0])
    await n.at('5m')
    expect(counts()).toEqual([1, 1, 0, 0])
    await n.at('20m')
    expect(counts()).toEqual([1, 1, 1, 1])
  },
)

test.each(['1h', '8h'])(
  'set forward, or asleep, by %s: everybody who was owed a page has one, once, and the last has a whole window (I16)',
  async forward => {
    n = await night()
    await n.says('diego', DOWN)
    await n.at('1m')
    n.clock.stepTo(n.clock.now() + ms(forward))
    await n.app.clockwork.tick()
    expect(counts()).toEqual([1, 1, 1, 1])
    expect((await n.incident()).chain?.exhaustedAt).toBeNull()
    const left = n.clock.now() - Date.parse(START)
    await n.at(`${left / 1000 + 301}s`)
    expect(counts()).toEqual([1, 1, 1, 1])
    expect((await n.incident()).chain?.exhaustedAt).not.toBeNull()
  },
)

test('waiting for what is ten years away does not end at once (I18)', async () => {
  n = await night()
  const over = new AbortController()
  const waiting = systemClock.wait(Date.now() + ms('3650d'), over.signal).then(() => 'ended')
  expect(await Promise.race([waiting, sleep(30, 'waits')])).toBe('waits')
  over.abort()
  expect(await waiting).toBe('ended')
})
