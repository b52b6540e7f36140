/** How the weekly message leaves. It is worth reading for three days; what does not get through by then the next one names (I24). */
import { TOLD_WITHIN_MS } from '../digest/digest.ts'
import { digestView } from '../digest/view.ts'
import type { ChatFailure } from '../ports.ts'
import type { Delivery, DeliveryKind, Recorded } from './deliver.ts'
import { as, paced, postOnce } from './posting.ts'

const week: DeliveryKind = {
  async send(delivery) {
    const { chat: name, channel, period, untold, asked } = as(delivery, 'week')
    if (asked === 0 && delivery.now - period.to > TOLD_WITHIN_MS)
      return { record: lost(delivery, 'it could not be sent for three days') }
    const message = digestView(
      await delivery.digest(period, { asked: asked > 0, ...(untold ? { untold } : {}) }),
    )
    if (!message) return {}
    const chat = delivery.chat(name)
    await postOnce(delivery, chat, { channel }, () => message)
    return paced(delivery, chat)
  },
  lost: failed,
  boundMs: TOLD_WITHIN_MS,
  pauseMs: 15 * 60_000,
  overdue: (delivery, failure) => ({ giveUp: true, ...maybe(failed(delivery, failure)) }),
}

const maybe = (record: Recorded | undefined) => (record ? { record } : {})

/** Whoever asked for it sees that it did not come. */
function failed(delivery: Delivery, { say }: ChatFailure): Recorded | undefined {
  return as(delivery, 'week').asked > 0 ? undefined : lost(delivery, say)
}

function lost(delivery: Delivery, why: string): Recorded {
  const { chat, period } = as(delivery, 'week')
  return { do: 'digest_lost', chat, period, why }
}

export const DIGEST_DELIVERIES = { week }
