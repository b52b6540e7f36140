/**
 * What Twilio sends: answers to messages, keys in calls, what became of either. Every request is signed over the public URL
 * and its parameters (S5, S17); one that is not is refused before anything is read.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import type { Replies } from '../../bot/engine/replies.ts'
import type { Telemetry } from '../../bot/ports.ts'
import { problem, type Route } from '../web/server.ts'
import { message, say } from './twiml.ts'

export type TwilioRoutes = {
  readonly authToken: string
  /** PUBLIC_URL: what Twilio signed. */
  readonly publicUrl: string
  readonly replies: Replies
  readonly telemetry: Telemetry
}

type Params = Readonly<Record<string, string>>

export const twilioRoutes =
  ({ authToken, publicUrl, replies, telemetry }: TwilioRoutes): Route =>
  app => {
    const take = async (context: Context): Promise<Params | undefined> => {
      const params = paramsOf(await context.req.text())
      const { pathname, search } = new URL(context.req.url)
      const signed = new URL(pathname + search, publicUrl).href
      const given = context.req.header('x-twilio-signature') ?? ''
      const isOurs = isSigned(authToken, signed, params, given)
      if (!isOurs) telemetry.log('warn', 'twilio.forged', { path: pathname })
      return isOurs ? params : undefined
    }
    const forged = () => problem(403, 'This is not signed by Twilio for this address.')
    const xml = (context: Context, text: string) =>
      context.body(text, 200, { 'content-type': 'text/xml; charset=utf-8' })

    app.post('/twilio/sms', async context => {
      const params = await take(context)
      if (!params) return forged()
      const { From: from = '', Body: words = '', MessageSid: id = '' } = params
      return xml(context, message(await replies.text(from, words, `twilio:${id}`)))
    })
    app.post('/twilio/voice', async context => {
      const params = await take(context)
      if (!params) return forged()
      const token = context.req.query('t') ?? ''
      const { Digits: key, CallSid: id = '' } = params
      if (key !== '1' && key !== '2') return xml(context, say('That is no key of this call. Goodbye.'))
      const what = key === '1' ? 'ack' : 'escalate'
      return xml(context, say(await replies.press(token, what, 'voice', `twilio:${id}:${key}`)))
    })
    app.post('/twilio/status', async context => {
      const params = await take(context)
      if (!params) return forged()
      const way = context.req.query('way') === 'voice' ? 'voice' : 'sms'
      const state = stateOf(params)
      if (state) await replies.receipt(context.req.query('t') ?? '', way, state, failureOf(params))
      return context.body(null, 204)
    })
  }

/** HMAC-SHA1 over the URL and the parameters, sorted by name, as Twilio documents it. */
export function isSigned(authToken: string, url: string, params: Params, given: string): boolean {
  const text = Object.keys(params)
    .sort()
    .reduce((all, name) => all + name + params[name], url)
  const [a, b] = [
    Buffer.from(createHmac('sha1', authToken).update(text).digest('base64')),
    Buffer.from(given),
  ]
  return a.length === b.length && timingSafeEqual(a, b)
}

const paramsOf = (body: string): Params =>
  Object.fromEntries(new URLSearchParams(body)) as Record<string, string>

/** A call that was picked up was heard; one that nobody took did not arrive. */
function stateOf({ MessageStatus, CallStatus }: Params): 'delivered' | 'read' | 'failed' | undefined {
  switch (MessageStatus ?? CallStatus) {
    case 'delivered':
      return 'delivered'
    case 'read':
    case 'in-progress':
    case 'completed':
      return 'read'
    case 'undelivered':
    case 'failed':
    case 'busy':
    case 'no-answer':
    case 'canceled':
      return 'failed'
    default:
      return undefined
  }
}

const failureOf = ({ MessageStatus, CallStatus, ErrorCode }: Params): string =>
  `${MessageStatus ?? CallStatus}${ErrorCode ? ` (Twilio ${ErrorCode})` : ''}`
