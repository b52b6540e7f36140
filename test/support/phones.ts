/** A night with phones: the real application, its real web server on loopback, and emulated providers that call it back. */
import { createEmail } from '../../adapters/email/email.ts'
import { createSigner } from '../../adapters/keys/signer.ts'
import { createNtfy } from '../../adapters/ntfy/ntfy.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { createSms, createVoice } from '../../adapters/twilio/pagers.ts'
import { twilioRoutes } from '../../adapters/twilio/routes.ts'
import { calendarRoutes } from '../../adapters/web/calendar.ts'
import { linkRoutes } from '../../adapters/web/link.ts'
import { startServer } from '../../adapters/web/server.ts'
import type { Chat } from '../../bot/ports.ts'
import { type MailEmulator, startMail } from '../emulators/ways/mail.ts'
import { type NtfyEmulator, startNtfy } from '../emulators/ways/ntfy.ts'
import { startTwilio, type TwilioEmulator } from '../emulators/ways/twilio.ts'
import type { VirtualClock } from './clock.ts'
import { freePort } from './free-port.ts'
import { type Night, night } from './story.ts'
import { config } from './team.ts'

export type Phones = {
  readonly night: Night
  readonly twilio: TwilioEmulator
  readonly mail: MailEmulator
  readonly ntfy: NtfyEmulator
  readonly publicUrl: string
  stop(): Promise<void>
}

/** Everybody is reached by chat first; Aiko then by SMS and voice, Ben by e-mail and push. */
export const PHONE_TEAM = `
team: { name: Test team, timezone: Etc/UTC, channel: "#incidents" }
people:
  aiko:
    name: Aiko Tanaka
    phone: "+815012345678"
    quiet_hours: "22:00-07:00"
    notify: [ { after: 0s, by: chat }, { after: 1m, by: sms }, { after: 2m, by: voice, for: SEV1 } ]
  ben: { name: Ben Okafor, email: ben@example.com, ntfy: ben-pages, notify: [ { after: 0s, by: email }, { after: 1m, by: push } ] }
  chika: { name: Chika Sato }
schedules:
  primary: { rotation: { every: 1w, handoff: "mon 09:00", starts: 2026-11-02, people: [aiko] } }
roles:
  oncall_primary: { schedule: primary }
  oncall_secondary: { people: [ben] }
  manager: { people: [chika] }
  director: { people: [chika] }
  team_queue: { channel: "#queue" }
services: { checkout: {}, search: {} }
`

export async function phones(
  options: {
    readonly yaml?: string
    readonly chats?: (clock: VirtualClock) => readonly Chat[]
    readonly start?: string
  } = {},
): Promise<Phones> {
  const [twilio, mail, ntfy, port] = await Promise.all([startTwilio(), startMail(), startNtfy(), freePort()])
  const publicUrl = `http://127.0.0.1:${port}`
  const signer = createSigner('a secret that only tests know', publicUrl)
  const settings = { ...twilio.settings, callback: signer.url }
  const n = await night({
    config: config(options.yaml ?? PHONE_TEAM),
    signer,
    pagers: [
      createSms(settings),
      createVoice(settings),
      createEmail({ url: mail.url, from: 'Tocsin <tocsin@example.com>' }),
      createNtfy(ntfy.url),
    ],
    ...(options.chats ? { chats: options.chats } : {}),
    ...(options.start ? { start: options.start } : {}),
  })
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  const { replies } = n.app
  const server = await startServer({
    host: '127.0.0.1',
    port,
    routes: [
      linkRoutes(replies),
      twilioRoutes({ authToken: settings.authToken, publicUrl, replies, telemetry }),
      calendarRoutes({ app: n.app, store: n.store, clock: n.clock, signer, allows: async () => false }),
    ],
    rawRoutes: [],
    telemetry,
  })
  return {
    night: n,
    twilio,
    mail,
    ntfy,
    publicUrl,
    async stop() {
      await server.close()
      await n.stop()
      await Promise.all([twilio.stop(), mail.stop(), ntfy.stop()])
    },
  }
}
