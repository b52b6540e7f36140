/**
 * A page to any address of a person's own, signed as the Standard Webhooks specification says, so that its receiver can know
 * that it is ours. The address comes from the configuration and is checked (S19).
 */
import { createHmac } from 'node:crypto'
import type { Clock, Pager } from '../../bot/ports.ts'
import { call, statusFailure } from '../outbound/call.ts'
import type { Resolve } from '../outbound/guard.ts'

const WHOSE = 'the webhook'

export type WebhookSettings = {
  /** Signs; its receiver needs it too. */
  readonly secret: string
  readonly allowPrivate: () => boolean
  readonly clock: Pick<Clock, 'now'>
  readonly resolve?: Resolve
}

export const createWebhook = ({ secret, clock, allowPrivate, resolve }: WebhookSettings): Pager => ({
  way: 'webhook',
  async page(to, { summary, spoken, code, ackUrl, message }, key) {
    const body = JSON.stringify({
      type: 'page',
      summary,
      text: spoken,
      tone: message.tone,
      code,
      ack_url: ackUrl,
    })
    const timestamp = String(Math.floor(clock.now() / 1000))
    const signed = createHmac('sha256', secret).update(`${key}.${timestamp}.${body}`).digest('base64')
    const headers = {
      'content-type': 'application/json',
      'webhook-id': key,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signed}`,
    }
    const guarded = { allowPrivate: allowPrivate(), ...(resolve ? { resolve } : {}) }
    const reply = await call({ method: 'POST', url: to, headers, body }, { whose: WHOSE, guarded })
    if (reply.status < 200 || reply.status > 299) throw statusFailure(reply, WHOSE)
    return { id: key }
  },
})
