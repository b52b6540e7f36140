/** A night with phones: SMS, a call, a mail, a push; each can be answered, each failure passes on, and nobody is told twice. */
import { afterEach, expect, test } from 'vitest'
import { PHONE_TEAM, type Phones, phones } from '../support/phones.ts'

const AIKO = '+815012345678'
let p: Phones
afterEach(() => p.stop())

const declare = (words = 'The whole site is down for everyone') =>
  p.night.says('chika', `/incident declare ${words}`)
const codeOf = (text: string | undefined): string => /ACK (\w{4})/.exec(text ?? '')?.[1] ?? ''

test('nobody answers in chat: an SMS after a minute, a call after two, and one key stops it all', async () => {
  p = await phones()
  await declare()
  await p.night.at('59s')
  expect(p.twilio.texts(AIKO)).toEqual([])
  await p.night.at('1m')
  expect(p.twilio.texts(AIKO)).toHaveLength(1)
  expect(p.twilio.texts(AIKO)[0]).toMatch(
    /^SEV1 INC-1: The whole site is down for everyone Reply ACK \w{4} or open http/,
  )
  await p.night.at('2m')
  expect(p.twilio.calls(AIKO)[0]).toBe(
    'sev 1 incident 1. The whole site is down for everyone. Press 1 to take it. Press 2 for the next person.',
  )
  expect(await p.twilio.pressKey(AIKO, '1')).toContain('You have INC-1')
  await p.night.at('25m')
  expect((await p.night.incident()).acked?.by).toBe('aiko')
  expect(p.mail.box('ben@example.com')).toEqual([])
  expect(p.night.pagesOf('aiko').at(-1)).toContain('Acknowledged by aiko')
  expect(await p.night.hears('aiko', '/incident timeline INC-1')).toContain('INC-1')
})

test('an SMS is answered with ACK and its code; a wrong code hears the right ones; with one page no code is needed', async () => {
  p = await phones()
  await declare()
  await declare('Payments are being charged twice, data is lost')
  await p.night.at('1m')
  const [first] = p.twilio.texts(AIKO)
  expect(await p.twilio.reply(p.publicUrl, AIKO, 'ack ZZZZ')).toMatch(
    /^Answer ACK and a code: \w{4} for INC-/,
  )
  expect((await p.night.incident()).acked).toBeNull()
  expect(await p.twilio.reply(p.publicUrl, AIKO, `Ack ${codeOf(first).toLowerCase()}`)).toContain(
    'You have INC-1',
  )
  expect(await p.twilio.reply(p.publicUrl, AIKO, 'ACK')).toContain('You have INC-2')
  expect(await p.twilio.reply(p.publicUrl, AIKO, 'ACK')).toBe('Nothing of yours waits for an answer.')
  expect((await p.night.incident('INC-2')).acked?.by).toBe('aiko')
})

test('a stranger who texts is not answered, and what Twilio did not sign is refused', async () => {
  p = await phones()
  await declare()
  await p.night.at('1m')
  const code = codeOf(p.twilio.texts(AIKO)[0])
  expect(await p.twilio.reply(p.publicUrl, '+15005550100', `ACK ${code}`)).toBeUndefined()
  const forged = { From: AIKO, Body: `ACK ${code}`, MessageSid: 'SMx' }
  expect((await p.twilio.send(`${p.publicUrl}/twilio/sms`, forged, 'bm90IGl0')).status).toBe(403)
  expect((await p.twilio.send(`${p.publicUrl}/twilio/sms`, forged, '')).status).toBe(403)
  expect((await p.night.incident()).acked).toBeNull()
})

test('the second key of a call pages the next person', async () => {
  p = await phones()
  await declare()
  await p.night.at('2m')
  expect(await p.twilio.pressKey(AIKO, '2')).toContain('The next rung of INC-1 is paged')
  await p.night.at('2m1s')
  expect(p.mail.box('ben@example.com')).toHaveLength(1)
})

test("a mail's link shows the page, and a preview that follows it acknowledges nothing; its button does", async () => {
  p = await phones()
  await declare('Checkout <script>alert(1)</script> is down for everyone')
  await p.night.at('5m')
  const [mail] = p.mail.box('ben@example.com')
  expect(mail).toContain('Subject: SEV1 INC-1: Checkout <script>alert(1)</script> is down for everyone')
  expect(mail).toContain('Auto-Submitted: auto-generated')
  expect(mail).toContain('&lt;script&gt;')
  const link = p.mail.link('ben@example.com')
  const shown = await (await fetch(link)).text()
  expect(shown).toContain('Ack: I have it')
  expect(shown).not.toContain('<script>')
  expect((await p.night.incident()).acked).toBeNull()
  const pressed = await fetch(link, {
    method: 'POST',
    body: new URLSearchParams({ act: 'ack', via: 'email' }),
  })
  expect(await pressed.text()).toContain('You have INC-1')
  expect((await p.night.incident()).acked?.by).toBe('ben')
  expect((await fetch(`${link.slice(0, -3)}abc`)).status).toBe(404)
  expect((await fetch(`${link.slice(0, -3)}abc`, { method: 'POST' })).status).toBe(404)
})

