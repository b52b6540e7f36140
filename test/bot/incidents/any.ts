/** Any world: schedules that nobody is on, people without a way to be reached, roles that nobody defines, chats that are not there. */
import fc from 'fast-check'
import { TRAITS } from '../../../adapters/console/traits.ts'
import type { Config, Person, Role, SeverityLevel } from '../../../bot/config/types.ts'
import { CONTACT_WAYS, SEVERITIES, WAYS } from '../../../bot/words.ts'
import type { World } from '../../../bot/world.ts'
import { config as team } from '../../support/team.ts'

export const MINUTE = 60_000
export const DAY = 24 * 60 * MINUTE
export const START = Date.parse('2026-11-24T03:00:00Z')
export const PEOPLE = ['aiko', 'ben', 'chika', 'diego'] as const
export const CHATS = ['slack', 'discord'] as const
/** A chat that can do everything. */
const ABLE = { ...TRAITS, bookmarks: true, reaches: 'people' as const, paceMs: 1000 }

/** Somebody whom the configuration knows, or knew. */
export const anybody = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...PEOPLE) },
  { weight: 1, arbitrary: fc.constant('gone') },
)

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

const level: fc.Arbitrary<Partial<SeverityLevel>> = fc.record({
  respondWithin: fc.constantFrom(MINUTE, 5 * MINUTE, DAY, 'next business day' as const),
  escalation: chain,
  repeat: fc.integer({ min: 0, max: 2 }),
  updateWithin: fc.constantFrom(null, 30 * MINUTE),
})

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
        SEVERITIES.map((each, index) => [each, { ...base.severities[each], ...levels[index] }]),
      ) as Config['severities'],
    }
  })

export const worldOf = (config: Config, chats: readonly string[] = CHATS): World => ({
  config,
  version: 1,
  overrides: [],
  contacts: {},
  open: [],
  chats: chats.map(name => ({ name, traits: ABLE })),
  ways: ['sms', 'push', 'email'],
})

export const anyWorld: fc.Arbitrary<World> = fc
  .tuple(anyConfig, fc.subarray([...CHATS]))
  .map(([config, chats]) => worldOf(config, chats))
