/** The ways to reach somebody besides chat: tried, confirmed, stopped and started, and how their owner reads it. */
import { expect, test } from 'vitest'
import { decideContacts } from '../../../bot/contacts/decide.ts'
import type { ContactCommand, ContactEvent } from '../../../bot/contacts/events.ts'
import { contactReactions } from '../../../bot/contacts/reactions.ts'
import { type ContactBook, foldContacts, NO_CONTACTS } from '../../../bot/contacts/state.ts'
import { contactsView, describeContact } from '../../../bot/contacts/view.ts'
import type { Actor } from '../../../bot/incidents/events.ts'
import { happen } from '../../../bot/incidents/fold.ts'
import { Refusal } from '../../../bot/refusal.ts'
import { textOf } from '../../support/story.ts'
import { config, TEAM } from '../../support/team.ts'
import { START, worldOf } from '../incidents/any.ts'

const YAML = TEAM.replace(
  '"100000000000000001" }',
  '"100000000000000001", phone: "+815012345678", email: aiko@example.com, ntfy: abcd, notify: [ { after: 0s, by: chat }, { after: 2m, by: sms, for: [SEV1, SEV2] } ] }',
)
const world = worldOf(config(YAML))
const AIKO: Actor = { kind: 'person', person: 'aiko', via: 'slack' }
const SMS = { person: 'aiko', way: 'sms', address: '+815012345678' } as const

/** What comes of commands one after the other, each some seconds after the start. */
function life() {
  let book: ContactBook = NO_CONTACTS
  return {
    book: () => book,
    ask(command: ContactCommand, seconds = 0, actor: Actor = AIKO): readonly ContactEvent[] | string {
      const now = START + seconds * 1000
      const decided = decideContacts({ world, actor, now }, book, command)
      if (decided instanceof Refusal) return decided.message
      book = foldContacts(happen(book.seq, decided, now, actor), book) ?? book
      return decided
    },
    view: () => textOf(contactsView({ ...world, contacts: book.contacts }, 'aiko')),
  }
}

test('a trial is asked for, leaves, is confirmed by its code once, and the view says each', () => {
  const { ask, view, book } = life()
  expect(view()).toContain('SMS …5678: never tried')
  expect(ask({ do: 'try_contact', way: 'sms' })).toEqual([{ type: 'contact_tried', ...SMS }])
  expect(book().contacts.aiko?.['sms +815012345678']).toEqual({
    trial: 1,
    trialSentAt: null,
    verifiedAt: null,
    stoppedAt: null,
    why: null,
  })
  expect(ask({ do: 'trial_sent', ...SMS }, 5)).toEqual([{ type: 'trial_sent', ...SMS }])
  expect(view()).toContain('SMS …5678: a test was sent; answer it with its code to confirm it')
  expect(ask({ do: 'verify_contact', ...SMS }, 9)).toEqual([{ type: 'contact_verified', ...SMS }])
  expect(ask({ do: 'verify_contact', ...SMS }, 10)).toEqual([])
  expect(view()).toContain('SMS …5678: confirmed')
  expect(book().contacts.aiko?.['sms +815012345678']).toMatchObject({ verifiedAt: START + 9000, why: null })
})

test('the next trial waits for a minute after one that went out, and for none that failed', () => {
  const { ask, view } = life()
  ask({ do: 'try_contact', way: 'sms' })
  ask({ do: 'trial_failed', ...SMS, why: 'the number is wrong' }, 1)
  expect(view()).toContain('SMS …5678: the last test did not get through: the number is wrong')
  expect(ask({ do: 'try_contact', way: 'sms' }, 2)).toHaveLength(1)
  expect(view()).toContain('SMS …5678: never tried')
  ask({ do: 'trial_sent', ...SMS }, 3)
  expect(ask({ do: 'try_contact', way: 'sms' }, 62.9)).toBe(
    'A test went out less than a minute ago. Wait for it, then try again.',
  )
  expect(ask({ do: 'try_contact', way: 'sms' }, 63)).toHaveLength(1)
})

test('what is stopped is tried no more until it is started again; neither counts twice', () => {
  const { ask, view } = life()
  expect(ask({ do: 'start_contact', ...SMS })).toEqual([])
  expect(ask({ do: 'stop_contact', ...SMS }, 1)).toEqual([{ type: 'contact_stopped', ...SMS }])
  expect(ask({ do: 'stop_contact', ...SMS }, 2)).toEqual([])
  expect(view()).toContain('SMS …5678: stopped; nothing is sent there')
  expect(view()).toContain('[Start SMS again]')
  expect(ask({ do: 'try_contact', way: 'sms' }, 3)).toBe(
    'You stopped sms. To get messages there again: /oncall start sms.',
  )
  expect(ask({ do: 'start_contact', ...SMS }, 4)).toEqual([{ type: 'contact_started', ...SMS }])
  expect(ask({ do: 'try_contact', way: 'sms' }, 5)).toHaveLength(1)
})