test('a press on a push acknowledges', async () => {
  p = await phones()
  await declare()
  await p.night.at('6m')
  expect(p.ntfy.on('ben-pages')[0]).toMatchObject({
    priority: 5,
    title: expect.stringContaining('SEV1 INC-1'),
  })
  expect(await p.ntfy.press('ben-pages', 'Ack')).toBe(200)
  expect((await p.night.incident()).acked?.by).toBe('ben')
})

test('a way that fails for good passes to the next at once, and when all fail the next rung comes at once', async () => {
  p = await phones()
  p.mail.fail(550)
  p.ntfy.fail(403)
  await declare()
  await p.night.at('5m')
  expect(p.mail.box('ben@example.com')).toEqual([])
  expect(p.night.pagesOf('chika')).toHaveLength(1)
  const paged = (await p.night.app.engine.history('INC-1')).flatMap(({ event }) =>
    event.type === 'rung_paged' ? [event.why] : [],
  )
  expect(paged).toContain('rung 2 could not be reached')
})

test('a number that cannot be reached is called at once instead', async () => {
  p = await phones()
  p.twilio.fail({ status: 400, code: 21614 })
  await declare()
  await p.night.at('1m')
  expect(p.twilio.texts(AIKO)).toEqual([])
  expect(p.twilio.calls(AIKO)).toHaveLength(1)
})

test('Twilio says later that it did not arrive: the next way is used at once', async () => {
  p = await phones()
  await declare()
  await p.night.at('1m')
  expect(await p.twilio.status(AIKO, 'MessageStatus', 'sent')).toBe(204)
  expect(await p.twilio.status(AIKO, 'MessageStatus', 'undelivered', '30003')).toBe(204)
  await p.night.at('1m1s')
  expect(p.twilio.calls(AIKO)).toHaveLength(1)
  expect(JSON.stringify(await p.night.says('chika', '/incident why INC-1 @aiko'))).toMatch(
    /Not delivered by sms: .*30003/,
  )
})

test('attempted, accepted, delivered and acknowledged are told apart', async () => {
  p = await phones()
  await declare()
  await p.night.at('1m')
  await p.twilio.status(AIKO, 'MessageStatus', 'delivered')
  await p.twilio.status(AIKO, 'MessageStatus', 'delivered')
  await p.night.at('2m')
  await p.twilio.status(AIKO, 'CallStatus', 'in-progress')
  await p.twilio.reply(p.publicUrl, AIKO, 'ACK')
  const types = (await p.night.app.engine.history('INC-1'))
    .map(({ event }) => event)
    .filter(event => ['page_delivered', 'acknowledged'].includes(event.type))
  expect(types).toMatchObject([
    { type: 'page_delivered', target: 'sms', state: 'delivered' },
    { type: 'page_delivered', target: 'voice', state: 'read' },
    { type: 'acknowledged', by: 'aiko' },
  ])
})

test('in quiet hours only SEV1 makes a phone ring', async () => {
  p = await phones()
  await declare('Some users cannot log in')
  expect((await p.night.incident()).severity).not.toBe('SEV1')
  await p.night.at('2h')
  expect(p.twilio.texts(AIKO)).toEqual([])
  expect(p.night.pagesOf('aiko')).toHaveLength(1)
  expect((await p.night.incident()).pages[0]?.why).toContain('not by sms: quiet hours of Aiko Tanaka')
})

test('a storm: the first page of each incident always leaves, what comes again is held and told of together (I29)', async () => {
  p = await phones({
    yaml: `${PHONE_TEAM}limits: { sms: 2 per 15m }\nseverities: { SEV1: { escalation: [oncall_primary], repeat: 20, respond_within: 3m } }\n`,
  })
  await declare('The whole site is down for everyone --service checkout')
  await declare('All customer orders were deleted, data loss --service checkout')
  await declare('Attackers stole our password database --service checkout')
  await p.night.at('2m')
  expect(p.twilio.texts(AIKO)).toHaveLength(3)
  await p.night.at('15m')
  expect(p.twilio.texts(AIKO)).toHaveLength(3)
  const types = (await p.night.app.engine.history('INC-1')).map(({ event }) => event)
  expect(types).toContainEqual(
    expect.objectContaining({
      type: 'page_held',
      why: expect.stringMatching(/^held for .* by your sms limit$/),
    }),
  )
  await p.night.at('16m1s')
  expect(p.twilio.texts(AIKO).length).toBeGreaterThan(3)
  expect(p.twilio.texts(AIKO).slice(3).join()).toMatch(/Also open: INC-\d/)
})

