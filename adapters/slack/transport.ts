/**
 * How Slack reaches us. Socket Mode: two connections, since every reconnect of one leaves a hole in which commands fail, and
 * Slack gives each delivery to one of them; a watchdog rebuilds a receiver that died. HTTP: Bolt's receiver behind our one
 * server, with what it leaves out: timestamps from the future, and replays within the window (S1, S2).
 */
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type App, HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt'
import type { Clock, Telemetry } from '../../bot/ports.ts'
import { quietLogger } from './logger.ts'

export type Transport = Receiver & {
  connected(): boolean
  readonly requestListener?: (request: IncomingMessage, response: ServerResponse) => void
}

const CONNECTIONS = 2
/** Short: the client waits this long before it reconnects. */
const PING_TIMEOUT_MS = 1_500
const WATCH_EVERY_MS = 5_000
/** A receiver that has been without a connection for this long is rebuilt. */
const DEAD_AFTER_MS = 15_000

type SocketOptions = {
  readonly appToken: string
  readonly apiUrl?: string
  readonly telemetry: Telemetry
  readonly clock: Clock
}

export function socketTransport(options: SocketOptions): Transport {
  const links = Array.from({ length: CONNECTIONS }, () => new Link(options))
  let watch: NodeJS.Timeout | undefined
  return {
    init: app => links.forEach(link => link.init(app)),
    async start() {
      await Promise.all(links.map(link => link.start()))
      watch = setInterval(() => links.forEach(link => link.check()), WATCH_EVERY_MS).unref()
    },
    async stop() {
      clearInterval(watch)
      await Promise.all(links.map(link => link.stop()))
    },
    connected: () => links.some(link => link.connected),
  }
}

/** One connection and its receiver, replaced when it dies. */
class Link {
  readonly #options: SocketOptions
  #app: App | undefined
  #receiver: SocketModeReceiver
  #lostAt: number | undefined
  #stopped = false
  connected = false

  constructor(options: SocketOptions) {
    this.#options = options
    this.#receiver = this.#build()
  }

  #build(): SocketModeReceiver {
    const { appToken, apiUrl, telemetry, clock } = this.#options
    const receiver = new SocketModeReceiver({
      appToken,
      logger: quietLogger(telemetry),
      clientPingTimeout: PING_TIMEOUT_MS,
      installerOptions: {
        clientOptions: {
          ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
          retryConfig: { retries: 3, minTimeout: 500, maxTimeout: 2_000 },
          timeout: 8_000,
        },
      },
    })
    receiver.client.on('connected', () => {
      this.connected = true
      this.#lostAt = undefined
    })
    for (const event of ['disconnected', 'reconnecting', 'disconnecting', 'error']) {
      receiver.client.on(event, () => {
        this.connected = false
        this.#lostAt ??= clock.now()
      })
    }
    return receiver
  }

  init(app: App): void {
    this.#app = app
    this.#receiver.init(app)
  }

  start(): Promise<unknown> {
    return this.#receiver.start()
  }

  check(): void {
    const { clock, telemetry } = this.#options
    if (
      this.#stopped ||
      this.connected ||
      this.#lostAt === undefined ||
      clock.now() - this.#lostAt < DEAD_AFTER_MS
    )
      return
    telemetry.log('warn', 'slack.receiver_rebuilt', {})
    const old = this.#receiver
    this.#lostAt = clock.now()
    this.#receiver = this.#build()
    if (this.#app) this.#receiver.init(this.#app)
    const failed = (error: unknown) => telemetry.log('warn', 'slack.reconnect_failed', { error })
    old.stop().catch(failed)
    this.#receiver.start().catch(failed)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    // Stopping while a reconnect is under way rejects with nothing; it is stopped all the same.
    await this.#receiver
      .stop()
      .catch((error: unknown) => this.#options.telemetry.log('debug', 'slack.stop', { error }))
    this.connected = false
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
