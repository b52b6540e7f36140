/** The card of an incident: what it says at each stage, which buttons it offers then, and the channel's name and topic. */
import { expect, test } from 'vitest'
import { card, cardButtons, roomName, topic } from '../../../bot/incidents/card.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import type { Status } from '../../../bot/words.ts'
import { textOf } from '../../support/story.ts'
import { config } from '../../support/team.ts'
import { MINUTE, START, worldOf } from './any.ts'
import { ACKED, CHAIN, declared, PROM, RUNG, since, status } from './some.ts'

const world = () => worldOf(config())
const paged = () => since(declared(), [CHAIN, RUNG])
const reads = (incident: Incident, address?: string) =>
  textOf(card({ ...world(), ...(address === undefined ? {} : { address }) }, incident))

test('the card of an incident that somebody has, in full', () => {
  const incident = since(declared({ service: 'checkout', details: 'since noon' }), [
    CHAIN,
    RUNG,
    ACKED,
    status('detected', 'responding'),
    { type: 'duty_taken', duty: 'commander', person: 'ben' },
    { type: 'duty_taken', duty: 'scribe', person: 'chika' },
    { type: 'update_posted', text: 'Rolled back' },
  ])
  expect(card({ ...world(), address: 'https://tocsin.example.com' }, incident)).toEqual({
    summary: 'SEV1 INC-42 Checkout is down: responding',
    tone: 'SEV1',
    blocks: [
      { kind: 'heading', text: 'SEV1 · INC-42 · Checkout is down' },
      { kind: 'text', lines: [['✅ Acknowledged by ', { person: 'aiko' }, ' after 3 min.']] },
      {
        kind: 'fields',
        fields: [
          { label: 'Status', value: [{ bold: 'responding' }] },
          { label: 'Severity', value: [{ bold: 'SEV1' }, ' complete_outage'] },
          { label: 'Service', value: ['checkout'] },
          { label: 'Declared', value: ['by ', { person: 'ben' }, ' ', { time: START, as: 'at' }] },
          { label: 'Commander', value: [{ person: 'ben' }] },
          { label: 'Scribe', value: [{ person: 'chika' }] },
        ],
      },
      { kind: 'quote', text: 'since noon' },
      {
        kind: 'text',
        lines: [[{ bold: 'Last update ' }, { time: START + 7 * MINUTE, as: 'at' }, ': ', 'Rolled back']],
      },
      {
        kind: 'note',
        line: [
          { link: 'https://wiki.example.com/checkout', text: 'Runbook' },
          ' · ',
          { link: 'https://tocsin.example.com/incidents/INC-42', text: 'Timeline' },
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Investigating', command: '/incident status INC-42 investigating' },
          { label: 'Mitigated', command: '/incident status INC-42 mitigated' },
          { label: 'Resolve', command: '/incident status INC-42 resolved' },
          {
            label: 'Close',
            command: '/incident status INC-42 closed',
            confirm: 'Close this incident? Paging stops and its history is kept.',
          },
          { label: 'Update', command: '/incident update INC-42' },
        ],
      },
    ],
  })
})

test('the card of one that an alert declared, while people are called', () => {
  const incident = since(declared({}, PROM), [CHAIN, RUNG])
  expect(card(world(), incident)).toEqual({
    summary: 'SEV1 INC-42 Checkout is down: detected',
    tone: 'SEV1',
    blocks: [
      { kind: 'heading', text: 'SEV1 · INC-42 · Checkout is down' },
      {
        kind: 'text',
        lines: [
          [
            '📟 Paging ',
            { person: 'aiko' },
            '. ',
            'Next, oncall_secondary, ',
            { time: START + 5 * MINUTE, as: 'relative' },
            '.',
          ],
        ],
      },
      {
        kind: 'fields',
        fields: [
          { label: 'Status', value: [{ bold: 'detected' }] },
          { label: 'Severity', value: [{ bold: 'SEV1' }, ' complete_outage'] },
          { label: 'Declared', value: ['by an alert', ' ', { time: START, as: 'at' }] },
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Ack', command: '/incident ack INC-42', style: 'primary' },
          { label: 'Escalate', command: '/incident escalate INC-42' },
          { label: 'Resolve', command: '/incident status INC-42 resolved' },
          {
            label: 'Close',
            command: '/incident status INC-42 closed',
            confirm: 'Close this incident? Paging stops and its history is kept.',
          },
          { label: 'Update', command: '/incident update INC-42' },
        ],
      },
    ],
  })
})

test('a card that is over says so in its colour, and how long it took', () => {
  const resolved = since(paged(), [status('detected', 'resolved')])
  expect(card(world(), resolved)).toMatchObject({
    tone: 'good',
    summary: 'SEV1 INC-42 Checkout is down: resolved',
  })
  expect(reads(resolved)).toBe(
    `SEV1 · INC-42 · Checkout is down | It is resolved. Nobody is being paged. | Status: resolved Severity: SEV1 complete_outage Declared: by ben ${START} Resolved: after 3 min | [Verify] [Close] [Update] [Reopen]`,
  )
})

