/** Any world, and anything that can be asked of an incident in it: also what no command of a chat would let through. */
import fc from 'fast-check'
import type { Alert } from '../../../bot/alerts/types.ts'
import type { Config, Person, Role, SeverityLevel } from '../../../bot/config/types.ts'
import type { IncidentCommand } from '../../../bot/incidents/commands.ts'
import type { Actor, Judgement } from '../../../bot/incidents/events.ts'
import { SECTIONS } from '../../../bot/postmortem/document.ts'
import { CONTACT_WAYS, DUTIES, SEVERITIES, STATUSES, WAYS } from '../../../bot/words.ts'
import type { World } from '../../../bot/world.ts'
import { config as team } from '../../support/team.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
export const START = Date.parse('2026-11-24T03:00:00Z')
export const PEOPLE = ['aiko', 'ben', 'chika', 'diego'] as const
const CHATS = ['slack', 'discord'] as const
const TRAITS = {
  rooms: true,
  topics: true,
  pins: true,
  bookmarks: true,
  invites: true,
  reaches: 'people' as const,
  paceMs: 1000,
}

/** Somebody whom the configuration knows, or knew. */
export const anybody = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...PEOPLE) },
  { weight: 1, arbitrary: fc.constant('gone') },
)
export const severity = fc.constantFrom(...SEVERITIES)

const person = (id: string): fc.Arbitrary<Person> =>
  fc
    .record({
      identities: fc.subarray([...CHATS]),
      contacts: fc.subarray([...CONTACT_WAYS]),
      notify: fc.array(
        fc.record(
          {
            afterMs: fc.constantFrom(0, MINUTE, 5 * MINUTE),
            by: fc.constantFrom(...WAYS),
            severities: fc.subarray([...SEVERITIES]),
          },
          { requiredKeys: ['afterMs', 'by'] },
        ),
        { maxLength: 3 },
      ),
      quiet: fc.option(fc.constant({ fromMinute: 0, toMinute: 480 }), { nil: undefined }),
    })
    .map(({ identities, contacts, notify, quiet }) => ({
      id,
      name: id,
      timezone: 'Asia/Tokyo',
      identities: Object.fromEntries(identities.map(chat => [chat, `${chat}-${id}`])),
      contacts: Object.fromEntries(contacts.map(way => [way, `${way}-${id}`])),
      notify,
      ...(quiet ? { quiet } : {}),
    }))

const role: fc.Arbitrary<Role> = fc.record(
  {
    schedule: fc.constantFrom('primary', 'secondary', 'later', 'removed'),
    people: fc.array(anybody, { maxLength: 3 }),
    channel: fc.constantFrom({ name: '#queue' }, { chat: 'slack', name: '#queue' }),
  },
  { requiredKeys: [] },
)

const chain = fc.array(
  fc.record(
    {
      role: fc.constantFrom('first', 'second', 'third', 'missing'),
      afterMs: fc.constantFrom(0, MINUTE, 10 * MINUTE),
    },
    { requiredKeys: ['role'] },
  ),
  { maxLength: 4 },
)

const level: fc.Arbitrary<SeverityLevel> = fc.record({
  description: fc.constant(''),
  respondWithin: fc.constantFrom(MINUTE, 5 * MINUTE, DAY, 'next business day' as const),
  escalation: chain,
  repeat: fc.integer({ min: 0, max: 2 }),
  updateWithin: fc.constantFrom(null, 30 * MINUTE),
  criteria: fc.constant([]),
})

