/** How what concerns action items leaves: to their owner, and to the team when they are overdue for long. */
import { draftOf, isMirrored, LOOK_BACK_MS, markOf, RECONCILE_EVERY_MS } from '../actions/mirror.ts'
import { describeAction, escalationView, reminderView, toldView } from '../actions/view.ts'
import { teamChannelOn } from '../incidents/places.ts'
import { ChatFailure, type Tracker } from '../ports.ts'
import type { Delivery, DeliveryKind } from './deliver.ts'
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

/** Without a tracker it waits: it may be set up in another process, or after the next start. */
const trackerOf = ({ tracker, world }: Delivery): Tracker | undefined => {
  if (!isMirrored(world)) return undefined
  if (!tracker)
    throw new ChatFailure('later', 'not_set_up', 'the tracker is not set up in this process', 60_000)
  return tracker
}

const mirror: DeliveryKind = {
  async send(delivery) {
    const tracker = trackerOf(delivery)
    const { items } = await delivery.actions()
    const known = items.find(each => each.id === as(delivery, 'mirror').item)
    if (!tracker || !known) return {}
    const page = known.incident === null ? null : delivery.signer.url(`/incidents/${known.incident}`)
    const draft = draftOf(delivery.world, known, page)
    const there = known.issue ?? (delivery.timer.attempts > 1 ? await tracker.find(markOf(known)) : undefined)
    const issue = there ? await tracker.change(there.number, draft) : await tracker.open(draft)
    return { record: { do: 'mirrored', id: known.id, issue } }
  },
  lost: (delivery, { say }) => ({
    do: 'update_action',
    id: as(delivery, 'mirror').item,
    text: `Its issue could not be written: ${say}.`,
  }),
  boundMs: Number.POSITIVE_INFINITY,
  overdue: () => ({ giveUp: false }),
}

const reconcile: DeliveryKind = {
  async send(delivery) {
    const tracker = trackerOf(delivery)
    const heldUntil = delivery.now + RECONCILE_EVERY_MS
    // The mirror may be configured again.
    if (!tracker) return { heldUntil }
    const issues = await tracker.changed(delivery.now - LOOK_BACK_MS)
    return { record: { do: 'issues_seen', issues }, heldUntil }
  },
  lost: () => undefined,
  boundMs: Number.POSITIVE_INFINITY,
  overdue: () => ({ giveUp: false }),
}

export const ACTION_DELIVERIES = { item, overdue, mirror, reconcile }
