/** The chat itself is down: pages go the other ways, and when it is back its channels learn what they missed. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSms } from '../../adapters/twilio/pagers.ts'
import type { Fault } from '../emulators/slack/index.ts'
import { startTwilio, type TwilioEmulator } from '../emulators/ways/twilio.ts'
import { type NightOn, nightOn } from '../support/night-on.ts'
import { testSigner } from '../support/signer.ts'
import { config } from '../support/team.ts'

const AIKO = '+815012345678'
const YAML = `
team: { name: Test team, timezone: Etc/UTC, channel: "#incidents" }
people:
  aiko: { name: Aiko Tanaka, slack: U0AIKO, phone: "${AIKO}", notify: [ { after: 0s, by: chat }, { after: 4m, by: sms } ] }
  ben: { name: Ben Okafor, slack: U0BEN }
  diego: { name: Diego Ruiz, slack: U0DIEGO }
roles:
  oncall_primary: { people: [aiko] }
  oncall_secondary: { people: [ben] }
  manager: { people: [ben] }
  director: { people: [ben] }
  team_queue: { channel: "#queue" }
`
let n: NightOn
let twilio: TwilioEmulator
beforeEach(async () => {
  twilio = await startTwilio()
  n = await nightOn('slack socket', config(YAML), [
    createSms({ ...twilio.settings, callback: testSigner.url }),
  ])
})
afterEach(async () => {
  await n.stop()
  await twilio.stop()
})

const down = (): Fault => n.desk.slack!.fault({ method: '*', kind: '500', times: Number.POSITIVE_INFINITY })

test('Slack is down when it breaks: an SMS within half a minute, and the channel that opens late says what it missed', async () => {
  const outage = down()
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.at('30s')
  expect(twilio.texts(AIKO)).toHaveLength(1)
  await n.at('12m')
  expect(n.team()).toEqual([])
  outage.clear()
  await n.at('14m')
  const missed = n.room().filter(text => text.includes('could not be written to for a while'))
  expect(missed).toHaveLength(1)
  expect(missed[0]).toContain('Page 1 is not getting through by slack')
  expect(missed[0]).toContain('Paged')
})

test('Slack is down and five things break at once: each has its SMS within half a minute, and none waits for the others', async () => {
  down()
  for (const what of [
    'The site is down',
    'Orders were deleted',
    'Payments fail',
    'Nobody logs in',
    'Search is gone',
  ])
    await n.says('diego', `/incident declare ${what} --severity SEV1`)
  await n.at('31s')
  expect(twilio.texts(AIKO)).toHaveLength(5)
})

test('one page that fails once on its way does not send the next one by SMS', async () => {
  n.desk.slack!.fault({ method: 'chat.postMessage', kind: '500', times: 1 })
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.at('10s')
  await n.says('diego', '/incident declare Search finds nothing --severity SEV1')
  await n.at('1m')
  expect(n.pages('aiko')).toHaveLength(2)
  expect(twilio.texts(AIKO)).toEqual([])
})

test('an outage in the middle: what happened is told in one message and not replayed, and every copy says who has it', async () => {
  await n.says('diego', '/incident declare The whole site is down for everyone')
  await n.at('1m')
  const before = n.room().length
  const outage = down()
  await n.says('aiko', '/incident ack INC-1')
  await n.at('2m')
  await n.says('aiko', '/incident update INC-1 It was the connection pool')
  await n.says('aiko', '/incident status INC-1 mitigated')
  await n.at('25m')
  await n.says('aiko', '/incident update INC-1 It stays well')
  await n.at('45m')
  expect(n.pages('aiko')[0]).toContain('[Ack')
  outage.clear()
  await n.at('50m')
  expect(n.pages('aiko')[0]).toContain('Acknowledged by')
  const told = n.room().slice(before)
  const catchUps = told.filter(text => text.includes('could not be written to for a while'))
  expect(catchUps).toHaveLength(1)
  expect(catchUps[0]).toMatch(/acknowledged.*It was the connection pool.*mitigated/s)
  expect(told.filter(text => text.includes('It was the connection pool'))).toHaveLength(1)
  await n.says('aiko', '/incident update INC-1 All is well again')
  expect(n.room().at(-1)).toContain('All is well again')
})
