/** What may be asked of an incident during its life: what becomes of it, and each "no" word for word. */
import { expect, test } from 'vitest'
import type { IncidentCommand } from '../../../bot/incidents/commands.ts'
import { decide } from '../../../bot/incidents/decide.ts'
import type { Actor } from '../../../bot/incidents/events.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { Refusal } from '../../../bot/refusal.ts'
import type { Status } from '../../../bot/words.ts'
import { config } from '../../support/team.ts'
import { START, worldOf } from './any.ts'
import { BEN, CHAIN, declared, RUNG, since } from './some.ts'

const ask = (incident: Incident | undefined, command: object, actor: Actor = BEN) => {
  const world = worldOf(config())
  const decided = decide({ world, actor, now: START }, incident, command as IncidentCommand)
  return decided instanceof Refusal ? `${decided.code}: ${decided.message}` : decided
}
const at = (status: Status, more: Parameters<typeof declared>[0] = {}): Incident => ({
  ...declared(more),
  status,
})

test('of an incident that is not there nothing can be asked', () => {
  expect(ask(undefined, { do: 'update', text: 'x' })).toBe(
    'no_such_incident: There is no such incident. Try /incident list.',
  )
})

test('a status follows another, the same one changes nothing', () => {
  const become = (incident: Incident, to: Status) => ask(incident, { do: 'status', to })
  expect(become(at('detected'), 'mitigated')).toEqual([
    { type: 'status_changed', from: 'detected', to: 'mitigated' },
  ])
  expect(become(at('mitigated'), 'mitigated')).toEqual([])
  expect(become(at('mitigated'), 'detected')).toBe(
    'no_transition: INC-42 is mitigated; it cannot become detected from there. From here: /incident status investigating, /incident status resolved, /incident status closed.',
  )
  expect(become(at('verifying'), 'mitigated')).toBe(
    'no_transition: INC-42 is verifying; it cannot become mitigated from there. From here: /incident status closed, /incident reopen.',
  )
  expect(become(at('resolved', { severity: 'SEV3' }), 'postmortem')).toMatch(/^no_transition: /)
  expect(become(at('closed', { severity: 'SEV3' }), 'postmortem')).toBe(
    'no_postmortem: INC-42 is SEV3; the postmortem status is for SEV1 and SEV2.',
  )
})

test('what is grave and real is written up once it is closed: its post-mortem is drafted once', () => {
  const types = (incident: Incident, to: Status = 'closed') => {
    const decided = ask(incident, { do: 'status', to })
    return typeof decided === 'string' ? decided : decided.map(({ type }) => type).join()
  }
  expect(types(at('resolved'))).toBe('status_changed,postmortem_drafted')
  expect(types(at('resolved', { severity: 'SEV2' }))).toBe('status_changed,postmortem_drafted')
  expect(types(at('detected'), 'resolved')).toBe('status_changed')
  const none = [{ severity: 'SEV3' }, { test: true }, { drill: true }] as const
  expect(none.map(more => types(at('resolved', more)))).toEqual(Array(3).fill('status_changed'))
  const written = { ...at('resolved'), postmortem: {} } as Incident
  expect(types(written)).toBe('status_changed')
})

test.each(['resolved', 'verifying', 'closed', 'postmortem'] as const)(
  'what is %s is opened again, and people are called again',
  status => {
    expect(ask(at(status), { do: 'reopen' })).toMatchObject([
      { type: 'status_changed', from: status, to: 'investigating' },
      { type: 'chain_started', severity: 'SEV1', why: 'reopened by Ben Okafor', without: [] },
      { type: 'rung_paged', rung: 1, why: 'reopened by Ben Okafor' },
    ])
  },
)

test('what goes on is not opened again', () => {
  expect(ask(at('mitigated'), { do: 'reopen' })).toBe(
    'not_over: INC-42 is mitigated; only what is resolved or closed can be reopened.',
  )
})

