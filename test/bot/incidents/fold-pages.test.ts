/** What becomes of a page: each thing that a provider or a person says of it, step by step. */
import { expect, test } from 'vitest'
import {
  beginPage,
  callRung,
  changePage,
  endPages,
  pageAfter,
  replaceChainPages,
} from '../../../bot/incidents/fold-pages.ts'
import type { Incident, Page } from '../../../bot/incidents/state.ts'
import { MINUTE, START } from './any.ts'

const STEPS = [
  { afterMs: 0, by: 'chat', targets: ['slack', 'discord'] },
  { afterMs: MINUTE, by: 'sms', targets: ['sms'] },
] as const
const start = (page: number, person: string) => ({ page, person, why: 'on call', steps: STEPS })
const PAGE = beginPage(start(1, 'ben'), START, { rung: { pass: 1, rung: 1 } })
type Event = Parameters<typeof pageAfter>[1]
const after = (page: Page, ...events: readonly object[]): Page =>
  events.reduce<Page>((each, event) => pageAfter(each, event as Event), page)
const sent = (target: string, step = 0, more: object = {}) => ({
  type: 'page_sent',
  step,
  target,
  ref: { channel: 'D1', id: target },
  ...more,
})
const failed = (target: string, final = true, step = 0, more: object = {}) => ({
  type: 'page_failed',
  step,
  target,
  final,
  why: `${target} refuses`,
  ...more,
})
const states = ({ steps }: Page) => steps.map(({ state }) => state).join()

test('a page begins with what is due at once, and everything later waits', () => {
  expect(PAGE).toEqual({
    page: 1,
    person: 'ben',
    why: 'on call',
    rung: { pass: 1, rung: 1 },
    reachedAt: null,
    startedAt: START,
    lateMs: 0,
    windowMs: 0,
    copies: [],
    ended: null,
    steps: [
      { ...STEPS[0], state: 'due', late: [], failed: [], why: null },
      { ...STEPS[1], state: 'waiting', late: [], failed: [], why: null },
    ],
  })
  expect(beginPage(start(2, 'aiko'), START, { windowMs: 5, lateMs: 7 })).toMatchObject({
    rung: null,
    windowMs: 5,
    lateMs: 7,
  })
})

test('a copy that got through is kept with its place, and marks its own step', () => {
  const one = after(
    PAGE,
    sent('slack'),
    sent('sms', 1, { ref: null }),
    sent('discord', 0, { instead: 'no DM' }),
  )
  expect(states(one)).toBe('sent,sent')
  expect(one.copies).toEqual([
    { chat: 'slack', ref: { channel: 'D1', id: 'slack' }, step: 0 },
    { chat: 'discord', ref: { channel: 'D1', id: 'discord' }, step: 0, mention: true },
  ])
  expect(states(after(PAGE, sent('slack')))).toBe('sent,waiting')
})

test.each([
  ['one of two that is refused', [failed('slack')], 'due'],
  ['both that are refused', [failed('slack'), failed('discord')], 'failed'],
  ['both that are late', [failed('slack', false), failed('discord', false)], 'late'],
  ['one refused and one late', [failed('slack'), failed('discord', false)], 'late'],
  [
    'one late that is refused in the end',
    [failed('slack', false), failed('slack'), failed('discord')],
    'failed',
  ],
  ['one that got through, and the other refused', [sent('slack'), failed('discord')], 'sent'],
  [
    'one that got through, and both refused then',
    [sent('slack'), failed('discord'), failed('slack')],
    'sent',
  ],
  [
    'taken by a chat of two, and not delivered',
    [sent('slack'), failed('slack', true, 0, { accepted: true })],
    'sent',
  ],
])('a step with %s', (_, events, state) => {
  const one = after(PAGE, ...events)
  expect(states(one)).toBe(`${state},waiting`)
  expect(one.steps[0]?.why).toMatch(/ refuses$/)
})

test('the only way of a step that took it and did not deliver it has failed', () => {
  const one = after(PAGE, { type: 'step_due', step: 1 }, sent('sms', 1, { ref: null }))
  expect(states(one)).toBe('due,sent')
  expect(states(after(one, failed('sms', true, 1, { accepted: true })))).toBe('due,failed')
  expect(states(after(one, failed('sms', true, 1)))).toBe('due,sent')
  expect(after(one, failed('sms', true, 1)).steps[1]).toMatchObject({ failed: ['sms'], late: [] })
  expect(after(one, failed('sms', false, 1)).steps[1]).toMatchObject({ failed: [], late: ['sms'] })
})

test('a step is due, an answer is waited for, a page ends without one or with one', () => {
  expect(states(after(PAGE, { type: 'step_due', step: 1 }))).toBe('due,due')
  expect(after(PAGE, { type: 'page_waits', windowMs: 9 })).toEqual({ ...PAGE, windowMs: 9 })
  expect(after(PAGE, { type: 'page_unanswered' }).ended).toBe('unanswered')
  expect(after(PAGE, { type: 'page_answered' }).ended).toBe('answered')
})

const two = [PAGE, beginPage(start(2, 'aiko'), START, {})]
const endings = (pages: readonly Page[]) => pages.map(({ ended }) => ended)

test('only the page that is meant changes, and what has ended does not end otherwise', () => {
  const changed = changePage({ pages: two } as unknown as Incident, 2, page => ({
    ...page,
    ended: 'answered',
  }))
  expect(endings(changed)).toEqual([null, 'answered'])
  expect(endings(endPages(changed, 'acknowledged'))).toEqual(['acknowledged', 'answered'])
})

test('a new run of the chain takes the place of its pages, and a page by hand stands', () => {
  expect(endings(replaceChainPages(two))).toEqual(['replaced', null])
  expect(endings(replaceChainPages(endPages(two, 'stopped')))).toEqual(['stopped', 'stopped'])
})

test('who is called again before anybody took their page has one page; what was taken, by hand, ended or another’s stands', () => {
  const taken = after(beginPage(start(3, 'ben'), START, { rung: { pass: 1, rung: 1 } }), sent('slack'))
  const byHand = beginPage(start(4, 'ben'), START, {})
  const over = {
    ...beginPage(start(5, 'ben'), START, { rung: { pass: 1, rung: 1 } }),
    ended: 'unanswered' as const,
  }
  const others = beginPage(start(6, 'aiko'), START, { rung: { pass: 1, rung: 1 } })
  const event = { type: 'rung_paged', pages: [start(7, 'ben')], pass: 2, rung: 3, lateMs: 11 }
  const pages = callRung(
    [PAGE, taken, byHand, over, others],
    event as unknown as Parameters<typeof callRung>[1],
    START + 1,
  )
  expect(endings(pages)).toEqual(['replaced', null, null, 'unanswered', null, null])
  expect(pages.at(-1)).toMatchObject({
    page: 7,
    rung: { pass: 2, rung: 3 },
    lateMs: 11,
    startedAt: START + 1,
  })
})
