/** Receipts: why somebody was paged for an incident, or why not, step by step, as they read it. */
import { expect, test } from 'vitest'
import type { Actor, Happened } from '../../../bot/incidents/events.ts'
import { fold } from '../../../bot/incidents/fold.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { why } from '../../../bot/pages/why.ts'
import { plain } from '../../../bot/timeline/plain.ts'
import { config } from '../../support/team.ts'
import { MINUTE, START, worldOf } from '../incidents/any.ts'
import { ACKED, BEN, CHAIN, declared, happened, RUNG, TIMER } from '../incidents/some.ts'

type Row = object | readonly [event: object, actor: Actor]

/** What somebody reads of a history that begins with a declaration and goes on with an event a minute. */
function reads(
  person: string,
  rows: readonly Row[],
  change: (incident: Incident) => Incident = each => each,
) {
  const history: readonly Happened[] = rows.map((row, index) => {
    const [event, actor] = Array.isArray(row) ? (row as [object, Actor]) : [row, TIMER]
    return happened(event, actor, index + 2, START + (index + 1) * MINUTE)
  })
  const incident = change(fold('INC-42', history, declared())!)
  const world = worldOf(config())
  return why(world, incident, history, person, START + 9 * MINUTE).map(line =>
    plain(world, line).replace(/^2026-11-24 (\S+) UTC/, '$1'),
  )
}

const PAGED =
  '03:02 Rung 1 of pass 1 (oncall_primary), paged: on call in primary. By slack and discord after 0 s, then sms after 1 min.'

test('who was paged reads by which rung, why, and by what', () => {
  expect(reads('aiko', [CHAIN, RUNG])).toEqual([PAGED])
  expect(reads('aiko', [CHAIN, { ...RUNG, lateMs: 7 * MINUTE, pass: 2, rung: 3, role: 'manager' }])).toEqual([
    PAGED.replace('1 of pass 1 (oncall_primary)', '3 of pass 2 (manager)').replace(
      'primary. By',
      'primary, 7 min late. By',
    ),
  ])
  const [page] = RUNG.pages
  const byHand = { type: 'paged_by_hand', pages: [{ ...page, why: 'paged by Ben Okafor' }], windowMs: 5 }
  expect(reads('aiko', [CHAIN, [byHand, BEN]])).toEqual([
    '03:02 Paged by Ben Okafor. By slack and discord after 0 s, then sms after 1 min.',
  ])
})

test('of each page it reads when it was tried, accepted, delivered, read, held or failed, and when it went on', () => {
  const of = { page: 1, step: 0, target: 'slack' }
  const times = { attemptedAt: START + 2 * MINUTE + 3000, acceptedAt: START + 2 * MINUTE + 5000 }
  const { attemptedAt: _, ...accepted } = times
  const events = [
    { type: 'page_sent', ...of, ...times, ref: null },
    { type: 'page_sent', ...of, ...accepted, ref: null, instead: 'no direct messages' },
    { type: 'page_failed', ...of, why: 'it is down', final: false },
    { type: 'page_failed', ...of, why: 'no such user', final: true },
    { type: 'page_delivered', ...of, state: 'delivered' },
    { type: 'page_delivered', ...of, state: 'read' },
    { type: 'step_due', page: 1, step: 1 },
    { type: 'step_due', page: 1, step: 0 },
    { type: 'page_held', ...of, until: START, why: 'too many' },
    { type: 'page_waits', page: 1, windowMs: 5 },
    { type: 'page_unanswered', page: 1 },
    { type: 'copy_failed', page: 1, chat: 'slack', why: 'x' },
  ]
  expect(reads('aiko', [CHAIN, RUNG, ...events])).toEqual([
    PAGED,
    '03:03 Tried by slack 3 s after the page began, accepted after 5 s.',
    '03:04 Tried by slack 5 s after the page began, accepted after 5 s. As a mention: no direct messages.',
    '03:05 Not through yet by slack: it is down.',
    '03:06 Not delivered by slack: no such user.',
    '03:07 Delivered by slack.',
    '03:08 Read by slack.',
    '03:09 Goes on to sms.',
    '03:10 Goes on to slack and discord.',
    '03:11 Page 1 waits until 2026-11-24 03:00 UTC: too many',
    '03:12 Page 1 had not got through when its time was over: its answer is waited for still',
    '03:13 Nobody answered page 1',
  ])
  const others = reads('chika', [CHAIN, RUNG, ...events])
  expect(others).toHaveLength(1)
})

