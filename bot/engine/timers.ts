/**
 * All scheduled work on one screen: everything that Tocsin will decide or send, with its key, its lane and its rank. The
 * key carries the meaning, so arming twice is harmless; the rank puts pages before posts before cosmetics (D6, I12).
 */
import type { ActionEvent } from '../actions/events.ts'
import type { Contact } from '../contacts/events.ts'
import type { Untold } from '../digest/digest.ts'
import type { Period } from '../digest/period.ts'
import type { MessageAt } from '../evidence/events.ts'
import type { Happened } from '../incidents/events.ts'
import type { Arm, MessageRef } from '../ports.ts'
import type { ExportName } from '../postmortem/document.ts'
import type { RotaEvent, Stretch } from '../rota/events.ts'
import type { ChatName, IncidentId, Instant, PersonId } from '../words.ts'
import { RANKS } from './ranks.ts'

export type SetupStep = 'topic' | 'pin' | 'bookmark' | 'invite'

export type Work =
  /** A decision: the chain's next rung, or the end of its pass. */
  | { readonly kind: 'rung' }
  /** A decision: a later step of a person's `notify`. */
  | { readonly kind: 'step'; readonly page: number; readonly step: number }
  /** A decision: a page by hand has waited long enough. */
  | { readonly kind: 'window'; readonly page: number }
  /** One copy of a page. */
  | {
      readonly kind: 'page'
      readonly page: number
      readonly step: number
      readonly target: string
      readonly person: PersonId
    }
  /** A copy that may have left before its page ended, though nobody heard that it did: looked for, so that it can be edited. */
  | {
      readonly kind: 'leftover'
      readonly page: number
      readonly step: number
      readonly target: ChatName
      readonly person: PersonId
    }
  /** A rung that is a channel. */
  | {
      readonly kind: 'call'
      readonly chat: ChatName
      readonly channel: string
      /** The event that called it: a chain that begins anew calls it again. */
      readonly called: number
      readonly why: string
    }
  /** A copy of a page that must say that it is over. */
  | { readonly kind: 'copy'; readonly page: number; readonly chat: ChatName; readonly ref: MessageRef }
  /** The incident's own channel. */
  | { readonly kind: 'room'; readonly chat: ChatName }
  /** Posts the card, or edits it to what is true now. */
  | { readonly kind: 'card'; readonly chat: ChatName }
  | {
      readonly kind: 'setup'
      readonly chat: ChatName
      readonly step: SetupStep /** The person invited, or the bookmark's title. */
      readonly of?: string
    }
  /** Says an event in the incident's channel or the team's. */
  | {
      readonly kind: 'post'
      readonly chat: ChatName
      readonly where: 'room' | 'team'
      readonly happened: Happened
    }
  | { readonly kind: 'archive'; readonly chat: ChatName }
  /** Whether it looks like an earlier incident, whose action item is completed. */
  | { readonly kind: 'recall' }
  /** The words of a message that somebody marked. */
  | { readonly kind: 'read'; readonly message: MessageAt }
  /** A page of an incident's channel; `from` is what the chat goes on from. */
  | {
      readonly kind: 'history'
      readonly chat: ChatName
      readonly page: number
      readonly from: string | null
    }
  /** A decision: a schedule changes hands. */
  | { readonly kind: 'shift'; readonly schedule: string }
  /** A decision: the week ahead is looked at. */
  | { readonly kind: 'ahead' }
  /** A word about the rota to the team. */
  | {
      readonly kind: 'notice'
      readonly chat: ChatName
      readonly happened: Happened<RotaEvent>
      /** When the same is so again, found in the same look. */
      readonly also?: readonly Stretch[]
    }
  /** A word about the rota to whom it concerns. */
  | {
      readonly kind: 'tell'
      readonly chat: ChatName
      readonly person: PersonId
      readonly happened: Happened<RotaEvent>
    }
  /** A test message by a way other than chat. */
  | ({ readonly kind: 'trial'; readonly trial: number } & Contact)
  /** A decision: a week is over. */
  | { readonly kind: 'digest' }
  /** The weekly message. `asked`: the event by which somebody asked for it, 0 when its time came. */
  | {
      readonly kind: 'week'
      readonly chat: ChatName
      readonly channel: string
      readonly period: Period
      readonly asked: number
      readonly untold?: readonly Untold[]
    }
  /** A decision: whom to remind of what. */
  | { readonly kind: 'remind' }
  /** A word about an action item, or about all of theirs, to its owner. */
  | {
      readonly kind: 'item'
      readonly chat: ChatName
      readonly person: PersonId
      readonly happened: Happened<ActionEvent>
    }
  /** Action items that are overdue for long, to the team. */
  | { readonly kind: 'overdue'; readonly chat: ChatName; readonly happened: Happened<ActionEvent> }
  /** The issue of an action item says what the item says. */
  | { readonly kind: 'mirror'; readonly item: string }
  /** What changed in the tracker. */
  | { readonly kind: 'reconcile' }
  /** A decision: a post-mortem should have been finished. */
  | { readonly kind: 'unfinished' }
  /** A published post-mortem to where it is exported. */
  | { readonly kind: 'export'; readonly to: ExportName }
  /** A word about post-mortems to whoever is to finish them; to the team's channel when `person` is null. */
  | {
      readonly kind: 'owed'
      readonly chat: ChatName
      readonly person: PersonId | null
      readonly happened: Happened
    }
  /** A decision: whoever acknowledged has said nothing for long. */
  | { readonly kind: 'lapse' }
  /** A question to a system that watches the services. */
  | { readonly kind: 'ask'; readonly source: string }
  /** What the sources said, in the incident's channel. `asked`: the event by which somebody asked for it, 0 when nobody did. */
  | { readonly kind: 'investigation'; readonly chat: ChatName; readonly asked: number }
  /** The chat's group of a schedule has the people on call in it. */
  | { readonly kind: 'group'; readonly chat: ChatName; readonly schedule: string }