/** Schedules that nobody is on yet, people without a way, roles that nobody defines. */
export const anyConfig: fc.Arbitrary<Config> = fc
  .record({
    people: fc.tuple(...PEOPLE.map(person)),
    roles: fc.record({ first: role, second: role, third: role }, { requiredKeys: [] }),
    levels: fc.tuple(level, level, level, level),
  })
  .map(({ people, roles, levels }) => {
    const base = team()
    const { primary, secondary } = base.schedules
    const rotation = primary?.layers[0]
    if (!primary || !secondary || !rotation) throw new Error('the team has two schedules')
    return {
      ...base,
      people: Object.fromEntries(people.map(each => [each.id, each])),
      roles: roles as Config['roles'],
      schedules: {
        primary,
        secondary,
        later: { ...primary, name: 'later', layers: [{ ...rotation, starts: '2031-01-01' }] },
      },
      severities: Object.fromEntries(
        SEVERITIES.map((each, index) => [each, levels[index]]),
      ) as Config['severities'],
    }
  })

export const worldOf = (config: Config, chats: readonly string[] = CHATS): World => ({
  config,
  version: 1,
  overrides: [],
  contacts: {},
  open: [],
  chats: chats.map(name => ({ name, traits: TRAITS })),
  ways: ['sms', 'push', 'email'],
})

export const anyWorld: fc.Arbitrary<World> = fc
  .tuple(anyConfig, fc.subarray([...CHATS]))
  .map(([config, chats]) => worldOf(config, chats))

const judged: fc.Arbitrary<Judgement> = severity.map(each => ({
  severity: each,
  criterion: 'default',
  confidence: 1,
  reasons: ['it says so'],
}))

const alert: fc.Arbitrary<Alert> = fc.record({
  fingerprint: fc.constantFrom('a', 'b'),
  status: fc.constantFrom('firing' as const, 'resolved' as const),
  title: fc.constant('It is broken'),
  details: fc.constant(''),
  severity: fc.constant(null),
  service: fc.constant(null),
  group: fc.constant('g'),
  labels: fc.constant({}),
  startsAt: fc.constantFrom(null, START, START + MINUTE),
  endsAt: fc.constant(null),
  link: fc.constant(null),
})

export const declaration = fc.record({
  do: fc.constant('declare' as const),
  number: fc.constant(1),
  title: fc.constant('The site is down'),
  details: fc.constantFrom('', 'since noon'),
  service: fc.constantFrom(null, 'checkout'),
  judged,
  severity: fc.option(severity, { nil: null }),
  test: fc.boolean(),
  drill: fc.constant(false),
})

type By<D> = Extract<IncidentCommand, { do: D }>
const text = fc.constantFrom('', 'still looking', 'x'.repeat(4000))
const page = fc.integer({ min: 0, max: 9 })
const step = fc.integer({ min: 0, max: 4 })
const target = fc.constantFrom(...CHATS, 'sms', 'push')
const why = fc.constant('it said no')
const instant = fc.integer({ min: START, max: START + DAY })
const ref = fc.record({ channel: fc.constantFrom('C1', 'C2'), id: fc.constantFrom('1', '2', '3') })
const sectionId = fc.constantFrom(...SECTIONS)

const byPerson: readonly fc.Arbitrary<IncidentCommand>[] = [
  fc.record({ do: fc.constant('ack' as const), page: fc.option(page, { nil: null }) }),
  fc.constantFrom<IncidentCommand>(
    { do: 'unack' },
    { do: 'escalate' },
    { do: 'stand_aside' },
    { do: 'reopen' },
    { do: 'retry_setup' },
    { do: 'draft_postmortem' },
    { do: 'review_postmortem' },
  ),
  fc.record({ do: fc.constant('page' as const), people: fc.array(anybody, { maxLength: 3 }) }),
  fc.record({ do: fc.constant('status' as const), to: fc.constantFrom(...STATUSES) }),
  fc.record({ do: fc.constant('severity' as const), to: severity }),
  fc.record({ do: fc.constant('duty' as const), duty: fc.constantFrom(...DUTIES), person: anybody }),
  fc.record({ do: fc.constant('update' as const), text }),
  fc.record({ do: fc.constant('note' as const), text, from: fc.constant(null) }),
  fc.record({ do: fc.constant('join' as const), title: fc.constant('The same') }),
  fc.record({ do: fc.constant('hide_entry' as const), entry: fc.constant('3'), hidden: fc.boolean() }),
  fc.record({ do: fc.constant('correct_entry' as const), entry: fc.constant('3'), text }),
  fc.record({
    do: fc.constant('write_section' as const),
    section: sectionId,
    text,
    from: fc.option(fc.integer({ min: 0, max: 2 }), { nil: null }),
  }),
  fc.record({ do: fc.constant('publish_postmortem' as const), blanks: fc.subarray(['Impact']) }),
]

