/**
 * What a stream can be: an incident, the rota, or people's contacts. Each kind brings its fold, its rules and what follows from its events;
 * the engine treats them alike.
 */
import type { Told } from '../answers.ts'
import { decideContacts } from '../contacts/decide.ts'
import type { ContactCommand, ContactEvent } from '../contacts/events.ts'
import { type ContactBook, foldContacts } from '../contacts/state.ts'
import type { Asked } from '../incidents/asked.ts'
import type { IncidentCommand } from '../incidents/commands.ts'
import { decide } from '../incidents/decide.ts'
import type { Happened, IncidentEvent } from '../incidents/events.ts'
import { fold } from '../incidents/fold.ts'
import type { Incident } from '../incidents/state.ts'
import { sameSummary, summaryOf } from '../incidents/summary.ts'
import type { Change } from '../ports.ts'
import type { Refusal } from '../refusal.ts'
import type { RotaCommand } from '../rota/commands.ts'
import { decideRota } from '../rota/decide.ts'
import type { RotaEvent } from '../rota/events.ts'
import { foldRota, type Rota } from '../rota/state.ts'
import type { IncidentId } from '../words.ts'
import type { World } from '../world.ts'
import { contactsReactions, type Effects, type Moment, reactions, rotaReactions } from './reactions.ts'

type Entity = { readonly seq: number }

export type Kind<S extends Entity, C, E extends { readonly type: string }> = {
  /** `undefined` before the first event. */
  fold(stream: string, events: readonly Happened<E>[], from: S | undefined): S | undefined
  decide(asked: Asked, before: S | undefined, command: C): readonly E[] | Refusal
  react(stream: string, moment: Moment<S, E>): Effects
  /** The rows that are kept beside the events. */
  rows(before: S | undefined, after: S): Pick<Change, 'summary' | 'changesSettings'>
  /** What of the world it is, for the kinds that change the settings. */
  settings?(state: S): Partial<World>
}

/** The one stream of shifts and overrides. */
export const ROTA = 'rota'
/** The one stream of people's ways other than chat. */
export const CONTACTS = 'contacts'
/** The streams that the settings are made of, beside the configuration. */
export const SETTINGS = [ROTA, CONTACTS] as const

type AskOf<Stream extends string, C, S, E> = {
  readonly stream: Stream
  readonly command: C
  /** What to say; kept with the cause, so that a redelivery hears the same. */
  readonly reply?: (told: Told<S, E>) => unknown
}
export type IncidentAsk = AskOf<IncidentId | 'new', IncidentCommand, Incident, IncidentEvent>
export type RotaAsk = AskOf<typeof ROTA, RotaCommand, Rota, RotaEvent>
export type ContactAsk = AskOf<typeof CONTACTS, ContactCommand, ContactBook, ContactEvent>
export type AnyAsk = IncidentAsk | RotaAsk | ContactAsk

const incidents: Kind<Incident, IncidentCommand, IncidentEvent> = {
  fold,
  decide,
  react: reactions,
  rows(before, after) {
    const summary = summaryOf(after)
    return before && sameSummary(summaryOf(before), summary) ? {} : { summary }
  },
}

const rota: Kind<Rota, RotaCommand, RotaEvent> = {
  fold: (_, events, from) => foldRota(events, from),
  decide: decideRota,
  react: rotaReactions,
  rows: (before, after) => (before?.overrides === after.overrides ? {} : { changesSettings: true }),
  settings: ({ overrides }) => ({ overrides }),
}

const contacts: Kind<ContactBook, ContactCommand, ContactEvent> = {
  fold: (_, events, from) => foldContacts(events, from),
  decide: decideContacts,
  react: contactsReactions,
  rows: () => ({ changesSettings: true }),
  settings: book => ({ contacts: book.contacts }),
}

const SINGLE: Readonly<Record<string, unknown>> = { [ROTA]: rota, [CONTACTS]: contacts }

/** Any kind, to whoever treats them alike: a stream is only ever folded and decided by its own. */
export type AnyKind = Kind<Entity, unknown, { readonly type: string }>
export const kindOf = (stream: string): AnyKind => (SINGLE[stream] ?? incidents) as AnyKind
export const isIncident = (stream: string): boolean => SINGLE[stream] === undefined
