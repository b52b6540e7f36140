/** What follows when somebody wants words of a chat kept: they are read, a message or a page at a time, whenever the chat lets us. */
import type { Effect, Reaction } from '../engine/reactions.ts'

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

export const evidenceReactions: readonly Reaction[] = [readMarked, readHistory]
