/** Changes, and alerts that belong to no incident: kept once each, in order, and found again by service and time. */
import { expect, test } from 'vitest'
import type { Alert, Change } from '../../../bot/alerts/types.ts'
import type { Asked } from '../../../bot/incidents/asked.ts'
import { happen } from '../../../bot/incidents/fold.ts'
import {
  alertsAbout,
  changesTo,
  decideIngested,
  foldIngested,
  happenedIn,
  type IngestedCommand,
  type IngestedState,
  isOver,
  NOTHING_INGESTED,
} from '../../../bot/ingested/ingested.ts'
import { START } from '../incidents/any.ts'

const change = (id: string, more: Partial<Change> = {}): Change => ({
  id,
  kind: 'deployment',
  state: 'succeeded',
  service: 'checkout',
  title: id,
  version: null,
  environment: null,
  by: null,
  at: START,
  link: null,
  ...more,
})
const alert = (fingerprint: string, more: Partial<Alert> = {}): Alert => ({
  fingerprint,
  status: 'firing',
  title: fingerprint,
  details: '',
  severity: null,
  service: 'checkout',
  group: 'g',
  labels: {},
  startsAt: START,
  endsAt: null,
  link: null,
  ...more,
})

function life() {
  let state: IngestedState | undefined
  let now = START
  const take = (command: IngestedCommand) => {
    now += 1000
    const events = decideIngested({} as Asked, state, command)
    state = foldIngested(happen(state?.seq ?? 0, events, now, { kind: 'timer' }), state)
    return events
  }
  return {
    see: (one: Change, integration = 'ci') => take({ do: 'see_change', integration, change: one }).length,
    hear: (one: Alert, integration = 'prom') =>
      take({ do: 'note_alert', integration, alert: one, why: 'quiet' }),
    state: () => state ?? NOTHING_INGESTED,
  }
}

test('a change is kept once from each system, with when it was learnt', () => {
  const { see, state } = life()
  expect([see(change('a')), see(change('a')), see(change('a'), 'other'), see(change('b'))]).toEqual([
    1, 0, 1, 1,
  ])
  expect(
    state().changes.map(each => `${each.integration} ${each.id} ${each.seq} ${each.learntAt - START}`),
  ).toEqual(['ci a 1 1000', 'other a 2 3000', 'ci b 3 4000'])
})

test('changes are in the order in which they happened, those of one moment by their id', () => {
  const { see, state } = life()
  for (const [id, at] of [
    ['c', 2],
    ['b', 1],
    ['a', 1],
    ['d', 0],
  ] as const)
    see(change(id, { at: START + at }))
  expect(
    state()
      .changes.map(({ id }) => id)
      .join(''),
  ).toBe('dabc')
})

test('an alert that goes on is heard once, and its end is the end of it', () => {
  const { hear, state } = life()
  expect(hear(alert('disk'))).toEqual([
    { type: 'alert_noted', integration: 'prom', alert: alert('disk'), why: 'quiet' },
  ])
  expect(hear(alert('disk'))).toEqual([])
  expect(hear(alert('disk'), 'other')).toHaveLength(1)
  const over = alert('disk', { status: 'resolved', endsAt: START + 9 })
  expect(hear(over)).toHaveLength(1)
  expect(hear(over)).toEqual([])
  expect(state().alerts['prom/disk']).toEqual({
    ...over,
    integration: 'prom',
    learntAt: START + 4000,
    seq: 3,
  })
  expect(state().firings).toEqual([
    { title: 'disk', at: START + 1000 },
    { title: 'disk', at: START + 3000 },
  ])
})

test('a beginning that comes after its end is late; another one is a new one', () => {
  const { hear } = life()
  expect(hear(alert('disk', { status: 'resolved' }))).toHaveLength(1)
  expect(hear(alert('disk'))).toEqual([])
  expect(hear(alert('disk', { startsAt: START + 1 }))).toHaveLength(1)
})

test('the end of something without a beginning is nothing when nobody can tell which it was', () => {
  const { hear } = life()
  expect(hear(alert('disk', { status: 'resolved', startsAt: null }))).toEqual([])
  expect(hear(alert('disk', { startsAt: null }))).toHaveLength(1)
  expect(hear(alert('disk', { status: 'resolved', startsAt: null }))).toHaveLength(1)
  expect(hear(alert('disk', { startsAt: null }))).toHaveLength(1)
})

test.each([
  [undefined, START, false],
  [alert('x'), START, false],
  [alert('x', { status: 'resolved' }), START, true],
  [alert('x', { status: 'resolved' }), START + 1, false],
  [alert('x', { status: 'resolved', startsAt: null }), null, false],
] as const)('%j, and one that began at %s: over is %s', (last, startsAt, over) => {
  expect(isOver(last, startsAt)).toBe(over)
})

test('what is found: within the stretch, of the services, and changes of no service as well', () => {
  const { see, hear, state } = life()
  see(change('before', { at: START - 1 }))
  see(change('first'))
  see(change('last', { at: START + 10 }))
  see(change('after', { at: START + 11 }))
  see(change('elsewhere', { service: 'search' }))
  see(change('anywhere', { service: null }))
  hear(alert('before', { startsAt: START - 1 }))
  hear(alert('first'))
  hear(alert('last', { startsAt: START + 10 }))
  hear(alert('after', { startsAt: START + 11 }))
  hear(alert('elsewhere', { service: 'search' }))
  hear(alert('nowhere', { service: null }))
  hear(alert('untimed', { startsAt: null }))
  const found = (to: number) => ({
    changes: changesTo(state(), ['checkout'], START, to)
      .map(({ id }) => id)
      .join(),
    alerts: alertsAbout(state(), ['checkout'], START, to)
      .map(({ title }) => title)
      .join(),
  })
  expect(found(START + 10)).toEqual({ changes: 'anywhere,first,last', alerts: 'first,last' })
  expect(found(START + 13_000).alerts).toBe('first,last,after,untimed')
})

test('so much is kept and no more: five thousand changes, two thousand alerts, the latest', () => {
  const events = Array.from({ length: 10_001 }, (_, at) => [
    { type: 'change_seen', integration: 'ci', change: change(`c${at}`, { at }) } as const,
    { type: 'alert_noted', integration: 'prom', alert: alert(`a${at}`), why: '' } as const,
  ]).flat()
  const state = foldIngested(happen(0, events, START, { kind: 'timer' }), undefined)!
  expect([state.changes.length, state.changes[0]?.id, state.changes.at(-1)?.id]).toEqual([
    5000,
    'c5001',
    'c10000',
  ])
  expect([Object.keys(state.alerts).length, Object.keys(state.alerts)[0]]).toEqual([2000, 'prom/a8001'])
  expect([state.firings.length, state.firings[0]?.title]).toEqual([10_000, 'a1'])
  expect(foldIngested([], state)).toBe(state)
})

test.each([
  ['deployment', 'started', 'deployment began'],
  ['flag', 'started', 'flag began'],
  ['deployment', 'succeeded', 'deployment succeeded'],
  ['rollback', 'failed', 'rollback failed'],
  ['flag', 'succeeded', 'flag changed'],
  ['configuration', 'succeeded', 'configuration changed'],
  ['flag', 'failed', 'flag failed'],
] as const)('%s %s reads "%s"', (kind, state, said) => {
  expect(happenedIn(change('x', { kind, state }))).toBe(said)
})
