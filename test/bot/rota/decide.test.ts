/** What people ask of the rota: overrides and swaps, what comes of them, and each "no" in full. */
import { expect, test } from 'vitest'
import type { Actor } from '../../../bot/incidents/events.ts'
import { happen } from '../../../bot/incidents/fold.ts'
import { Refusal } from '../../../bot/refusal.ts'
import type { RotaCommand } from '../../../bot/rota/commands.ts'
import { decideRota } from '../../../bot/rota/decide.ts'
import type { RotaEvent } from '../../../bot/rota/events.ts'
import { foldRota, NO_ROTA, type Rota } from '../../../bot/rota/state.ts'
import { config, TEAM } from '../../support/team.ts'
import { worldOf } from '../incidents/any.ts'

/** A Monday, at the handoff. */
const NOW = Date.parse('2026-11-23T09:00:00Z')
const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Aiko this week, ben the next, and so on; secondary is always chika. */
const world = worldOf(
  config(
    TEAM.replace('people: [aiko] } }', 'people: [ben, aiko] } }').replace(
      'people: [ben] } }',
      'people: [chika] } }',
    ),
  ),
)
const by = (person: string): Actor => ({ kind: 'person', person, via: 'slack' })
const fold = (rota: Rota, events: readonly RotaEvent[], now = NOW) =>
  foldRota(happen(rota.seq, events, now, by('ben')), rota)!
const ask = (command: RotaCommand, { who = 'ben', rota = NO_ROTA, now = NOW } = {}) =>
  decideRota({ world, actor: by(who), now }, rota, command)
const made = (...asked: Parameters<typeof ask>) => {
  const decision = ask(...asked)
  if (decision instanceof Refusal) throw decision
  return decision
}
const refused = (...asked: Parameters<typeof ask>) => {
  const { code, message } = ask(...asked) as Refusal
  return `${code}: ${message}`
}
const override = (person: string, from: number, to: number | null, schedule = 'primary') => ({
  do: 'override' as const,
  schedule,
  kind: 'instead' as const,
  person,
  from: NOW + from,
  to: to === null ? null : NOW + to,
})
const looked = () => fold(NO_ROTA, made({ do: 'look' }))

test('a first look says who is on call and when to look again, and a second one says nothing', () => {
  const first = made({ do: 'look' })
  expect(first).toEqual([
    { type: 'shift_changed', schedule: 'primary', before: null, after: ['aiko'] },
    { type: 'shift_planned', schedule: 'primary', at: NOW + 7 * DAY },
    { type: 'shift_changed', schedule: 'secondary', before: null, after: ['chika'] },
    { type: 'shift_planned', schedule: 'secondary', at: null },
    { type: 'ahead_planned', at: NOW + DAY },
  ])
  expect(made({ do: 'look' }, { rota: looked() })).toEqual([])
})

test('a schedule that the configuration no longer has is let go of', () => {
  const rota = {
    ...looked(),
    holders: { ...looked().holders, old: ['ben'] },
    planned: { ...looked().planned, old: NOW },
  }
  expect(made({ do: 'look' }, { rota })).toEqual([
    { type: 'shift_changed', schedule: 'old', before: ['ben'], after: [] },
    { type: 'shift_planned', schedule: 'old', at: null },
  ])
})

test('an override has a name of its own, and who is on call is looked at in the same breath', () => {
  const rota = looked()
  expect(made(override('diego', -HOUR, 8 * HOUR), { rota })).toEqual([
    {
      type: 'override_made',
      override: {
        id: `primary-${rota.seq + 1}`,
        schedule: 'primary',
        kind: 'instead',
        person: 'diego',
        from: NOW,
        to: NOW + 8 * HOUR,
        at: NOW,
        by: 'ben',
      },
    },
    { type: 'shift_changed', schedule: 'primary', before: ['aiko'], after: ['diego'] },
    { type: 'shift_planned', schedule: 'primary', at: NOW + 8 * HOUR },
  ])
})

test.each([
  ['until the relief of whoever is on call', override('diego', 0, null), 7 * DAY],
  [
    'for a day where the schedule never changes hands',
    override('diego', HOUR, null, 'secondary'),
    DAY + HOUR,
  ],
  ['for a year', override('diego', 0, 366 * DAY), 366 * DAY],
  ['by whoever is on call, beyond their shift', override('aiko', 0, 7 * DAY + 1), 7 * DAY + 1],
  ['from a while ago on', override('diego', -DAY, 1), 1],
])('an override %s', (_, command, to) => {
  expect(made(command)[0]).toMatchObject({ type: 'override_made', override: { to: NOW + to } })
})

