/**
 * What follows when somebody wants words of a chat kept: they are read, a message or a page at a time, whenever the chat lets us.
 * And what is compared once an incident is there.
 */
import type { Effect, Reaction } from '../engine/reactions.ts'
import { isReal } from '../incidents/state.ts'

const readMarked: Reaction = ({ happened, now }) =>
  happened.flatMap(({ event }): readonly Effect[] =>
    event.type === 'message_marked' ? [{ arm: { kind: 'read', message: event.message }, at: now }] : [],
  )

const readHistory: Reaction = ({ happened, now }) =>
  happened.flatMap(({ event }): readonly Effect[] => {
    if (event.type === 'history_asked')
      return [{ arm: { kind: 'history', chat: event.chat, page: 1, from: null }, at: now }]
    if (event.type !== 'history_read' || event.next === null) return []
    const { chat, page, next } = event
    return [{ arm: { kind: 'history', chat, page: page + 1, from: next }, at: now }]
  })

const recall: Reaction = ({ after, happened, now }) =>
  isReal(after) && happened.some(({ event }) => event.type === 'declared')
    ? [{ arm: { kind: 'recall' }, at: now }]
    : []

/** A channel that opens after it was found hears of it as well. */
const tellLater: Reaction = ({ before, happened, now }) =>
  happened.flatMap(({ event }): readonly Effect[] =>
    event.type === 'room_opened' && before?.recurrence
      ? [{ arm: { kind: 'post', chat: event.chat, where: 'room', happened: before.recurrence }, at: now }]
      : [],
  )

export const evidenceReactions: readonly Reaction[] = [readMarked, readHistory, recall, tellLater]
