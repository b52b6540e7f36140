/** The figures of an incident, each from the event that it is named after. */
import { expect, test } from 'vitest'
import type { Happened } from '../../../bot/incidents/events.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { durationOf, figuresOf } from '../../../bot/postmortem/figures.ts'
import { MINUTE, START } from '../incidents/any.ts'

const chain = (more: object = {}) => ({ SEV1: { respondWithin: 5 * MINUTE, ...more } })
const incident = (more: object = {}) =>
  ({
    declaredAt: START,
    severity: 'SEV1',
    chains: chain(),
    pages: [],
    resolvedAt: null,
    firstAckedAt: null,
    closedAt: null,
    acked: null,
    updatedAt: START + 60 * MINUTE,
    ...more,
  }) as unknown as Incident
const at = (minute: number, type: string, more: object = {}) =>
  ({ at: START + minute * MINUTE, event: { type, ...more } }) as unknown as Happened
const figures = (history: readonly Happened[] = [], more: object = {}, signMinute = 0) =>
  figuresOf(incident(more), history, START + signMinute * MINUTE)

test('what did not happen is not known', () => {
  expect(figures()).toEqual({
    severity: 'SEV1',
    detectMs: 0,
    acknowledgeMs: null,
    mitigateMs: null,
    resolveMs: null,
    targetMs: 5 * MINUTE,
    targets: { detectMs: null, acknowledgeMs: 5 * MINUTE, mitigateMs: null, resolveMs: null },
    pages: 0,
    unanswered: 0,
    undelivered: 0,
    handOvers: 0,
  })
})

test('each time is counted from the declaration to the first of its kind; before it lies what it took to notice', () => {
  const history = [
    at(2, 'status_changed', { to: 'responding' }),
    at(3, 'acknowledged'),
    at(9, 'acknowledged'),
    at(10, 'status_changed', { to: 'mitigated' }),
    at(15, 'status_changed', { to: 'mitigated' }),
  ]
  const found = figures(history, { resolvedAt: START + 20 * MINUTE }, -4)
  expect(found).toMatchObject({
    detectMs: 4 * MINUTE,
    acknowledgeMs: 3 * MINUTE,
    mitigateMs: 10 * MINUTE,
    resolveMs: 20 * MINUTE,
  })
  expect(durationOf(found)).toBe(24 * MINUTE)
  expect(durationOf(figures(history, {}, -4))).toBeNull()
  expect(figures([], {}, 4).detectMs).toBe(0)
})

test('targets are those of the severity; a next business day is none in minutes', () => {
  const targets = { detect: 1, mitigate: 2, resolve: 3 }
  expect(figures([], { chains: chain({ targets }) }).targets).toEqual({
    detectMs: 1,
    acknowledgeMs: 5 * MINUTE,
    mitigateMs: 2,
    resolveMs: 3,
  })
  expect(figures([], { chains: chain({ respondWithin: 'next business day' }) }).targetMs).toBeNull()
})

test('hand-overs are acks that were taken back or ran out, and people who said "Not me"', () => {
  const history = [
    at(1, 'unacknowledged'),
    at(2, 'stood_aside'),
    at(3, 'ack_expired'),
    at(4, 'acknowledged'),
    at(5, 'stood_aside'),
  ]
  expect(figures(history).handOvers).toBe(4)
})

const page = (more: object = {}) => ({
  person: 'ben',
  rung: { pass: 1, rung: 1 },
  ended: null,
  startedAt: START,
  steps: [{ state: 'sent' }],
  ...more,
})

test('a page of which every way was refused is undelivered', () => {
  const pages = [
    page({ steps: [{ state: 'failed' }, { state: 'failed' }] }),
    page({ steps: [{ state: 'failed' }, { state: 'sent' }] }),
    page({ steps: [{ state: 'late' }] }),
  ]
  expect(figures([], { pages })).toMatchObject({ pages: 3, undelivered: 1 })
})

test.each([
  ['that nobody answered in its whole time', page(), {}, 1],
  ['that somebody else answered when its time was over', page(), { firstAckedAt: START + 5 * MINUTE }, 1],
  ['that somebody answered just before', page(), { firstAckedAt: START + 5 * MINUTE - 1 }, 0],
  ['that was over before its time was', page(), { resolvedAt: START + 4 * MINUTE }, 0],
  ['of an incident that was closed before', page(), { closedAt: START + 4 * MINUTE }, 0],
  [
    'that began after the first ack',
    page({ startedAt: START + 9 * MINUTE }),
    { firstAckedAt: START + 5 * MINUTE },
    1,
  ],
  ['by hand', page({ rung: null }), {}, 0],
  ['of whoever said "Not me"', page({ ended: 'stood aside' }), {}, 0],
  [
    'of whoever took it late',
    page({ ended: 'acknowledged' }),
    { acked: { by: 'ben' }, firstAckedAt: START + 9 * MINUTE },
    0,
  ],
  [
    'that ended when another took it late',
    page({ ended: 'acknowledged' }),
    { acked: { by: 'aiko' }, firstAckedAt: START + 9 * MINUTE },
    1,
  ],
  [
    'of whoever took it by another page',
    page({ ended: 'replaced' }),
    { acked: { by: 'ben' }, firstAckedAt: START + 9 * MINUTE },
    1,
  ],
  ['without a time to answer', page(), { chains: chain({ respondWithin: 'next business day' }) }, 0],
])('a page %s', (_, one, more, unanswered) => {
  expect(figures([], { pages: [one], ...more }).unanswered).toBe(unanswered)
})
