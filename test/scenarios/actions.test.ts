/** Action items: added with an owner and a date, done with evidence, nagged about so that it helps and never in bursts. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Night, night, textOf } from '../support/story.ts'
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

test('nobody does it: reminded from three days before, then rarer and rarer, anew once it is overdue, on working days only; overdue, the team hears each time', async () => {
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
    '2026-12-01',
    '2026-12-02',
    '2026-12-04',
    '2026-12-07',
    '2026-12-08',
    '2026-12-10',
    '2026-12-14',
    '2026-12-21',
    '2026-12-28',
  ])
  const escalated = n.texts('#incidents').filter(text => text.includes('Overdue action items of'))
  expect(escalated).toHaveLength(on.length - 3)
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

test('what is due soon is mentioned beside what is overdue, though its own turn is later', async () => {
  await n.says('aiko', '/action add Mend one --owner @ben --due 2026-11-25')
  await n.says('aiko', '/action add Mend two --owner @ben --due 2026-11-27')
  await n.at('49h')
  const told = reminders('ben')
  expect(told.at(-1)).toMatch(/Overdue .*Mend one.*Due soon .*Mend two/)
  expect(told).toHaveLength(2)
})

test('more time is counted from the day on which it is due, and is never less', async () => {
  await n.says('aiko', '/action add Fix it --owner @ben --due 2026-12-15')
  expect(await n.hears('ben', '/action snooze ACT-1 3d')).toContain('2026-12-18')
  expect(await n.hears('ben', '/action snooze ACT-1 2026-12-01')).toContain('ACT-1 has until then already.')
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

describe('one item', () => {
  beforeEach(async () => {
    await n.says('diego', '/incident declare Checkout is down for everyone')
    await n.says(
      'aiko',
      '/action add Test the migration first --owner @ben --due fri --incident INC-1 --description It ran on the wrong pool',
    )
  })

  test('has its title, what it is about, whose it is, how urgent, until when, where it comes from and how it went', async () => {
    await n.says('ben', '/action update ACT-1 Waiting for the vendor')
    await n.says('ben', '/action edit ACT-1 Test each migration first --priority P1 --due 2026-12-01')
    await n.says('diego', '/incident declare Search gives nothing since noon')
    await n.says('diego', '/action link ACT-1 INC-2')
    const answer = await n.says('chika', '/action show ACT-1')
    expect(answer.kind === 'say' && textOf(answer.message)).toMatch(
      /ACT-1 · Test each migration first .*Status: open.*Owner: ben.*Priority: P1.*From: INC-1.*Also in: INC-2 \| It ran on the wrong pool \| .*ben: Waiting for the vendor \| \[Start\] \[Done\] \[A week more\] \[Update\] \[Edit\]/,
    )
  })

  test('changes in a form that has what is there, and says nothing when nothing changed', async () => {
    const form = await n.says('aiko', '/action edit ACT-1')
    expect(JSON.stringify(form)).toContain('It ran on the wrong pool')
    const { command, inputs } = form.kind === 'form' ? form.form : { command: '', inputs: [] }
    const values = Object.fromEntries(inputs.map(input => [input.name, input.value ?? '']))
    const kept = await n.says('aiko', command, { values })
    expect(kept.kind === 'say' && kept.message.summary).toBe('Nothing changed.')
    const wrong = await n.says('aiko', command, { values: { ...values, due: 'someday' } })
    expect(wrong).toEqual({
      kind: 'errors',
      errors: { due: expect.stringContaining('"someday" is not a date') },
    })
  })

  test('is asked for its words in a form where a button brought none', async () => {
    for (const line of ['/action update ACT-1', '/action done ACT-1', '/action reopen ACT-1'])
      expect((await n.says('ben', line)).kind).toBe('form')
    await n.at('1s')
    const told = n.pagesOf('ben').filter(text => text.includes('ACT-1'))
    expect(told).toHaveLength(1)
  })
})

test('a form is begun from a message, with its words and its link, and belongs to the incident of the channel', async () => {
  await n.says('diego', '/incident declare Checkout is down for everyone')
  await n.at('1s')
  const channel = (await n.incident()).rooms.console?.channel ?? ''
  const about = {
    ref: { channel, id: '1' },
    user: 'ben',
    author: 'Ben Okafor',
    own: false,
    text: 'We should test the migration first\nIt ran on the wrong pool',
    at: n.clock.now(),
    link: 'https://acme.slack.com/archives/C1/p1',
  }
  const user = { id: 'aiko', name: 'aiko', kind: 'member' as const }
  const asked = { chat: 'console', user, channel, line: '/action add', about }
  const form = await n.app.receive({ ...asked, cause: 'menu' })
  expect(form).toMatchObject({
    kind: 'form',
    form: {
      command: '/action add --incident INC-1',
      inputs: [
        { name: 'title', value: 'We should test the migration first' },
        { name: 'description', value: expect.stringMatching(/^Ben Okafor: We should.*pool\nhttps:/s) },
        { name: 'owner', value: 'aiko' },
        { name: 'due' },
        { name: 'priority', value: 'P3' },
      ],
    },
  })
})

describe('with a lead', () => {
  beforeEach(async () => {
    await n.stop()
    const led = TEAM.replace('name: Ben Okafor,', 'name: Ben Okafor, lead: chika,').replace(
      'name: Diego Ruiz,',
      'name: Diego Ruiz, lead: chika,',
    )
    n = await night({ config: config(led), start: '2026-11-24T09:00:00Z' })
  })
  const team = () => n.texts('#incidents').filter(text => text.includes('Overdue action items of'))

  test('what is overdue is told to the lead and to the team, each in one message, whoever it is with', async () => {
    await n.says('aiko', '/action add Mend one --owner @ben --due 2026-11-26')
    await n.says('aiko', '/action add Mend two --owner @diego --due 2026-11-26')
    await n.says('aiko', '/action add Mend three --owner @chika --due 2026-11-30')
    await n.at('71h')
    expect(n.pagesOf('chika').filter(text => text.includes('whom you lead'))).toEqual([])
    expect(team()).toEqual([])
    await n.at('73h')
    const told = n.pagesOf('chika').filter(text => text.includes('Overdue with those whom you lead'))
    expect(told).toHaveLength(1)
    expect(told[0]).toMatch(/Your action items.*Mend three.*whom you lead.*Mend one.*Mend two/)
    expect(team()).toHaveLength(1)
    expect(team()[0]).toMatch(/of ben .*Mend one.*of diego .*Mend two/)
  })

  test('somebody with many items hears at most four times in seven days, ten of them at once, and how many more there are', async () => {
    for (let count = 1; count <= 12; count++)
      await n.says('aiko', `/action add Mend ${count} --owner @ben --due 2026-11-${25 + (count % 4)}`)
    const days: number[] = []
    let seen = 0
    for (let day = 0; day < 21; day++) {
      await n.at(`${day * 24 + 3}h`)
      const now = reminders('ben').length
      if (now > seen) days.push(day)
      seen = now
    }
    for (const day of days)
      expect(days.filter(each => each >= day && each < day + 7).length).toBeLessThanOrEqual(4)
    expect(reminders('ben').join()).toContain('and 2 more: /action list --mine')
  })
})

test('after an outage of weeks there is one reminder, and one word to the team', async () => {
  for (const owner of ['ben', 'diego'])
    await n.says('aiko', `/action add Mend it --owner @${owner} --due tomorrow`)
  n.clock.moveTo(n.clock.now() + 30 * 24 * 3_600_000)
  n = await n.crash()
  await n.at('726h')
  expect(reminders('ben')).toHaveLength(1)
  expect(n.texts('#incidents').filter(text => text.includes('Overdue action items of'))).toHaveLength(1)
})

test.each([
  [`/action add ${'x'.repeat(201)}`, 'The title has 201 characters; 200 is the most.'],
  ['/action add Fix it --incident INC-9', 'There is no INC-9. Try /incident list.'],
  ['/action link ACT-9 INC-9', 'There is no INC-9. Try /incident list.'],
  ['/action show ACT-9', 'There is no ACT-9. See /action list.'],
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
  ['/action add Fix it --priority P9', '"P9" is not a priority. Did you mean P1?'],
  ['/action done ACT-9 with a link', 'There is no ACT-9. See /action list.'],
])('%s: %s', async (line, sentence) => {
  expect(await n.hears('aiko', line)).toBe(sentence)
})
