/**
 * How each kind of work leaves: what is sent, rendered from what is true now, and what a success or a failure is worth. The
 * table is the whole list; decisions are not in it.
 */
import { card, roomName, topic } from '../incidents/card.ts'
import type { ResultCommand } from '../incidents/commands.ts'
import { linksOf, teamChannelOn } from '../incidents/places.ts'
import type { Page } from '../incidents/state.ts'
import { BROKEN } from '../pages/drill.ts'
import { pageText, trialSubject, trialText } from '../pages/text.ts'
import { callView, mentionedPage, pageView } from '../pages/view.ts'
import { CANNOT_DM, ChatFailure } from '../ports.ts'
import { formatDuration } from '../schedules/duration.ts'
import { clockTime } from '../timeline/plain.ts'
import type { ChatName, ContactWay } from '../words.ts'
import { ACTION_DELIVERIES } from './action-deliveries.ts'
import type { Delivery, DeliveryKind, Done } from './deliver.ts'
import { DIGEST_DELIVERIES } from './digest-deliveries.ts'
import { EVIDENCE_DELIVERIES } from './evidence-deliveries.ts'
import { exporting } from './export-deliveries.ts'
import { post, postFailed } from './post-deliveries.ts'
import { as, callOnce, LOOK_BACK_MS, messageKey, POST_BOUND_MS, paced, postOnce, userOn } from './posting.ts'
import { POSTMORTEM_DELIVERIES } from './postmortem-deliveries.ts'
import { ROTA_DELIVERIES } from './rota-deliveries.ts'
import { SOURCE_DELIVERIES } from './source-deliveries.ts'
import { keyOf, pageLane, type WorkKind } from './timers.ts'

/** After this long a page that is not getting through makes way for the next step or rung; it is itself tried on. */
const PAGE_BOUND_MS = 30_000
const SETUP_BOUND_MS = 10 * 60_000

/** Where the incident lives on a chat: its own channel, or the team's where it could not have one. */
function homeOf({ incident, world }: Delivery, chat: ChatName): string {
  const home = incident.rooms[chat]?.channel ?? teamChannelOn(world, chat)
  if (home === undefined)
    throw new ChatFailure('never', 'no_channel', `there is no channel for ${incident.id} on ${chat}`)
  return home
}

const page: DeliveryKind = {
  async send(delivery) {
    const { incident, world, timer } = delivery
    const { page: number, step, target, person } = as(delivery, 'page')
    const called = incident.pages[number - 1]
    if (!called || called.ended !== null) return {}
    const way = called.steps[step]?.by
    if (way && incident.broken?.includes(way)) throw new ChatFailure('never', 'drill', BROKEN)
    const view = (repeat: boolean) => pageView(world, incident, called, repeat)
    const sent = {
      do: 'page_sent' as const,
      page: number,
      step,
      target,
      attemptedAt: timer.firstAttemptAt ?? delivery.now,
      acceptedAt: delivery.now,
      linked: incident.rooms[target]?.channel != null,
    }
    if (way !== undefined && way !== 'chat') {
      return byWay(delivery, called, way, sent)
    }
    const chat = delivery.chat(target)
    try {
      const ref = await callOnce(delivery, chat, { user: userOn(delivery, target, person) }, view)
      return ref ? { record: { ...sent, ref }, ...paced(delivery, chat) } : {}
    } catch (error) {
      if (!(error instanceof ChatFailure) || error.reason !== CANNOT_DM) throw error
      const channel = homeOf(delivery, target)
      const ref = await callOnce(delivery, chat, { channel }, repeat => mentionedPage(person, view(repeat)))
      return ref ? { record: { ...sent, ref, instead: error.say }, ...paced(delivery, chat) } : {}
    }
  },
  lost: (delivery, failure) => pageFailed(delivery, failure, true),
  boundMs: PAGE_BOUND_MS,
  overdue(delivery, failure) {
    const { page: number, step, target } = as(delivery, 'page')
    const known = delivery.incident.pages[number - 1]?.steps[step]?.late.includes(target)
    return known ? { giveUp: false } : { record: pageFailed(delivery, failure, false), giveUp: false }
  },
}

