/**
 * How Slack reaches us. Socket Mode: two connections, since every reconnect of one leaves a hole in which commands fail, and
 * Slack gives each delivery to one of them; a connection that is lost is replaced at once. HTTP: Bolt's receiver behind our one
 * server, with what it leaves out: timestamps from the future, and replays within the window (S1, S2).
 */
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type App, HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt'
import type { Telemetry } from '../../bot/ports.ts'
import { quietLogger } from './logger.ts'

export type Transport = Receiver & {
  connected(): boolean
  readonly requestListener?: (request: IncomingMessage, response: ServerResponse) => void
}

const CONNECTIONS = 2
/** How long an answer to a ping may take before the connection counts as lost. */
const PING_TIMEOUT_MS = 1_500
const RETRY_MS = 250
const RETRY_CAP_MS = 10_000

type SocketOptions = {
  readonly appToken: string
  readonly apiUrl?: string
  readonly telemetry: Telemetry
}

export function socketTransport(options: SocketOptions): Transport {
  const links = Array.from({ length: CONNECTIONS }, () => new Link(options))
  return {
    init: app => links.forEach(link => link.init(app)),
    start: () => Promise.all(links.map(link => link.start())),
    stop: async () => links.forEach(link => link.stop()),
    connected: () => links.some(link => link.connected),
  }
}

/**
 * One connection. Reconnecting is ours: the client waits a whole ping timeout before it tries, and some of its failures end
 * its loop for good. Here a lost connection is replaced by a fresh receiver at once, then with back-off.
 */
class Link {
  readonly #options: SocketOptions
  #app: App | undefined
  #receiver: SocketModeReceiver | undefined
  #failures = 0
  #retry: NodeJS.Timeout | undefined
  #stopped = false
  connected = false

  constructor(options: SocketOptions) {
    this.#options = options
  }

  init(app: App): void {
    this.#app = app
  }

  /** Resolves when connected, or when the first attempt has failed: later ones go on by themselves. */
  async start(): Promise<void> {
    const { telemetry } = this.#options
    const receiver = this.#build()
    const old = this.#receiver
    this.#receiver = receiver
    this.#end(old)
    try {
      await receiver.start()
    } catch (error) {
      telemetry.log('warn', 'slack.connect_failed', { error, attempt: this.#failures + 1 })
      this.#lost(receiver)
    }
  }

  #build(): SocketModeReceiver {
    const { appToken, apiUrl, telemetry } = this.#options
    const receiver = new SocketModeReceiver({
      appToken,
      logger: quietLogger(telemetry),
      clientPingTimeout: PING_TIMEOUT_MS,
      autoReconnectEnabled: false,
      installerOptions: {
        clientOptions: {
          ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
          retryConfig: { retries: 0 },
          timeout: 8_000,
        },
      },
    })
    if (this.#app) receiver.init(this.#app)
    receiver.client.on('connected', () => {
      if (this.#receiver !== receiver) return
      this.connected = true
      this.#failures = 0
    })
    for (const event of ['disconnected', 'disconnecting', 'error', 'close'])
      receiver.client.on(event, () => this.#lost(receiver))
    return receiver
  }

  /** Once a receiver is given up, whatever it still says is not listened to. */
  #lost(receiver: SocketModeReceiver): void {
    if (this.#stopped || this.#receiver !== receiver || this.#retry) return
    this.connected = false
    const waitMs = this.#failures === 0 ? 0 : Math.min(RETRY_MS * 2 ** (this.#failures - 1), RETRY_CAP_MS)
    this.#failures += 1
    this.#retry = setTimeout(() => {
      this.#retry = undefined
      if (!this.#stopped) void this.start()
    }, waitMs)
  }

  /** Stopping while it connects rejects with nothing; it is stopped all the same. */
  #end(receiver: SocketModeReceiver | undefined): void {
    receiver?.stop().catch((error: unknown) => this.#options.telemetry.log('debug', 'slack.stop', { error }))
  }

  stop(): void {
    this.#stopped = true
    this.connected = false
    clearTimeout(this.#retry)
    this.#end(this.#receiver)
  }
}

const MAX_SKEW_S = 300
const MAX_BODY = 1024 * 1024

export function httpTransport({
  signingSecret,
  telemetry,
}: {
  readonly signingSecret: string
  readonly telemetry: Telemetry
}): Transport {
  const receiver = new HTTPReceiver({
    signingSecret,
    logger: quietLogger(telemetry),
    endpoints: ['/slack/events'],
    unhandledRequestTimeoutMillis: 10_000,
    bodyLimit: MAX_BODY,
  })
  const fresh = createFreshness()
  const refuse = (response: ServerResponse, status: number) => void response.writeHead(status).end()
  return {
    init: app => receiver.init(app),
    start: async () => undefined,
    stop: async () => undefined,
    connected: () => true,
    requestListener(request, response) {
      if (request.method !== 'POST') return refuse(response, 405)
      if (!fresh(request)) return refuse(response, 401)
      return receiver.requestListener(request, response)
    },
  }
}

/** Refuses a timestamp that is off in either direction, and a signature that was seen before; Slack signs each retry anew.
 * By the machine's clock, as Bolt does: a signature is about the outside's time. */
function createFreshness(): (request: IncomingMessage) => boolean {
  const seen = new Map<string, number>()
  return request => {
    const stamp = request.headers['x-slack-request-timestamp']
    const signature = request.headers['x-slack-signature']
    if (typeof stamp !== 'string' || typeof signature !== 'string' || !/^\d{1,12}$/.test(stamp)) return false
    const now = Date.now() / 1000
    if (Math.abs(now - Number(stamp)) > MAX_SKEW_S) return false
    for (const [known, until] of seen) {
      if (until > now) break
      seen.delete(known)
    }
    const digest = createHash('sha256').update(`${stamp}:${signature}`).digest('base64')
    if (seen.has(digest)) return false
    seen.set(digest, now + 2 * MAX_SKEW_S)
    return true
  }
}
