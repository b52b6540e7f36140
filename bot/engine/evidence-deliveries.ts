/** What an incident is compared with, and how what was said in a chat is read: one message, or a channel page by page. All reading of a chat keeps to one lane and its pace. */
import { recurrenceOf } from '../actions/recurrence.ts'
import type { Chat } from '../ports.ts'
import type { Delivery, DeliveryKind, Done } from './deliver.ts'
import { as, POST_BOUND_MS } from './posting.ts'

/** Chats let themselves be read some fifty times a minute. */
const READ_PACE_MS = 1500

const paced = ({ now }: Delivery, { traits }: Chat): Pick<Done, 'laneFreeAt'> =>
  traits.paceMs > 0 ? { laneFreeAt: now + READ_PACE_MS } : {}

/** Items that a new incident is compared with: those completed last. */
const MAX_COMPARED = 300

const recall: DeliveryKind = {
  async send({ incident, actions, other }) {
    const { items } = await actions()
    const done = items
      .filter(item => item.status === 'completed')
      .sort((a, b) => (b.doneAt ?? 0) - (a.doneAt ?? 0))
      .slice(0, MAX_COMPARED)
    const past = []
    for (const item of done)
      for (const id of [item.incident, ...item.linked]) {
        const found = id === null ? undefined : await other(id)
        if (found) past.push({ item, incident: found })
      }
    const found = recurrenceOf(incident, past)
    return found ? { record: { do: 'recurs', ...found } } : {}
  },
  lost: () => undefined,
  boundMs: POST_BOUND_MS,
  overdue: () => ({ giveUp: true }),
}

const read: DeliveryKind = {
  async send(delivery) {
    const { message } = as(delivery, 'read')
    const { chat: name, ...ref } = message
    const chat = delivery.chat(name)
    const said = await chat.read(ref)
    const record = said
      ? { do: 'message_read' as const, message, said }
      : { do: 'message_lost' as const, message, why: 'the message is gone' }
    return { record, ...paced(delivery, chat) }
  },
  lost: (delivery, { say }) => ({ do: 'message_lost', message: as(delivery, 'read').message, why: say }),
  boundMs: POST_BOUND_MS,
  overdue: (delivery, failure) => ({ ...lostOf(read, delivery, failure), giveUp: true }),
}

const history: DeliveryKind = {
  async send(delivery) {
    const { chat: name, page, from } = as(delivery, 'history')
    const { incident } = delivery
    const [channel, reading] = [incident.rooms[name]?.channel, incident.readings[name]]
    if (!channel || reading?.page !== page) return {}
    const chat = delivery.chat(name)
    const between = { since: incident.declaredAt, until: reading.until }
    const { messages, next } = await chat.history(channel, between, from)
    return { record: { do: 'history_page', chat: name, page, messages, next }, ...paced(delivery, chat) }
  },
  lost: (delivery, { say }) => ({ do: 'history_lost', chat: as(delivery, 'history').chat, why: say }),
  boundMs: POST_BOUND_MS,
  overdue: (delivery, failure) => ({ ...lostOf(history, delivery, failure), giveUp: true }),
}

function lostOf(
  kind: DeliveryKind,
  ...[delivery, failure]: Parameters<DeliveryKind['lost']>
): Pick<Done, 'record'> {
  const record = kind.lost(delivery, failure)
  return record === undefined ? {} : { record }
}

export const EVIDENCE_DELIVERIES = { recall, read, history }