test('a storm in which the first try of a first page fails: its second try is the first page still, and leaves', async () => {
  p = await phones({ yaml: `${PHONE_TEAM}limits: { sms: 1 per 15m }\n` })
  await declare('The whole site is down for everyone --service checkout')
  await p.night.at('1m')
  expect(p.twilio.texts(AIKO)).toHaveLength(1)
  await declare('All customer orders were deleted, data loss --service search')
  p.twilio.fail({ status: 503 })
  await p.night.at('2m10s')
  expect(p.twilio.texts(AIKO).join()).toContain('INC-2')
})

test('STOP: nothing more is sent there, the next way counts, and START begins again', async () => {
  p = await phones()
  expect(await p.twilio.reply(p.publicUrl, AIKO, 'STOP')).toBeUndefined()
  await declare()
  await p.night.at('10m')
  expect(p.twilio.texts(AIKO)).toEqual([])
  expect(p.twilio.calls(AIKO)).toEqual([])
  expect((await p.night.incident()).pages[0]?.why).toContain('not by sms: stopped by Aiko Tanaka')
  expect(await p.twilio.reply(p.publicUrl, AIKO, 'start')).toContain('may page you here again')
  await declare('The database lost data and everyone is affected')
  await p.night.at('11m')
  expect(p.twilio.texts(AIKO)).toHaveLength(1)
})

test('a test whose answer is lost comes once more, and says that it does', async () => {
  p = await phones()
  p.twilio.fail({ status: 500, after: 'accepting' })
  await p.night.hears('aiko', '/oncall test sms')
  await p.night.at('5s')
  const [first, again, ...more] = p.twilio.texts(AIKO)
  expect(first).toMatch(/^This is a test from Tocsin/)
  expect(again).toMatch(/^\(repeat\) This is a test from Tocsin/)
  expect(more).toEqual([])
})

test('a new contact is tried and confirmed: by its code in chat, by SMS, by its link', async () => {
  p = await phones()
  expect(await p.night.hears('aiko', '/oncall test sms')).toContain('A test is on its way by SMS')
  const [text] = p.twilio.texts(AIKO)
  const code = /code is (\w{4})/.exec(text ?? '')?.[1] ?? ''
  expect(await p.night.hears('aiko', '/oncall verify WRNG')).toContain('not the code')
  expect(await p.twilio.reply(p.publicUrl, AIKO, code)).toContain('Confirmed')
  expect(await p.night.hears('aiko', '/oncall test sms')).toContain('less than a minute ago')
  expect(await p.night.hears('ben', '/oncall test email')).toContain('on its way')
  await fetch(p.mail.link('ben@example.com'), { method: 'POST' })
  const { contacts } = await p.night.app.engine.world()
  expect(Object.values(contacts.ben ?? {})[0]?.verifiedAt).not.toBeNull()
  expect(Object.values(contacts.aiko ?? {})[0]?.verifiedAt).not.toBeNull()
  expect(await p.night.hears('chika', '/oncall test sms')).toContain('has no sms contact')
})

test('whoever acknowledged and falls silent is asked, and ten minutes later everybody is called again', async () => {
  p = await phones()
  await declare()
  await p.night.says('aiko', '/incident ack INC-1')
  await p.night.at('29m59s')
  expect((await p.night.incident()).questionedAt).toBeNull()
  await p.night.at('30m')
  expect((await p.night.incident()).questionedAt).not.toBeNull()
  await p.night.at('35m')
  await p.night.says('aiko', '/incident ack INC-1')
  await p.night.at('1h4m')
  expect((await p.night.incident()).acked?.by).toBe('aiko')
  await p.night.at('1h5m')
  await p.night.at('1h15m')
  const incident = await p.night.incident()
  expect(incident.acked).toBeNull()
  expect(p.night.pagesOf('aiko')).toHaveLength(2)
})

test('calendars have secret addresses; renewed ones take the place of the old', async () => {
  p = await phones()
  const addresses = async () => {
    const answer = await p.night.says('aiko', '/oncall calendar')
    return [...JSON.stringify(answer).matchAll(/http[^"]+\.ics\?token=[\w.-]+/g)].map(([url]) => url)
  }
  const [mine = '', primary = ''] = await addresses()
  expect(await (await fetch(mine)).text()).toContain('SUMMARY:Aiko Tanaka on call: primary')
  expect((await fetch(primary)).headers.get('content-type')).toContain('text/calendar')
  expect((await fetch(primary.replace(/token=.*/, 'token=abc'))).status).toBe(401)
  await p.night.says('aiko', '/oncall calendar --renew')
  expect((await fetch(mine)).status).toBe(401)
  expect((await fetch((await addresses())[0] ?? '')).status).toBe(200)
})
