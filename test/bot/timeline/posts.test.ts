/** What is said aloud of an event, whole: in the incident's channel and in the team's. */
import { expect, test } from 'vitest'
import type { Actor, Happened, IncidentEvent } from '../../../bot/incidents/events.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { catchUpView } from '../../../bot/timeline/catch-up.ts'
import { post } from '../../../bot/timeline/posts.ts'
import { config } from '../../support/team.ts'
import { MINUTE, START, worldOf } from '../incidents/any.ts'

const BEN: Actor = { kind: 'person', person: 'ben', via: 'slack' }
const world = () => worldOf(config())
const happened = (event: object, actor: Actor = BEN, seq = 3) =>
  ({ seq, at: START + seq * MINUTE, actor, event: event as IncidentEvent }) as Happened
const step = (state: string, more: object = {}) => ({ by: 'sms', targets: ['sms'], state, ...more })
const page = (person: string, ...steps: readonly object[]) => ({
  person,
  startedAt: START + MINUTE,
  steps,
  copies: [],
})
const incident = (more: object = {}) =>
  ({
    id: 'INC-1',
    title: 'It is down',
    severity: 'SEV2',
    test: false,
    drill: false,
    declaredAt: START,
    declaredBy: BEN,
    acked: null,
    stoodAside: [],
    chain: null,
    chains: { SEV2: { respondWithin: 15 * MINUTE, rungs: [] } },
    duties: {},
    pages: [page('chika', step('sent')), page('aiko', step('sent'))],
    ...more,
  }) as unknown as Incident

const text = (...line: readonly unknown[]) => ({ kind: 'text', lines: [line] })
const UPDATE = happened({ type: 'update_posted', text: 'Rolled back' })

test('in its own channel a post is its line; in the team’s it says of what, and where', () => {
  expect(post(world(), incident(), UPDATE, 'room')).toEqual({
    summary: 'INC-1: Ben Okafor: Rolled back',
    tone: 'calm',
    blocks: [text({ person: 'ben' }, ': ', 'Rolled back')],
  })
  expect(post(world(), incident(), UPDATE, 'team')).toEqual({
    summary: 'INC-1: Ben Okafor: Rolled back',
    tone: 'calm',
    blocks: [
      text({ bold: 'INC-1 It is down' }, ': ', { person: 'ben' }, ': ', 'Rolled back'),
      { kind: 'note', line: [{ room: 'INC-1' }] },
    ],
  })
})

test.each([
  ['TEST · ', { test: true }],
  ['TEST · ', { test: true, drill: true }],
  ['DRILL · ', { drill: true }],
])('nobody takes for real what is none: %s', (mark, more) => {
  const said = post(world(), incident(more), UPDATE, 'team')
  expect(said.summary).toBe(`${mark}INC-1: Ben Okafor: Rolled back`)
  expect(said.blocks[0]).toMatchObject({
    lines: [expect.arrayContaining([{ bold: `${mark}INC-1 It is down` }])],
  })
})

test('the end of a chain is loud: whoever has a part in it, and a button to take it', () => {
  const button = { label: 'Ack', command: '/incident ack INC-1', style: 'primary' }
  const ended = happened({ type: 'chain_exhausted', pass: 1, nobody: false }, { kind: 'timer' })
  expect(post(world(), incident(), ended, 'room')).toEqual({
    summary: expect.stringMatching(/^INC-1: Nobody/),
    tone: 'SEV2',
    blocks: [
      text(
        '🚨 ',
        { bold: 'Nobody acknowledged: everybody in the chain was paged' },
        '.',
        ' Somebody take it: press Ack, or page by hand with /incident page @person.',
      ),
      text('Everybody involved: ', { mention: 'ben' }, ', ', { mention: 'chika' }, ', ', { mention: 'aiko' }),
      { kind: 'buttons', buttons: [button] },
    ],
  })
  const nobody = post(world(), incident({ pages: [], declaredBy: { kind: 'timer' } }), ended, 'room')
  expect(nobody.blocks[1]).toEqual(text('Everybody involved: ', 'nobody'))
})

test('whoever has it and said nothing is asked by name, and told what silence brings', () => {
  const asked = happened({ type: 'ack_questioned', by: 'ben', quietMs: 30 * MINUTE })
  expect(post(world(), incident(), asked, 'room').blocks.slice(1)).toEqual([
    text({ mention: 'ben' }, ': without an answer in 10 min everybody is paged again.'),
    {
      kind: 'buttons',
      buttons: [{ label: 'Still on it', command: '/incident ack INC-1', style: 'primary' }],
    },
  ])
})

test('a problem that seems to be back brings the three things that can be done about it', () => {
  const back = happened({
    type: 'recurrence_seen',
    incident: 'INC-7',
    incidentTitle: 'Disk full',
    item: 'ACT-4',
    title: 'Alert on disk',
    doneAt: START,
    why: 'the same service',
  })
  expect(post(world(), incident(), back, 'room').blocks.slice(1)).toEqual([
    {
      kind: 'buttons',
      buttons: [
        { label: 'Reopen ACT-4', command: '/action reopen ACT-4' },
        { label: 'Link to ACT-4', command: '/action link ACT-4 INC-1' },
        { label: 'Show it', command: '/action show ACT-4' },
      ],
    },
  ])
})

