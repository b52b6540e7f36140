/** What a timeline makes of each thing that it is given: whole entries, and their order when all is at once. */
import { expect, test } from 'vitest'
import type { Actor, Happened, IncidentEvent } from '../../../bot/incidents/events.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { type IngestedState, NOTHING_INGESTED } from '../../../bot/ingested/ingested.ts'
import { type Entry, entriesOf, reachOf } from '../../../bot/timeline/entries.ts'
import { config } from '../../support/team.ts'
import { MINUTE, START, worldOf } from '../incidents/any.ts'

const BEN: Actor = { kind: 'person', person: 'ben', via: 'slack' }
const TIMER: Actor = { kind: 'timer' }
const HOUR = 60 * MINUTE

const world = () => worldOf(config())
const incident = (more: Partial<Incident> = {}) =>
  ({ id: 'INC-1', service: null, declaredAt: START, closedAt: null, ...more }) as Incident
const happened = (seq: number, event: object, actor: Actor = TIMER, at = START + seq * MINUTE) =>
  ({ seq, at, actor, event: event as IncidentEvent }) as Happened
const alert = (more: object = {}) => ({
  fingerprint: 'f',
  title: 'Disk is full',
  details: '',
  service: 'checkout',
  status: 'firing',
  startsAt: null,
  endsAt: null,
  link: null,
  labels: {},
  ...more,
})
const change = (more: object = {}) => ({
  id: '1',
  seq: 7,
  integration: 'ci',
  kind: 'deployment',
  state: 'succeeded',
  title: 'checkout 4.1',
  service: null,
  by: 'kim',
  at: START - MINUTE,
  learntAt: START,
  link: 'https://ci.example.com/7',
  ...more,
})
const ingested = (more: object) => ({ ...NOTHING_INGESTED, ...more }) as IngestedState
const entries = (history: readonly Happened[], more: object = {}, of = incident()) =>
  entriesOf(world(), of, history, ingested(more))
const one = (event: object, actor: Actor = TIMER): Entry | undefined =>
  entries([happened(3, event, actor)])[0]

const PLAIN = { addedBy: null, impact: null, link: null, hidden: false, before: [] }

test('an event is an entry of its own: when it happened, who did it, and in words what', () => {
  expect(entries([happened(3, { type: 'acknowledged', by: 'ben', page: 1, afterMs: MINUTE }, BEN)])).toEqual([
    {
      ...PLAIN,
      id: 'e3',
      at: START + 3 * MINUTE,
      learntAt: START + 3 * MINUTE,
      source: 'incident',
      who: 'Ben Okafor',
      text: 'Ben Okafor acknowledged after 1 min',
    },
  ])
})

test('an alert stands where it began, with its link beside its words; one that says it begins later is not believed', () => {
  const fired = { type: 'alert_fired', integration: 'prom' }
  const link = 'https://prom.example.com/a'
  expect(one({ ...fired, alert: alert({ startsAt: START - HOUR, link }) })).toEqual({
    ...PLAIN,
    id: 'e3',
    at: START - HOUR,
    learntAt: START + 3 * MINUTE,
    source: 'alert',
    who: null,
    text: expect.not.stringContaining('https'),
    impact: 'worse',
    link,
  })
  expect(one({ ...fired, alert: alert({ startsAt: START + HOUR }) })?.at).toBe(START + 3 * MINUTE)
  const over = { type: 'alert_resolved', integration: 'prom' }
  const times = { startsAt: START - HOUR, endsAt: START + MINUTE }
  expect(one({ ...over, alert: alert(times) })).toMatchObject({ at: START + MINUTE, impact: 'better' })
})

test('what was said in a chat is its author’s, from when it was said, added by who had it kept', () => {
  const from = {
    saidAt: START - MINUTE,
    author: 'Kim',
    by: 'aiko',
    link: 'https://chat.example.com/p1',
    ref: {},
  }
  expect(one({ type: 'note_added', text: 'It is the cache', from }, BEN)).toEqual({
    ...PLAIN,
    id: 'e3',
    at: START - MINUTE,
    learntAt: START + 3 * MINUTE,
    source: 'chat',
    who: 'Kim',
    addedBy: 'Aiko Tanaka',
    text: expect.stringContaining('It is the cache'),
    link: 'https://chat.example.com/p1',
  })
  expect(one({ type: 'note_added', text: 'It is the cache' }, BEN)).toMatchObject({
    who: 'Ben Okafor',
    addedBy: null,
  })
})

