/** Shifts change hands: whoever begins and whoever ends is told, and the chats' groups follow, on time and after an outage. */
import { afterEach, describe, expect, test } from 'vitest'
import { DESKS } from '../support/desks.ts'
import { type NightOn, nightOn } from '../support/night-on.ts'
import { config, TEAM } from '../support/team.ts'

const ROTATING = TEAM.replace(
  'starts: 2026-11-02, people: [aiko]',
  'starts: 2026-11-02, people: [aiko, chika, diego]',
).replace('every: 1w, handoff: "mon 09:00"', 'every: 1d, handoff: "09:00"')

describe.each(DESKS)('on %s', desk => {
  let n: NightOn
  afterEach(() => n.stop())

  test('at nine the one who begins is told until when, and the one who ends that it is over', async () => {
    n = await nightOn(desk, config(ROTATING))
    await n.at('5h59m')
    expect(n.pages('chika')).toEqual([])
    await n.at('6h')
    const told = ['aiko', 'chika', 'diego'].flatMap(person =>
      n.pages(person).map(text => `${person}: ${text}`),
    )
    expect(told).toHaveLength(2)
    expect(told.join('\n')).toMatch(/You are on call for primary now/)
    expect(told.join('\n')).toMatch(/Your shift for primary is over/)
    await n.at('30h')
    expect(['aiko', 'chika', 'diego'].flatMap(person => n.pages(person))).toHaveLength(4)
  })

  test('an outage over two changes of shift tells of the last one alone', async () => {
    n = await nightOn(desk, config(ROTATING))
    n.clock.moveTo(n.clock.now() + 40 * 60 * 60_000)
    await n.crash()
    await n.at('41h')
    const told = ['aiko', 'chika', 'diego'].flatMap(person => n.pages(person))
    expect(told).toHaveLength(2)
  })
})

test('gaps and double bookings of the coming week are said to the team once, the first morning that they are seen', async () => {
  const gappy = TEAM.replace(
    'primary: { rotation: { every: 1w, handoff: "mon 09:00", starts: 2026-11-02, people: [aiko] } }',
    'primary: { rotation: { every: 1w, handoff: "mon 09:00", starts: 2026-11-02, ends: 2026-12-03, people: [aiko] } }',
  )
  const n = await nightOn('console', config(gappy))
  await n.at('2d')
  expect(n.team().join()).not.toContain('Nobody is on call')
  await n.at('9d')
  const said = n.team().filter(text => text.includes('Nobody is on call for primary'))
  expect(said).toHaveLength(1)
  expect(n.team().filter(text => text.includes('On call this week'))).toHaveLength(1)
  await n.at('12d')
  expect(n.team().filter(text => text.includes('Nobody is on call for primary'))).toHaveLength(1)
  await n.stop()

  const twice = await nightOn('console', config(TEAM.replace('people: [ben]', 'people: [aiko]')))
  await twice.at('3d')
  expect(
    twice.team().filter(text => /aiko.* is on call for primary and secondary at once/i.test(text)),
  ).toHaveLength(1)
  await twice.stop()
})

test('a schedule of working hours is told of once a week, in one message', async () => {
  const desk = TEAM.replace(
    'schedules:\n',
    'schedules:\n  desk: { rotation: { every: 1d, handoff: "09:00", starts: 2026-11-02, people: [diego], only: "weekdays 09:00-18:00" } }\n',
  )
  const n = await nightOn('console', config(desk))
  const said = () => n.team().filter(text => text.includes('Nobody is on call for desk'))
  await n.at('7d')
  const before = said().length
  expect(said().at(-1)).toMatch(/Nobody is on call for desk, \d+ times:/)
  await n.at('13d')
  expect(said()).toHaveLength(before)
  await n.at('14d')
  expect(said()).toHaveLength(before + 1)
  await n.stop()
})

const GROUPED = ROTATING.replace(
  'primary: { rotation',
  'primary: { group: { slack: S0ONCALL, discord: "GROUP" }, rotation',
)

test('the Slack user group follows the shift, keeps whoever is not ours, and is never emptied', async () => {
  const n = await nightOn('slack socket', config(GROUPED.replace(', discord: "GROUP"', '')))
  const { slack } = n.desk
  slack?.users.add({ id: 'U0OTHER' })
  slack?.usergroups.add({ id: 'S0ONCALL', handle: 'oncall', name: 'On call', users: ['U0BEN', 'U0OTHER'] })
  await n.at('1m')
  const before = slack?.usergroups.get('S0ONCALL')?.users ?? []
  expect(before).toContain('U0OTHER')
  expect(before).not.toContain('U0BEN')
  expect(before).toHaveLength(2)
  await n.at('7h')
  const after = slack?.usergroups.get('S0ONCALL')?.users ?? []
  expect(after).toContain('U0OTHER')
  expect(after).toHaveLength(2)
  expect(after).not.toEqual(before)
  await n.stop()
})

test('the Discord role follows the shift', async () => {
  const role = '900000000000000001'
  const n = await nightOn(
    'discord gateway',
    config(GROUPED.replace('slack: S0ONCALL, ', '').replace('GROUP', role)),
  )
  const { discord } = n.desk
  discord?.guild.roles.set(role, { id: role, name: 'on call', permissions: '0' })
  const holders = () =>
    [...(discord?.guild.users.values() ?? [])]
      .filter(user => user.roles?.includes(role))
      .map(user => user.name)
  await n.at('1m')
  const [before] = holders()
  expect(holders()).toHaveLength(1)
  await n.at('7h')
  expect(holders()).toHaveLength(1)
  expect(holders()).not.toEqual([before])
  await n.stop()
})
