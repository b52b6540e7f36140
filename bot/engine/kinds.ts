/**
 * What a stream can be: an incident, the rota, or people's contacts. Each kind brings its fold, its rules and what follows from its events;
 * the engine treats them alike.
 */
import { decideActions } from '../actions/decide.ts'
import type { ActionCommand, ActionEvent } from '../actions/events.ts'
import { type Actions, foldActions } from '../actions/state.ts'
import type { Told } from '../answers.ts'
import { decideContacts } from '../contacts/decide.ts'
import type { ContactCommand, ContactEvent } from '../contacts/events.ts'
import { type ContactBook, foldContacts } from '../contacts/state.ts'
import {
  type DigestCommand,
  type DigestEvent,
  type DigestState,
  decideDigest,
  foldDigest,
} from '../digest/digest.ts'
import type { Asked } from '../incidents/asked.ts'
import type { IncidentCommand } from '../incidents/commands.ts'
import { decide } from '../incidents/decide.ts'
import type { Happened, IncidentEvent } from '../incidents/events.ts'
import { fold } from '../incidents/fold.ts'
import { type Incident, isOpen } from '../incidents/state.ts'
import { sameSummary, summaryOf } from '../incidents/summary.ts'
import {
  decideIngested,
  foldIngested,
  type IngestedCommand,
  type IngestedEvent,
  type IngestedState,
} from '../ingested/ingested.ts'
import type { Change } from '../ports.ts'
import type { Refusal } from '../refusal.ts'
import type { RotaCommand } from '../rota/commands.ts'
import { decideRota } from '../rota/decide.ts'
import type { RotaEvent } from '../rota/events.ts'
import { foldRota, type Rota } from '../rota/state.ts'
import {
  decideSessions,
  foldSessions,
  type SessionCommand,
  type SessionEvent,
  type Sessions,
} from '../sessions/sessions.ts'
import type { IncidentId } from '../words.ts'
import type { World } from '../world.ts'
import type { Entity } from './kept.ts'
import {
  actionsReactions,
  contactsReactions,
  type Effects,
  type Moment,
  reactions,
  rotaReactions,
  weeklyReactions,
} from './reactions.ts'

export type Kind<S extends Entity, C, E extends { readonly type: string }> = {
  /** `undefined` before the first event. */
  fold(stream: string, events: readonly Happened<E>[], from: S | undefined): S | undefined
  decide(asked: Asked, before: S | undefined, command: C): readonly E[] | Refusal
  react(stream: string, moment: Moment<S, E>): Effects
  /** The rows that are kept beside the events. */
  rows(before: S | undefined, after: S): Pick<Change, 'summary' | 'changesSettings' | 'groupKey'>
}

/** The one stream of shifts and overrides. */
export const ROTA = 'rota'
/** The one stream of people's ways other than chat. */
export const CONTACTS = 'contacts'
/** The one stream of changes, and of alerts that belong to no incident. */
export const INGESTED = 'ingested'
/** The one stream of weekly messages. */
export const DIGEST = 'digest'
/** The one stream of action items. */
export const ACTIONS = 'actions'
/** The one stream of who is signed in to the web pages. */
export const SESSIONS = 'sessions'
/** The streams that the settings are made of, beside the configuration. */
export const SETTINGS = [ROTA, CONTACTS] as const

/** What of the world these streams are; nothing where they have not begun. */
export function settingsIn(found: ReadonlyMap<string, Entity | undefined>): Partial<World> {
  const rota = found.get(ROTA) as Rota | undefined
  const book = found.get(CONTACTS) as ContactBook | undefined
  return { ...(rota && { overrides: rota.overrides }), ...(book && { contacts: book.contacts }) }
}

type AskOf<Stream extends string, C, S, E> = {
  readonly stream: Stream
  readonly command: C
  /** What to say; kept with the cause, so that a redelivery hears the same. */
  readonly reply?: (told: Told<S, E>) => unknown
}
export type IncidentAsk = AskOf<IncidentId | 'new', IncidentCommand, Incident, IncidentEvent> & {
  /** With a declaration: the group that it claims, and what is asked of the incident that holds it already. */
  readonly group?: { readonly key: string; readonly join: IncidentCommand }
}
export type RotaAsk = AskOf<typeof ROTA, RotaCommand, Rota, RotaEvent>
export type ContactAsk = AskOf<typeof CONTACTS, ContactCommand, ContactBook, ContactEvent>
export type IngestedAsk = AskOf<typeof INGESTED, IngestedCommand, IngestedState, IngestedEvent>
export type ActionAsk = AskOf<typeof ACTIONS, ActionCommand, Actions, ActionEvent>
export type DigestAsk = AskOf<typeof DIGEST, DigestCommand, DigestState, DigestEvent>
export type SessionAsk = AskOf<typeof SESSIONS, SessionCommand, Sessions, SessionEvent>
export type AnyAsk = IncidentAsk | RotaAsk | ContactAsk | IngestedAsk | ActionAsk | DigestAsk | SessionAsk

const incidents: Kind<Incident, IncidentCommand, IncidentEvent> = {
  fold,
  decide,
  react: reactions,
  rows(before, after) {
    const summary = summaryOf(after)
    if (before && sameSummary(summaryOf(before), summary)) return {}
    // A closed incident lets its group of alerts go: the next one is another incident.
    return before && isOpen(before) && !isOpen(after) ? { summary, groupKey: null } : { summary }
  },
}

const rota: Kind<Rota, RotaCommand, RotaEvent> = {
  fold: (_, events, from) => foldRota(events, from),
  decide: decideRota,
  react: rotaReactions,
  rows: (before, after) => (before?.overrides === after.overrides ? {} : { changesSettings: true }),
}

const contacts: Kind<ContactBook, ContactCommand, ContactEvent> = {
  fold: (_, events, from) => foldContacts(events, from),
  decide: decideContacts,
  react: contactsReactions,
  rows: () => ({ changesSettings: true }),
}

const ingested: Kind<IngestedState, IngestedCommand, IngestedEvent> = {
  fold: (_, events, from) => foldIngested(events, from),
  decide: decideIngested,
  react: () => ({ arm: [], disarm: [] }),
  rows: () => ({}),
}

const actions: Kind<Actions, ActionCommand, ActionEvent> = {
  fold: (_, events, from) => foldActions(events, from),
  decide: decideActions,
  react: actionsReactions,
  rows: () => ({}),
}

const digest: Kind<DigestState, DigestCommand, DigestEvent> = {
  fold: (_, events, from) => foldDigest(events, from),
  decide: decideDigest,
  react: weeklyReactions,
  rows: () => ({}),
}

const sessions: Kind<Sessions, SessionCommand, SessionEvent> = {
  fold: (_, events, from) => foldSessions(events, from),
  decide: decideSessions,
  react: () => ({ arm: [], disarm: [] }),
  rows: () => ({}),
}

const SINGLE: Readonly<Record<string, unknown>> = {
  [ROTA]: rota,
  [CONTACTS]: contacts,
  [INGESTED]: ingested,
  [ACTIONS]: actions,
  [DIGEST]: digest,
  [SESSIONS]: sessions,
}

/** Any kind, to whoever treats them alike: a stream is only ever folded and decided by its own. */
export type AnyKind = Kind<Entity, unknown, { readonly type: string }>
export const kindOf = (stream: string): AnyKind => (SINGLE[stream] ?? incidents) as AnyKind
export const isIncident = (stream: string): boolean => SINGLE[stream] === undefined
