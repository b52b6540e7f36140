/** What the facts give for each name of a template: the sections, and the short facts for sections of a team's own. */
import { expect, test } from 'vitest'
import type { Candidate } from '../../../bot/evidence/candidates.ts'
import type { Happened } from '../../../bot/incidents/events.ts'
import type { Figures } from '../../../bot/postmortem/document.ts'
import { type Facts, prefill } from '../../../bot/postmortem/prefill.ts'
import type { Fillable } from '../../../bot/postmortem/template.ts'
import type { Entry } from '../../../bot/timeline/entries.ts'
import { config, TEAM } from '../../support/team.ts'
import { MINUTE, START, worldOf } from '../incidents/any.ts'

const BLANK = '_to be filled in_'
const SERVICES = `${TEAM}  payments: { depends_on: [checkout] }
  search: { depends_on: [payments] }
  web: { depends_on: [search, checkout] }
`
const world = () => worldOf(config(SERVICES))
const NONE = { detectMs: null, acknowledgeMs: null, mitigateMs: null, resolveMs: null }
const person = (id: string) => ({ kind: 'person', person: id, via: 'slack' })
const happened = (...events: readonly object[]) =>
  events.map((event, index) => ({
    seq: index + 1,
    at: START + index * MINUTE,
    actor: person('diego'),
    event,
  })) as unknown as readonly Happened[]
const INCIDENT = {
  id: 'INC-7',
  title: 'Checkout is *slow*',
  details: '',
  service: 'checkout',
  judged: { severity: 'SEV2', criterion: 'major_feature' },
  declaredAt: START,
  declaredBy: person('diego'),
  resolvedAt: null,
  pages: [],
  duties: {},
  acked: null,
  stoodAside: [],
}

type Given = {
  readonly incident?: object
  readonly figures?: Partial<Figures>
  readonly history?: readonly Happened[]
  readonly candidates?: readonly Candidate[]
  readonly findings?: readonly object[]
  readonly entries?: readonly Entry[]
  readonly actions?: readonly object[]
}
function drafted(name: Fillable, given: Given = {}): string {
  const facts = {
    world: world(),
    incident: { ...INCIDENT, ...given.incident },
    history: given.history ?? [],
    entries: given.entries ?? [],
    investigation: { candidates: given.candidates ?? [], findings: given.findings ?? [] },
    actions: given.actions ?? [],
  } as unknown as Facts
  const counts = { pages: 0, unanswered: 0, undelivered: 0, handOvers: 0 }
  const figures = { severity: 'SEV2', ...NONE, detectMs: 0, targets: NONE, ...counts, ...given.figures }
  return prefill({ facts, figures: figures as unknown as Figures }, name)
}

const declared = (severity: string) => happened({ type: 'card_posted' }, { type: 'declared', severity })
const ABOUT = 'On 2026-11-24 03:00 UTC INC-7, "Checkout is \\*slow\\*", was declared as'
const AFFECTED = 'Affected: checkout, payments (depends on it), web (depends on it).'
test.each([
  ['goes on', {}, `${ABOUT} SEV2 (major_feature). It is not resolved yet.`],
  [
    'is over',
    { figures: { resolveMs: 90 * MINUTE } },
    `${ABOUT} SEV2 (major_feature). It was resolved after 1 h 30 min.`,
  ],
  [
    'kept its severity',
    { history: declared('SEV2') },
    `${ABOUT} SEV2 (major_feature). It is not resolved yet.`,
  ],
  [
    'became worse',
    { history: declared('SEV4'), figures: { severity: 'SEV1' } },
    `${ABOUT} SEV4 (major_feature), and was SEV1 in the end. It is not resolved yet.`,
  ],
])('the summary of one that %s', (_, given, first) => {
  expect(drafted('summary', given)).toBe(`${first}\n\n${AFFECTED}`)
})

test('the impact has its length, users, money, the budget, and the words of whoever reported it', () => {
  const blanks = `- Users affected: ${BLANK}\n- Revenue: ${BLANK}\n- SLO budget spent: ${BLANK}`
  expect(drafted('impact')).toBe(`- Duration: ${BLANK}\n${blanks}`)
  const figures = { detectMs: 2 * MINUTE, resolveMs: 18 * MINUTE }
  expect(drafted('impact', { incident: { details: 'Since <noon>' }, figures })).toBe(
    `- Duration: 20 min\n${blanks}\n- As it was reported: Since \\<noon>`,
  )
})

