/** The running program with every way set up by its environment: it pages out, takes answers in, and checks who they are from. */
import { expect, test } from 'vitest'
import { startMail } from '../../emulators/ways/mail.ts'
import { startNtfy } from '../../emulators/ways/ntfy.ts'
import { startTwilio } from '../../emulators/ways/twilio.ts'
import { freePort } from '../../support/free-port.ts'
import { makeHome } from '../../support/program.ts'

const YAML = `
team: { name: Ways, timezone: Etc/UTC, channel: "#incidents" }
people:
  aiko: { name: Aiko Tanaka, phone: "+815012345678", notify: [ { after: 0s, by: sms } ] }
  ben: { name: Ben Okafor, email: ben@example.com, ntfy: ben-pages, notify: [ { after: 0s, by: email }, { after: 1s, by: push } ] }
roles: { oncall_primary: { people: [aiko] }, oncall_secondary: { people: [ben] }, manager: { people: [ben] }, director: { people: [ben] }, team_queue: { channel: "#q" } }
schedules: { primary: { rotation: { every: 1w, handoff: "mon 09:00", starts: 2026-11-02, people: [aiko] } } }
severities: { SEV1: { respond_within: 2s } }
integrations: { prom: { source: alertmanager, token: prom-token-0123456789 } }
`

test('an alert comes in, an SMS, a mail and a push go out, and a signed answer stops it', {
  timeout: 60_000,
}, async () => {
  const [twilio, mail, ntfy, port] = await Promise.all([startTwilio(), startMail(), startNtfy(), freePort()])
  const publicUrl = `http://127.0.0.1:${port}`
  const program = await makeHome(YAML).start({
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    TWILIO_ACCOUNT_SID: twilio.settings.accountSid,
    TWILIO_AUTH_TOKEN: twilio.settings.authToken,
    TWILIO_FROM: twilio.settings.from,
    TWILIO_API_URL: twilio.settings.apiUrl,
    SMTP_URL: mail.url,
    SMTP_FROM: 'Tocsin <tocsin@example.com>',
    NTFY_URL: ntfy.url,
  })
  const alert = {
    labels: { alertname: 'SiteDown', severity: 'P1' },
    annotations: {},
    startsAt: new Date().toISOString(),
  }
  const posted = await fetch(`${publicUrl}/api/v2/alerts`, {
    method: 'POST',
    headers: { authorization: 'Bearer prom-token-0123456789' },
    body: JSON.stringify([alert]),
  })
  expect(posted.status).toBe(200)
  await expect.poll(() => twilio.texts('+815012345678'), { timeout: 10_000 }).toHaveLength(1)
  await expect.poll(() => mail.box('ben@example.com'), { timeout: 10_000 }).toHaveLength(1)
  await expect.poll(() => ntfy.on('ben-pages'), { timeout: 10_000 }).toHaveLength(1)
  expect(await twilio.reply(publicUrl, '+815012345678', 'ACK')).toBe('You have INC-1: SiteDown.')
  expect(await program.says('ben', '/incident show INC-1')).toContain('INC-1')
  expect(program.log()).not.toContain(twilio.settings.authToken)
  await program.end('SIGTERM')
  await Promise.all([twilio.stop(), mail.stop(), ntfy.stop()])
})

test('a way that is half set up keeps it from starting, with the name of what is missing', async () => {
  await expect(makeHome(YAML).start({ TWILIO_ACCOUNT_SID: 'AC1' })).rejects.toThrow(
    'TWILIO_AUTH_TOKEN is not set',
  )
})
