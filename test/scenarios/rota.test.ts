/** Somebody stands in for somebody else: overrides, taking over now, and swaps that two people agree on. */
import { afterEach, describe, expect, test } from 'vitest'
import { DESKS } from '../support/desks.ts'
import { type NightOn, nightOn } from '../support/night-on.ts'
import { config, TEAM } from '../support/team.ts'

/** Handoffs at nine in the morning, six hours after the start: aiko's turn first. */
const DAILY = TEAM.replace(
  'primary: { rotation: { every: 1w, handoff: "mon 09:00", starts: 2026-11-02, people: [aiko] } }',
  'primary: { rotation: { every: 1d, handoff: "09:00", starts: 2026-11-23, people: [aiko, chika] } }',
)
const DOWN = '/incident declare The whole site is down for everyone'

describe.each(DESKS)('on %s', desk => {
  let n: NightOn
  afterEach(() => n.stop())

  test('an override pages who stands in, from its beginning to its end, and they are told at once', async () => {
    n = await nightOn(desk, config(DAILY))
    expect(await n.says('diego', '/oncall override @ben 04:00 05:00')).toMatch(
      /ben.* is on call for primary/i,
    )
    await n.at('1m')
    expect(n.pages('ben')).toHaveLength(1)
    await n.at('59m')
    expect(await n.says('diego', '/oncall who')).toMatch(/primary: aiko/i)
    await n.at('61m')
    expect(await n.says('diego', '/oncall who')).toMatch(/primary: ben/i)
    await n.says('diego', DOWN)
    await n.at('62m')
    expect(n.pages('ben').join()).toContain('You are paged')
    expect(n.pages('aiko').join()).not.toContain('You are paged')
    await n.says('ben', '/incident ack INC-1')
    await n.at('121m')
    expect(await n.says('diego', '/oncall who')).toMatch(/primary: aiko/i)
  })

  test('take puts whoever says it on call now, until the next change of shift', async () => {
    n = await nightOn(desk, config(DAILY))
    expect(await n.says('ben', '/oncall take')).toMatch(/ben.* is on call for primary/i)
    expect(await n.says('ben', '/oncall who')).toMatch(/primary: ben/i)
    await n.at('5h')
    expect(n.pages('aiko').join()).toContain('Your shift for primary is over')
    await n.at('6h1m')
    expect(await n.says('ben', '/oncall who')).toMatch(/primary: chika/i)
  })

  test("a swap counts once the other accepts it: each has the other's shift", async () => {
    n = await nightOn(desk, config(DAILY))
    expect(await n.says('aiko', '/oncall swap @chika')).toMatch(/offers chika.* a swap/i)
    await n.at('1m')
    expect(await n.says('aiko', '/oncall who')).toMatch(/primary: aiko/i)
    expect(n.pages('chika')[0]).toContain('[Accept] [Decline]')
    expect(await n.press('chika', 'Accept')).toMatch(/accepted the swap/)
    await n.at('2m')
    expect(await n.says('aiko', '/oncall who')).toMatch(/primary: chika/i)
    await n.at('6h1m')
    expect(await n.says('aiko', '/oncall who')).toMatch(/primary: aiko/i)
    await n.at('30h1m')
    expect(await n.says('aiko', '/oncall who')).toMatch(/primary: aiko/i)
  })

  test('whoever stands in beside somebody does not cut the shift that they swap in two', async () => {
    n = await nightOn(desk, config(DAILY))
    await n.says('diego', '/oncall override @ben 04:00 05:00 --extra')
    await n.says('aiko', '/oncall swap @chika')
    await n.at('1m')
    await n.press('chika', 'Accept')
    await n.at('3h')
    expect(await n.says('aiko', '/oncall who')).toMatch(/primary: chika/i)
  })

  test('an override that is taken back holds no more, and a declined swap changes nothing', async () => {
    n = await nightOn(desk, config(DAILY))
    const taken = await n.says('ben', '/oncall take 3h')
    expect(taken).toContain('[Take it back]')
    await n.app().receive({
      chat: n.desk.chat.name,
      cause: 'taken-back',
      user: { id: config(DAILY).people.ben?.identities[n.desk.chat.name] ?? '', name: 'ben', kind: 'member' },
      channel: undefined,
      line: `/oncall override --cancel ${(await n.app().engine.rota()).overrides[0]?.id}`,
    })
    expect(await n.says('ben', '/oncall who')).toMatch(/primary: aiko/i)
    await n.says('aiko', '/oncall swap @chika')
    await n.at('1m')
    expect(await n.press('chika', 'Decline')).toMatch(/declined the swap/)
    expect(await n.says('ben', '/oncall who')).toMatch(/primary: aiko/i)
  })

  test('what cannot be is refused with the way out, and a crash forgets nothing', async () => {
    n = await nightOn(desk, config(DAILY))
    expect(await n.says('ben', '/oncall override @ben soon 22:00')).toMatch(
      /soon.*(not a time|not a beginning and an end)/,
    )
    expect(await n.says('ben', '/oncall override @chika 05:00 2028-11-24')).toContain('a year at the most')
    expect(await n.says('ben', '/oncall swap @ben')).toContain('takes two people')
    expect(await n.says('ben', '/oncall swap @aiko')).toContain('no shift of primary')
    await n.says('ben', '/oncall take 3h')
    await n.crash()
    expect(await n.says('ben', '/oncall who')).toMatch(/primary: ben/i)
  })
})