test.each(['page_failed', 'page_held', 'page_unanswered'])(
  'what befell a page says whose it is, since nobody knows pages by their numbers: %s',
  type => {
    const said = (number: number) =>
      post(
        world(),
        incident(),
        happened({ type, page: number, target: 'sms', why: 'no', until: START, final: true }),
        'room',
      ).blocks[0] as { readonly lines: readonly (readonly unknown[])[] }
    expect(said(2).lines[0]?.slice(0, 2)).toEqual([{ person: 'aiko' }, ': '])
    expect(said(9).lines[0]?.[0]).toEqual(expect.stringMatching(/./))
  },
)

const declared = {
  type: 'declared',
  title: 'It is down',
  severity: 'SEV2',
  chosen: false,
  judged: { severity: 'SEV2', criterion: 'partial_outage', confidence: 1, reasons: [] },
}

test('a declaration says what, how bad, who is called, and where the work is', () => {
  const twice = incident({ pages: [page('chika'), page('aiko'), page('chika')] })
  expect(post(world(), twice, happened(declared), 'team')).toEqual({
    summary: 'SEV2 INC-1: It is down',
    tone: 'SEV2',
    blocks: [
      text({ bold: 'SEV2 · INC-1 It is down' }),
      { kind: 'text', lines: [expect.arrayContaining([{ person: 'ben' }])] },
      text('Paged: ', { person: 'chika' }, ' and ', { person: 'aiko' }),
      { kind: 'note', line: ['Work on it in ', { room: 'INC-1' }] },
    ],
  })
  const drill = post(world(), incident({ pages: [], drill: true }), happened(declared), 'team')
  expect(drill.summary).toBe('DRILL · SEV2 INC-1: It is down')
  expect(drill.blocks[0]).toEqual(text({ bold: 'DRILL · SEV2 · INC-1 It is down' }))
  expect(drill.blocks[2]).toEqual(text('Nobody was paged.'))
})

const closed = happened({ type: 'status_changed', from: 'resolved', to: 'closed' })
const reportOf = (more: object) => {
  const block = post(world(), incident({ drill: true, ...more }), closed, 'room').blocks[1]
  return block?.kind === 'list' ? block.items : undefined
}

test('a drill that is closed says how it went: who was called by what, who took it, and what to mend', () => {
  const pages = [
    page(
      'chika',
      step('sent'),
      step('sent', { by: 'voice', why: 'in this drill it does not work' }),
      step('failed', { by: 'voice', why: 'in this drill it does not work' }),
    ),
    page('aiko', step('due'), step('waiting'), step('failed', { by: 'email', why: 'no such box' })),
    page('ben', step('late', { by: 'push', why: null })),
  ]
  const acked = { by: 'aiko', at: START, afterMs: 4 * MINUTE }
  expect(reportOf({ pages, acked, silent: ['chika'] })).toEqual([
    [{ bold: 'It worked: ' }, { person: 'aiko' }, ' took it after 4 min, within the 15 min of SEV2.'],
    [
      '+1 min: ',
      { person: 'chika' },
      ' by sms, voice (broken in this drill), voice (broken in this drill), who did not answer in this drill',
    ],
    ['+1 min: ', { person: 'aiko' }, ' by sms (under way), sms (not needed), email (failed)'],
    ['+1 min: ', { person: 'ben' }, ' by push (late)'],
    [{ bold: 'To mend: ' }, 'Aiko Tanaka was not reached by email: no such box'],
    [{ bold: 'To mend: ' }, 'Ben Okafor was not reached by push: no answer'],
  ])
})

test('a drill is measured against the time in which somebody was to respond', () => {
  const took = (minutes: number, respondWithin: unknown = 15 * MINUTE) => {
    const acked = { by: 'aiko', at: START, afterMs: minutes * MINUTE }
    return reportOf({ acked, chains: { SEV2: { respondWithin } } })?.[0]?.[2]
  }
  expect(took(15)).toBe(' took it after 15 min, within the 15 min of SEV2.')
  expect(took(16)).toBe(' took it after 16 min, 1 min later than the 15 min of SEV2.')
  expect(took(16, 'next business day')).toBe(' took it after 16 min, in time.')
  expect(reportOf({ chain: { exhaustedAt: START } })?.[0]).toEqual([
    { bold: 'It failed: the chain ended and nobody took it.' },
  ])
  expect(reportOf({ chain: { exhaustedAt: null } })?.[0]).toEqual([{ bold: 'Nobody took it.' }])
})

test('only the end of a drill is told as one', () => {
  expect(post(world(), incident(), closed, 'room').blocks).toHaveLength(1)
  const resolved = happened({ type: 'status_changed', from: 'mitigated', to: 'resolved' })
  expect(post(world(), incident({ drill: true }), resolved, 'room').blocks).toHaveLength(1)
})

test('a channel that could not be written to is told the last fifteen things that it missed, and how many came before', () => {
  const missed = (count: number) =>
    Array.from({ length: count }, (_, seq) => happened({ type: 'update_posted', text: `u${seq}` }, BEN, seq))
  const quiet = happened({ type: 'page_delivered', page: 1, state: 'read', target: 'push' })
  const items = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => [
      { time: START + (from + index) * MINUTE, as: 'at' },
      ' ',
      { person: 'ben' },
      ': ',
      `u${from + index}`,
    ])
  const head = text('This channel could not be written to for a while. What it missed:')
  expect(catchUpView(world(), incident(), [...missed(15), quiet])).toEqual({
    summary: 'INC-1: what this channel missed',
    tone: 'calm',
    blocks: [head, { kind: 'list', items: items(0, 15) }],
  })
  expect(catchUpView(world(), incident(), missed(16)).blocks).toEqual([
    head,
    { kind: 'list', items: items(1, 16) },
    { kind: 'note', line: ['and 1 before these: /incident timeline INC-1'] },
  ])
})
