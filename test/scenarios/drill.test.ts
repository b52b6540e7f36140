/** A drill: everything runs and is marked, somebody does not answer on request, and at its end the team reads how it went. */
import { afterEach, expect, test } from 'vitest'
import { type Phones, phones } from '../support/phones.ts'

let p: Phones
afterEach(() => p.stop())

test('the primary does not answer: the next rung is called on time, and the report says so', async () => {
  p = await phones()
  await p.night.says(
    'chika',
    '/incident declare The whole site is down for everyone --drill --silent oncall_primary',
  )
  expect(p.night.pagesOf('aiko')[0]).toContain('[DRILL]')
  expect(await p.night.hears('aiko', '/incident ack INC-1')).toContain('In this drill you do not answer')
  await p.night.at('2m')
  expect(p.twilio.calls('+815012345678')[0]).toMatch(/^This is a drill\. sev 1 incident 1/)
  expect(await p.twilio.pressKey('+815012345678', '1')).toContain('In this drill you do not answer')
  await p.night.at('5m')
  expect(p.mail.box('ben@example.com')).toHaveLength(1)
  await p.night.says('ben', '/incident ack INC-1')
  await p.night.says('ben', '/incident close INC-1')
  await p.night.at('6m')
  expect(p.night.last('#incidents')).toContain('DRILL · INC-1 The whole site is down for everyone: ')
  expect(p.night.last('#incidents')).toContain(
    'It worked: ben took it after 5 min, within the 5 min of SEV1.',
  )
  expect(p.night.last('#incidents')).toContain(
    '+0 s: aiko by chat, sms, voice, who did not answer in this drill',
  )
})

test('nothing is written about a drill that is over, so its card offers no post-mortem', async () => {
  p = await phones()
  await p.night.says('chika', '/incident declare The whole site is down for everyone --drill')
  await p.night.says('ben', '/incident close INC-1')
  const shown = JSON.stringify(await p.night.says('ben', '/incident show INC-1'))
  expect(shown).toContain('"Reopen"')
  expect(shown).not.toContain('Post-mortem')
  expect(await p.night.hears('ben', '/incident postmortem INC-1')).toContain('A drill has no post-mortem')
})

test('the answer to whoever began it says that it is a drill', async () => {
  p = await phones()
  expect(
    await p.night.hears('chika', '/incident declare The whole site is down for everyone --drill'),
  ).toContain('[DRILL] SEV1 INC-1 declared')
})

test('a drill that is declared by form stays a drill, with who is silent in it', async () => {
  p = await phones()
  const asked = await p.night.says('chika', '/incident declare --drill --silent @aiko --severity SEV1')
  expect(asked).toMatchObject({ kind: 'form', form: { title: 'Declare a drill' } })
  const form = asked.kind === 'form' ? asked.form : undefined
  expect(form?.inputs.find(input => input.name === 'severity')?.value).toBe('SEV1')
  await p.night.says('chika', `${form?.command} The whole site is down for everyone`)
  expect(p.night.pagesOf('aiko')[0]).toContain('[DRILL]')
  expect(await p.night.hears('aiko', '/incident ack INC-1')).toContain('In this drill you do not answer')
})

test('chat and SMS are broken in it: everybody is called by what is left, and the report tells it from what is to be mended', async () => {
  p = await phones()
  await p.night.says(
    'chika',
    '/incident declare The whole site is down --severity SEV1 --drill --broken chat,sms',
  )
  await p.night.at('3m')
  expect(p.night.pagesOf('aiko')).toEqual([])
  expect(p.twilio.texts('+815012345678')).toEqual([])
  expect(p.twilio.calls('+815012345678')).toHaveLength(1)
  await p.night.says('aiko', '/incident ack INC-1')
  await p.night.says('aiko', '/incident close INC-1')
  await p.night.at('4m')
  const report = p.night.last('#incidents')
  expect(report).toContain('aiko by chat (broken in this drill), sms (broken in this drill), voice')
  expect(report).not.toContain('To mend')
})

test('nothing is broken, and no way is one that is not there, without a drill', async () => {
  p = await phones()
  expect(await p.night.hears('chika', '/incident declare It is down --broken sms')).toContain('Add --drill')
  expect(await p.night.hears('chika', '/incident declare It is down --drill --broken sma')).toContain(
    'Did you mean sms?',
  )
  expect(await p.night.hears('chika', '/incident declare It is down --drill --broken sms, voice')).toContain(
    'Write it without spaces',
  )
})

test('nobody is silent in an incident that is no drill', async () => {
  p = await phones()
  expect(await p.night.hears('chika', '/incident declare It is down --silent @aiko')).toContain('Add --drill')
})
