/** Somebody's ways to be reached, as they read them: what is set up, tried, confirmed or stopped, and what to do about it. */
import { type Block, type Button, buttons, heading, type Line, list, type Message, note } from '../message.ts'
import { formatDuration } from '../schedules/duration.ts'
import type { ContactWay, PersonId } from '../words.ts'
import type { World } from '../world.ts'
import type { ContactEvent } from './events.ts'
import { contactState } from './state.ts'

const WAY_NAMES: Readonly<Record<ContactWay, string>> = {
  sms: 'SMS',
  voice: 'voice call',
  email: 'e-mail',
  push: 'push',
  webhook: 'webhook',
}

export function contactsView(world: World, id: PersonId): Message {
  const person = world.config.people[id]
  const ways = Object.entries(person?.contacts ?? {}) as [ContactWay, string][]
  const chats = world.chats.filter(chat => person?.identities[chat.name])
  const steps = (person?.notify ?? []).map(
    ({ afterMs, by, severities }) =>
      `${by} after ${formatDuration(afterMs)}${severities ? ` (${severities.join(', ')})` : ''}`,
  )
  const blocks: Block[] = [
    heading('How you are reached'),
    list([
      ...chats.map(({ name }): Line => [{ bold: name }, ': linked']),
      ...ways.map(
        ([way, address]): Line => [
          { bold: WAY_NAMES[way] },
          ` ${hidden(address)}: ${standing(world, id, way, address)}`,
        ],
      ),
    ]),
    note(`A page reaches you by ${steps.join(', then ')}.`),
  ]
  const tries = ways.flatMap(([way, address]) => button(world, id, way, address))
  if (tries.length > 0) blocks.push(buttons(...tries))
  return { summary: `You are reached by ${steps.join(', ')}.`, tone: 'calm', blocks }
}

function button(world: World, person: PersonId, way: ContactWay, address: string): readonly Button[] {
  if (!world.ways.includes(way)) return []
  const stopped = contactState(world.contacts, { person, way, address }).stoppedAt !== null
  return [
    stopped
      ? { label: `Start ${WAY_NAMES[way]} again`, command: `/oncall start ${way}` }
      : { label: `Test ${WAY_NAMES[way]}`, command: `/oncall test ${way}` },
  ]
}

function standing(world: World, person: PersonId, way: ContactWay, address: string): string {
  if (!world.ways.includes(way)) return 'not set up here, and never used'
  const { stoppedAt, verifiedAt, why, trialSentAt } = contactState(world.contacts, { person, way, address })
  if (stoppedAt !== null) return 'stopped; nothing is sent there'
  if (why !== null) return `the last test did not get through: ${why}`
  if (verifiedAt !== null) return 'confirmed'
  return trialSentAt === null ? 'never tried' : 'a test was sent; answer it with its code to confirm it'
}

/** A little is enough to know one's own; a channel may be read by others. */
function hidden(address: string): string {
  const [, domain] = /^[^@]+@([^@]+)$/.exec(address) ?? []
  if (domain !== undefined) return `${address.slice(0, 1)}…@${domain}`
  return address.length > 4 ? `…${address.slice(-4)}` : '…'
}

export function describeContact(event: ContactEvent): string {
  if (event.type === 'calendar_renewed')
    return 'The old addresses of your calendars hold no more. For new ones: /oncall calendar.'
  const name = WAY_NAMES[event.way]
  switch (event.type) {
    case 'contact_tried':
      return `A test is on its way by ${name}. Answer it with its code, or type it here: /oncall verify CODE.`
    case 'trial_sent':
      return `The test by ${name} was accepted.`
    case 'trial_failed':
      return `The test by ${name} did not get through: ${event.why}.`
    case 'contact_verified':
      return `Confirmed: ${name} reaches you.`
    case 'contact_stopped':
      return `Stopped: nothing more is sent to you by ${name}. To start again: /oncall start ${event.way}.`
    case 'contact_started':
      return `Started: pages may reach you by ${name} again.`
  }
}
