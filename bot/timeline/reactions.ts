/**
 * What is said aloud, and where: the list decides which events become posts in the incident's channel and in the team's.
 * A post is armed only where the place is there; what happened before the channel opened is on the card and in the timeline, and
 * told once in one message when that was long before. An incident that could have no channel is told of in the team's.
 */
import type { Effect, Reaction } from '../engine/reactions.ts'
import type { Happened } from '../incidents/events.ts'
import { homesOf, teamChannelOn } from '../incidents/places.ts'
import type { Incident } from '../incidents/state.ts'

/** A post so much later than what it says would be read as news. */
export const LATE_AFTER_MS = 5 * 60_000

/** With more of them a channel hears of the first ones and of the last one's end; the timeline has all. */
const TOLD_ALERTS = 10

/** Events that the incident's own channel hears. */
export function forRoom(event: Happened['event'], after: Incident): boolean {
  switch (event.type) {
    case 'acknowledged':
    case 'unacknowledged':
    case 'chain_exhausted':
    case 'severity_changed':
    case 'duty_taken':
    case 'update_posted':
    case 'paged_by_hand':
    case 'page_unanswered':
    case 'page_answered':
    case 'stood_aside':
    case 'ack_questioned':
    case 'ack_renewed':
    case 'ack_expired':
    case 'page_held':
    case 'postmortem_drafted':
    case 'postmortem_reviewed':
    case 'postmortem_published':
    case 'postmortem_given':
    case 'postmortem_waived':
    case 'postmortem_resumed':
    case 'export_done':
    case 'export_failed':
    case 'joined':
    case 'message_lost':
    case 'history_ended':
    case 'recurrence_seen':
      return true
    // That a chat gives no words is said with the first message that it holds back.
    case 'note_added':
      return (
        event.from?.withheld !== undefined &&
        Object.values(after.messages).filter(mark => mark.bare).length === 1
      )
    case 'status_changed':
      // What brought it about says so itself.
      return !(
        (event.to === 'responding' && after.acked?.at === after.updatedAt) ||
        (event.to === 'postmortem' && after.postmortem?.publishedAt === after.updatedAt)
      )
    case 'alert_fired':
      return event.alert.status === 'firing' && Object.keys(after.alerts).length <= TOLD_ALERTS
    case 'alert_resolved':
      return event.left === 0 || Object.keys(after.alerts).length <= TOLD_ALERTS
    case 'rung_paged':
      return event.pass > 1 || event.rung > 1 || event.lateMs > 0
    case 'rung_skipped':
      return event.person === null
    case 'page_failed':
      return true
    default:
      return false
  }
}

/** Events that the whole team hears. */
function forTeam(event: Happened['event']): boolean {
  switch (event.type) {
    case 'declared':
    case 'chain_exhausted':
    case 'acknowledged':
    case 'ack_expired':
    case 'postmortem_published':
    case 'postmortem_waived':
    case 'room_failed':
      return true
    case 'severity_changed':
      return event.to < event.from
    case 'status_changed':
      return (
        event.to === 'resolved' ||
        event.to === 'closed' ||
        (event.from === 'closed' && event.to !== 'postmortem') ||
        event.from === 'postmortem'
      )
    default:
      return false
  }
}

const posts: Reaction = ({ world, after, happened, now }) =>
  happened.flatMap(each =>
    homesOf(world).flatMap(({ name: chat }): readonly Effect[] => {
      const home = after.rooms[chat]
      const room = home?.channel != null && forRoom(each.event, after)
      // Without a channel of its own it lives in the team's, which then hears all of it.
      const heard = forTeam(each.event) || (home?.channel === null && forRoom(each.event, after))
      const team = heard && teamChannelOn(world, chat) !== undefined
      return [
        ...(room
          ? [{ arm: { kind: 'post' as const, chat, where: 'room' as const, happened: each }, at: now }]
          : []),
        ...(team
          ? [{ arm: { kind: 'post' as const, chat, where: 'team' as const, happened: each }, at: now }]
          : []),
      ]
    }),
  )

/** A channel that opens late is told what it missed. */
const lateRooms: Reaction = ({ after, happened, now }) =>
  happened.flatMap((each): readonly Effect[] =>
    each.event.type === 'room_opened' && now - after.declaredAt > LATE_AFTER_MS
      ? [{ arm: { kind: 'post', chat: each.event.chat, where: 'room', happened: each }, at: now }]
      : [],
  )

export const postReactions: readonly Reaction[] = [posts, lateRooms]