test('tests and drills say so first, and a severity that somebody chose says what was judged', () => {
  const test = card(world(), declared({ test: true }))
  expect([test.summary, textOf(test).split(' | ')[0]]).toEqual([
    '[TEST] SEV1 INC-42 Checkout is down: detected',
    '[TEST] SEV1 · INC-42 · Checkout is down',
  ])
  expect(reads(declared({ drill: true }))).toMatch(/^\[DRILL\] SEV1/)
  expect(reads(declared({ severity: 'SEV2', chosen: true }))).toContain('Severity: SEV2 chosen; judged SEV1')
  expect(reads(declared({ chosen: true }))).toContain('Severity: SEV1 complete_outage')
})

test('one with a page of its own and no service leads to it', () => {
  expect(reads(paged(), 'https://tocsin.example.com')).toContain(
    ' | https://tocsin.example.com/incidents/INC-42 | ',
  )
  expect(reads(paged())).not.toContain('/incidents/')
  expect(reads(since(declared({ service: 'checkout' }), []))).toContain(
    ' | https://wiki.example.com/checkout | ',
  )
})

/** What the card says of who is called, of a chain of two rungs that is gone through twice. */
function standing(more: object, rest: object = {}): string | undefined {
  const base = since(declared({ service: 'checkout' }), [CHAIN, RUNG])
  const chains = { ...base.chains, SEV1: { ...base.chains.SEV1, repeat: 1 } }
  const incident = { ...base, chains, chain: { ...base.chain, ...more }, ...rest } as Incident
  return reads(incident).split(' | ')[1]
}
const at = START + 5 * MINUTE

test.each([
  ['the next rung', { next: { pass: 1, rung: 2, dueAt: at } }, `Next, manager, ${at}.`],
  ['the first rung again', { next: { pass: 2, rung: 1, dueAt: at } }, `Next, oncall_primary, ${at}.`],
  ['the end of a pass', { next: { pass: 1, rung: 3, dueAt: at } }, `Everybody again ${at}.`],
  ['the end of the last pass', { next: { pass: 2, rung: 3, dueAt: at } }, `The chain ends ${at}.`],
  ['the last rung of the last pass', { next: { pass: 2, rung: 2, dueAt: at } }, `Next, manager, ${at}.`],
  ['nothing more', { next: null }, ''],
])('before %s the card says who is called, and what comes', (_, chain, said) => {
  expect(standing(chain)).toBe(`📟 Paging aiko. ${said}`)
})

test('a chain at its end asks for somebody, and says who is called all the same', () => {
  const ended = { next: null, exhaustedAt: START }
  const asks = 'Nobody acknowledged and the chain is at its end. Somebody take it.'
  expect(standing(ended)).toBe(`🚨 📟 Paging aiko. ${asks}`)
  expect(standing(ended, { pages: [] })).toBe(`🚨 ${asks}`)
})

test('who is called by two pages is named once; nobody is said to be, and a channel is named', () => {
  const twice = { ...RUNG, pages: [...RUNG.pages, { ...RUNG.pages[0], page: 2 }].slice(1), rung: 2 }
  const sent = { type: 'page_sent', page: 1, step: 0, target: 'slack', ref: null }
  expect(reads(since(paged(), [sent, twice]))).toContain('📟 Paging aiko. Next')
  expect(reads(declared())).toContain('| Nobody is being paged. |')
  const posted = (name: string) => ({ ...RUNG, pages: [], channel: { name }, next: null })
  const called = since(declared({ severity: 'SEV4' }), [CHAIN, posted('#queue'), posted('#other')])
  expect(reads(called)).toContain('| Posted to #queue, #other. Nobody is paged at SEV4. |')
})

const buttons = (incident: Incident) =>
  cardButtons(incident)
    .map(({ label }) => label)
    .join(', ')
const acked = () => since(paged(), [ACKED])

test.each([
  ['detected', 'Investigating, Mitigated, Resolve, Close, Update'],
  ['triaged', 'Investigating, Mitigated, Resolve, Close, Update'],
  ['investigating', 'Mitigated, Resolve, Close, Update'],
  ['mitigated', 'Investigating, Resolve, Close, Update'],
  ['resolved', 'Verify, Close, Update, Reopen'],
  ['verifying', 'Close, Update, Reopen'],
  ['closed', 'Post-mortem, Reopen'],
  ['postmortem', 'Reopen'],
] as const)('of one that is %s and acknowledged: %s', (now, offered) => {
  expect(buttons({ ...acked(), status: now })).toBe(offered)
})

test('while nobody has it ack comes first, Escalate while there is somebody to call, and the last two statuses', () => {
  const open = (now: Status) => buttons({ ...paged(), status: now })
  expect([open('detected'), open('mitigated'), open('resolved')]).toEqual([
    'Ack, Escalate, Resolve, Close, Update',
    'Ack, Escalate, Resolve, Close, Update',
    'Verify, Close, Update, Reopen',
  ])
  expect(buttons(since(paged(), [{ type: 'chain_exhausted', pass: 1 }]))).toBe('Ack, Resolve, Close, Update')
  expect(buttons(declared())).toBe('Ack, Resolve, Close, Update')
})

