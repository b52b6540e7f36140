/** What every chat promises, played on each: the same story, the same words, the same silence after an ack. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqlite, type SqliteStore } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { type App, createApp } from '../../bot/app.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { countedIds, VirtualClock } from '../support/clock.ts'
import { DESKS, type Desk, personOf, startDesk } from '../support/desks.ts'
import { runTo } from '../support/run-to.ts'
import { testSigner } from '../support/signer.ts'
import { ms, START } from '../support/story.ts'
import { config } from '../support/team.ts'

describe.each(DESKS)('on %s', name => {
  let desk: Desk
  let app: App
  let store: SqliteStore
  let clock: VirtualClock

  beforeEach(async () => {
    clock = new VirtualClock(START)
    desk = await startDesk(name, clock)
    store = await openSqlite(':memory:')
    const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
    app = await createApp({
      config: config(),
      store,
      chats: [desk.chat],
      pagers: [],
      signer: testSigner,
      clock,
      ids: countedIds(),
      telemetry,
      dispatch,
    })
    await app.start()
    await desk.ready()
  })
  afterEach(async () => {
    desk.expectNoViolations()
    await app.stop()
    await desk.stop()
    await store.close()
  })

  const at = (after: string) => runTo(Date.parse(START) + ms(after), { app, store, clock })
  const declare = async (words = 'The whole site is down for everyone') => {
    const answer = await desk.says('diego', `/incident declare ${words}`)
    await at('1s')
    return answer
  }

  test('a declaration is judged, answered with its reason, paged, announced, and has a place with a card', async () => {
    const answer = await declare()
    expect(answer).toContain('SEV1')
    expect(answer).toContain('complete_outage')
    expect(desk.pages('aiko')).toHaveLength(1)
    expect(desk.pages('aiko')[0]).toMatch(
      /The whole site is down for everyone[\s\S]*\[Ack\] \[Escalate\] \[Not me\]/,
    )
    expect(desk.team().join()).toContain('INC-1')
    await at('5s')
    expect(desk.room().join()).toContain('[Ack]')
  })

  test('the link to the web pages is shown to the one who asked, and to nobody else', async () => {
    await declare()
    const seen = () => [desk.team(), desk.room(), desk.pages('aiko'), desk.pages('ben')].join()
    const before = seen()
    expect(await desk.says('ben', '/incident web INC-1')).toMatch(/Open INC-1|^\/incidents\/INC-1$/)
    expect(seen()).toBe(before)
  })

  test('nobody presses: the next rung is paged on time; somebody presses: every copy says so, and then silence', async () => {
    await declare()
    await at('5m')
    expect(desk.pages('ben')).toHaveLength(1)
    clock.moveTo(clock.now() + ms('10s'))
    expect(await desk.press('ben', 'Ack')).toContain('acknowledged after 5 min 10 s')
    await at('25m')
    for (const person of ['aiko', 'ben']) {
      expect(desk.pages(person)).toHaveLength(1)
      expect(desk.pages(person)[0]).toContain('Acknowledged by')
      expect(desk.pages(person)[0]).not.toContain('[Ack]')
    }
    expect(desk.pages('chika')).toHaveLength(0)
  })

  test('a press that is delivered twice acts once', async () => {
    await declare()
    await desk.press('aiko', 'Escalate')
    await desk.redeliver()
    await at('1m')
    expect(desk.pages('ben')).toHaveLength(1)
    expect(desk.pages('chika')).toHaveLength(0)
  })

  test("an update is said in the incident's channel, and the card follows the status", async () => {
    await declare()
    await at('5s')
    await desk.says('aiko', '/incident ack INC-1')
    await desk.says('aiko', '/incident update INC-1 Rolled back, watching <b>it</b> & *so on*')
    await desk.says('aiko', '/incident status INC-1 mitigated')
    await at('20s')
    expect(desk.room().join('\n')).toContain('Rolled back, watching <b>it</b> & *so on*')
    expect(desk.room()[0]).toContain('mitigated')
  })

  test('a declaration without a title opens a form, and a form that is filled in declares', async () => {
    const answer = await desk.fills('diego', '/incident declare', {
      [desk.labels.title]: 'The whole site is down for everyone',
    })
    expect(answer).toContain('INC-1 declared')
  })

  test('what is wrong in a form is said beside its field', async () => {
    const { title, figures } = desk.labels
    expect(
      await desk.fills('diego', '/incident declare', { [title]: 'It is broken', [figures]: 'errors many' }),
    ).toMatch(
      desk.cannot.formErrors ? /not a number[\s\S]*\[Open the form again\]/ : /"figures":".*not a number/,
    )
    expect(await store.incidents({ limit: 5 })).toHaveLength(0)
  })

  test('the home page is there on every chat: the page that waits, the open incidents, who is on call', async () => {
    await declare()
    const home = await desk.says('aiko', '/incident home')
    expect(home).toContain('Your pages')
    expect(home).toContain('INC-1')
    expect(home).toContain('On call now')
  })

  test('the links of its service are one press away on the card', async () => {
    await declare('The whole site is down for everyone --service checkout')
    await at('5s')
    expect(desk.room()[0]).toMatch(/Runbook|wiki\.example\.com/)
  })

  test('a slip is answered with the way out, and nothing is done', async context => {
    context.skip(desk.cannot.slip !== undefined, desk.cannot.slip)
    expect(await desk.says('aiko', '/incident akc INC-1')).toContain('Did you mean /incident ack?')
  })

  test('hostile words stay words and notify nobody', async () => {
    const hostile = '<!channel> <@U0CHIKA> @everyone *bold* <https://evil.example|bank> & `x`'
    await declare(`The whole site is down for everyone ${hostile}`)
    await at('5s')
    expect(desk.pages('aiko')[0]).toContain('@everyone')
    const notified = new Set(desk.notified().map(personOf))
    for (const person of ['aiko', 'diego']) notified.delete(person)
    expect([...notified]).toEqual([])
  })
})
