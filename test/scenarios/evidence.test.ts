/** What is said in an incident's channel becomes evidence: once, with who said it and when, who had it kept, and where it is. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Entry, entriesOf } from '../../bot/timeline/entries.ts'
import { visibleText } from '../emulators/slack/index.ts'
import { DESKS } from '../support/desks.ts'
import { type NightOn, nightOn } from '../support/night-on.ts'
import { config, TEAM } from '../support/team.ts'

let n: NightOn
const kept = async (): Promise<readonly Entry[]> => {
  const { engine } = n.app()
  const world = await engine.world()
  const all = entriesOf(world, await n.incident(), await engine.history('INC-1'), await engine.ingested())
  return all.filter(entry => entry.source === 'chat' && !entry.hidden)
}
const declare = async () => {
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.at('10s')
}

describe.each(DESKS)('on %s', name => {
  beforeEach(async () => {
    n = await nightOn(name)
    n.desk.discord?.giveContent()
    await declare()
  })
  afterEach(() => n.stop())

  test('a message that several people pin, react to and add with its menu is one entry', async context => {
    const { desk } = n
    const said = await desk.writes('aiko', 'Deploy 4711 went out at 02:55')
    await n.at('1m')
    if (desk.cannot.signs === undefined) {
      await desk.reacts('diego', said)
      await desk.pins('aiko', said)
      await desk.reacts('aiko', said)
      await n.at('2m')
    }
    await desk.adds('diego', said)
    await desk.adds('aiko', said)
    await n.at('3m')
    const all = await kept()
    expect(all).toHaveLength(1)
    expect(all[0]).toMatchObject({
      who: 'Aiko Tanaka',
      addedBy: 'Diego Ruiz',
      text: 'Aiko Tanaka wrote: Deploy 4711 went out at 02:55',
    })
    expect((all[0]?.learntAt ?? 0) - (all[0]?.at ?? 0)).toBeGreaterThanOrEqual(50_000)
    if (desk.slack || desk.discord) expect(all[0]?.link).toMatch(/^https:\/\//)
    context.skip(desk.cannot.signs !== undefined, desk.cannot.signs)
  })

  test('an answer in a thread is kept as well', async context => {
    const { desk } = n
    context.skip(desk.cannot.signs !== undefined, desk.cannot.signs)
    const said = await desk.writes('aiko', 'What changed?')
    const answer = await desk.writes('diego', 'The pool size, at 02:50', said)
    await desk.reacts('aiko', answer)
    await n.at('1m')
    expect((await kept()).map(each => each.text)).toEqual(['Diego Ruiz wrote: The pool size, at 02:50'])
  })

  test('the history of the channel, threads included: everything that people said, once, whatever was kept before', async () => {
    const { desk } = n
    const first = await desk.writes('aiko', 'Looking')
    for (let count = 0; count < 120; count++) await desk.writes('diego', `line ${count}`)
    await desk.writes('aiko', 'It is the pool size', first)
    await n.at('1m')
    await desk.adds('aiko', first)
    expect(await n.says('diego', '/incident timeline INC-1 --history')).toContain(
      'is read into its timeline now',
    )
    await n.at('3m')
    const all = await kept()
    expect(all).toHaveLength(122)
    expect(all.map(each => each.text)).toContain('Aiko Tanaka wrote: It is the pool size')
    expect(new Set(all.map(each => each.text)).size).toBe(122)
    expect(all.map(each => each.at)).toEqual([...all.map(each => each.at)].sort((a, b) => a - b))
    expect(n.room().at(-1)).toContain('All that was said here is in the timeline: 121 messages more')
    await n.says('aiko', '/incident timeline INC-1 --history')
    await n.at('5m')
    expect(await kept()).toHaveLength(122)
  })
})

describe('in Slack', () => {
  const slack = () => n.desk.slack!
  const room = () =>
    slack()
      .channels.all()
      .find(channel => channel.name.startsWith('inc-'))!
  const whispers = (user: string) =>
    slack()
      .seenBy(user)
      .messages.filter(message => message.ephemeral_to)
      .map(visibleText)
  beforeEach(async () => {
    n = await nightOn('slack socket')
    await declare()
  })
  afterEach(() => n.stop())

  test('an event that is delivered once more, after a reconnect or without an acknowledgement, is one entry', async () => {
    const said = await n.desk.writes('aiko', 'Rolled back')
    await n.desk.reacts('diego', said)
    await n.at('1m')
    slack().dropSockets()
    await slack().connected(1)
    await n.desk.redeliver()
    await n.at('2m')
    expect(await kept()).toHaveLength(1)
  })

  test('a message is read although the process died between the reaction and the reading', async () => {
    const said = await n.desk.writes('aiko', 'Rolled back')
    await n.desk.reacts('diego', said)
    await n.crash()
    await n.at('1m')
    expect((await kept()).map(each => each.text)).toEqual(['Aiko Tanaka wrote: Rolled back'])
  })

  test('who did it is told, and only they; another emoji or another channel keeps nothing', async () => {
    const said = await n.desk.writes('aiko', 'Rolled back')
    const elsewhere = await slack().user('U0AIKO').say('Lunch?', { channel: 'incidents' })
    await slack().user('U0DIEGO').react(elsewhere, 'pushpin')
    await slack().user('U0DIEGO').react(room().messages.at(-1)!, 'eyes')
    expect(whispers('U0DIEGO').join()).not.toContain('timeline')
    await n.desk.reacts('diego', said)
    await expect.poll(() => whispers('U0DIEGO').at(-1)).toContain('It goes into the timeline of INC-1.')
    expect(whispers('U0AIKO')).toEqual([])
    await n.at('1m')
    expect(await kept()).toHaveLength(1)
  })

  test.each([
    ['a guest', { is_restricted: true }, 'Guests'],
    ['somebody of another workspace', { is_stranger: true }, 'another workspace'],
    ['nobody of the team', {}, 'slack: U0OTHER'],
  ])('%s keeps nothing, and is told why', async (_, kind, words) => {
    slack().users.add({ id: 'U0OTHER', ...kind })
    room().members.add('U0OTHER')
    await n.desk.writes('aiko', 'Rolled back')
    await slack().user('U0OTHER').react(room().messages.at(-1)!, 'pushpin')
    await expect.poll(() => whispers('U0OTHER').join()).toContain(words)
    await n.at('1m')
    expect(await kept()).toEqual([])
  })

  test("a bot's reaction is nobody's wish, and a bot's words are kept under its name", async () => {
    slack().users.add({ id: 'U0GRAFANA', real_name: 'Grafana', name: 'grafana', is_bot: true })
    room().members.add('U0GRAFANA')
    const said = await slack().user('U0GRAFANA').say('[firing] Disk full &amp; slow', { channel: room().id })
    await slack().user('U0GRAFANA').react(said, 'pushpin')
    await n.at('1m')
    expect(await kept()).toEqual([])
    await slack().user('U0DIEGO').react(said, 'round_pushpin')
    await slack().user('U0DIEGO').pin(said)
    await n.at('2m')
    expect((await kept()).map(each => each.text)).toEqual(['grafana wrote: [firing] Disk full & slow'])
  })

  test("Tocsin's own words are in the timeline already, and its own pin keeps nothing", async () => {
    const card = slack().messages(room().name)[0]!
    expect(room().pins).toEqual([card.ts])
    await slack().user('U0DIEGO').react(card, 'pushpin')
    await expect.poll(() => whispers('U0DIEGO').join()).toContain("That is Tocsin's own message.")
    expect(await kept()).toEqual([])
  })

  test('a message that is gone before it was read is said in the channel', async () => {
    slack().fault({ method: 'conversations.history', kind: 'ok:false', error: 'ratelimited', times: 1 })
    const said = await n.desk.writes('aiko', 'Rolled back')
    await n.desk.reacts('diego', said)
    room().messages.pop()
    await n.at('2m')
    expect(n.room().at(-1)).toContain(
      'The message that Diego Ruiz wanted in the timeline is not in it: the message is gone',
    )
    expect(await kept()).toEqual([])
  })

  test('a channel is read at the pace that Slack allows, on where it was after a crash, and never twice', async () => {
    for (let count = 0; count < 450; count++) await n.desk.writes('aiko', `line ${count}`)
    let calls = 0
    slack().fault({ method: 'conversations.history', kind: '429', retryAfter: 30, when: () => ++calls === 3 })
    await n.says('diego', '/incident timeline INC-1 --history')
    await n.at('12s')
    const soFar = (await kept()).length
    expect(soFar).toBeGreaterThanOrEqual(100)
    expect(soFar).toBeLessThan(450)
    await n.crash()
    await n.at('3m')
    expect(await kept()).toHaveLength(450)
    expect(n.room().at(-1)).toContain('450 messages more')
  })

  test('what may not be noted may not be kept by a sign either', async () => {
    await n.stop()
    n = await nightOn('slack socket', config(`${TEAM}\nmay: { note: [chika] }`))
    await declare()
    const said = await n.desk.writes('aiko', 'Rolled back')
    await n.desk.reacts('diego', said)
    await expect.poll(() => whispers('U0DIEGO').join()).toContain('You may not note here')
    expect(await n.says('diego', '/incident timeline INC-1 --history')).toContain('You may not note here')
    await n.at('1m')
    expect(await kept()).toEqual([])
  })

  test.each([
    ['memo', 1],
    ['none', 0],
  ])('the reaction is the one that the configuration names: %s', async (reaction, count) => {
    await n.stop()
    n = await nightOn('slack socket', config(`${TEAM}\ntimeline: { reaction: ${reaction} }`))
    await declare()
    const said = await n.desk.writes('aiko', 'Rolled back')
    await n.desk.reacts('diego', said)
    await slack().user('U0DIEGO').react(room().messages.at(-1)!, 'memo')
    await n.at('1m')
    expect(await kept()).toHaveLength(count)
  })
})

describe('in Discord', () => {
  const discord = () => n.desk.discord!
  beforeEach(async () => {
    n = await nightOn('discord gateway')
    await declare()
  })
  afterEach(() => n.stop())

  test('without the Message Content intent a sign keeps who, when and where, says so once, and the menu gives the words', async () => {
    const said = await n.desk.writes('aiko', 'Rolled back')
    const other = await n.desk.writes('aiko', 'And it is better')
    await n.desk.reacts('diego', said)
    await n.desk.pins('diego', other)
    await n.at('1m')
    expect((await kept()).map(each => each.text)).toEqual([
      expect.stringContaining(
        'Aiko Tanaka wrote something: Discord gives Tocsin its words only through its menu',
      ),
      expect.stringContaining('Aiko Tanaka wrote something'),
    ])
    expect(n.room().filter(text => text.includes('Message Content intent'))).toHaveLength(1)
    await n.desk.adds('ben', said)
    expect((await kept())[0]).toMatchObject({ text: 'Aiko Tanaka wrote: Rolled back', addedBy: 'Diego Ruiz' })
    await n.says('diego', '/incident timeline INC-1 --history')
    await n.at('2m')
    expect(n.room().at(-1)).toContain('turn on the Message Content intent in the developer portal')
  })

  test('what was kept gets a tick; whoever may not hears why in a direct message', async () => {
    const said = await n.desk.writes('aiko', 'Rolled back')
    discord().users.add({ id: '100000000000000099', name: 'eve' })
    const message = discord()
      .messages(
        discord()
          .channels.all()
          .find(each => each.name.startsWith('inc-'))!.name,
      )
      .at(-1)!
    discord().user('100000000000000099').react(message, '📌')
    await expect
      .poll(() => discord().seenBy('100000000000000099').direct.map(discord().text).join())
      .toContain('discord: "100000000000000099"')
    expect(discord().ownReactions(message)).toEqual([])
    await n.desk.reacts('diego', said)
    expect(discord().ownReactions(message)).toEqual(['✅'])
  })

  test('a pin that was missed is found with the next one', async () => {
    discord().fault({ method: 'GET', path: /\/messages\/pins$/, kind: '500', times: 1 })
    discord().giveContent()
    const first = await n.desk.writes('aiko', 'Rolled back')
    const second = await n.desk.writes('aiko', 'And it is better')
    await Promise.race([n.desk.pins('diego', first), n.desk.pins('diego', second)])
    await n.at('1m')
    expect((await kept()).map(each => each.text).sort()).toEqual([
      'Aiko Tanaka wrote: And it is better',
      'Aiko Tanaka wrote: Rolled back',
    ])
  })
})
