/** How what concerns post-mortems leaves: what waits to be finished, to whom it waits for and to the team. */
import { teamChannelOn } from '../incidents/places.ts'
import type { Message } from '../message.ts'
import { givenView, owedView } from '../postmortem/view.ts'
import type { Delivery, DeliveryKind } from './deliver.ts'
import { as, POST_BOUND_MS, paced, postOnce, userOn } from './posting.ts'

/** A message with more of them is not read. */
const SHOWN = 10

const owed: DeliveryKind = {
  async send(delivery) {
    const { chat: name, person } = as(delivery, 'owed')
    const message = await owedMessage(delivery)
    const to =
      person === null
        ? { channel: teamChannelOn(delivery.world, name) ?? '' }
        : { user: userOn(delivery, name, person) }
    if (!message || ('channel' in to && to.channel === '')) return {}
    const chat = delivery.chat(name)
    await postOnce(delivery, chat, to, () => message)
    return paced(delivery, chat)
  },
  lost: () => undefined,
  boundMs: POST_BOUND_MS,
  overdue: () => ({ giveUp: true }),
}

/** Every unfinished one of the same reader is in one message, which the oldest of them brings: five are not five messages. */
async function owedMessage(delivery: Delivery): Promise<Message | undefined> {
  const { person, happened, chat } = as(delivery, 'owed')
  const { incident } = delivery
  if (happened.event.type === 'postmortem_given') {
    const seen = await delivery.postmortem(incident.id, chat)
    const { actor } = happened
    return seen && givenView(seen, actor.kind === 'person' ? [{ person: actor.person }] : ['Tocsin'])
  }
  const all = await delivery.unfinished(person ?? 'team')
  if (all[0]?.id !== incident.id) return undefined
  const shown = await Promise.all(all.slice(0, SHOWN).map(each => delivery.postmortem(each.id, chat)))
  return owedView(
    shown.filter(each => each !== undefined),
    person === null ? 'team' : 'person',
    Math.max(0, all.length - SHOWN),
  )
}

export const POSTMORTEM_DELIVERIES = { owed }
