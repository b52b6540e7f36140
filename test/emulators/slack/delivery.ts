/**
 * How Slack hands things to an app, whatever the wire: three seconds to acknowledge, and what follows.
 *
 * Commands and interactions are sent once; when they fail the person is told. Events are sent again: at once, a
 * minute later and five minutes later, with the attempt's number and the reason (the later two through `deliverDue`,
 * since the minutes are the clock's).
 */

import type { Json } from './types.ts'
import { record, type Workspace } from './workspace.ts'

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api'

export type Retry = { readonly num: number; readonly reason: string }

/** What came back: an acknowledgement with its body, or why there was none. */
export type Outcome =
  | { readonly ok: true; readonly body: Json | string | undefined; readonly tookMs: number }
  | { readonly ok: false; readonly reason: string }

/** One wire: Socket Mode or signed HTTP. Never rejects. */
export type Wire = { send(type: EnvelopeType, payload: Json, retry?: Retry): Promise<Outcome> }

export type Envelope = { readonly type: EnvelopeType; readonly payload: Json }

const retryDelaysMs = [0, 60_000, 300_000]

export class Deliveries {
  readonly #workspace: Workspace
  readonly #waiting: { envelope: Envelope; num: number; reason: string; dueAt: number }[] = []
  readonly #inFlight = new Set<Promise<unknown>>()
  #wire: Wire | undefined
  /** The last thing that was sent, for sending it again. */
  last: Envelope | undefined

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  use(wire: Wire): void {
    this.#wire = wire
  }

  /** Sends one envelope once. */
  send(envelope: Envelope, retry?: Retry): Promise<Outcome> {
    if (!this.#wire) return Promise.resolve({ ok: false, reason: 'no_delivery_chosen' })
    this.last = envelope
    const sent = this.#attempt(this.#wire, envelope, retry)
    this.#inFlight.add(sent)
    return sent.finally(() => this.#inFlight.delete(sent))
  }

  /** Sends an event, and once more at once when it fails; later attempts wait for deliverDue. */
  async sendEvent(payload: Json): Promise<void> {
    const envelope: Envelope = { type: 'events_api', payload }
    await this.#sendOrWait(envelope, 0, '')
  }

  /** Sends every event whose time to be sent again has come; tells how many. */
  async deliverDue(): Promise<number> {
    const now = this.#workspace.clock.now()
    const due = this.#waiting.filter(one => one.dueAt <= now)
    for (const one of due) this.#waiting.splice(this.#waiting.indexOf(one), 1)
    for (const one of due) await this.#sendOrWait(one.envelope, one.num, one.reason)
    return due.length
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.allSettled(this.#inFlight)
  }

  async #sendOrWait(envelope: Envelope, num: number, reason: string): Promise<void> {
    if (!this.#wire) return
    const outcome = await this.send(envelope, num === 0 ? undefined : { num, reason })
    const delayMs = retryDelaysMs[num]
    if (outcome.ok || delayMs === undefined) return
    const again = { envelope, num: num + 1, reason: retryReason(outcome.reason) }
    if (delayMs === 0) return this.#sendOrWait(envelope, again.num, again.reason)
    this.#waiting.push({ ...again, dueAt: this.#workspace.clock.now() + delayMs })
  }

  async #attempt(wire: Wire, envelope: Envelope, retry?: Retry): Promise<Outcome> {
    const detail = { payload: envelope.payload, ...(retry ? { retry } : {}) }
    record(this.#workspace, 'delivery', envelope.type, detail)
    const outcome = await wire.send(envelope.type, envelope.payload, retry)
    if (outcome.ok)
      record(this.#workspace, 'ack', envelope.type, { body: outcome.body, tookMs: outcome.tookMs })
    else record(this.#workspace, 'no-ack', envelope.type, { reason: outcome.reason })
    return outcome
  }
}

/** Slack's own words for why it sends again. */
function retryReason(reason: string): string {
  if (reason === 'timeout') return 'http_timeout'
  return reason.startsWith('http_') ? 'http_error' : 'connection_failed'
}
