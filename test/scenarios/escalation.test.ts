import { afterEach, expect, test } from 'vitest'
import { type Night, night } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'

let n: Night
afterEach(() => n.stop())

test('a declared SEV1 pages the primary at once, and the next rung every five minutes until the chain is exhausted', async () => {
  n = await night()
  expect(await n.hears('diego', '/incident declare The whole site is down for everyone')).toBe(
    'SEV1 INC-1 declared: The whole site is down for everyone',
  )
  expect(n.pagesOf('aiko')).toHaveLength(1)
  expect(n.pagesOf('aiko')[0]).toContain('[Ack] [Escalate] [Not me]')
  await n.at('4m59s')
  expect(n.pagesOf('ben')).toHaveLength(0)
  await n.at('5m')
  expect(n.pagesOf('ben')).toHaveLength(1)
  await n.at('10m')
  expect(n.pagesOf('chika')).toHaveLength(1)
  await n.at('15m')
  expect(n.pagesOf('diego')).toHaveLength(1)
  await n.at('19m59s')
  expect((await n.incident()).chain?.exhaustedAt).toBeNull()
  await n.at('20m')
  expect((await n.incident()).chain?.exhaustedAt).not.toBeNull()
  expect(n.last('#incidents')).toContain('Nobody acknowledged')
  expect(n.last('#incidents')).toContain('aiko')
  expect(await n.store.stranded()).toEqual([])
})

test('a page stops when anyone acknowledges, every copy says who and after how long, and nobody else is paged', async () => {
  n = await night()
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.at('6m')
  expect(await n.hears('ben', '/incident ack INC-1 --page 2')).toContain(
    'Ben Okafor acknowledged after 6 min',
  )
  await n.at('2h')
  for (const person of ['aiko', 'ben']) {
    expect(n.pagesOf(person)).toHaveLength(1)
    expect(n.pagesOf(person)[0]).toContain('Acknowledged by ben after 6 min')
    expect(n.pagesOf(person)[0]).not.toContain('[Ack]')
  }
  expect(n.pagesOf('chika')).toHaveLength(0)
  expect((await n.incident()).status).toBe('responding')
})

test('a second ack changes nothing and is told who won', async () => {
  n = await night()
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.says('aiko', '/incident ack INC-1')
  const before = (await n.incident()).seq
  expect(await n.hears('ben', '/incident ack INC-1')).toContain('acknowledged already: Aiko Tanaka has it')
  expect((await n.incident()).seq).toBe(before)
})

test('the same press delivered twice acts once and hears the same answer', async () => {
  n = await night()
  const first = await n.says('diego', '/incident declare The whole site is down for everyone', {
    cause: 'delivery-1',
  })
  const second = await n.says('diego', '/incident declare The whole site is down for everyone', {
    cause: 'delivery-1',
  })
  expect(second).toEqual(first)
  expect(await n.store.incidents({ limit: 10 })).toHaveLength(1)
})

test('un-ack starts the chain anew from its first rung', async () => {
  n = await night()
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.says('aiko', '/incident ack INC-1')
  await n.at('30m')
  await n.says('aiko', '/incident unack INC-1')
  expect(n.pagesOf('aiko')).toHaveLength(2)
  await n.at('35m')
  expect(n.pagesOf('ben')).toHaveLength(1)
})

test('Escalate pages the next rung now, and the rung after it one response window later', async () => {
  n = await night()
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.at('1m')
  await n.says('aiko', '/incident escalate INC-1')
  expect(n.pagesOf('ben')).toHaveLength(1)
  await n.at('5m59s')
  expect(n.pagesOf('chika')).toHaveLength(0)
  await n.at('6m')
  expect(n.pagesOf('chika')).toHaveLength(1)
})

test('Not me pages the next rung now and takes the presser out of the chain, also in the next pass', async () => {
  n = await night({ config: config(`${TEAM}\nseverities: { SEV1: { repeat: 1 } }`) })
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.says('aiko', '/incident notme INC-1')
  expect(n.pagesOf('ben')).toHaveLength(1)
  expect(n.pagesOf('aiko')[0]).not.toContain('[Ack]')
  await n.at('1h')
  expect(n.pagesOf('aiko')).toHaveLength(1)
  expect(n.pagesOf('ben')).toHaveLength(2)
})

