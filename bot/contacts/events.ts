/** What happens to people's ways other than chat: tested, confirmed, stopped. Types are only ever added to. */
import type { ContactWay, PersonId } from '../words.ts'

/** One way of one person, at the address that the configuration gave it then: another address is another contact. */
export type Contact = { readonly person: PersonId; readonly way: ContactWay; readonly address: string }

export type ContactEvent =
  /** A trial with a code was asked for; its number is the event's. */
  | ({ readonly type: 'contact_tried' } & Contact)
  | ({ readonly type: 'trial_sent' } & Contact)
  | ({ readonly type: 'trial_failed'; readonly why: string } & Contact)
  /** The code came back: whoever holds the address is the person. */
  | ({ readonly type: 'contact_verified' } & Contact)
  /** Its holder wants no more messages there, until they start it again. */
  | ({ readonly type: 'contact_stopped' } & Contact)
  | ({ readonly type: 'contact_started' } & Contact)
  /** The secret addresses of somebody's calendars hold no more; new ones do. */
  | { readonly type: 'calendar_renewed'; readonly person: PersonId }

/** What can be asked of the contacts. Codes are checked where they come in. */
export type ContactCommand =
  | { readonly do: 'try_contact'; readonly way: ContactWay }
  | ({ readonly do: 'trial_sent' } & Contact)
  | ({ readonly do: 'trial_failed'; readonly why: string } & Contact)
  | ({ readonly do: 'verify_contact' } & Contact)
  | ({ readonly do: 'stop_contact' } & Contact)
  | ({ readonly do: 'start_contact' } & Contact)
  | { readonly do: 'renew_calendar' }
