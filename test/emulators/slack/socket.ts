/**
 * Socket Mode: one-time WebSocket addresses, hello, envelopes that go to one connection each, and disconnects.
 *
 * The server pings; an envelope that no connection takes fails at once, as does one whose connection goes away.
 * An acknowledgement for an envelope that is not open, or with a body where none is accepted, is a violation.
 */

import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import { ApiError } from './api-error.ts'
import type { EnvelopeType, Outcome, Retry, Wire } from './delivery.ts'
import type { Json } from './types.ts'
import { record, secret, violate, type Workspace } from './workspace.ts'

const mostConnections = 10
const pingEveryMs = 10_000

type Pending = {
  readonly socket: WebSocket
  readonly sentAt: number
  readonly takesBody: boolean
  settle(outcome: Outcome): void
}

export class SocketMode implements Wire {
  readonly #workspace: Workspace
  readonly #server = new WebSocketServer({ noServer: true })
  readonly #tickets = new Set<string>()
  readonly #pending = new Map<string, Pending>()
  readonly #late = new Set<string>()
  readonly #leaving = new WeakSet<WebSocket>()
  readonly #connectWaiters: (() => void)[] = []
  readonly #pinger: NodeJS.Timeout
  #turn = 0
  /** While true, upgrades are turned away. */
  refuses = false

  constructor(workspace: Workspace, http: Server) {
    this.#workspace = workspace
    workspace.openTicket = () => this.#openTicket()
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#upgrade(request, socket, head)
    })
    this.#pinger = setInterval(() => {
      for (const socket of this.#server.clients) socket.ping()
    }, pingEveryMs)
    this.#pinger.unref()
  }

  /** Connections that envelopes may go to. */
  get open(): readonly WebSocket[] {
    return [...this.#server.clients].filter(
      socket => socket.readyState === WebSocket.OPEN && !this.#leaving.has(socket),
    )
  }

  /** Resolves when at least `count` connections are open. */
  async connected(count = 1): Promise<void> {
    while (this.open.length < count) await new Promise<void>(resolve => this.#connectWaiters.push(resolve))
  }

  send(type: EnvelopeType, payload: Json, retry?: Retry): Promise<Outcome> {
    const { open } = this
    const socket = open[this.#turn % Math.max(1, open.length)]
    this.#turn += 1
    if (!socket) return Promise.resolve({ ok: false, reason: 'no_connection' })
    const envelope_id = crypto.randomUUID()
    const takesBody = type !== 'events_api'
    const retries = { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' }
    const envelope = { envelope_id, type, payload, accepts_response_payload: takesBody }
    return new Promise(resolve => {
      this.#expectAck(envelope_id, { socket, takesBody, sentAt: this.#workspace.clock.now() }, resolve)
      socket.send(JSON.stringify(takesBody ? envelope : { ...envelope, ...retries }))
    })
  }

  /** Cuts every connection without a closing handshake, as a lost network does. */
  drop(): void {
    for (const socket of this.#server.clients) socket.terminate()
  }

  /** Asks clients to reconnect. After a warning envelopes still come; after a refresh they do not. */
  disconnect(
    reason: 'warning' | 'refresh_requested' | 'link_disabled',
    only: readonly WebSocket[] = this.open,
  ): void {
    for (const socket of only) {
      if (reason !== 'warning') this.#leaving.add(socket)
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'emulator' } }))
    }
  }

  stop(): void {
    clearInterval(this.#pinger)
    this.drop()
    this.#server.close()
  }

  #openTicket(): string {
    if (this.#server.clients.size >= mostConnections) throw new ApiError('too_many_websockets')
    const ticket = secret(16)
    this.#tickets.add(ticket)
    const base = this.#workspace.baseUrl.replace('http', 'ws')
    return `${base}/link/?ticket=${ticket}&app_id=${this.#workspace.app.id}`
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://slack')
    const isKnown = this.#tickets.delete(url.searchParams.get('ticket') ?? '')
    if (url.pathname !== '/link/' || !isKnown || this.refuses) {
      socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')
      return
    }
    this.#server.handleUpgrade(request, socket, head, opened => this.#welcome(opened))
  }

  #welcome(socket: WebSocket): void {
    record(this.#workspace, 'connected', 'socket', { connections: this.#server.clients.size })
    socket.on('message', data => this.#onMessage(socket, String(data)))
    socket.on('close', () => this.#onClose(socket))
    socket.on('error', error => record(this.#workspace, 'disconnected', 'socket', { error: error.message }))
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#server.clients.size,
        debug_info: { host: 'emulator', approximate_connection_time: 18_060 },
        connection_info: { app_id: this.#workspace.app.id },
      }),
    )
    for (const wake of this.#connectWaiters.splice(0)) wake()
  }

  #onClose(socket: WebSocket): void {
    record(this.#workspace, 'disconnected', 'socket')
    for (const pending of this.#pending.values())
      if (pending.socket === socket) pending.settle({ ok: false, reason: 'socket_closed' })
  }

  #expectAck(id: string, waiting: Omit<Pending, 'settle'>, resolve: (outcome: Outcome) => void): void {
    const timer = setTimeout(() => {
      this.#late.add(id)
      settle({ ok: false, reason: 'timeout' })
    }, this.#workspace.ackWithinMs)
    const settle = (outcome: Outcome) => {
      clearTimeout(timer)
      this.#pending.delete(id)
      resolve(outcome)
    }
    this.#pending.set(id, { ...waiting, settle })
  }

  #onMessage(socket: WebSocket, text: string): void {
    const message = parse(text)
    const id = String(message?.envelope_id)
    const pending = this.#pending.get(id)
    if (pending?.socket === socket) this.#acknowledge(pending, message?.payload as Json | undefined)
    else if (this.#late.delete(id)) record(this.#workspace, 'late-ack', 'socket', { envelope_id: id })
    else violate(this.#workspace, 'unknown_envelope', `acknowledged ${text.slice(0, 200)}`)
  }

  #acknowledge(pending: Pending, body: Json | undefined): void {
    const hasBody = body !== undefined && Object.keys(body).length > 0
    if (hasBody && !pending.takesBody)
      violate(
        this.#workspace,
        'payload_not_accepted',
        `an event was acknowledged with ${JSON.stringify(body)}`,
      )
    const tookMs = this.#workspace.clock.now() - pending.sentAt
    if (tookMs > this.#workspace.ackWithinMs) pending.settle({ ok: false, reason: 'timeout' })
    else pending.settle({ ok: true, body: hasBody ? body : undefined, tookMs })
  }
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
