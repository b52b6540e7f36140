/** What is kept of digests: since when there are weeks, up to where they are accounted for, and what was not told. */
import { expect, test } from 'vitest'
import { type DigestEvent, type DigestState, foldDigest } from '../../../bot/digest/digest.ts'
import type { Period } from '../../../bot/digest/period.ts'
import { happen } from '../../../bot/incidents/fold.ts'

const period = (id: string, from: number, to: number): Period => ({ id, from, to })
const BEFORE: DigestState = {
  seq: 4,
  since: 1,
  until: 7,
  at: 9,
  untold: [{ week: 'W0', chat: 'slack', why: 'x' }],
}
const after = (event: DigestEvent, from: DigestState | undefined = BEFORE) =>
  foldDigest(happen(from?.seq ?? 0, [event], 100, { kind: 'timer' }), from)
const lost = (week: string) => ({ week, chat: null, why: 'Tocsin was not running' })

test.each<readonly [string, DigestEvent, Partial<DigestState>]>([
  ['planned', { type: 'digest_planned', at: 20, from: 10 }, { at: 20 }],
  ['told', { type: 'digest_due', period: period('W1', 7, 14), asked: false }, { until: 14, untold: [] }],
  ['asked for', { type: 'digest_due', period: period('W1', 7, 14), asked: true }, {}],
  [
    'skipped',
    { type: 'digest_skipped', periods: [period('W1', 7, 14), period('W2', 14, 21)] },
    { until: 21, untold: [...BEFORE.untold, lost('W1'), lost('W2')] },
  ],
  ['skipped, none of them', { type: 'digest_skipped', periods: [] }, {}],
  [
    'lost',
    { type: 'digest_lost', period: period('W1', 7, 14), chat: 'discord', why: 'no access' },
    { untold: [...BEFORE.untold, { week: 'W1', chat: 'discord', why: 'no access' }] },
  ],
])('when one is %s', (_, event, change) => {
  expect(after(event)).toEqual({ ...BEFORE, seq: 5, ...change })
})

test('the first plan says since when there are weeks; an older Tocsin did not say', () => {
  const first = (event: DigestEvent) => foldDigest(happen(0, [event], 100, { kind: 'timer' }), undefined)
  const planned = { seq: 1, since: 10, until: 10, at: 20, untold: [] }
  expect(first({ type: 'digest_planned', at: 20, from: 10 })).toEqual(planned)
  expect(first({ type: 'digest_planned', at: 20 })).toEqual({ ...planned, since: null, until: null })
  expect(after({ type: 'digest_planned', at: 30, from: 15 }, { ...planned, since: null })).toEqual({
    ...planned,
    seq: 2,
    since: null,
    at: 30,
  })
})

test('of what was not told the latest twelve are kept', () => {
  const many = Array.from({ length: 12 }, (_, index) => period(`W${index + 1}`, index, index + 1))
  const weeks = (state: DigestState | undefined) => state?.untold.map(({ week }) => week)
  const skipped = after({ type: 'digest_skipped', periods: many })
  expect(weeks(skipped)).toEqual(many.map(({ id }) => id))
  const more: DigestEvent = { type: 'digest_lost', period: period('W13', 12, 13), chat: 'slack', why: 'x' }
  expect(weeks(after(more, skipped))).toEqual([...many.slice(1).map(({ id }) => id), 'W13'])
})
