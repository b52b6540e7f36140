/** A page as its person reads it, by chat and by every other way, while it calls and when it is over. */
import { expect, test } from 'vitest'
import type { Incident, Page } from '../../../bot/incidents/state.ts'
import {
  pageSubject,
  pageText,
  readPageSubject,
  readTrialSubject,
  trialSubject,
  trialText,
} from '../../../bot/pages/text.ts'
import { callView, mentionedPage, pageView } from '../../../bot/pages/view.ts'
import { textOf } from '../../support/story.ts'
import { config } from '../../support/team.ts'
import { MINUTE, START, worldOf } from '../incidents/any.ts'
import { ACKED, CHAIN, declared, PROM, RUNG, since, status } from '../incidents/some.ts'

type More = Parameters<typeof declared>[0]
const paged = (more: More = {}, rung: object = {}) => since(declared(more), [CHAIN, { ...RUNG, ...rung }])
const view = (incident: Incident, page: Page = incident.pages[0]!, repeat = false) =>
  pageView(worldOf(config()), incident, page, repeat)
const SERVICE = { service: 'checkout', details: 'since noon' }

test('a page says what is broken, how bad, why them, and has its three buttons', () => {
  expect(view(paged(SERVICE, { lateMs: 7 * MINUTE }))).toEqual({
    summary: 'SEV1 INC-42: Checkout is down (Test team)',
    tone: 'SEV1',
    blocks: [
      { kind: 'heading', text: '📟 SEV1 · INC-42 · Checkout is down' },
      { kind: 'text', lines: [['You are paged: on call in primary.']] },
      {
        kind: 'fields',
        fields: [
          { label: 'Service', value: ['checkout'] },
          { label: 'Declared', value: ['by ', { person: 'ben' }, ' ', { time: START, as: 'relative' }] },
          { label: 'Why', value: ['complete_outage'] },
        ],
      },
      { kind: 'quote', text: 'since noon' },
      { kind: 'note', line: ['This page is 7 min late: Tocsin was not running.'] },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Ack', command: '/incident ack INC-42 --page 1', style: 'primary' },
          { label: 'Escalate', command: '/incident escalate INC-42' },
          { label: 'Not me', command: '/incident notme INC-42' },
        ],
      },
      { kind: 'note', line: ['Work on it in ', { room: 'INC-42' }] },
    ],
  })
})

test('what is not known of it is left out', () => {
  const judged = { severity: 'SEV1', criterion: 'default', confidence: 1, reasons: [] } as const
  const message = view(since(declared({ judged }, PROM), [CHAIN, RUNG]))
  expect(textOf(message)).toBe(
    `📟 SEV1 · INC-42 · Checkout is down | You are paged: on call in primary. | Declared: ${START} | [Ack] [Escalate] [Not me] | INC-42`.replace(
      '| INC-42',
      '| Work on it in INC-42',
    ),
  )
})

test('a page that comes again says so, and so does one of a test or a drill', () => {
  const again = view(paged({ drill: true }), undefined, true)
  expect([again.summary, textOf(again).split(' | ')[0]]).toEqual([
    '(repeat) [DRILL] SEV1 INC-42: Checkout is down (Test team)',
    '📟 (repeat) [DRILL] SEV1 · INC-42 · Checkout is down',
  ])
})

test('a page by hand is nobody else’s to take over', () => {
  const [start] = RUNG.pages
  const byHand = since(declared(), [{ type: 'paged_by_hand', pages: [start], windowMs: 5 }])
  expect(textOf(view(byHand))).toContain(' | [Ack] | ')
})

test('whoever cannot be written to directly is mentioned over the same page', () => {
  const message = view(paged())
  expect(mentionedPage('aiko', message)).toEqual({
    ...message,
    blocks: [{ kind: 'text', lines: [[{ mention: 'aiko' }]] }, ...message.blocks],
  })
})

test.each([
  ['acknowledged', 'good', '✅ Acknowledged by ben after 3 min.'],
  ['answered', 'good', '✅ Answered by aiko.'],
  ['stood aside', 'calm', 'You said "Not me"; the next rung was paged.'],
  ['replaced', 'calm', 'A new chain of pages started (SEV1).'],
  ['unanswered', 'calm', 'Nobody answered this page.'],
  ['stopped', 'calm', 'The incident is resolved; nobody is paged any more.'],
] as const)('a page that is over (%s) says so, and its buttons are gone', (ended, tone, said) => {
  const over = since(paged(), [{ ...ACKED, by: 'ben' }, status('detected', 'resolved')])
  const message = view(over, { ...over.pages[0]!, ended })
  expect(message).toMatchObject({
    tone,
    summary: 'SEV1 · INC-42 · Checkout is down',
    blocks: [
      { kind: 'heading', text: 'SEV1 · INC-42 · Checkout is down' },
      { kind: 'text' },
      { kind: 'note', line: ['Work on it in ', { room: 'INC-42' }] },
    ],
  })
  expect(textOf(message).split(' | ')[1]).toBe(said)
})

