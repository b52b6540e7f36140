/** How the weekly message leaves. It is worth reading for three days; what does not get through by then the next one names (I24). */
import { TOLD_WITHIN_MS } from '../digest/digest.ts'
import { digestView } from '../digest/view.ts'
import type { Message } from '../message.ts'
import type { Chat, ChatFailure } from '../ports.ts'
import type { Delivery, DeliveryKind, Recorded } from './deliver.ts'
import { as, paced, postOnce } from './posting.ts'

const DRAWN_IN_MS = 3_000

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
    const shown = await drawn(delivery, chat, message)
    // What took long is remembered: it is sent with the whole time that a delivery has.
    if (delivery.clock.now() - delivery.now > DRAWN_IN_MS) return { heldUntil: delivery.clock.now() }
    await postOnce(delivery, chat, { channel }, () => shown)
    return paced(delivery, chat)
  },
  lost: failed,
  boundMs: TOLD_WITHIN_MS,
  pauseMs: 15 * 60_000,
  overdue: (delivery, failure) => ({ giveUp: true, ...maybe(failed(delivery, failure)) }),
}

/** The pictures as the chat takes them. One that cannot be drawn keeps no message from leaving: it is told instead. */
async function drawn({ pictures }: Delivery, { traits }: Chat, message: Message): Promise<Message> {
  const drawings = message.blocks.flatMap(block => (block.kind === 'image' ? [block.picture.svg] : []))
  if (drawings.length === 0 || traits.pictures === 'svg') return message
  const pngs = await pictures?.png(drawings).catch(() => undefined)
  let next = 0
  return {
    ...message,
    blocks: message.blocks.map(block => {
      if (block.kind !== 'image') return block
      const png = pngs?.[next++]
      return {
        ...block,
        picture: { ...block.picture, ...(png ? { png } : { lost: 'it could not be drawn' }) },
      }
    }),
  }
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