export type WorkKind = Work['kind']

export const keyOf = (id: IncidentId, work: Work): string => {
  switch (work.kind) {
    case 'rung':
      return `rung:${id}`
    case 'step':
      return `step:${id}:${work.page}:${work.step}`
    case 'window':
      return `window:${id}:${work.page}`
    case 'leftover':
    case 'page':
      return `${work.kind}:${id}:${work.page}:${work.step}:${work.target}`
    case 'call':
      return `call:${id}:${work.called}:${work.chat}`
    case 'copy':
      return `copy:${id}:${work.chat}:${work.ref.channel}:${work.ref.id}`
    case 'room':
    case 'card':
    case 'archive':
      return `${work.kind}:${id}:${work.chat}`
    case 'setup':
      return `setup:${id}:${work.chat}:${work.step}${work.of ? `:${work.of}` : ''}`
    case 'post':
      return `post:${id}:${work.happened.seq}:${work.chat}:${work.where}`
    case 'recall':
      return `recall:${id}`
    case 'read':
      return `read:${id}:${work.message.chat}:${work.message.channel}:${work.message.id}`
    case 'history':
      return `history:${id}:${work.chat}:${work.page}`
    case 'shift':
      return `shift:${work.schedule}`
    case 'ahead':
      return 'ahead'
    case 'mirror':
      return `mirror:${work.item}`
    case 'reconcile':
    case 'remind':
    case 'digest':
      return work.kind
    case 'week':
      return `week:${work.period.id}:${work.period.to}:${work.chat}:${work.asked}`
    case 'item':
      return `item:${work.happened.seq}:${work.person}`
    case 'export':
      return `export:${id}:${work.to}`
    case 'owed':
      return `owed:${id}:${work.happened.seq}:${work.person ?? 'team'}:${work.chat}`
    case 'overdue':
      return `overdue:${work.happened.seq}:${work.chat}`
    case 'lapse':
    case 'unfinished':
      return `${work.kind}:${id}`
    case 'trial':
      return `trial:${work.person}:${work.way}:${work.trial}`
    case 'notice':
      return `notice:${id}:${work.happened.seq}:${work.chat}`
    case 'tell':
      return `tell:${id}:${work.happened.seq}:${work.chat}:${work.person}`
    case 'group':
      return `group:${work.schedule}:${work.chat}`
    case 'ask':
      return `ask:${id}:${work.source}`
    case 'investigation':
      return `investigation:${id}:${work.chat}:${work.asked}`
  }
}

/** One person's pages by one way: they share their order, their limit and their troubles. */
export const pageLane = ({
  person,
  target,
}: Pick<Extract<Work, { kind: 'page' }>, 'person' | 'target'>): string => `page:${person}:${target}`

/** One person's pages by one way, one channel's posts: each lane keeps its order and delays nobody else. */
function laneOf(id: IncidentId, work: Work, teamChannel: string): string | undefined {
  switch (work.kind) {
    case 'rung':
    case 'step':
    case 'window':
    case 'lapse':
    case 'unfinished':
    case 'remind':
    case 'digest':
    case 'shift':
    case 'ahead':
      return undefined
    case 'overdue':
    case 'notice':
      return `posts:${work.chat}:${teamChannel}`
    case 'page':
      return pageLane(work)
    case 'export':
      return `export:${work.to}`
    case 'owed':
      return `owed:${work.person ?? 'team'}:${work.chat}`
    case 'read':
      return `read:${work.message.chat}`
    case 'history':
      return `read:${work.chat}`
    case 'call':
      return `call:${work.chat}:${work.channel}`
    case 'post':
      return work.where === 'team' ? `posts:${work.chat}:${teamChannel}` : `posts:${work.chat}:${id}`
    default:
      return keyOf(id, work)
  }
}

/** How long a card waits for the next change, so that a burst is one edit. */
export const CARD_PAUSE_MS = 1000

export function arm(id: IncidentId, work: Work, dueAt: Instant, teamChannel = ''): Arm {
  const { kind, ...data } = work
  const lane = laneOf(id, work, teamChannel)
  return {
    key: keyOf(id, work),
    kind,
    stream: id,
    dueAt,
    data,
    rank: RANKS[kind],
    ...(lane === undefined ? {} : { lane }),
    ...(kind === 'card' || kind === 'investigation' ? { keepEarlier: true } : {}),
  }
}

/** The traceparent that a stored timer was armed under. */
export const traceOf = (timer: { readonly data: unknown }): string | undefined =>
  (timer.data as { trace?: string }).trace

/** The work of a stored timer. */
export const workOf = (timer: { readonly kind: string; readonly data: unknown }): Work =>
  ({ kind: timer.kind, ...(timer.data as object) }) as Work