const word = (type: string, by = 'ben') => ({ type, by, person: by, page: 1, afterMs: 0, quietMs: 0 })
const WORDS = [
  'stood_aside',
  'page_answered',
  'acknowledged',
  'ack_questioned',
  'ack_renewed',
  'ack_expired',
  'unacknowledged',
] as const

test.each(WORDS)('whoever was paged, and whoever said it, reads of it; nobody else: %s', type => {
  expect(reads('aiko', [CHAIN, RUNG, word(type)])).toHaveLength(2)
  expect(reads('aiko', [CHAIN, RUNG, word(type)])[1]).toMatch(/^03:03 .*Ben Okafor/)
  expect(reads('ben', [CHAIN, RUNG, word(type)])[0]).toMatch(/^03:03 .*Ben Okafor/)
  expect(reads('chika', [CHAIN, RUNG, word(type)])).toHaveLength(1)
})

test('who was passed over reads where and why', () => {
  const skipped = {
    type: 'rung_skipped',
    pass: 1,
    rung: 2,
    role: 'manager',
    person: 'chika',
    why: 'said "Not me"',
  }
  expect(reads('chika', [CHAIN, RUNG, skipped])[0]).toBe(
    '03:03 Passed over at rung 2 (manager): said "Not me".',
  )
  expect(reads('aiko', [CHAIN, RUNG, skipped])).toEqual([PAGED])
})

const NOT = 'Chika Sato was not paged: they are rung 3 (manager) of the SEV1 chain, '

test('who was not paged reads which rung they are, and what kept it from being reached', () => {
  const chika = (events: readonly object[], change?: (incident: Incident) => Incident) =>
    reads('chika', [CHAIN, RUNG, ...events], change)
  expect(chika([ACKED])).toEqual([
    `${NOT}and it stopped when Aiko Tanaka acknowledged at 2026-11-24 03:03 UTC.`,
  ])
  expect(chika([])).toEqual([`${NOT}and the next rung is due at 2026-11-24 03:05 UTC.`])
  expect(reads('chika', [{ ...CHAIN, without: ['chika'] }, RUNG])).toEqual([
    `${NOT}and they are left out of it: they acknowledged it before it was raised.`,
  ])
  expect(chika([{ type: 'status_changed', from: 'detected', to: 'resolved' }])).toEqual([
    `${NOT}and nobody is paged while it is resolved.`,
  ])
})

test('whoever stood aside, or is called first, is meant by their rung all the same', () => {
  expect(reads('aiko', [CHAIN])).toEqual([
    'Aiko Tanaka was not paged: they are rung 1 (oncall_primary) of the SEV1 chain, and nobody is paged while it is detected.',
  ])
})

test('somebody whom no rung means reads whom they mean now', () => {
  const rungs = 'oncall_primary: Aiko Tanaka; oncall_secondary: Ben Okafor'
  expect(reads('zoe', [CHAIN, RUNG])).toEqual([
    `zoe was not paged: no rung of the SEV1 chain means them now. Its rungs are ${rungs}; manager: Chika Sato; director: Diego Ruiz.`,
  ])
  expect(reads('zoe', [])).toEqual(reads('zoe', [CHAIN, RUNG]))
  const lower =
    (severity: 'SEV2' | 'SEV4') =>
    (incident: Incident): Incident => ({ ...incident, severity, chain: null })
  expect(reads('chika', [], lower('SEV2'))).toEqual([
    `Chika Sato was not paged: no rung of the SEV2 chain means them now. Its rungs are ${rungs}.`,
  ])
  expect(reads('chika', [], lower('SEV4'))).toEqual([
    'Chika Sato was not paged: no rung of the SEV4 chain means them now. Its rungs are team_queue: #queue.',
  ])
  const two = (incident: Incident): Incident => {
    const manager = { role: 'manager', target: { people: ['aiko', 'ben'] } }
    const { SEV1 } = incident.chains
    return {
      ...incident,
      chains: { ...incident.chains, SEV1: { ...SEV1, rungs: [manager, { role: 'x', target: null }] } },
    }
  }
  expect(reads('zoe', [], two)[0]).toMatch(/Its rungs are manager: Aiko Tanaka, Ben Okafor; x: nobody\.$/)
})
