/** Outages that meet a chain which has begun anew: what earlier runs did counts no more, and nobody is called twice at once. */
import { afterEach, expect, test } from 'vitest'
import { ChatFailure, type Pager } from '../../bot/ports.ts'
import { type Night, night } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'

let n: Night
afterEach(() => n.stop())

const person = (id: string) => ({ id, name: id, kind: 'member' as const })
/** Answered, and dead before anything has left. */
async function lastWords(who: string, line: string): Promise<void> {
  const input = { chat: 'console', cause: `last ${line}`, user: person(who), channel: '#incidents', line }
  await n.app.receive(input)
}
/** Dead for so long, and up again. */
async function back(minutes: number): Promise<void> {
  n.clock.moveTo(n.clock.now() + minutes * 60_000)
  n = await n.crash()
  await n.app.clockwork.tick()
}
const called = () => ['aiko', 'ben', 'chika', 'diego'].map(each => n.pagesOf(each).length)

test('whose rung an outage passed over is called, though they were called before the acknowledgement was taken back', async () => {
  n = await night()
  await n.says('chika', '/incident declare The whole site is down for everyone')
  await n.at('6m')
  await n.says('ben', '/incident ack INC-1')
  await n.says('ben', '/incident unack INC-1')
  expect(called()).toEqual([2, 1, 0, 0])
  await back(12)
  expect(called()).toEqual([2, 2, 1, 0])
})

test('a chain whose last rung is empty does not end the moment an outage is over: who was called last has a whole window', async () => {
  const rungs = 'severities: { SEV1: { escalation: [oncall_primary, director] } }'
  n = await night({ config: config(`${TEAM}${rungs}`) })
  await n.says('chika', '/incident declare The whole site is down for everyone')
  await n.says('diego', '/incident notme INC-1')
  await n.says('chika', '/incident ack INC-1')
  await lastWords('chika', '/incident unack INC-1')
  await back(60)
  expect(called()[0]).toBe(2)
  expect((await n.incident()).chain?.exhaustedAt).toBeNull()
  const upAt = n.clock.now()
  await n.at('65m')
  expect((await n.incident()).chain?.exhaustedAt).toBe(upAt + 5 * 60_000)
})

test('whoever is called again before their page has left gets one page, marked late, and not two at once', async () => {
  const rungs = 'severities: { SEV1: { escalation: [oncall_primary], repeat: 9 } }'
  n = await night({ config: config(`${TEAM}${rungs}`) })
  await lastWords('chika', '/incident declare The whole site is down for everyone')
  await back(18)
  expect(called()[0]).toBe(1)
  expect(n.pagesOf('aiko')[0]).toContain('3 min late')
})

test('whom somebody paged by hand is called although their only way was down for longer than they had to answer', async () => {
  const texts: string[] = []
  let isDown = true
  const sms: Pager = {
    way: 'sms',
    async page(_, __, id) {
      if (isDown) throw new ChatFailure('later', 'http_500', 'it is down')
      texts.push(id)
      return { id }
    },
  }
  const diego = TEAM.replace(
    /diego: \{ name: Diego Ruiz/,
    '$&, phone: "+815012345678", notify: [ { after: 0s, by: sms } ]',
  )
  n = await night({ config: config(diego), pagers: [sms] })
  await n.says('chika', '/incident declare The whole site is down for everyone')
  await n.says('chika', '/incident ack INC-1')
  await n.says('chika', '/incident page INC-1 @diego')
  await n.at('8m')
  isDown = false
  await n.at('11m')
  expect(texts).toHaveLength(1)
  expect((await n.incident()).pages.at(-1)?.ended).toBeNull()
})

test('a database that was set back gives a number again: the page of the new incident is none of the old one', async () => {
  const keys: (string | null | undefined)[] = []
  for (const start of ['2026-11-24T03:00:00Z', '2026-11-24T09:00:00Z']) {
    n = await night({ start })
    await n.says('diego', '/incident declare The whole site is down for everyone')
    keys.push(n.console.log.recent('@aiko', 'aiko', 1)[0]?.key)
    if (keys.length === 1) await n.stop()
  }
  expect(keys.every(key => key?.startsWith('page:INC-1:1:0:console'))).toBe(true)
  expect(new Set(keys).size).toBe(2)
})

test('whom somebody paged by hand is called after the outage that kept the page from leaving, and has five minutes to answer', async () => {
  n = await night()
  await n.says('chika', '/incident declare The whole site is down for everyone')
  await n.says('chika', '/incident ack INC-1')
  await lastWords('chika', '/incident page INC-1 @diego')
  await back(40)
  expect(n.pagesOf('diego')).toHaveLength(1)
  expect(n.pagesOf('diego')[0]).toContain('[Ack]')
  await n.at('44m59s')
  expect(n.pagesOf('diego')[0]).toContain('[Ack]')
  await n.at('45m1s')
  expect(n.pagesOf('diego')[0]).toContain('Nobody answered this page')
})
