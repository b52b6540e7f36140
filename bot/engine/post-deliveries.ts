/**
 * What is said aloud leaves one event at a time while the chat is there. When it was not, what happened meanwhile is told in one
 * message, and not replayed: whoever looks again reads what is true now, and how it came to be (I17).
 */

import { teamChannelOn } from '../incidents/places.ts'
import type { Incident } from '../incidents/state.ts'
import type { Message } from '../message.ts'
import type { Chat, ChatFailure } from '../ports.ts'
import { publicationView } from '../postmortem/publication.ts'
import { catchUpView } from '../timeline/catch-up.ts'
import { post as postView } from '../timeline/posts.ts'
import { LATE_AFTER_MS } from '../timeline/reactions.ts'
import type { ChatName } from '../words.ts'
import type { Delivery, DeliveryKind, Done } from './deliver.ts'
import { as, POST_BOUND_MS, paced, postOnce } from './posting.ts'

export const post: DeliveryKind = {
  async send(delivery) {
    const { chat: name, where, happened } = as(delivery, 'post')
    const { incident, world } = delivery
    const channel = where === 'room' ? incident.rooms[name]?.channel : teamChannelOn(world, name)
    if (!channel) return {}
    const chat = delivery.chat(name)
    if (where === 'room' && isTold(incident, name, happened.seq)) return {}
    if (where === 'room' && isLate(delivery)) return catchUp(delivery, chat, channel)
    const message = await said(delivery)
    await postOnce(delivery, chat, { channel }, () => message)
    return paced(delivery, chat)
  },
  lost: failed,
  boundMs: POST_BOUND_MS,
  overdue: (delivery, failure) => ({ record: failed(delivery, failure), giveUp: true }),
}

/** A publication has more to say than that it happened. */
async function said(delivery: Delivery): Promise<Message> {
  const { chat, where, happened } = as(delivery, 'post')
  const { incident, world } = delivery
  const published =
    happened.event.type === 'postmortem_published' ? await delivery.postmortem(incident.id, chat) : undefined
  return published ? publicationView(published, where) : postView(world, incident, happened, where)
}

const isTold = ({ rooms }: Incident, chat: ChatName, seq: number): boolean =>
  seq <= (rooms[chat]?.toldUntil ?? 0)

/** A channel that opens late has heard nothing yet. */
function isLate(delivery: Delivery): boolean {
  const { event, at } = as(delivery, 'post').happened
  return event.type === 'room_opened' || delivery.now - at > LATE_AFTER_MS
}

/** All that the channel has not heard, from this event on. */
async function catchUp(delivery: Delivery, chat: Chat, channel: string): Promise<Done> {
  const { happened, chat: name } = as(delivery, 'post')
  const { incident, world } = delivery
  const history = await delivery.history()
  const from = happened.event.type === 'room_opened' ? 1 : happened.seq
  const missed = history.filter(({ seq }) => seq >= from && seq <= incident.seq)
  await postOnce(delivery, chat, { channel }, () => catchUpView(world, incident, missed))
  return { record: { do: 'caught_up', chat: name, until: incident.seq }, ...paced(delivery, chat) }
}

export const postFailed = (chat: ChatName, what: string, failure: ChatFailure) =>
  ({ do: 'post_failed', chat, what, why: failure.say }) as const

function failed(delivery: Delivery, failure: ChatFailure) {
  const { chat, happened } = as(delivery, 'post')
  return postFailed(chat, happened.event.type, failure)
}