const leftover: DeliveryKind = {
  async send(delivery) {
    const { incident, timer } = delivery
    const { kind: _, ...about } = as(delivery, 'leftover')
    const { page: number, step, target, person } = about
    const ended = incident.pages[number - 1]
    if (!ended || ended.copies.some(copy => copy.step === step && copy.chat === target)) return {}
    const user = userOn(delivery, target, person)
    const key = messageKey(delivery, keyOf(timer.stream, { kind: 'page', ...about }))
    const ref = await delivery.chat(target).find({ user }, key, ended.startedAt - LOOK_BACK_MS)
    if (!ref) return {}
    const sent = { do: 'page_sent' as const, page: number, step, target, acceptedAt: delivery.now }
    return { record: { ...sent, ref, linked: true } }
  },
  lost: () => undefined,
  boundMs: POST_BOUND_MS,
  overdue: () => ({ giveUp: true }),
}

/** By SMS, voice and the like: within the person's limit, and with what else waits for it. */
async function byWay(
  delivery: Delivery,
  called: Page,
  way: ContactWay,
  sent: Omit<Extract<ResultCommand, { do: 'page_sent' }>, 'ref'>,
): Promise<Done> {
  const { incident, world, timer, now, storm } = delivery
  const work = as(delivery, 'page')
  const { page: number, step, target, person } = work
  const to = world.config.people[person]?.contacts[way]
  const pager = delivery.pager(way)
  if (!pager || !to) throw new ChatFailure('never', 'not_set_up', `${way} is not set up for ${person}`)
  const lane = pageLane(work)
  const told = storm.toldWith(timer.key)
  if (told) return { record: { ...sent, ref: null, instead: `told of in the message about ${told}` } }
  const about = { incident: incident.id, service: incident.service }
  const until = storm.until(lane, timer.key, about, world.config.limits[way], now)
  if (until !== undefined) {
    // It has left as often as it may and nothing was heard: it is not held, it is not getting through.
    const silent = new ChatFailure('doubt', 'unheard', `nothing is heard of what was sent by ${way}`)
    if (timer.doubt) return { heldUntil: until, ...optional(page.overdue(delivery, silent).record) }
    const why = `held for ${formatDuration(until - now)} by your ${way} limit`
    return { heldUntil: until, record: { do: 'page_held', page: number, step, target, until, why } }
  }
  const beside = storm.beside(lane, timer.key, about)
  const text = pageText(delivery, incident, called, { repeat: timer.doubt, beside })
  await pager.page(to, text, messageKey(delivery)).catch(failure => {
    // What did not leave does not count: the next try is the incident's first page still.
    if (failure instanceof ChatFailure && failure.kind === 'doubt') storm.left(lane, timer.key, about, now)
    throw failure
  })
  storm.left(lane, timer.key, about, now)
  return { record: { ...sent, ref: null } }
}

/** A test of one way: its code comes back by the same way, by a link, or typed into a chat. */
const trial: DeliveryKind = {
  async send(delivery) {
    const { kind: _, trial: number, ...contact } = as(delivery, 'trial')
    const pager = delivery.pager(contact.way)
    if (!pager) throw new ChatFailure('never', 'not_set_up', `${contact.way} is not set up here`)
    const subject = trialSubject(contact.person, contact.way, number)
    await pager.page(
      contact.address,
      trialText(delivery.signer, subject, delivery.timer.doubt),
      delivery.timer.key,
    )
    return { record: { do: 'trial_sent', ...contact } }
  },
  lost: trialFailed,
  boundMs: PAGE_BOUND_MS,
  overdue: (delivery, failure) => ({ record: trialFailed(delivery, failure), giveUp: true }),
}

function trialFailed(delivery: Delivery, { say }: ChatFailure) {
  const { person, way, address } = as(delivery, 'trial')
  return { do: 'trial_failed' as const, person, way, address, why: say }
}

function pageFailed(delivery: Delivery, failure: ChatFailure, final: boolean) {
  const { page: number, step, target } = as(delivery, 'page')
  return { do: 'page_failed' as const, page: number, step, target, why: failure.say, final }
}

const copy: DeliveryKind = {
  async send(delivery) {
    const { page: number, chat: name, ref } = as(delivery, 'copy')
    const ended = delivery.incident.pages[number - 1]
    if (!ended) return {}
    const view = pageView(delivery.world, delivery.incident, ended, false)
    const mention = ended.copies.some(each => each.chat === name && each.ref.id === ref.id && each.mention)
    await delivery.chat(name).edit(ref, mention ? mentionedPage(ended.person, view) : view)
    return {}
  },
  lost(delivery, failure) {
    const { page: number, chat } = as(delivery, 'copy')
    return { do: 'copy_failed', page: number, chat, why: failure.say }
  },
  boundMs: POST_BOUND_MS,
  overdue: (delivery, failure) => ({ ...optional(copy.lost(delivery, failure)), giveUp: true }),
}

