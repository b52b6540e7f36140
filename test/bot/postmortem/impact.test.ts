/** What is known of the impact, each figure with who said it: nothing is guessed, and whoever counts last knows best. */
import { expect, test } from 'vitest'
import type { Happened } from '../../../bot/incidents/events.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import type { Figures } from '../../../bot/postmortem/document.ts'
import { revenue, users } from '../../../bot/postmortem/impact.ts'
import { config } from '../../support/team.ts'
import { MINUTE, START, worldOf } from '../incidents/any.ts'

const person = (id: string) => ({ kind: 'person', person: id, via: 'slack' })
type Said = readonly [who: object, text: string, type?: string]
const about = (title: string, said: readonly Said[] = [], more: object = {}) => ({
  world: worldOf(config()),
  incident: { title, details: '', declaredBy: person('diego'), ...more } as unknown as Incident,
  history: said.map(([actor, text, type = 'note_added'], index) => ({
    at: START + index * MINUTE,
    actor,
    event: { type, text },
  })) as unknown as readonly Happened[],
})
const BLANK = '_to be filled in_'
const BY = 'as declared by Diego Ruiz'
const first = '2026-11-24 03:00 UTC'

test.each([
  ['nobody said a number', 'It is slow', {}, BLANK],
  ['the title says it', 'It is slow for 40% of users', {}, `"40% of users" (${BY})`],
  ['the details say it', 'It is slow', { details: 'For 500 users.' }, `"500 users" (${BY})`],
  ['it was given', 'It is slow', { figures: { usersAffected: 1500 } }, `1,500, ${BY}`],
  [
    'it was given with how many there are',
    'It is slow',
    { figures: { usersAffected: 500, usersTotal: 2000 } },
    `500 of 2,000 (25 %), ${BY}`,
  ],
  ['nobody is', 'It is slow', { figures: { usersAffected: 0 } }, `0, ${BY}`],
  ['what is denied does not count', 'It is slow. The other 500 users are fine', {}, BLANK],
  [
    'everybody is, and nobody counted',
    'Checkout is down for everyone',
    {},
    `"everyone" (${BY}); how many: ${BLANK}`,
  ],
  [
    'a system declared it',
    'For 500 users',
    { declaredBy: { kind: 'alert', integration: 'my_*prom*' } },
    '"500 users" (as declared by my\\_\\*prom\\*)',
  ],
  [
    'a timer declared it',
    'For 500 users',
    { declaredBy: { kind: 'timer' } },
    '"500 users" (as declared by Tocsin)',
  ],
  [
    'somebody who left declared it',
    'For 500 users',
    { declaredBy: person('gone') },
    '"500 users" (as declared by gone)',
  ],
])('users, when %s', (_, title, more, expected) => {
  expect(users(about(title, [], more))).toBe(expected)
})

test('of what is said of users the last comes first, each once, three at the most, what was typed last', () => {
  const ben = person('ben')
  const said: readonly Said[] = [
    [ben, 'It hits 20 users', 'update_posted'],
    [ben, 'It hits 99 users', 'postmortem_waived'],
  ]
  const figures = { figures: { usersAffected: 5 } }
  expect(users(about('For 10 users', said, figures))).toBe(
    `"20 users" (Ben Okafor, ${first}); "10 users" (${BY}); 5, ${BY}`,
  )
  const more: readonly Said[] = [...said, [ben, 'Now 30 users'], [ben, 'Now 40 users']]
  expect(users(about('For 10 users', more, figures))).toBe(
    `"40 users" (Ben Okafor, 2026-11-24 03:03 UTC); "30 users" (Ben Okafor, 2026-11-24 03:02 UTC); "20 users" (Ben Okafor, ${first})`,
  )
  const alike = { history: [] as readonly Happened[] }
  const twice = about('', [[ben, 'For 10 users']])
  alike.history = [...twice.history, ...twice.history]
  expect(users({ ...twice, ...alike })).toBe(`"10 users" (Ben Okafor, ${first})`)
})

const lasted = (resolveMs: number | null) => ({ detectMs: 0, resolveMs }) as unknown as Figures
test.each([
  ['nobody said a rate', 'It is slow', {}, 60, BLANK],
  ['it goes on', 'Losing $20k per hour', {}, null, `$20,000 an hour ("$20k", ${BY})`],
  [
    'it is over',
    'Losing $20k per hour',
    {},
    90,
    `about $30,000: $20,000 an hour ("$20k", ${BY}) over 1 h 30 min`,
  ],
  [
    'it was given',
    'It is slow',
    { figures: { revenuePerHour: 1200.4 } },
    30,
    `about $600: $1,200 an hour (${BY}) over 30 min`,
  ],
  [
    'it was given, and said otherwise',
    'Losing $6k an hour',
    { figures: { revenuePerHour: 1 } },
    null,
    `$6,000 an hour ("$6k", ${BY})`,
  ],
])('revenue, when %s', (_, title, more, minutes, expected) => {
  const figures = lasted(minutes === null ? null : minutes * MINUTE)
  expect(revenue(about(title, [], more), figures)).toBe(expected)
})

test('the rate that was said last counts', () => {
  const said: readonly Said[] = [
    [person('ben'), 'We lose $2000 an hour', 'update_posted'],
    [person('aiko'), 'Rather $1000 an hour'],
    [person('aiko'), 'Thanks'],
  ]
  expect(revenue(about('Losing $6k an hour', said), lasted(null))).toBe(
    '$1,000 an hour ("$1000", Aiko Tanaka, 2026-11-24 03:01 UTC)',
  )
})