test('an ack that was taken back was one all the same', () => {
  const back = since(paged(), [ACKED, { type: 'unacknowledged', by: 'aiko' }])
  expect(textOf(view(back))).toContain(' | It was acknowledged. | ')
})

test('a channel is asked, and nobody is woken', () => {
  expect(callView(declared({ ...SERVICE, severity: 'SEV4', test: true }), 'declared')).toEqual({
    summary: '[TEST] SEV4 · INC-42 · Checkout is down',
    tone: 'SEV4',
    blocks: [
      { kind: 'heading', text: '[TEST] SEV4 · INC-42 · Checkout is down' },
      { kind: 'quote', text: 'since noon' },
      { kind: 'text', lines: [['For this channel: declared. SEV4 asks nobody to get up.']] },
      { kind: 'buttons', buttons: [{ label: 'Ack', command: '/incident ack INC-42', style: 'primary' }] },
      { kind: 'note', line: ['Work on it in ', { room: 'INC-42' }] },
    ],
  })
  expect(callView(declared(), 'declared').blocks).toHaveLength(4)
})

const signer = {
  code: (subject: string) => `code of ${subject}`,
  token: (purpose: string, subject: string) => `${purpose}-${subject}`,
  url: (path: string) => `https://t.example.com${path}`,
} as unknown as Parameters<typeof trialText>[0]
const written = (incident: Incident, how: { repeat?: boolean; beside?: readonly string[] } = {}) =>
  pageText({ world: worldOf(config()), signer }, incident, incident.pages[0]!, {
    repeat: false,
    beside: [],
    ...how,
  })

test('by other ways a page is one sentence to read, one to hear, a code and a link', () => {
  const { message, ...rest } = written(paged(SERVICE))
  expect(rest).toEqual({
    summary: 'SEV1 INC-42: Checkout is down',
    spoken: 'sev 1 incident 42 on checkout. Checkout is down.',
    code: 'code of INC-42/1',
    token: 'page-INC-42/1',
    ackUrl: 'https://t.example.com/a/page-INC-42/1',
  })
  expect(textOf(message)).toContain('Declared: by Ben Okafor 2026-11-24 03:00 UTC')
  expect(message.blocks.at(-1)).toEqual({ kind: 'note', line: ['Work on it in INC-42'] })
})

test('one that stands for others names them; a repeated one, a drill and a test say what they are', () => {
  const { message, summary, spoken } = written(paged({ drill: true }), {
    repeat: true,
    beside: ['INC-1', 'INC-2'],
  })
  expect([summary, spoken]).toEqual([
    '(repeat) [DRILL] SEV1 INC-42: Checkout is down Also open: INC-1, INC-2.',
    'This is a drill. sev 1 incident 42. Checkout is down. Also open: INC-1, INC-2.',
  ])
  expect(message.blocks.at(-1)).toEqual({ kind: 'note', line: ['Also open: INC-1, INC-2.'] })
  expect(message.summary).toMatch(/^\(repeat\)/)
  expect(written(paged({ test: true })).spoken).toBe('This is a test. sev 1 incident 42. Checkout is down.')
})

test('a test of a way says that nothing is broken, with its code', () => {
  const said = 'This is a test from Tocsin, nothing is broken. Your code is code of aiko/sms/3.'
  expect(trialText(signer, 'aiko/sms/3', false)).toEqual({
    summary: said,
    spoken: said,
    message: {
      summary: said,
      tone: 'calm',
      blocks: [
        { kind: 'heading', text: 'A test from Tocsin' },
        {
          kind: 'text',
          lines: [
            [
              said,
              ' Answer with it, press the link, or type /oncall verify ',
              { code: 'code of aiko/sms/3' },
              '.',
            ],
          ],
        },
      ],
    },
    code: 'code of aiko/sms/3',
    token: 'trial-aiko/sms/3',
    ackUrl: 'https://t.example.com/a/trial-aiko/sms/3',
  })
  expect(trialText(signer, 'aiko/sms/3', true).summary).toBe(`(repeat) ${said}`)
})

test.each([
  ['INC-42/3', { id: 'INC-42', page: 3 }],
  ['INC-42/31', { id: 'INC-42', page: 31 }],
  ['INC-42/', undefined],
  ['INC-/3', undefined],
  ['xINC-42/3', undefined],
  ['INC-42/3x', undefined],
])('what a token of a page names: %s', (subject, named) => {
  expect(readPageSubject(subject)).toEqual(named)
  if (named) expect(pageSubject(named.id, named.page)).toBe(subject)
})

test.each([
  ['aiko/sms/17', { person: 'aiko', way: 'sms', trial: 17 }],
  ['a/b/push/1', { person: 'a/b', way: 'push', trial: 1 }],
  ['aiko/fax/17', undefined],
  ['aiko/chat/17', undefined],
  ['aiko/sms/17x', undefined],
  ['/sms/17', undefined],
  ['aiko/sms/', undefined],
])('what a token of a test names: %s', (subject, named) => {
  expect(readTrialSubject(subject)).toEqual(named)
  if (named) expect(trialSubject(named.person, named.way, named.trial)).toBe(subject)
})
