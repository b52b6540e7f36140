/** Twilio's REST API, as far as pages need it: one message, one call. Documented at twilio.com/docs (2010-04-01). */
import { ChatFailure } from '../../bot/ports.ts'
import { call, statusFailure } from '../outbound/call.ts'

export type TwilioSettings = {
  readonly accountSid: string
  readonly authToken: string
  /** The number or sender that pages come from. */
  readonly from: string
  /** Default: Twilio's own. */
  readonly apiUrl?: string
  /** Where Twilio reaches us, with a path; null without PUBLIC_URL. */
  readonly callback: (path: string) => string | null
}

const WHOSE = 'Twilio'

/** What Twilio's error codes mean for a page. Everything else goes by its HTTP status. */
const MEANINGS: Readonly<Record<number, readonly ['never' | 'later', string, string]>> = {
  20003: ['never', 'auth', 'Twilio does not take the account or its token'],
  20429: ['later', 'rate_limited', 'Twilio asks to wait'],
  21211: ['never', 'invalid_number', 'the phone number is not valid'],
  21214: ['never', 'invalid_number', 'the phone number cannot be called'],
  21215: ['never', 'not_permitted', 'the account may not call that country'],
  21408: ['never', 'not_permitted', 'the account may not send to that country'],
  21606: ['never', 'bad_sender', 'TWILIO_FROM cannot send messages'],
  21610: ['never', 'stopped', 'the person answered STOP'],
  21612: ['never', 'no_route', 'the number cannot be reached from TWILIO_FROM'],
  21614: ['never', 'invalid_number', 'the number cannot receive messages'],
  21617: ['never', 'too_long', 'the message is too long'],
  30001: ['later', 'queue_full', "Twilio's queue is full"],
}

/** Creates a message or a call; its id. */
export async function create(
  { accountSid, authToken, apiUrl = 'https://api.twilio.com' }: TwilioSettings,
  what: 'Messages' | 'Calls',
  fields: Readonly<Record<string, string>>,
): Promise<{ readonly id: string }> {
  const reply = await call(
    {
      method: 'POST',
      url: `${apiUrl.replace(/\/$/, '')}/2010-04-01/Accounts/${accountSid}/${what}.json`,
      headers: {
        authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(fields).toString(),
    },
    { whose: WHOSE },
  )
  const said = readJson(reply.body)
  if (reply.status >= 200 && reply.status < 300) {
    if (typeof said.sid === 'string') return { id: said.sid }
    throw new ChatFailure('doubt', 'malformed', 'Twilio answered with something else')
  }
  const known = MEANINGS[Number(said.code)]
  if (!known) throw statusFailure(reply, WHOSE)
  const [kind, reason, say] = known
  throw kind === 'later' && reply.status === 429
    ? statusFailure(reply, WHOSE)
    : new ChatFailure(kind, reason, say)
}

function readJson(text: string): { readonly sid?: unknown; readonly code?: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    // A proxy's page in the place of an answer: the status says what it is worth.
    return {}
  }
}
