/** What is known of people's contacts: the fold of their events. */
import type { Happened } from '../incidents/events.ts'
import type { ContactWay, Instant, PersonId } from '../words.ts'
import type { ContactEvent } from './events.ts'

export type ContactState = {
  /** The number of the last trial; its code is made of it. Null before the first. */
  readonly trial: number | null
  readonly trialSentAt: Instant | null
  readonly verifiedAt: Instant | null
  readonly stoppedAt: Instant | null
  /** Why the last trial did not get through; null when it did. */
  readonly why: string | null
}

/** Person -> contact -> what is known of it. */
export type Contacts = Readonly<Record<PersonId, Readonly<Record<string, ContactState>>>>

export type ContactBook = {
  readonly seq: number
  readonly contacts: Contacts
  /** Person -> how often their calendars' addresses were renewed. */
  readonly calendars: Readonly<Record<PersonId, number>>
}

export const NO_CONTACTS: ContactBook = { seq: 0, contacts: {}, calendars: {} }

export const contactKey = (way: ContactWay, address: string): string => `${way} ${address}`

const UNKNOWN: ContactState = {
  trial: null,
  trialSentAt: null,
  verifiedAt: null,
  stoppedAt: null,
  why: null,
}

export const contactState = (
  contacts: Contacts,
  { person, way, address }: { person: PersonId; way: ContactWay; address: string },
): ContactState => contacts[person]?.[contactKey(way, address)] ?? UNKNOWN

export const foldContacts = (
  events: readonly Happened<ContactEvent>[],
  from: ContactBook | undefined,
): ContactBook | undefined =>
  events.reduce<ContactBook | undefined>((state, happened) => apply(state ?? NO_CONTACTS, happened), from)

function apply(book: ContactBook, { seq, at, event }: Happened<ContactEvent>): ContactBook {
  if (event.type === 'calendar_renewed') {
    const times = (book.calendars[event.person] ?? 0) + 1
    return { ...book, seq, calendars: { ...book.calendars, [event.person]: times } }
  }
  const { person, way, address } = event
  const state = { ...contactState(book.contacts, event), ...changes(event, at, seq) }
  const own = { ...book.contacts[person], [contactKey(way, address)]: state }
  return { ...book, seq, contacts: { ...book.contacts, [person]: own } }
}

type OfContact = Exclude<ContactEvent, { type: 'calendar_renewed' }>

function changes(event: OfContact, at: Instant, seq: number): Partial<ContactState> {
  switch (event.type) {
    case 'contact_tried':
      return { trial: seq, trialSentAt: null, why: null }
    case 'trial_sent':
      return { trialSentAt: at, why: null }
    case 'trial_failed':
      return { why: event.why }
    case 'contact_verified':
      return { verifiedAt: at }
    case 'contact_stopped':
      return { stoppedAt: at }
    case 'contact_started':
      return { stoppedAt: null }
  }
}
