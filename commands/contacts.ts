/** A person's own ways to be reached: look, test, confirm, stop, start; and the calendars of who is on call. */
import { refused, say, type Told } from '../bot/answers.ts'
import type { ContactCommand, ContactEvent } from '../bot/contacts/events.ts'
import { type ContactBook, contactState } from '../bot/contacts/state.ts'
import { contactsView, describeContact } from '../bot/contacts/view.ts'
import { CONTACTS } from '../bot/engine/kinds.ts'
import { list, note, text } from '../bot/message.ts'
import { trialSubject } from '../bot/pages/text.ts'
import type { ChatAnswer } from '../bot/ports.ts'
import { refuse } from '../bot/refusal.ts'
import { calendarPath, calendarSubject } from '../bot/schedules/calendar.ts'
import { CONTACT_WAYS, type ContactWay } from '../bot/words.ts'
import { choice, flag, word } from './args.ts'
import { type ContactTodo, type Context, command } from './command.ts'

const way = choice('the way: sms, voice, email, push or webhook', CONTACT_WAYS)

export const contacts = command({
  group: 'oncall',
  name: 'contacts',
  summary: 'how you are reached, and whether it works',
  args: {},
  example: '/oncall contacts',
  run: ({ world, person }) => say(contactsView(world, person)),
})

export const testWay = command({
  group: 'oncall',
  name: 'test',
  summary: 'send yourself a test by one of your ways',
  args: { way },
  example: '/oncall test sms',
  run: (_, { way: tested }) => todo({ do: 'try_contact', way: tested }),
})

export const verify = command({
  group: 'oncall',
  name: 'verify',
  summary: 'confirm a way with the code of its test',
  args: { code: word('the code of the test, four characters') },
  example: '/oncall verify K7QX',
  run(context, { code }) {
    const meant = waysOf(context).find(({ trial, ...contact }) => {
      const subject = trialSubject(contact.person, contact.way, trial)
      return context.signer.code(subject) === code.toUpperCase()
    })
    if (!meant)
      return refuse(
        'wrong_code',
        `${code} is not the code of your last test.`,
        'For another: /oncall test sms.',
      )
    const { trial: _, ...contact } = meant
    return todo({ do: 'verify_contact', ...contact })
  },
})

/** The person's ways that have been tried. */
function waysOf({ world, person }: Context) {
  return CONTACT_WAYS.flatMap(each => {
    const address = world.config.people[person]?.contacts[each]
    const { trial } = contactState(world.contacts, { person, way: each, address: address ?? '' })
    return address === undefined || trial === null ? [] : [{ person, way: each, address, trial }]
  })
}

const turning = (name: 'stop' | 'start', summary: string) =>
  command({
    group: 'oncall',
    name,
    summary,
    args: { way },
    example: `/oncall ${name} sms`,
    run({ world, person }: Context, { way: turned }: { way: ContactWay }) {
      const address = world.config.people[person]?.contacts[turned]
      return address === undefined
        ? refuse('no_contact', `You have no ${turned} contact.`, 'See /oncall contacts.')
        : todo({ do: `${name}_contact`, person, way: turned, address })
    },
  })

export const stopWay = turning('stop', 'get no more messages by one of your ways')
export const startWay = turning('start', 'get messages by that way again')

export const calendar = command({
  group: 'oncall',
  name: 'calendar',
  summary: 'addresses that put shifts into your calendar',
  args: { renew: flag('make new addresses; the old ones hold no more') },
  example: '/oncall calendar',
  async run(context, { renew }) {
    if (renew) return todo({ do: 'renew_calendar' })
    const { world, person, signer } = context
    const times = (await context.contacts()).calendars[person] ?? 0
    const lines = ['me', ...Object.keys(world.config.schedules)].map(name => {
      const path = calendarPath(name, signer.token('calendar', calendarSubject(person, times)))
      return { name, url: signer.url(path) ?? path }
    })
    return say({
      summary: 'Addresses of your calendars. Whoever has them can read who is on call.',
      tone: 'calm',
      blocks: [
        text('Add these to your calendar by address. Whoever has them can read who is on call.'),
        list(
          lines.map(({ name, url }) => [{ bold: name === 'me' ? 'Your shifts' : name }, ' ', { code: url }]),
        ),
        note('To make them worthless and get new ones: /oncall calendar --renew'),
      ],
    })
  },
})

const todo = (command: ContactCommand): ContactTodo => ({ stream: CONTACTS, command, reply })

function reply({ refusal, happened }: Told<ContactBook, ContactEvent>): ChatAnswer {
  if (refusal) return refused(refusal)
  const words = happened.map(({ event }) => describeContact(event)).join(' ') || 'Nothing changed.'
  return say({ summary: words, tone: 'calm', blocks: [text(words)] })
}
