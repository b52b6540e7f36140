/** How what concerns the rota leaves: a word to a person, a notice to the team, a chat's group kept in step. */
import { teamChannelOn } from '../incidents/places.ts'
import { noticeView, tellView } from '../rota/view.ts'
import { onCall } from '../schedules/on-call.ts'
import type { PersonId } from '../words.ts'
import type { DeliveryKind } from './deliver.ts'
import { as, POST_BOUND_MS, paced, postOnce, userOn } from './posting.ts'

const tell: DeliveryKind = {
  async send(delivery) {
    const { chat: name, person, happened } = as(delivery, 'tell')
    const chat = delivery.chat(name)
    const user = userOn(delivery, name, person)
    const rota = await delivery.rota()
    await postOnce(delivery, chat, { user }, () => tellView(delivery.world, rota, happened, person))
    return paced(delivery, chat)
  },
  lost: () => undefined,
  boundMs: POST_BOUND_MS,
  overdue: () => ({ giveUp: true }),
}

const notice: DeliveryKind = {
  async send(delivery) {
    const { chat: name, happened, also } = as(delivery, 'notice')
    const channel = teamChannelOn(delivery.world, name)
    if (!channel) return {}
    const chat = delivery.chat(name)
    const rota = await delivery.rota()
    await postOnce(delivery, chat, { channel }, () => noticeView(delivery.world, rota, happened, also))
    return paced(delivery, chat)
  },
  lost: () => undefined,
  boundMs: POST_BOUND_MS,
  overdue: () => ({ giveUp: true }),
}

/** Never emptied: while nobody on call is linked on the chat, its group stays as it was. */
const group: DeliveryKind = {
  async send(delivery) {
    const { chat: name, schedule } = as(delivery, 'group')
    const { config, overrides } = delivery.world
    const id = config.groups[schedule]?.[name]
    const known = config.schedules[schedule]
    if (!id || !known) return {}
    const usersOf = (people: readonly PersonId[]) =>
      people.flatMap(person => config.people[person]?.identities[name] ?? [])
    const now = usersOf(onCall(known, overrides, delivery.now).people)
    const others = usersOf(Object.keys(config.people)).filter(user => !now.includes(user))
    if (now.length > 0) await delivery.chat(name).keepGroup(id, now, others)
    return {}
  },
  lost: () => undefined,
  boundMs: POST_BOUND_MS,
  overdue: () => ({ giveUp: false }),
}

export const ROTA_DELIVERIES = { tell, notice, group }