test('a post-mortem is written before the status says so; a test or a drill has none', () => {
  const closed = (more: object) => ({ ...declared(more), status: 'closed' as const })
  expect(cardButtons(closed({}))).toEqual([
    { label: 'Post-mortem', command: '/incident postmortem INC-42' },
    { label: 'Reopen', command: '/incident reopen INC-42' },
  ])
  expect(
    [closed({ test: true }), closed({ drill: true }), closed({ severity: 'SEV3' })].map(buttons),
  ).toEqual(['Reopen', 'Reopen', 'Reopen'])
})

const failed = (page: number, target: string, step: number, final: boolean) => ({
  type: 'page_failed',
  ...{ page, target, step, final, why: `${target} is down` },
})

test('a page that no provider took is not passed over in silence', () => {
  const [page] = RUNG.pages
  const [chat] = page.steps
  const pages = ['aiko', 'ben'].map((person, index) => ({ ...page, page: index + 1, person, steps: [chat] }))
  const called = since(declared(), [CHAIN, { ...RUNG, pages }])
  const note = (events: readonly object[]) =>
    reads(since(called, events))
      .split(' | ')
      .find(each => each.startsWith('⚠️'))
  expect(note([])).toBeUndefined()
  const aiko = [failed(1, 'slack', 0, true), failed(1, 'discord', 0, false)]
  expect(note(aiko.slice(1))).toBeUndefined()
  expect(note(aiko)).toBe('⚠️ Not reached: aiko (discord is down)')
  const ben = [failed(2, 'slack', 0, true), failed(2, 'discord', 0, true)]
  expect(note([...aiko, ...ben])).toBe('⚠️ Not reached: aiko (discord is down); ben (discord is down)')
  expect(note([...aiko, ACKED])).toBeUndefined()
  expect(note([...aiko, { type: 'page_sent', page: 1, step: 0, target: 'slack', ref: null }])).toBeUndefined()
  const later = since(paged(), [failed(1, 'slack', 0, true), failed(1, 'discord', 0, true)])
  expect(reads(later)).not.toContain('Not reached')
})

test('what is missing of its set-up is said, with a way to have it tried again', () => {
  const incident = since(declared(), [
    { type: 'room_opened', chat: 'slack', channel: 'C1', name: '#x' },
    { type: 'setup_failed', chat: 'slack', step: 'invite:ben', why: 'not a member' },
    { type: 'setup_failed', chat: 'slack', step: 'topic', why: 'too long' },
    { type: 'room_failed', chat: 'discord', why: 'no right' },
  ])
  expect(card(world(), incident).blocks.slice(-2)).toEqual([
    {
      kind: 'note',
      line: [
        'Set-up incomplete. slack: invite Ben Okafor failed (not a member); slack: topic failed (too long); discord: room failed (no right)',
      ],
    },
    { kind: 'buttons', buttons: [{ label: 'Retry set-up', command: '/incident retry INC-42' }] },
  ])
})

test('the topic of the channel is the whole standing in one line', () => {
  const says = (incident: Incident) => topic(world(), incident)
  expect(says(paged())).toBe('SEV1 · detected · nobody has it yet · Checkout is down')
  const led = since(acked(), [{ type: 'duty_taken', duty: 'commander', person: 'chika' }])
  expect(says(led)).toBe('SEV1 · detected · Aiko Tanaka has it · commander Chika Sato · Checkout is down')
  expect(says(since(paged(), [status('detected', 'resolved')]))).toBe('SEV1 · resolved · Checkout is down')
  const gone = since(paged(), [
    { ...ACKED, by: 'zoe' },
    { type: 'duty_taken', duty: 'commander', person: 'yan' },
  ])
  expect(says(gone)).toBe('SEV1 · detected · zoe has it · commander yan · Checkout is down')
  expect(says(declared({ test: true }))).toMatch(/^\[TEST\] SEV1 · detected/)
  expect(says(declared({ title: 'x'.repeat(300) }))).toHaveLength(250)
})

test.each([
  ['Checkout is down', 'inc-20261124-checkout-down'],
  ['The API for our customers in the EU is a mess', 'inc-20261124-api-customers-eu-mess'],
  ['One two three four five six', 'inc-20261124-one-two-three-four-five'],
  ['  Ünïcode -- and, (punctuation)! ', 'inc-20261124-unicode-punctuation'],
  [
    'We are on an API for the team and a part of our site is to be in x',
    'inc-20261124-api-team-part-site-be',
  ],
  ['決済が失敗する', 'inc-20261124-42'],
  ['is the a', 'inc-20261124-42'],
  [`${'x'.repeat(39)} yyy`, `inc-20261124-${'x'.repeat(39)}`],
  ['z'.repeat(50), `inc-20261124-${'z'.repeat(40)}`],
])('"%s" is worked on in %s', (title, name) => {
  expect(roomName('20261124', declared({ title }))).toBe(name)
})

test('an accent takes no word of the title apart in the name of the channel', () => {
  expect(roomName('20261124', declared({ title: 'Überlastung, façade à zéro' }))).toBe(
    'inc-20261124-uberlastung-facade-zero',
  )
})
