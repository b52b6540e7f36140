/** How the weekly message leaves. */
import { digestView } from '../digest/view.ts'
import type { DeliveryKind } from './deliver.ts'
import { as, POST_BOUND_MS, paced, postOnce } from './posting.ts'

const week: DeliveryKind = {
  async send(delivery) {
    const { chat: name, channel, period } = as(delivery, 'week')
    const message = digestView(await delivery.digest(period))
    if (!message) return {}
    const chat = delivery.chat(name)
    await postOnce(delivery, chat, { channel }, () => message)
    return paced(delivery, chat)
  },
  lost: () => undefined,
  boundMs: POST_BOUND_MS,
  overdue: () => ({ giveUp: true }),
}

export const DIGEST_DELIVERIES = { week }
