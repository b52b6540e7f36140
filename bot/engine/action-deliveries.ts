/** How what concerns action items leaves: to their owner, and to the team when they are overdue for long. */
import { describeAction, escalationView, reminderView, toldView } from '../actions/view.ts'
import { teamChannelOn } from '../incidents/places.ts'
import type { DeliveryKind } from './deliver.ts'
import { as, POST_BOUND_MS, paced, postOnce, userOn } from './posting.ts'

const item: DeliveryKind = {
  async send(delivery) {
    const { chat: name, person, happened } = as(delivery, 'item')
    const chat = delivery.chat(name)
    const actions = await delivery.actions()
    const { event } = happened
    const known = 'id' in event ? actions.items.find(each => each.id === event.id) : undefined
    const words = describeAction(actions, happened)
    const message =
      event.type === 'reminded'
        ? reminderView(actions, event, delivery.now)
        : known && words
          ? toldView(known, words)
          : undefined
    if (!message) return {}
    await postOnce(delivery, chat, { user: userOn(delivery, name, person) }, () => message)
    return paced(delivery, chat)
  },
  lost: () => undefined,
  boundMs: POST_BOUND_MS,
  overdue: () => ({ giveUp: true }),
}

const overdue: DeliveryKind = {
  async send(delivery) {
    const { chat: name, happened } = as(delivery, 'overdue')
    const channel = teamChannelOn(delivery.world, name)
    if (!channel) return {}
    const chat = delivery.chat(name)
    const message = escalationView(await delivery.actions(), happened.event, delivery.now)
    if (!message) return {}
    await postOnce(delivery, chat, { channel }, () => message)
    return paced(delivery, chat)
  },
  lost: () => undefined,
  boundMs: POST_BOUND_MS,
  overdue: () => ({ giveUp: true }),
}

export const ACTION_DELIVERIES = { item, overdue }