test("a service's own chain holds, with its repeat", async () => {
  n = await night()
  await n.says('diego', '/incident declare The whole site is down for everyone --service checkout')
  await n.at('3m')
  expect(n.pagesOf('chika')).toHaveLength(1)
  expect(n.pagesOf('ben')).toHaveLength(0)
  await n.at('8m')
  expect(n.pagesOf('aiko')).toHaveLength(2)
  await n.at('11m')
  expect(n.pagesOf('chika')).toHaveLength(2)
  await n.at('24m')
  expect((await n.incident()).chain?.exhaustedAt).toBe(n.clock.now())
  expect(n.pagesOf('aiko')).toHaveLength(3)
})

test('raising the severity after an ack pages the new chain, but not whoever acknowledged', async () => {
  n = await night()
  await n.says('diego', '/incident declare Export button does nothing --severity SEV3')
  await n.says('aiko', '/incident ack INC-1')
  await n.says('diego', '/incident severity INC-1 SEV1')
  expect(n.pagesOf('aiko')).toHaveLength(1)
  expect(n.pagesOf('ben')).toHaveLength(1)
})

test('lowering an acknowledged incident pages nobody', async () => {
  n = await night()
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.says('aiko', '/incident ack INC-1')
  await n.says('aiko', '/incident severity INC-1 SEV3')
  await n.at('3h')
  expect(n.pagesOf('aiko')).toHaveLength(1)
  expect(n.pagesOf('ben')).toHaveLength(0)
})

test('closing without an ack stops the chain', async () => {
  n = await night()
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.says('diego', '/incident close INC-1')
  await n.at('1h')
  expect(n.pagesOf('ben')).toHaveLength(0)
  expect(n.pagesOf('aiko')[0]).toContain('nobody is paged any more')
})

test('reopening starts the chain anew', async () => {
  n = await night()
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.says('aiko', '/incident ack INC-1')
  await n.says('aiko', '/incident resolve INC-1')
  await n.at('1h')
  await n.says('ben', '/incident reopen INC-1')
  expect(n.pagesOf('aiko')).toHaveLength(2)
  expect((await n.incident()).acked).toBeNull()
})

test('an empty rung is skipped at once with its reason, and the next one is paged at that moment', async () => {
  n = await night({
    config: config(TEAM.replace('starts: 2026-11-02, people: [aiko]', 'starts: 2027-11-01, people: [aiko]')),
  })
  const answer = await n.says('diego', '/incident declare The whole site is down for everyone')
  expect(n.pagesOf('ben')).toHaveLength(1)
  expect(JSON.stringify(answer)).toContain('nobody is on call for primary')
})

test('when nobody can be paged the answer says so first, with buttons to raise it', async () => {
  n = await night()
  const answer = await n.says('diego', '/incident declare Please add dark mode to the settings page')
  expect(answer.kind === 'say' && answer.message.summary).toMatch(/^Nobody was paged\. SEV4/)
  expect(JSON.stringify(answer)).toContain('Raise to SEV1')
  await n.at('30d')
  expect(n.texts('#queue')).toHaveLength(1)
  expect((await n.incident()).chain?.exhaustedAt).toBeNull()
  expect(await n.store.stranded()).toEqual([])
})

test('a page by hand that nobody answers is said in the channel', async () => {
  n = await night()
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.says('aiko', '/incident ack INC-1')
  await n.says('aiko', '/incident page INC-1 @chika')
  expect(n.pagesOf('chika')).toHaveLength(1)
  await n.at('5m')
  expect(n.texts('#inc-20261124-whole-site-down-everyone').join()).toContain('Nobody answered page 2')
})

test('a page by hand is answered with Ack, although the incident is acknowledged already', async () => {
  n = await night()
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.says('aiko', '/incident ack INC-1')
  await n.says('aiko', '/incident page INC-1 @chika')
  expect(await n.hears('chika', '/incident ack INC-1 --page 2')).toContain('Chika Sato answered the page')
  await n.at('1h')
  expect(n.texts('#inc-20261124-whole-site-down-everyone').join()).not.toContain('Nobody answered')
})
