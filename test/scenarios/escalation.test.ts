import { afterEach, describe, expect, test } from 'vitest'
import { DESKS } from '../support/desks.ts'
import { type NightOn, nightOn } from '../support/night-on.ts'
import { config, TEAM } from '../support/team.ts'

describe.each(DESKS)('on %s', desk => {
  let n: NightOn
  afterEach(() => n.stop())

  test('a declared SEV1 pages the primary at once, and the next rung every five minutes until the chain is exhausted', async () => {
    n = await nightOn(desk)
    expect(await n.says('diego', '/incident declare The whole site is down for everyone')).toContain(
      'INC-1 declared',
    )
    expect(n.pages('aiko')).toHaveLength(1)
    expect(n.pages('aiko')[0]).toContain('[Ack] [Escalate] [Not me]')
    await n.at('4m59s')
    expect(n.pages('ben')).toHaveLength(0)
    await n.at('5m')
    expect(n.pages('ben')).toHaveLength(1)
    await n.at('10m')
    expect(n.pages('chika')).toHaveLength(1)
    await n.at('15m')
    expect(n.pages('diego')).toHaveLength(1)
    await n.at('19m59s')
    expect((await n.incident()).chain?.exhaustedAt).toBeNull()
    await n.at('20m')
    expect((await n.incident()).chain?.exhaustedAt).not.toBeNull()
    expect(n.team().at(-1)).toContain('Nobody acknowledged')
    expect(n.team().at(-1)).toMatch(/aiko/i)
    expect(await n.store.stranded()).toEqual([])
  })

  test('a page stops when anyone acknowledges, every copy says who and after how long, and nobody else is paged', async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare The whole site is down for everyone')
    await n.at('6m')
    expect(await n.press('ben', 'Ack')).toMatch(/ben.* acknowledged after 6 min/i)
    await n.at('30m')
    for (const person of ['aiko', 'ben']) {
      expect(n.pages(person)).toHaveLength(1)
      expect(n.pages(person)[0]).toMatch(/Acknowledged by ben.* after 6 min/i)
      expect(n.pages(person)[0]).not.toContain('[Ack]')
    }
    expect(n.pages('chika')).toHaveLength(0)
    expect((await n.incident()).status).toBe('responding')
  })

  test('a second ack changes nothing and is told who won', async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare The whole site is down for everyone')
    await n.says('aiko', '/incident ack INC-1')
    const before = (await n.incident()).seq
    expect(await n.says('ben', '/incident ack INC-1')).toMatch(/acknowledged already: aiko.* has it/i)
    expect((await n.incident()).seq).toBe(before)
  })

  test('the same press delivered twice acts once', async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare The whole site is down for everyone')
    await n.redeliver()
    expect(await n.store.incidents({ limit: 10 })).toHaveLength(1)
  })

  test('un-ack starts the chain anew from its first rung', async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare The whole site is down for everyone')
    await n.says('aiko', '/incident ack INC-1')
    await n.at('30m')
    await n.says('aiko', '/incident unack INC-1')
    expect(n.pages('aiko')).toHaveLength(2)
    await n.at('35m')
    expect(n.pages('ben')).toHaveLength(1)
  })

  test('Escalate pages the next rung now, and the rung after it one response window later', async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare The whole site is down for everyone')
    await n.at('1m')
    await n.says('aiko', '/incident escalate INC-1')
    expect(n.pages('ben')).toHaveLength(1)
    await n.at('5m59s')
    expect(n.pages('chika')).toHaveLength(0)
    await n.at('6m')
    expect(n.pages('chika')).toHaveLength(1)
  })

  test('Not me pages the next rung now and takes the presser out of the chain, also in the next pass', async () => {
    n = await nightOn(desk, config(`${TEAM}\nseverities: { SEV1: { repeat: 1 } }`))
    await n.says('diego', '/incident declare The whole site is down for everyone')
    await n.press('aiko', 'Not me')
    expect(n.pages('ben')).toHaveLength(1)
    expect(n.pages('aiko')[0]).not.toContain('[Ack]')
    await n.at('1h')
    expect(n.pages('aiko')).toHaveLength(1)
    expect(n.pages('ben')).toHaveLength(2)
  })

  test("a service's own chain holds, with its repeat", async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare The whole site is down for everyone --service checkout')
    await n.at('3m')
    expect(n.pages('chika')).toHaveLength(1)
    expect(n.pages('ben')).toHaveLength(0)
    await n.at('8m')
    expect(n.pages('aiko')).toHaveLength(2)
    await n.at('11m')
    expect(n.pages('chika')).toHaveLength(2)
    await n.at('24m')
    expect((await n.incident()).chain?.exhaustedAt).toBe(n.clock.now())
    expect(n.pages('aiko')).toHaveLength(3)
  })

  test('raising the severity after an ack pages the new chain, but not whoever acknowledged', async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare Export button does nothing --severity SEV3')
    await n.says('aiko', '/incident ack INC-1')
    await n.says('diego', '/incident severity INC-1 SEV1')
    expect(n.pages('aiko')).toHaveLength(1)
    expect(n.pages('ben')).toHaveLength(1)
  })

  test('lowering an acknowledged incident pages nobody', async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare The whole site is down for everyone')
    await n.says('aiko', '/incident ack INC-1')
    await n.says('aiko', '/incident severity INC-1 SEV3')
    await n.at('3h')
    expect(n.pages('aiko')).toHaveLength(1)
    expect(n.pages('ben')).toHaveLength(0)
  })

  test('closing without an ack stops the chain', async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare The whole site is down for everyone')
    await n.says('diego', '/incident close INC-1')
    await n.at('1h')
    expect(n.pages('ben')).toHaveLength(0)
    expect(n.pages('aiko')[0]).toContain('nobody is paged any more')
  })

  test('reopening starts the chain anew', async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare The whole site is down for everyone')
    await n.says('aiko', '/incident ack INC-1')
    await n.says('aiko', '/incident resolve INC-1')
    await n.at('1h')
    await n.says('ben', '/incident reopen INC-1')
    expect(n.pages('aiko')).toHaveLength(2)
    expect((await n.incident()).acked).toBeNull()
  })

  test('an empty rung is skipped at once with its reason, and the next one is paged at that moment', async () => {
    n = await nightOn(
      desk,
      config(TEAM.replace('starts: 2026-11-02, people: [aiko]', 'starts: 2027-11-01, people: [aiko]')),
    )
    const answer = await n.says('diego', '/incident declare The whole site is down for everyone')
    expect(n.pages('ben')).toHaveLength(1)
    expect(answer).toContain('nobody is on call for primary')
  })

  test('when nobody can be paged the answer says so first, with buttons to raise it', async () => {
    n = await nightOn(desk)
    const answer = await n.says('diego', '/incident declare Please add dark mode to the settings page')
    expect(answer).toContain('Nobody was paged.')
    expect(answer).toContain('[Raise to SEV1]')
    await n.at('30d')
    expect(n.queue()).toHaveLength(1)
    expect((await n.incident()).chain?.exhaustedAt).toBeNull()
    expect(await n.store.stranded()).toEqual([])
  })

  test('a page by hand that nobody answers is said in the channel', async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare The whole site is down for everyone')
    await n.says('aiko', '/incident ack INC-1')
    await n.says('aiko', '/incident page INC-1 @chika')
    expect(n.pages('chika')).toHaveLength(1)
    await n.at('5m')
    expect(n.room().join()).toContain('Nobody answered page 2')
  })

  test('a page by hand is answered with Ack, although the incident is acknowledged already', async () => {
    n = await nightOn(desk)
    await n.says('diego', '/incident declare The whole site is down for everyone')
    await n.says('aiko', '/incident ack INC-1')
    await n.says('aiko', '/incident page INC-1 @chika')
    expect(await n.press('chika', 'Ack')).toMatch(/chika.* answered the page/i)
    await n.at('1h')
    expect(n.room().join()).not.toContain('Nobody answered')
  })
})