test('somebody takes a duty, once; nobody that the configuration does not know', () => {
  const duty = (person: string, incident = declared()) =>
    ask(incident, { do: 'duty', duty: 'commander', person })
  expect(duty('chika')).toEqual([{ type: 'duty_taken', duty: 'commander', person: 'chika' }])
  const led = since(declared(), [{ type: 'duty_taken', duty: 'commander', person: 'chika' }])
  expect(duty('chika', led)).toEqual([])
  expect(duty('ben', led)).toHaveLength(1)
  expect(duty('chica')).toBe('unknown_person: "chica" is nobody in `people`. Did you mean chika?')
  expect(duty('somebody')).toBe('unknown_person: "somebody" is nobody in `people`.')
})

test.each([
  ['update', { do: 'update' }, { type: 'update_posted' }],
  ['note', { do: 'note' }, { type: 'note_added', from: null }],
  ['note', { do: 'correct_entry', entry: 'e3' }, { type: 'entry_corrected', entry: 'e3' }],
])('what is said has words, and not too many: %s, %j', (what, command, event) => {
  const say = (text: string) => ask(declared(), { ...command, text })
  expect(say('  Rolled back \n')).toEqual([{ ...event, text: 'Rolled back' }])
  expect(say(' \n ')).toBe(
    `empty: The ${what} is empty. Say it in words: /incident ${what} Rolled back, watching.`,
  )
  expect(say(` ${'x'.repeat(3000)} `)).toEqual([{ ...event, text: 'x'.repeat(3000) }])
  expect(say('x'.repeat(3001))).toBe(`too_long: The ${what} has 3001 characters; 3000 is the most.`)
})

test('whoever reports the same thing joins, while it is open', () => {
  const join = (incident: Incident) => ask(incident, { do: 'join', title: 'It hangs' })
  expect(join(at('resolved'))).toEqual([{ type: 'joined', person: 'ben', title: 'It hangs' }])
  expect(join(at('closed'))).toBe('closed: INC-42 is closed by now. Declare it anew: /incident declare.')
})

test('an entry is hidden and shown', () => {
  const hide = (hidden: boolean) => ask(declared(), { do: 'hide_entry', entry: 'e3', hidden })
  expect([hide(true), hide(false)]).toEqual([
    [{ type: 'entry_hidden', entry: 'e3' }],
    [{ type: 'entry_shown', entry: 'e3' }],
  ])
})

const OPENED = { type: 'room_opened', chat: 'slack', channel: 'C1', name: '#x' }
const FAILED = { chat: 'slack', step: 'topic', why: 'too long' }

test('the set-up is tried again where something of it failed, and nowhere else', () => {
  const other = { ...OPENED, chat: 'discord' }
  const incident = since(declared(), [OPENED, other, { type: 'setup_failed', ...FAILED }])
  expect(ask(incident, { do: 'retry_setup' })).toEqual([{ type: 'setup_retried', chat: 'slack' }])
  expect(ask(since(declared(), [OPENED]), { do: 'retry_setup' })).toBe(
    'set_up: The set-up of INC-42 is complete.',
  )
})

test('what a delivery brought about is told as it was; a failure that is known already is no news', () => {
  const told = (incident: Incident, data: object) => ask(incident, data, { kind: 'chat', chat: 'slack' })
  for (const name of [
    'room_opened',
    'room_failed',
    'card_posted',
    'post_failed',
    'caught_up',
    'setup_failed',
  ])
    expect(told(declared(), { do: name, ...FAILED })).toEqual([{ type: name, ...FAILED }])
  const incident = since(declared(), [OPENED, { type: 'setup_failed', ...FAILED }])
  expect(told(incident, { do: 'setup_failed', ...FAILED })).toEqual([])
  expect(told(incident, { do: 'setup_failed', ...FAILED, why: 'no right' })).toHaveLength(1)
  expect(told(incident, { do: 'setup_failed', ...FAILED, step: 'pin' })).toHaveLength(1)
  expect(told(incident, { do: 'setup_failed', ...FAILED, chat: 'discord' })).toHaveLength(1)
})

test('only a person may ask what is signed with a name', () => {
  const asked = () => ask(since(declared(), [CHAIN, RUNG]), { do: 'ack', page: null }, { kind: 'timer' })
  expect(asked).toThrow('bug: timer asked what only a person may')
})