test('a way without a contact, or that is not set up, cannot be tried', () => {
  const { ask } = life()
  expect(ask({ do: 'try_contact', way: 'webhook' })).toBe(
    'Aiko Tanaka has no webhook contact. Give it under your name in `people`, then reload (SIGHUP).',
  )
  expect(ask({ do: 'try_contact', way: 'voice' })).toBe(
    'voice is not set up here. See docs/ways.md for the settings it needs.',
  )
  expect(ask({ do: 'try_contact', way: 'sms' }, 0, { ...AIKO, person: 'gone' })).toContain(
    'gone has no sms contact.',
  )
})

test('each person has contacts and calendars of their own', () => {
  const { ask, book } = life()
  ask({ do: 'stop_contact', ...SMS })
  ask({ do: 'stop_contact', ...SMS, person: 'ben' })
  ask({ do: 'stop_contact', person: 'aiko', way: 'email', address: 'aiko@example.com' })
  ask({ do: 'renew_calendar' })
  ask({ do: 'renew_calendar' })
  expect(Object.keys(book().contacts.aiko ?? {})).toEqual(['sms +815012345678', 'email aiko@example.com'])
  expect(Object.keys(book().contacts)).toEqual(['aiko', 'ben'])
  expect([book().calendars, book().seq]).toEqual([{ aiko: 2 }, 5])
})

test('somebody reads all their ways, the addresses only so far that they know their own', () => {
  expect(textOf(contactsView(world, 'aiko'))).toBe(
    'How you are reached | slack: linked; discord: linked; SMS …5678: never tried; voice call …5678: not set up here, and never used; e-mail a…@example.com: never tried; push …: never tried | A page reaches you by chat after 0 s, then sms after 2 min (SEV1, SEV2). | [Test SMS] [Test e-mail] [Test push]',
  )
  expect(contactsView(world, 'aiko').summary).toBe(
    'You are reached by chat after 0 s, sms after 2 min (SEV1, SEV2).',
  )
  expect(textOf(contactsView(world, 'ben'))).toBe(
    'How you are reached | slack: linked; discord: linked | A page reaches you by chat after 0 s.',
  )
})

test.each([
  [
    'contact_tried',
    'A test is on its way by SMS. Answer it with its code, or type it here: /oncall verify CODE.',
  ],
  ['trial_sent', 'The test by SMS was accepted.'],
  ['trial_failed', 'The test by SMS did not get through: it is down.'],
  ['contact_verified', 'Confirmed: SMS reaches you.'],
  ['contact_stopped', 'Stopped: nothing more is sent to you by SMS. To start again: /oncall start sms.'],
  ['contact_started', 'Started: pages may reach you by SMS again.'],
  ['calendar_renewed', 'The old addresses of your calendars hold no more. For new ones: /oncall calendar.'],
] as const)('%s: %s', (type, said) => {
  expect(describeContact({ type, ...SMS, why: 'it is down' })).toBe(said)
})

test('a trial that was asked for leaves at once, and nothing else does', () => {
  const armed = (type: ContactEvent['type']) =>
    contactReactions.flatMap(react =>
      react({
        world,
        now: START,
        happened: happen(6, [{ type, ...SMS } as ContactEvent], START, AIKO),
      } as unknown as Parameters<typeof react>[0]),
    )
  expect(armed('contact_tried')).toEqual([{ arm: { kind: 'trial', ...SMS, trial: 7 }, at: START }])
  expect(armed('contact_verified')).toEqual([])
})

test('each way has its name, and a button that tries it or starts it again', () => {
  const all =
    'phone: "+815012345678", email: aiko@example.com, ntfy: abcd, webhook: "https://a.example.com/hook"'
  const reached = worldOf(config(TEAM.replace('"100000000000000001" }', `"100000000000000001", ${all} }`)))
  const every = { ...reached, ways: ['sms', 'voice', 'email', 'push', 'webhook'] } as const
  const stopped = foldContacts(happen(0, [{ type: 'contact_stopped', ...SMS }], START, AIKO), undefined)!
  const view = contactsView({ ...every, contacts: stopped.contacts }, 'aiko')
  const buttons = view.blocks.flatMap(block => (block.kind === 'buttons' ? block.buttons : []))
  expect(buttons.map(({ label, command }) => `${label}: ${command}`)).toEqual([
    'Start SMS again: /oncall start sms',
    'Test voice call: /oncall test voice',
    'Test e-mail: /oncall test email',
    'Test push: /oncall test push',
    'Test webhook: /oncall test webhook',
  ])
})

test('a chat on which somebody is not linked, and somebody who is gone, reach nobody', () => {
  const unlinked = worldOf(config(TEAM.replace('slack: U0BEN, ', '')))
  expect(textOf(contactsView(unlinked, 'ben'))).toMatch(/^How you are reached \| discord: linked \| /)
  expect(textOf(contactsView(unlinked, 'gone'))).toBe('How you are reached |  | A page reaches you by .')
})
