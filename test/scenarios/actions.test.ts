/** Action items: added with an owner and a date, done with evidence, nagged about so that it helps and never in bursts. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Night, night } from '../support/story.ts'
import { config, TEAM } from '../support/team.ts'

let n: Night
beforeEach(async () => {
  // A Tuesday at nine, in business hours.
  n = await night({ config: config(TEAM), start: '2026-11-24T09:00:00Z' })
})
afterEach(() => n.stop())

const reminders = (person: string) => n.pagesOf(person).filter(text => text.includes('Your action items'))

test('an item is added, its owner is told, starts it, and finishes it with evidence', async () => {
  expect(
    await n.hears('aiko', '/action add Alert before the disk is full --owner @ben --due fri --priority P1'),
  ).toContain('ACT-1 Alert before the disk is full')
  await n.at('1s')
  expect(n.pagesOf('ben').at(-1)).toMatch(/ACT-1.*\[Start\] \[Done\] \[A week more\]/)
  expect(await n.hears('ben', '/action start ACT-1')).toContain('in progress')
  expect(await n.hears('ben', '/action done ACT-1 ok')).toContain('What shows that ACT-1 is done?')
  expect(await n.hears('ben', '/action done act-1 https://git.example.com/pull/42')).toContain(
    'is done: https://git',
  )
  expect(await n.hears('aiko', '/action list')).toBe('0 action items to do.')
  expect(await n.hears('aiko', '/action report')).toBe(
    '1 action items: 0 open, 0 in progress, 1 completed, 0 overdue.',
  )
})

test('nobody does it: reminded from three days before, then rarer and rarer, on working days only; overdue for two days, the team hears', async () => {
  await n.says('aiko', '/action add Fix it --owner @ben --due 2026-12-04')
  const on: string[] = []
  let seen = 0
  for (let day = 0; day < 40; day++) {
    await n.at(`${day * 24 + 3}h`)
    const now = reminders('ben').length
    expect(now - seen).toBeLessThanOrEqual(1)
    if (now > seen) on.push(new Date(n.clock.now()).toISOString().slice(0, 10))
    seen = now
  }
  expect(on).toEqual([
    '2026-12-02',
    '2026-12-03',
    '2026-12-07',
    '2026-12-11',
    '2026-12-18',
    '2026-12-25',
    '2027-01-01',
  ])
  const escalated = n.texts('#incidents').filter(text => text.includes('Overdue action items of'))
  expect(escalated).toHaveLength(on.length - 2)
})

test("all of a person's items come in one message, and not again after a crash", async () => {
  for (const what of ['one', 'two', 'three'])
    await n.says('aiko', `/action add Mend ${what} --owner @ben --due tomorrow`)
  await n.at('24h')
  expect(reminders('ben')).toHaveLength(1)
  expect(reminders('ben')[0]).toMatch(/Mend one.*Mend two.*Mend three/)
  n = await n.crash()
  await n.at('26h')
  expect(reminders('ben')).toHaveLength(1)
})

test('more time, another owner, and back again', async () => {
  await n.says('aiko', '/action add Fix it --owner @ben --due tomorrow')
  expect(await n.hears('ben', '/action snooze ACT-1 7d')).toContain('is due')
  expect(await n.hears('ben', '/action give ACT-1 @chika')).toContain("Chika Sato's now")
  await n.at('30h')
  expect(reminders('ben')).toEqual([])
  await n.says('chika', '/action done ACT-1 it is in the runbook now')
  expect(await n.hears('aiko', '/action reopen ACT-1 the alert never fired')).toContain('open again')
  expect(await n.hears('aiko', '/action reopen ACT-1 once more')).toContain('ACT-1 is open')
})

test.each([
  [
    '/action add',
    'An action item needs a title. Like this: /action add Alert on disk space --owner @ben --due fri',
  ],
  [
    '/action add Fix it --due yesterday',
    '"yesterday" is not a date that Tocsin understands. Write 7d, fri, tomorrow or 2027-01-15.',
  ],
  [
    '/action add Fix it --due 2020-01-01',
    'That due date is past. Give one to come, such as: --due fri, or --due 2027-01-15',
  ],
  [
    '/action add Fix it --owner @nobody',
    '"nobody" is not anybody in `people`. People: aiko, ben, chika, diego.',
  ],
  ['/action add Fix it --priority P9', '"P9" is not how urgent. Did you mean P1?'],
  ['/action done ACT-9 with a link', 'There is no ACT-9. See /action list.'],
])('%s: %s', async (line, sentence) => {
  expect(await n.hears('aiko', line)).toBe(sentence)
})