test('a page of a channel’s history is one entry for each message, none of them later than when it was read', () => {
  const messages = [
    { author: 'Kim', text: 'first', saidAt: START, link: 'https://chat.example.com/1' },
    { author: 'Lee', text: 'from a clock that is ahead', saidAt: START + 9 * HOUR, link: null },
  ]
  const learntAt = START + 5 * MINUTE
  const said = { ...PLAIN, learntAt, source: 'chat', addedBy: 'Chika Sato' }
  expect(entries([happened(5, { type: 'history_read', by: 'chika', messages })])).toEqual([
    {
      ...said,
      id: 'e5.1',
      at: START,
      who: 'Kim',
      text: 'Kim wrote: first',
      link: 'https://chat.example.com/1',
    },
    { ...said, id: 'e5.2', at: learntAt, who: 'Lee', text: 'Lee wrote: from a clock that is ahead' },
  ])
})

test('a change is an entry, from when it was made and never from the future', () => {
  const seen = {
    ...PLAIN,
    id: 'c7',
    source: 'change',
    who: 'kim',
    text: 'deployment succeeded: checkout 4.1',
  }
  const link = 'https://ci.example.com/7'
  expect(entries([], { changes: [change()] })).toEqual([
    { ...seen, at: START - MINUTE, learntAt: START, link },
  ])
  expect(entries([], { changes: [change({ at: START + MINUTE })] })).toEqual([
    { ...seen, at: START, learntAt: START, link },
  ])
})

test('an alert of no incident is an entry that says which service it is about, and whether it is over', () => {
  const noted = alert({ integration: 'prom', seq: 4, learntAt: START - MINUTE, startsAt: START - 2 * MINUTE })
  const told = { ...PLAIN, id: 'n4', learntAt: START - MINUTE, source: 'alert', who: null }
  expect(entries([], { alerts: { f: noted } })).toEqual([
    { ...told, at: START - 2 * MINUTE, text: 'prom: Disk is full (checkout)', impact: 'worse' },
  ])
  expect(entries([], { alerts: { f: { ...noted, status: 'resolved', startsAt: null } } })).toEqual([
    { ...told, at: START - MINUTE, text: 'prom: Disk is full (checkout, over by now)' },
  ])
})

test('six hours before the declaration and the moment of its end are in, and a millisecond more is not', () => {
  const BEFORE = 6 * HOUR
  const at = (when: number, id: string) => change({ at: when, learntAt: when, id, seq: Number(id) })
  const changes = [
    at(START - BEFORE - 1, '1'),
    at(START - BEFORE, '2'),
    at(START + HOUR, '3'),
    at(START + HOUR + 1, '4'),
  ]
  const ended = incident({ closedAt: START + HOUR })
  expect(entries([], { changes }, ended).map(({ id }) => id)).toEqual(['c2', 'c3'])
  expect(entries([], { changes }).map(({ id }) => id)).toEqual(['c2', 'c3', 'c4'])
})

test('a service reaches what it depends on, however far; an incident of no service reaches all', () => {
  const on = (...dependsOn: readonly string[]) => ({ dependsOn })
  const services = { shop: on('pay'), pay: on('db', 'shop'), db: on(), mail: on() }
  const known = { config: { services } } as unknown as Parameters<typeof reachOf>[0]
  expect(reachOf(known, 'shop')).toEqual(['shop', 'pay', 'db'])
  expect(reachOf(known, 'mail')).toEqual(['mail'])
  expect(reachOf(known, 'gone')).toEqual(['gone'])
  expect(reachOf(known, null)).toEqual(['shop', 'pay', 'db', 'mail'])
})

test('an entry that was corrected and hidden keeps what it said before, and can be shown again', () => {
  const note = happened(1, { type: 'note_added', text: 'the cahe' }, BEN)
  const correct = (seq: number, text: string) => happened(seq, { type: 'entry_corrected', entry: 'e1', text })
  const hide = happened(4, { type: 'entry_hidden', entry: 'e1' })
  const show = happened(5, { type: 'entry_shown', entry: 'e1' })
  const first = entries([note])[0]?.text
  const edited = [note, correct(2, 'the cache'), correct(3, 'the cache of pay')]
  expect(entries([...edited, hide])).toMatchObject([
    { id: 'e1', text: 'the cache of pay', hidden: true, before: [first, 'the cache'] },
  ])
  expect(entries([...edited, hide, show])).toMatchObject([{ id: 'e1', hidden: false }])
  expect(entries([note, happened(2, { type: 'entry_hidden', entry: 'e9' })])).toMatchObject([
    { hidden: false },
  ])
})

