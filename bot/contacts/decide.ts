/** The rules of the contacts: who may try what, and what a code or a STOP brings about. */
import { type Asked, nameOf, person } from '../incidents/asked.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { ContactWay } from '../words.ts'
import type { ContactCommand, ContactEvent } from './events.ts'
import { type ContactBook, contactState, NO_CONTACTS } from './state.ts'

/** Trials cost money and wake people: one way is tried no oftener than this. */
const AGAIN_AFTER_MS = 60_000

export function decideContacts(
  asked: Asked,
  book: ContactBook = NO_CONTACTS,
  command: ContactCommand,
): readonly ContactEvent[] | Refusal {
  switch (command.do) {
    case 'try_contact':
      return tryContact(asked, book, command.way)
    case 'trial_sent':
    case 'trial_failed': {
      const { do: type, ...contact } = command
      return [{ type, ...contact } as ContactEvent]
    }
    case 'verify_contact': {
      const { do: _, ...contact } = command
      const { verifiedAt } = contactState(book.contacts, contact)
      return verifiedAt === null ? [{ type: 'contact_verified', ...contact }] : []
    }
    case 'stop_contact':
    case 'start_contact': {
      const { do: what, ...contact } = command
      const isStopped = contactState(book.contacts, contact).stoppedAt !== null
      if (isStopped === (what === 'stop_contact')) return []
      return [{ type: what === 'stop_contact' ? 'contact_stopped' : 'contact_started', ...contact }]
    }
    case 'renew_calendar':
      return [{ type: 'calendar_renewed', person: person(asked.actor) }]
  }
}

function tryContact(
  { world, actor, now }: Asked,
  book: ContactBook,
  way: ContactWay,
): readonly ContactEvent[] | Refusal {
  const who = person(actor)
  const address = world.config.people[who]?.contacts[way]
  if (!address)
    return refuse(
      'no_contact',
      `${nameOf(world, who)} has no ${way} contact.`,
      'Give it under your name in `people`, then reload (SIGHUP).',
    )
  if (!world.ways.includes(way))
    return refuse('not_set_up', `${way} is not set up here.`, 'See docs/ways.md for the settings it needs.')
  const contact = { person: who, way, address }
  const { stoppedAt, trialSentAt } = contactState(book.contacts, contact)
  if (stoppedAt !== null)
    return refuse('stopped', `You stopped ${way}.`, `To get messages there again: /oncall start ${way}.`)
  if (trialSentAt !== null && now - trialSentAt < AGAIN_AFTER_MS)
    return refuse('too_soon', 'A test went out less than a minute ago.', 'Wait for it, then try again.')
  return [{ type: 'contact_tried', ...contact }]
}