const byTimer: readonly fc.Arbitrary<IncidentCommand>[] = [
  fc.constantFrom<IncidentCommand>({ do: 'rung_due' }, { do: 'ack_lapses' }, { do: 'postmortem_due' }),
  fc.record({ do: fc.constant('step_due' as const), page, step }),
  fc.record({ do: fc.constant('window_over' as const), page }),
]

const byChat: readonly fc.Arbitrary<IncidentCommand>[] = [
  fc.record({
    do: fc.constant('page_sent' as const),
    ...{ page, step, target, ref: fc.option(ref, { nil: null }), acceptedAt: instant, linked: fc.boolean() },
  }),
  fc.record({ do: fc.constant('page_failed' as const), page, step, target, why, final: fc.boolean() }),
  fc.record({ do: fc.constant('page_held' as const), page, step, target, until: instant, why }),
  fc.record({
    do: fc.constant('page_delivered' as const),
    ...{ page, step, target, state: fc.constantFrom('delivered' as const, 'read' as const) },
  }),
  fc.record({
    do: fc.constant('room_opened' as const),
    chat: fc.constantFrom(...CHATS),
    channel: fc.constant('C1'),
    name: fc.constant('#inc-1'),
  }),
  fc.record({ do: fc.constant('room_failed' as const), chat: fc.constantFrom(...CHATS), why }),
  fc.record({
    do: fc.constant('card_posted' as const),
    chat: fc.constantFrom(...CHATS),
    ref,
    shows: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({
    do: fc.constant('setup_failed' as const),
    chat: fc.constantFrom(...CHATS),
    step: fc.constantFrom('card', 'pin', 'invite:ben'),
    why,
  }),
  fc.record({
    do: fc.constant('post_failed' as const),
    chat: fc.constantFrom(...CHATS),
    what: fc.constant('declared'),
    why,
  }),
  fc.record({ do: fc.constant('copy_failed' as const), page, chat: fc.constantFrom(...CHATS), why }),
]

const byAlert: fc.Arbitrary<By<'alert'>> = fc.record({
  do: fc.constant('alert' as const),
  integration: fc.constant('prom'),
  alert,
  judged,
})

export type Asking = { readonly afterMs: number; readonly actor: Actor; readonly command: IncidentCommand }

const asking = (actor: fc.Arbitrary<Actor>, command: fc.Arbitrary<IncidentCommand>): fc.Arbitrary<Asking> =>
  fc.record({ afterMs: fc.constantFrom(0, 1000, MINUTE, 5 * MINUTE, DAY), actor, command })

/** One thing that is asked, so much later than the one before it. */
export const anyAsking: fc.Arbitrary<Asking> = fc.oneof(
  {
    weight: 5,
    arbitrary: asking(
      fc.constantFrom(...PEOPLE).map(who => ({ kind: 'person', person: who, via: 'slack' })),
      fc.oneof(...byPerson),
    ),
  },
  { weight: 3, arbitrary: asking(fc.constant({ kind: 'timer' }), fc.oneof(...byTimer)) },
  { weight: 3, arbitrary: asking(fc.constant({ kind: 'chat', chat: 'slack' }), fc.oneof(...byChat)) },
  { weight: 1, arbitrary: asking(fc.constant({ kind: 'alert', integration: 'prom' }), byAlert) },
)

/** A life: how it was declared, and what was asked of it. */
export const anyLife = fc.record({
  world: anyWorld,
  declared: declaration,
  asked: fc.array(anyAsking, { maxLength: 30 }),
})
