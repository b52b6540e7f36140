/** What every delivery to a chat needs: posting once however doubtful the last attempt, keeping the pace, knowing who is who. */
import type { Message } from '../message.ts'
import { type Chat, ChatFailure, type MessageRef, type Place } from '../ports.ts'
import type { ChatName, PersonId } from '../words.ts'
import type { Delivery, Done } from './deliver.ts'
import { isIncident } from './kinds.ts'
import type { Work, WorkKind } from './timers.ts'

/** After this long a post or an edit that is not getting through is given up, and that is said: a chat's outage ends before. */
export const POST_BOUND_MS = 24 * 60 * 60_000
/** How far before the first attempt to look: a machine whose clock is wrong is mostly wrong by its zone. */
export const LOOK_BACK_MS = 24 * 60 * 60_000

type Of<K extends WorkKind> = Extract<Work, { kind: K }>
/** The work of a delivery, by one who knows of which kind it is. */
export function as<K extends WorkKind>({ work }: Delivery, kind: K): Of<K> {
  if (work.kind !== kind) throw new Error(`bug: ${work.kind} is delivered as ${kind}`)
  return work as Of<K>
}

/**
 * What a message is known by outside. A database that was restored gives numbers again: with the instant of its incident no message
 * of an older one is taken for it.
 */
export const messageKey = (delivery: Delivery, key = delivery.timer.key): string =>
  isIncident(delivery.timer.stream) ? `${key}@${delivery.incident.declaredAt.toString(36)}` : key

/** Posts once: after a doubtful attempt it looks first. A failed look is no reason to lose a page. */
export async function postOnce(
  delivery: Delivery,
  chat: Chat,
  to: Place,
  message: (repeat: boolean) => Message,
): Promise<MessageRef> {
  const key = messageKey(delivery)
  if (!delivery.timer.doubt) return chat.post(to, message(false), key)
  const found = await lookFor(delivery, chat, to)
  return typeof found === 'object' ? found : chat.post(to, message(found === 'unknown'), key)
}

/** A page. Looking may take seconds; whoever acknowledged in them keeps it from leaving (I6). */
export async function callOnce(
  delivery: Delivery,
  chat: Chat,
  to: Place,
  message: (repeat: boolean) => Message,
): Promise<MessageRef | undefined> {
  const key = messageKey(delivery)
  if (!delivery.timer.doubt) return chat.post(to, message(false), key)
  const found = await lookFor(delivery, chat, to)
  if (typeof found === 'object') return found
  const present = await delivery.other(delivery.incident.id)
  const isOver = present?.pages[as(delivery, 'page').page - 1]?.ended !== null
  return isOver ? undefined : chat.post(to, message(found === 'unknown'), key)
}

/** Where what a doubtful attempt sent is; undefined when it did not arrive. */
async function lookFor(
  delivery: Delivery,
  chat: Chat,
  to: Place,
): Promise<MessageRef | 'unknown' | undefined> {
  const since = (delivery.timer.firstAttemptAt ?? delivery.now) - LOOK_BACK_MS
  return chat.find(to, messageKey(delivery), since).catch(error => lookFailed(delivery, error))
}

function lookFailed({ work }: Delivery, error: unknown): 'unknown' {
  if (work.kind === 'page' && error instanceof ChatFailure) return 'unknown'
  throw error
}

export const paced = ({ now }: Delivery, chat: Chat): Pick<Done, 'laneFreeAt'> =>
  chat.traits.paceMs > 0 ? { laneFreeAt: now + chat.traits.paceMs } : {}

export function userOn(delivery: Delivery, chat: ChatName, person: PersonId): string {
  const user = delivery.world.config.people[person]?.identities[chat]
  if (user === undefined) throw new ChatFailure('never', 'not_linked', `${person} is not linked on ${chat}`)
  return user
}