const call: DeliveryKind = {
  async send(delivery) {
    const { chat: name, channel, why } = as(delivery, 'call')
    const chat = delivery.chat(name)
    await postOnce(delivery, chat, { channel }, () => callView(delivery.incident, why))
    return paced(delivery, chat)
  },
  lost: (delivery, failure) =>
    postFailed(as(delivery, 'call').chat, `the call to ${as(delivery, 'call').channel}`, failure),
  boundMs: POST_BOUND_MS,
  overdue: (delivery, failure) => ({ ...optional(call.lost(delivery, failure)), giveUp: true }),
}

const optional = (record: Done['record']): Pick<Done, 'record'> => (record === undefined ? {} : { record })

const room: DeliveryKind = {
  async send(delivery) {
    const { chat: name } = as(delivery, 'room')
    const { incident, world } = delivery
    if (incident.rooms[name]?.channel) return {}
    const day = clockTime(world, incident.declaredAt).slice(0, 10).replaceAll('-', '')
    const opened = await delivery.chat(name).openRoom(roomName(day, incident), messageKey(delivery))
    return { record: { do: 'room_opened', chat: name, ...opened } }
  },
  lost: (delivery, failure) => ({ do: 'room_failed', chat: as(delivery, 'room').chat, why: failure.say }),
  boundMs: SETUP_BOUND_MS,
  overdue: () => ({ giveUp: false }),
}

const cardDelivery: DeliveryKind = {
  async send(delivery) {
    const { chat: name } = as(delivery, 'card')
    const { incident, world } = delivery
    const chat = delivery.chat(name)
    const posted = incident.rooms[name]?.card
    const message = card(world, incident)
    if (posted) {
      await chat.edit(posted, message)
      return {}
    }
    const ref = await postOnce(delivery, chat, { channel: homeOf(delivery, name) }, () => message)
    return { record: { do: 'card_posted', chat: name, ref, shows: incident.seq } }
  },
  lost: (delivery, failure) => ({
    do: 'setup_failed',
    chat: as(delivery, 'card').chat,
    step: 'card',
    why: failure.say,
  }),
  boundMs: SETUP_BOUND_MS,
  overdue: () => ({ giveUp: false }),
}

const setup: DeliveryKind = {
  async send(delivery) {
    const { chat: name, step, of } = as(delivery, 'setup')
    const { incident, world } = delivery
    const place = incident.rooms[name]
    if (!place?.channel) return {}
    const chat = delivery.chat(name)
    if (step === 'topic') await chat.setTopic(place.channel, topic(world, incident))
    if (step === 'pin' && place.card) await chat.pin(place.card)
    const link = step === 'bookmark' && of ? linksOf(world, incident)[of] : undefined
    if (link && of) await chat.bookmark(place.channel, of, link)
    if (step === 'invite' && of) await chat.invite(place.channel, userOn(delivery, name, of))
    return {}
  },
  lost(delivery, failure) {
    const { chat, step, of } = as(delivery, 'setup')
    return { do: 'setup_failed', chat, step: of ? `${step}:${of}` : step, why: failure.say }
  },
  boundMs: SETUP_BOUND_MS,
  overdue: (delivery, failure) => ({ ...optional(setup.lost(delivery, failure)), giveUp: true }),
}

const archive: DeliveryKind = {
  lost: () => undefined,
  boundMs: SETUP_BOUND_MS,
  overdue: () => ({ giveUp: false }),
  async send(delivery) {
    const { chat } = as(delivery, 'archive')
    const place = delivery.incident.rooms[chat]
    if (place?.channel && delivery.incident.closedAt !== null)
      await delivery.chat(chat).archive(place.channel)
    return {}
  },
}

export const DELIVERIES: Readonly<Partial<Record<WorkKind, DeliveryKind>>> = {
  page,
  copy,
  leftover,
  call,
  room,
  card: cardDelivery,
  setup,
  post,
  archive,
  trial,
  ...ROTA_DELIVERIES,
  ...ACTION_DELIVERIES,
  ...DIGEST_DELIVERIES,
  ...POSTMORTEM_DELIVERIES,
  export: exporting,
  ...EVIDENCE_DELIVERIES,
  ...SOURCE_DELIVERIES,
}
