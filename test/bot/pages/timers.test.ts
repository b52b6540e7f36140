/** Pages leave as timers: what each change of a page arms, takes back and edits. */
import { expect, test } from 'vitest'
import type { Effect } from '../../../bot/engine/reactions.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { pageReactions } from '../../../bot/pages/reactions.ts'
import { config } from '../../support/team.ts'
import { MINUTE, START, worldOf } from '../incidents/any.ts'
import { ACKED, CHAIN, declared, happened, RUNG, since } from '../incidents/some.ts'

const NOW = START + 30 * MINUTE
const SECONDS = 1000

function shown(effect: Effect): string {
  const work = 'arm' in effect ? effect.arm : effect.disarm
  const { kind, ...rest } = work as { kind: string }
  const what = [
    kind,
    ...Object.values(rest).map(each => (typeof each === 'object' ? JSON.stringify(each) : each)),
  ].join(' ')
  return 'arm' in effect ? `${what} at ${(effect.at - START) / SECONDS}` : `not ${what}`
}
/** What follows from one more event. */
function follows(
  before: Incident | undefined,
  event: object,
  after = since(before!, [event]),
): readonly string[] {
  const moment = { world: worldOf(config()), before, after, happened: [happened(event)], now: NOW }
  return pageReactions.flatMap(react => react(moment)).map(shown)
}

const called = () => since(declared(), [CHAIN])
const paged = () => since(called(), [RUNG])
const now = ' at 1800'

test('a page that begins leaves by each target of its first step at once; its later step waits for its time', () => {
  expect(follows(called(), RUNG)).toEqual([
    `page 1 0 slack aiko${now}`,
    `page 1 0 discord aiko${now}`,
    'step 1 1 at 180',
  ])
  const hand = { type: 'paged_by_hand', pages: RUNG.pages, windowMs: 5 * MINUTE }
  expect(follows(called(), hand)).toEqual([
    `page 1 0 slack aiko${now}`,
    `page 1 0 discord aiko${now}`,
    'step 1 1 at 180',
    'window 1 at 420',
  ])
  expect(follows(undefined, RUNG, paged())).toEqual(follows(called(), RUNG))
})

test('a later step that comes due leaves, and is waited for no more', () => {
  expect(follows(paged(), { type: 'step_due', page: 1, step: 1 })).toEqual([
    'not step 1 1',
    `page 1 1 sms aiko${now}`,
  ])
  expect(follows(paged(), { type: 'update_posted', text: 'x' })).toEqual([])
})

const sent = (target: string, more: object = {}) => ({
  type: 'page_sent',
  ...{ page: 1, step: 0, target, ref: { channel: 'D1', id: target }, linked: true },
  ...more,
})

test('what got through arms nothing; a window that is longer is waited for anew', () => {
  expect(follows(paged(), sent('slack'))).toEqual([])
  const hand = since(called(), [{ type: 'paged_by_hand', pages: RUNG.pages, windowMs: 5 * MINUTE }])
  expect(follows(hand, { type: 'page_waits', page: 1, windowMs: 10 * MINUTE })).toEqual(['window 1 at 720'])
  expect(follows(hand, sent('slack'))).toEqual([])
})

const SILENCE = [
  'not window 1',
  'not step 1 0',
  'not page 1 0 slack aiko',
  'not page 1 0 discord aiko',
  'not step 1 1',
  'not page 1 1 sms aiko',
]
const copy = (target: string) => `copy 1 ${target} {"channel":"D1","id":"${target}"}${now}`
const leftover = (target: string) => `leftover 1 0 ${target} aiko at 1820`

test('a page that ends takes back what has not left, edits what has, and looks for what nobody heard of', () => {
  expect(follows(paged(), ACKED)).toEqual([...SILENCE, leftover('slack'), leftover('discord')])
  const one = since(paged(), [sent('slack')])
  expect(follows(one, ACKED)).toEqual([...SILENCE, copy('slack'), leftover('discord')])
  const both = since(one, [sent('discord')])
  expect(follows(both, ACKED)).toEqual([...SILENCE, copy('slack'), copy('discord')])
  const ended = { ...paged().pages[0]!, ended: 'replaced' as const }
  expect(follows(undefined, ACKED, { ...paged(), pages: [ended] })).toEqual(SILENCE)
})

test('only what was posted in a chat, and had its time, may be left over', () => {
  const [page] = RUNG.pages
  const chat = { afterMs: MINUTE, by: 'chat', targets: ['slack'] }
  const sms = { afterMs: 0, by: 'sms', targets: ['sms'] }
  const later = since(called(), [{ ...RUNG, pages: [{ ...page, steps: [sms, chat] }] }])
  expect(follows(later, ACKED).filter(each => each.startsWith('leftover'))).toEqual([])
  const due = since(later, [{ type: 'step_due', page: 1, step: 1 }])
  expect(follows(due, ACKED).at(-1)).toBe('leftover 1 1 slack aiko at 1820')
  // A copy of another step is not the one that is looked for.
  const other = since(due, [sent('slack')])
  expect(follows(other, ACKED).at(-1)).toBe('leftover 1 1 slack aiko at 1820')
})

test('a copy that was heard of only after the end is edited at once, and no other', () => {
  const over = since(paged(), [sent('slack'), ACKED])
  expect(follows(over, sent('discord'))).toEqual([copy('discord')])
})

const OPENED = { type: 'room_opened', chat: 'slack', channel: 'C1', name: '#x' }

test('a page that left before the channel was open gets its link, in that chat, while it calls', () => {
  const both = since(paged(), [sent('slack'), sent('discord')])
  expect(follows(both, OPENED)).toEqual([copy('slack')])
  expect(follows(since(both, [ACKED]), OPENED)).toEqual([])
  expect(follows(paged(), OPENED)).toEqual([])
})

test('one that is heard of after the channel opened gets its link as well, if it went without', () => {
  const open = since(paged(), [OPENED])
  expect(follows(open, sent('slack', { linked: false }))).toEqual([copy('slack')])
  expect(follows(open, sent('slack'))).toEqual([])
  expect(follows(open, sent('discord', { linked: false }))).toEqual([])
  expect(follows(open, sent('slack', { linked: false, ref: null }))).toEqual([])
  const with2 = since(open, [sent('discord')])
  expect(follows(with2, sent('slack', { linked: false }))).toEqual([copy('slack')])
  const ended = since(open, [ACKED])
  expect(follows(ended, sent('slack', { linked: false }))).toEqual([copy('slack')])
  const failedRoom = since(paged(), [{ type: 'room_failed', chat: 'slack', why: 'x' }])
  expect(follows(failedRoom, sent('slack', { linked: false }))).toEqual([])
})
