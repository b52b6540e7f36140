/**
 * Interactions over HTTP: signed with Ed25519 over the timestamp and the body. A wrong signature gets 401 (Discord sends some
 * on purpose), and so does a timestamp outside the window or a signature that was seen in it (S1, S2).
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../bot/ports.ts'
import { refuse } from '../../bot/refusal.ts'
import type { Reply } from './answer.ts'

const WINDOW_MS = 5 * 60_000
const MAX_BODY = 512 * 1024
/** The head of a raw Ed25519 key as SubjectPublicKeyInfo (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

type Receive = (payload: unknown, reply: Reply) => Promise<void>

export function signedInteractions(options: {
  readonly publicKey: string
  readonly clock: Clock
  readonly receive: Receive
}): (request: IncomingMessage, response: ServerResponse) => void {
  const { clock, receive } = options
  const key = keyOf(options.publicKey)
  const seen = new Map<string, number>()

  const fresh = (signature: string, timestamp: string): boolean => {
    const now = clock.now()
    for (const [old, at] of seen) if (now - at > WINDOW_MS) seen.delete(old)
    if (seen.has(signature) || Math.abs(now - Number(timestamp) * 1000) > WINDOW_MS) return false
    seen.set(signature, now)
    return true
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request)
    if (body === undefined) return end(response, 413, { detail: 'The body is too long.' })
    const signature = String(request.headers['x-signature-ed25519'] ?? '')
    const timestamp = String(request.headers['x-signature-timestamp'] ?? '')
    if (!signed(key, { signature, timestamp, body }) || !fresh(signature, timestamp))
      return end(response, 401, { detail: 'The signature is not valid.' })
    const payload = parse(body)
    if ((payload as { type?: unknown } | undefined)?.type === 1) return end(response, 200, { type: 1 })
    let answered = false
    await receive(payload, async reply => {
      answered = true
      end(response, 200, reply)
    })
    if (!answered) end(response, 400, { detail: 'This is no interaction that Tocsin knows.' })
  }

  return (request, response) =>
    void handle(request, response).catch(() =>
      end(response, 500, { detail: "Something went wrong on Tocsin's side." }),
    )
}

function keyOf(hex: string): KeyObject {
  if (!/^[0-9a-f]{64}$/i.test(hex))
    throw refuse(
      'discord_settings',
      'DISCORD_PUBLIC_KEY is not a public key of 64 hexadecimal digits.',
      'Copy it from "General Information" of the application.',
    )
  return createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(hex, 'hex')]), format: 'der', type: 'spki' })
}

const signed = (
  key: KeyObject,
  {
    signature,
    timestamp,
    body,
  }: { readonly signature: string; readonly timestamp: string; readonly body: Buffer },
): boolean =>
  /^[0-9a-f]{128}$/i.test(signature) &&
  /^\d{1,12}$/.test(timestamp) &&
  verify(null, Buffer.concat([Buffer.from(timestamp), body]), key, Buffer.from(signature, 'hex'))

async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size > MAX_BODY) return undefined
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

function end(response: ServerResponse, status: number, body: Readonly<Record<string, unknown>>): void {
  if (response.writableEnded) return
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