const entry = (id: string, more: object = {}) =>
  ({ id, at: START, source: 'incident', hidden: false, text: `What ${id} says`, ...more }) as unknown as Entry
const linesOf = (entries: readonly Entry[], history: readonly Happened[] = []) =>
  drafted('timeline', { entries, history }).split('\n')

test('the timeline has each entry with its time, its words as words', () => {
  expect(linesOf([entry('c1', { text: '[x](y)' }), entry('e1', { at: START + 61 * MINUTE })])).toEqual([
    '- 2026-11-24 03:00 UTC: \\[x](y)',
    '- 2026-11-24 04:01 UTC: What e1 says',
  ])
  expect(drafted('timeline')).toBe('')
})

test.each([
  ['what is hidden', entry('e1', { hidden: true }), false],
  ['how the channel was set up', entry('e1', { source: 'set-up' }), false],
  ['what was said in the channel', entry('e1.2', { source: 'chat' }), false],
  ['what was kept of it', entry('e1', { source: 'chat' }), true],
  ['what a source showed', entry('f1.2', { source: 'finding' }), true],
  ['a change', entry('c1', { source: 'change' }), true],
  ['an event that the history has not', entry('e9'), true],
])('of %s the timeline tells: %j: %s', (_, one, told) => {
  expect(linesOf([one], happened({ type: 'acknowledged' }))).toEqual(
    told ? [expect.stringContaining(`What ${one.id} says`)] : [''],
  )
})

test.each([
  'postmortem_nagged',
  'section_written',
  'export_done',
  'page_sent',
  'page_delivered',
  'page_held',
  'step_due',
  'chain_waits',
  'chain_started',
  'ack_renewed',
])('how a page travelled and the post-mortem came about is no part of the timeline: %s', type => {
  const [before, after] = [entry('e1'), entry('e3')]
  const history = happened({ type: 'declared' }, { type }, { type: 'page_failed' })
  expect(linesOf([before, entry('e2'), after, entry('c2')], history)).toEqual(
    [before, after, entry('c2')].map(({ id }) => `- 2026-11-24 03:00 UTC: What ${id} says`),
  )
})

test('of a very long timeline the first 400 entries are there, and how many more there are', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => entry(`c${index + 1}`))
  expect(linesOf(many(400))).toHaveLength(400)
  expect(linesOf(many(402)).slice(399)).toEqual([
    '- 2026-11-24 03:00 UTC: What c400 says',
    '- and 2 more: /incident timeline INC-7',
  ])
})

const candidate = (number: number, kind: Candidate['kind'] = 'change'): Candidate => ({
  kind,
  title: `v${number} *new*`,
  service: 'checkout',
  at: START,
  score: 0.126 + number / 100,
  reasons: ['just before', 'on the <way>'],
  link: null,
})
const line = (number: number, percent: number) =>
  `- v${number} \\*new\\* (${percent} %): just before; on the \\<way>`

test('the root cause is asked for, above the three likeliest candidates', () => {
  const candidates = [1, 2, 3, 4].map(number => candidate(number))
  expect(drafted('root_cause')).toBe(BLANK)
  expect(drafted('root_cause', { candidates })).toBe(
    [
      BLANK,
      '',
      'Candidates, from what changed and what showed; none is proven:',
      '',
      line(1, 14),
      line(2, 15),
      line(3, 16),
    ].join('\n'),
  )
})

test('what contributed: the rungs that could not be paged, once each, and what else changed, five at the most', () => {
  const skipped = (rung: number) => ({ type: 'rung_skipped', rung, role: 'on_call', why: 'nobody is on' })
  const candidates = [1, 2, 3, 4, 5].map(number => candidate(number))
  expect(drafted('contributing', { candidates: candidates.slice(0, 3) })).toBe(BLANK)
  const others = [6, 7, 8, 9, 10].map(number => candidate(number))
  expect(
    drafted('contributing', {
      candidates: [...candidates, candidate(0, 'service'), ...others],
      history: happened(skipped(1), { type: 'acknowledged' }, skipped(2), skipped(1)),
    }),
  ).toBe(
    [
      '- Rung 1 (on_call) could not be paged: nobody is on',
      '- Rung 2 (on_call) could not be paged: nobody is on',
      '',
      'Also changed before it; none is proven:',
      '',
      ...[line(4, 17), line(5, 18), line(6, 19), line(7, 20), line(8, 21)],
    ].join('\n'),
  )
})