test('at the same moment a change comes before events and those before alerts, each in its own order', () => {
  const at = START
  const note = (seq: number) => happened(seq, { type: 'note_added', text: `${seq}` }, BEN, at)
  const messages = Array.from({ length: 11 }, (_, index) => ({
    author: 'Kim',
    text: `${index}`,
    saidAt: at,
    link: null,
  }))
  const read = happened(3, { type: 'history_read', by: 'ben', messages }, BEN, at)
  const same = { at, learntAt: at }
  const changes = [change({ ...same, id: '2', seq: 12 }), change({ ...same, id: '1', seq: 2 })]
  const alerts = { f: alert({ integration: 'prom', seq: 1, learntAt: at }) }
  const ids = entries([note(12), read, note(2)], { changes, alerts }).map(({ id }) => id)
  const said = Array.from({ length: 11 }, (_, index) => `e3.${index + 1}`)
  expect(ids).toEqual(['c2', 'c12', 'e2', ...said, 'e12', 'n1'])
  const late = [change({ at, learntAt: at + 2, seq: 1 }), change({ at, learntAt: at + 1, seq: 2, id: '2' })]
  expect(entries([], { changes: late }).map(({ id }) => id)).toEqual(['c2', 'c1'])
})

test.each([
  ['page', { type: 'rung_skipped', pass: 1, rung: 1, role: 'r', person: null, why: 'nobody' }],
  ['page', { type: 'chain_exhausted', pass: 1, nobody: false }],
  ['page', { type: 'page_failed', page: 1, step: 0, target: 'sms', why: 'no', final: true }],
  ['page', { type: 'paged_by_hand', pages: [], windowMs: MINUTE }],
  ['page', { type: 'ack_questioned', by: 'ben', quietMs: MINUTE }],
  ['chat', { type: 'update_posted', text: 'still looking' }],
  ['chat', { type: 'note_added', text: 'a note' }],
  ['incident', { type: 'duty_taken', person: 'chika', duty: 'commander' }],
  ['incident', { type: 'acknowledged', by: 'ben', page: null, afterMs: 0 }],
  ['finding', { type: 'source_failed', source: 'loki', why: 'it is down' }],
  ['set-up', { type: 'sources_asked', sources: ['loki'] }],
  ['set-up', { type: 'investigation_posted', chat: 'slack', ref: {}, asked: 0 }],
  ['set-up', { type: 'room_opened', chat: 'slack', channel: 'C1', name: 'inc-1' }],
  ['set-up', { type: 'card_posted', chat: 'slack', ref: {}, shows: 1 }],
  ['set-up', { type: 'setup_failed', chat: 'slack', step: 'topic', why: 'no' }],
  ['set-up', { type: 'post_failed', chat: 'slack', what: 'x', why: 'no' }],
  ['set-up', { type: 'copy_failed', page: 1, chat: 'slack', why: 'no' }],
])('it is said of what kind an entry is: %s', (source, event) => {
  expect(one(event, BEN)?.source).toBe(source)
})

const status = (from: string, to: string) => ({ type: 'status_changed', from, to })
test.each([
  ['worse', { type: 'severity_changed', from: 'SEV3', to: 'SEV1' }],
  ['better', { type: 'severity_changed', from: 'SEV1', to: 'SEV2' }],
  ['better', status('investigating', 'mitigated')],
  ['better', status('mitigated', 'resolved')],
  [null, status('closed', 'resolved')],
  [null, status('triage', 'investigating')],
  ['worse', status('resolved', 'investigating')],
  ['worse', status('closed', 'triage')],
  [null, status('resolved', 'closed')],
])('what an event means for whoever uses the service: %s', (impact, event) => {
  expect(one(event, BEN)?.impact).toBe(impact)
})

test('what a source showed is an entry of its own, and that it answered is none', () => {
  const finding = {
    ...{ kind: 'anomaly', source: 'prom', service: 'checkout', name: 'error rate', direction: 'up' },
    ...{ at: START - MINUTE, until: null, usual: 1, peak: 50, score: 9, link: 'https://prom.example.com' },
  }
  const found = { type: 'evidence_found', source: 'prom', findings: [finding], series: [], missing: [] }
  expect(entries([happened(2, found)])).toEqual([
    {
      ...PLAIN,
      id: 'f2.1',
      at: START - MINUTE,
      learntAt: START + 2 * MINUTE,
      source: 'finding',
      who: null,
      text: 'checkout: error rate up to 50, usually 1',
      impact: 'worse',
      link: 'https://prom.example.com',
    },
  ])
})

test.each(['entry_hidden', 'entry_shown', 'entry_corrected', 'message_marked'])(
  '%s is read with what it is about, and is no entry',
  type => {
    expect(one({ type, entry: 'e1', text: 'x', by: 'ben' })).toBeUndefined()
  },
)
