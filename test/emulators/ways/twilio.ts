/**
 * Twilio, as its documents describe it: Messages and Calls of the 2010-04-01 API, basic auth, error codes, signed callbacks.
 * Strict: an unknown path or parameter, a wrong type or a missing one is an error. And phones: what people see, and do.
 */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const SID = 'AC00000000000000000000000000000001'
const TOKEN = 'twilio-auth-token-of-tests'
const FROM = '+15005550006'
const MESSAGE = new Set(['To', 'From', 'Body', 'StatusCallback'])
const CALL = new Set(['To', 'From', 'Twiml', 'StatusCallback', 'Timeout'])
const E164 = /^\+[1-9]\d{6,14}$/
/** What a message may have. */
const MAX_BODY = 1600

export type Fault =
  | { readonly status: number; readonly code?: number; readonly after?: 'accepting' }
  | 'reset'
type Kept = { readonly sid: string; readonly to: string; readonly fields: URLSearchParams }

export type TwilioEmulator = {
  readonly settings: {
    readonly accountSid: string
    readonly authToken: string
    readonly from: string
    readonly apiUrl: string
  }
  /** The messages on a phone, oldest first. */
  texts(number: string): readonly string[]
  /** What calls to a number said. */
  calls(number: string): readonly string[]
  /** The next requests fail so, one after the other. */
  fail(...faults: readonly Fault[]): void
  /** Somebody answers by SMS; what they read in return. */
  reply(publicUrl: string, from: string, words: string): Promise<string | undefined>
  /** Somebody picks up their last call and presses a key; what they hear. */
  pressKey(number: string, key: string): Promise<string>
  /** Twilio says what became of the last message or call to a number. */
  status(
    number: string,
    what: 'MessageStatus' | 'CallStatus',
    value: string,
    errorCode?: string,
  ): Promise<number>
  /** Any request to us, signed or not. */
  send(url: string, params: Readonly<Record<string, string>>, signature?: string): Promise<Response>
  stop(): Promise<void>
}

export async function startTwilio(): Promise<TwilioEmulator> {
  const messages: Kept[] = []
  const calls: Kept[] = []
  const faults: Fault[] = []
  const stopped = new Set<string>()
  let count = 0

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const say = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const refuse = (status: number, code: number, message: string) => say(status, { code, message, status })
    const fault = faults.shift()
    if (fault === 'reset') return void request.socket.destroy()
    if (fault && fault.after !== 'accepting') return void refuse(fault.status, fault.code ?? 0, 'a fault')
    const expected = `Basic ${Buffer.from(`${SID}:${TOKEN}`).toString('base64')}`
    if (request.headers.authorization !== expected) return void refuse(401, 20003, 'Authenticate')
    const [, what] =
      new RegExp(`^/2010-04-01/Accounts/${SID}/(Messages|Calls)\\.json$`).exec(request.url ?? '') ?? []
    if (request.method !== 'POST' || !what) return void refuse(404, 20404, 'not found')
    if (request.headers['content-type'] !== 'application/x-www-form-urlencoded')
      return void refuse(400, 21603, 'the body is not a form')
    const fields = new URLSearchParams(Buffer.concat(chunks).toString())
    const known = what === 'Messages' ? MESSAGE : CALL
    const odd = [...fields.keys()].find(name => !known.has(name))
    if (odd) return void refuse(400, 21100, `unknown parameter ${odd}`)
    const to = fields.get('To') ?? ''
    if (!E164.test(to)) return void refuse(400, 21211, 'To is not a valid phone number')
    if (fields.get('From') !== FROM) return void refuse(400, 21606, 'From is not ours')
    const body = fields.get(what === 'Messages' ? 'Body' : 'Twiml') ?? ''
    if (!body || body.length > MAX_BODY + (what === 'Calls' ? 4000 : 0))
      return void refuse(400, 21617, 'the body is empty or too long')
    if (what === 'Calls' && !isTwiml(body)) return void refuse(400, 12100, 'Twiml does not parse')
    if (what === 'Messages' && stopped.has(to)) return void refuse(400, 21610, 'the recipient replied STOP')
    const sid = `${what === 'Messages' ? 'SM' : 'CA'}${String(++count).padStart(32, '0')}`
    const list = what === 'Messages' ? messages : calls
    list.push({ sid, to, fields })
    if (fault) return void refuse(fault.status, fault.code ?? 0, 'a fault after it was taken')
    say(201, { sid, to, status: 'queued' })
  }

  const send: TwilioEmulator['send'] = (url, params, signature = sign(url, params)) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
      body: new URLSearchParams(params),
    })

  const last = (list: readonly Kept[], number: string): Kept => {
    const found = list.findLast(each => each.to === number)
    if (!found) throw new Error(`nothing was sent to ${number}`)
    return found
  }

  return {
    settings: { accountSid: SID, authToken: TOKEN, from: FROM, apiUrl },
    texts: number => messages.filter(each => each.to === number).map(each => each.fields.get('Body') ?? ''),
    calls: number =>
      calls.filter(each => each.to === number).map(each => spoken(each.fields.get('Twiml') ?? '')),
    fail: (...more) => void faults.push(...more),
    async reply(publicUrl, from, words) {
      if (/^stop$/i.test(words.trim())) stopped.add(from)
      if (/^start$/i.test(words.trim())) stopped.delete(from)
      const sid = `SM9${String(++count).padStart(31, '0')}`
      const answered = await send(`${publicUrl}/twilio/sms`, {
        From: from,
        To: FROM,
        Body: words,
        MessageSid: sid,
      })
      const text = await answered.text()
      if (!answered.ok || !isTwiml(text)) throw new Error(`Twilio would not read: ${answered.status} ${text}`)
      return /<Message>(.*)<\/Message>/s.exec(text)?.[1]
    },
    async pressKey(number, key) {
      const { sid, fields } = last(calls, number)
      const action = /<Gather [^>]*action="([^"]+)"/.exec(fields.get('Twiml') ?? '')?.[1]
      if (!action) throw new Error('the call asks for no key')
      const url = action.replaceAll('&amp;', '&')
      const answered = await send(url, {
        CallSid: sid,
        To: number,
        From: FROM,
        Digits: key,
        CallStatus: 'in-progress',
      })
      return spoken(await answered.text())
    },
    async status(number, what, value, errorCode) {
      const { sid, fields } = last(what === 'MessageStatus' ? messages : calls, number)
      const url = fields.get('StatusCallback')
      if (!url) throw new Error('no StatusCallback was given')
      const id = what === 'MessageStatus' ? { MessageSid: sid } : { CallSid: sid }
      const params = {
        ...id,
        To: number,
        From: FROM,
        [what]: value,
        ...(errorCode ? { ErrorCode: errorCode } : {}),
      }
      return (await send(url, params)).status
    },
    send,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** As twilio.com/docs/usage/security says: the URL, then each parameter's name and value in order. */
export function sign(url: string, params: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHmac('sha1', TOKEN)
    .update(url + sorted.flat().join(''))
    .digest('base64')
}

const isTwiml = (text: string): boolean =>
  /^<\?xml version="1\.0" encoding="UTF-8"\?><Response>.*<\/Response>$/s.test(text) &&
  !/&(?!amp;|lt;|gt;|quot;|apos;)/.test(text)

const spoken = (twiml: string): string => /<Say>(.*?)<\/Say>/s.exec(twiml)?.[1] ?? ''