test('what went well and wrong is listed, and said where there is nothing', () => {
  const figures = { pages: 2, acknowledgeMs: MINUTE, handOvers: 2, undelivered: 1 }
  expect(drafted('went_well')).toBe(BLANK)
  expect(drafted('went_well', { figures })).toBe('- No page was missed.')
  expect(drafted('went_wrong')).toBe('Nothing stands out in the facts.')
  expect(drafted('went_wrong', { figures, history: happened({ type: 'chain_exhausted' }) })).toBe(
    '- 1 page could not be delivered.\n- It changed hands 2 times.\n- The chain of pages ended and nobody had taken it.',
  )
})

test('action items with their priority, owner, due date and how they stand', () => {
  const item = {
    id: 'ACT-3',
    title: '# Test it',
    priority: 'P1',
    owner: 'aiko',
    dueAt: START,
    status: 'open',
  }
  expect(drafted('action_items')).toBe('None yet. Add them with /action add.')
  expect(drafted('action_items', { actions: [item, { ...item, id: 'ACT-4', owner: 'gone' }] })).toBe(
    '- ACT-3 \\# Test it (P1, Aiko Tanaka, due 2026-11-24 03:00 UTC, open)\n- ACT-4 \\# Test it (P1, gone, due 2026-11-24 03:00 UTC, open)',
  )
  expect(drafted('lessons')).toBe(BLANK)
})

const FIGURES = { acknowledgeMs: MINUTE, mitigateMs: 2 * MINUTE, resolveMs: 3 * MINUTE, detectMs: 4 * MINUTE }
test.each([
  ['blank', BLANK, BLANK],
  ['incident', 'INC-7', 'INC-7'],
  ['title', 'Checkout is \\*slow\\*', 'Checkout is \\*slow\\*'],
  ['severity', 'SEV2', 'SEV2'],
  ['service', BLANK, 'checkout'],
  ['declared_at', '2026-11-24 03:00 UTC', '2026-11-24 03:00 UTC'],
  ['resolved_at', BLANK, '2026-11-24 03:03 UTC'],
  ['duration', BLANK, '7 min'],
  ['time_to_detect', '0 s', '4 min'],
  ['time_to_acknowledge', BLANK, '1 min'],
  ['time_to_mitigate', BLANK, '2 min'],
  ['time_to_resolve', BLANK, '3 min'],
  ['users', BLANK, '"500 users" (as declared by Diego Ruiz)'],
  ['revenue', BLANK, 'about $117: $1,000 an hour ("$1000", as declared by Diego Ruiz) over 7 min'],
  ['slo_budget', BLANK, BLANK],
] as const)('the name "%s" stands for "%s" at first, and for "%s" in the end', (name, first, last) => {
  expect(drafted(name, { incident: { service: null } })).toBe(first)
  const incident = {
    details: 'For 500 users. We lose $1000 an hour',
    resolvedAt: START + 3 * MINUTE,
  }
  expect(drafted(name, { incident, figures: FIGURES })).toBe(last)
})

test('affected are the service, what depends on it, and where something was seen', () => {
  const findings = ['checkout', 'search', 'web', 'search'].map(service => ({ service }))
  const services = (service: string | null) =>
    drafted('affected_services', { incident: { service }, findings })
  expect(services('checkout')).toBe(
    'checkout, payments (depends on it), web (depends on it), search (by what was seen)',
  )
  expect(services(null)).toBe(
    'a service that was not named, checkout (by what was seen), search (by what was seen), web (by what was seen)',
  )
  expect(drafted('affected_services', { incident: { service: 'web' } })).toBe('web')
})

test('responders are everybody who had to do with it, and not who said "Not me"', () => {
  const incident = {
    pages: [{ person: 'ben' }, { person: 'chika' }, { person: 'ben' }],
    duties: { commander: 'aiko' },
    stoodAside: ['chika'],
  }
  expect(drafted('responders', { incident })).toBe('Diego Ruiz, Ben Okafor, Aiko Tanaka')
  const alert = { declaredBy: { kind: 'alert', integration: 'prom' } }
  expect(drafted('responders', { incident: alert })).toBe(BLANK)
})