test.each([
  [
    override('diego', 0, HOUR, 'tertiary'),
    'unknown_schedule: "tertiary" is not a schedule. Schedules: primary, secondary.',
  ],
  [
    override('diego', -HOUR, 0),
    'past: That stretch is over: the past stays as it was. Give one that ends later.',
  ],
  [
    override('diego', -60_000, 0),
    'reversed: The end is not after the beginning. Like this: /oncall override @ben 18:00 22:00',
  ],
  [
    override('diego', HOUR, HOUR),
    'reversed: The end is not after the beginning. Like this: /oncall override @ben 18:00 22:00',
  ],
  [
    override('diego', 0, 366 * DAY + 1),
    'too_long: An override lasts a year at the most. Change the rotation in the configuration instead.',
  ],
  [override('aiko', 0, 7 * DAY), 'on_call_already: Aiko Tanaka is on call for primary then already.'],
  [override('aiko', HOUR, 2 * HOUR), 'on_call_already: Aiko Tanaka is on call for primary then already.'],
  [
    { do: 'offer_swap' as const, schedule: 'tertiary', with: 'ben' },
    'unknown_schedule: "tertiary" is not a schedule. Schedules: primary, secondary.',
  ],
  [
    { do: 'offer_swap' as const, schedule: 'primary', with: 'ben' },
    'same_person: A swap takes two people. Like this: /oncall swap @ben',
  ],
  [
    { do: 'offer_swap' as const, schedule: 'primary', with: 'diego' },
    'no_shift: Diego Ruiz has no shift of primary in the next 120 days. Use /oncall override instead.',
  ],
  [
    { do: 'offer_swap' as const, schedule: 'secondary', with: 'chika' },
    'no_shift: Ben Okafor has no shift of secondary in the next 120 days. Use /oncall override instead.',
  ],
  [
    { do: 'cancel_override' as const, id: 'x' },
    'unknown_override: There is no override x. See /oncall next.',
  ],
  [
    { do: 'answer_swap' as const, id: 'x', accept: true },
    'gone: That offer is answered already, or gone. Offer it again: /oncall swap @person',
  ],
])('%j is refused', (command, said) => {
  expect(refused(command)).toBe(said)
})

test('an override is taken back once, and while it lasts', () => {
  const one = fold(looked(), made(override('diego', 0, HOUR)))
  const rota = fold(one, made(override('ben', 2 * HOUR, 3 * HOUR), { rota: one }))
  const { id } = rota.overrides[0]!
  const cancel = { do: 'cancel_override' as const, id }
  expect(made(cancel, { rota, now: NOW + 1 })[0]).toEqual({ type: 'override_cancelled', id, by: 'ben' })
  expect(refused(cancel, { rota, now: NOW + HOUR })).toBe(`over: The override ${id} is over already.`)
  const after = fold(rota, [{ type: 'override_cancelled', id, by: 'ben' }])
  expect(refused(cancel, { rota: after })).toBe(`over: The override ${id} is over already.`)
  expect(refused({ do: 'cancel_override', id: 'x' }, { rota })).toContain('There is no override x.')
})

const offered = () => {
  const rota = looked()
  return fold(rota, made({ do: 'offer_swap', schedule: 'primary', with: 'aiko' }, { rota }))
}
const answer = (accept: boolean, id = 'primary-6') => ({ do: 'answer_swap' as const, id, accept })

test('a swap gives the next shift of one for that of the other', () => {
  const rota = offered()
  expect(rota.swaps).toMatchObject([
    {
      id: 'primary-6',
      schedule: 'primary',
      by: 'ben',
      with: 'aiko',
      gives: { from: NOW + 7 * DAY, to: NOW + 14 * DAY },
      takes: { from: NOW, to: NOW + 7 * DAY },
    },
  ])
  const part = { schedule: 'primary', kind: 'instead', at: NOW + HOUR, by: 'aiko' }
  expect(made(answer(true), { rota, who: 'aiko', now: NOW + HOUR }).slice(0, 4)).toEqual([
    { type: 'swap_accepted', id: 'primary-6' },
    {
      type: 'override_made',
      override: {
        ...part,
        id: 'primary-6a',
        person: 'aiko',
        instead: 'ben',
        from: NOW + 7 * DAY,
        to: NOW + 14 * DAY,
      },
    },
    {
      type: 'override_made',
      override: {
        ...part,
        id: 'primary-6b',
        person: 'ben',
        instead: 'aiko',
        from: NOW + HOUR,
        to: NOW + 7 * DAY,
      },
    },
    { type: 'shift_changed', schedule: 'primary', before: ['aiko'], after: ['ben'] },
  ])
})

test('a swap is answered by whom it was offered to, declined also by who offered it, and not when it is over', () => {
  const rota = offered()
  expect(refused(answer(true), { rota })).toBe('not_yours: Only Aiko Tanaka can answer that offer.')
  for (const accept of [true, false])
    expect(refused(answer(accept), { rota, who: 'diego' })).toBe(
      'not_yours: Only Aiko Tanaka can answer that offer.',
    )
  for (const who of ['aiko', 'ben'])
    expect(made(answer(false), { rota, who })[0]).toEqual({ type: 'swap_declined', id: 'primary-6', by: who })
  for (const days of [7, 14])
    expect(refused(answer(true), { rota, who: 'aiko', now: NOW + days * DAY })).toBe(
      'over: One of the two shifts is over. Offer it again: /oncall swap @person',
    )
  expect(refused(answer(true, 'primary-7'), { rota, who: 'aiko' })).toContain('gone: ')
  const gives = {
    ...rota,
    swaps: rota.swaps.map(each => ({ ...each, gives: each.takes, takes: each.gives })),
  }
  expect(refused(answer(true), { rota: gives, who: 'aiko', now: NOW + 7 * DAY })).toContain('over: ')
  const declined = fold({ ...rota, swaps: [...rota.swaps, { ...rota.swaps[0]!, id: 'other' }] }, [
    { type: 'swap_declined', id: 'primary-6', by: 'aiko' },
  ])
  expect(declined.swaps.map(({ id }) => id)).toEqual(['other'])
})
