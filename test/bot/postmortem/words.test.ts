/** The words of a post-mortem: what went well and wrong, what blames, what a cause is called, and what a stranger's words may do. */
import { expect, test } from 'vitest'
import type { Happened } from '../../../bot/incidents/events.ts'
import type { Incident } from '../../../bot/incidents/state.ts'
import { wentWell, wentWrong } from '../../../bot/postmortem/assess.ts'
import { blameful } from '../../../bot/postmortem/blameless.ts'
import { causeOf } from '../../../bot/postmortem/cause.ts'
import type { Figures, PostmortemState } from '../../../bot/postmortem/document.ts'
import { literal } from '../../../bot/postmortem/literal.ts'
import { budgetMs, shareAway, sloBudget } from '../../../bot/postmortem/slo.ts'
import { BUILT_IN_TEMPLATE, fill, placesIn, slugOf, titleOf } from '../../../bot/postmortem/template.ts'
import { config, TEAM } from '../../support/team.ts'
import { MINUTE, worldOf } from '../incidents/any.ts'

const NONE = { detectMs: null, acknowledgeMs: null, mitigateMs: null, resolveMs: null }
const figures = (more: object = {}, targets: object = {}) =>
  ({
    ...NONE,
    detectMs: 0,
    pages: 0,
    unanswered: 0,
    undelivered: 0,
    handOvers: 0,
    ...more,
    targets: { ...NONE, ...targets },
  }) as unknown as Figures
const happened = (...events: readonly object[]) =>
  events.map(event => ({ event })) as unknown as readonly Happened[]

test.each([
  ['nothing that was measured', figures(), []],
  [
    'a time that is just the target',
    figures({ acknowledgeMs: 5 * MINUTE }, { acknowledgeMs: 5 * MINUTE }),
    ['It was acknowledged 5 min after it was declared; the target is 5 min.'],
  ],
  ['a time that is more', figures({ acknowledgeMs: 6 * MINUTE }, { acknowledgeMs: 5 * MINUTE }), []],
  ['a time without a target', figures({ resolveMs: MINUTE }), []],
  [
    'noticed in time',
    figures({ detectMs: MINUTE }, { detectMs: 5 * MINUTE }),
    ['It was declared 1 min after the first sign; the target is 5 min.'],
  ],
  ['declared before there was a sign', figures({ detectMs: 0 }, { detectMs: 5 * MINUTE }), []],
  [
    'mitigated, without a target',
    figures({ mitigateMs: 9 * MINUTE }),
    ['Its effects were contained after 9 min.'],
  ],
  [
    'mitigated in time',
    figures({ mitigateMs: 9 * MINUTE }, { mitigateMs: 9 * MINUTE }),
    ['It was mitigated 9 min after it was declared; the target is 9 min.'],
  ],
  [
    'resolved in time',
    figures({ resolveMs: MINUTE }, { resolveMs: MINUTE }),
    ['It was resolved 1 min after it was declared; the target is 1 min.'],
  ],
  ['every page answered', figures({ pages: 2, acknowledgeMs: 1 }), ['No page was missed.']],
  ['a page missed', figures({ pages: 2, unanswered: 1, acknowledgeMs: 1 }), []],
  ['nobody acknowledged', figures({ pages: 2 }), []],
  ['nobody paged', figures({ acknowledgeMs: 1 }), []],
])('went well: %s', (_, given, said) => {
  expect(wentWell(given)).toEqual(said)
})

test.each([
  ['nothing', figures(), [], []],
  [
    'late',
    figures(
      { acknowledgeMs: 6 * MINUTE, resolveMs: 9 * MINUTE },
      { acknowledgeMs: 5 * MINUTE, resolveMs: 9 * MINUTE },
    ),
    [],
    ['It was acknowledged 6 min after it was declared; the target is 5 min.'],
  ],
  [
    'noticed late',
    figures({ detectMs: 6 * MINUTE }, { detectMs: 5 * MINUTE }),
    [],
    ['It was declared 6 min after the first sign; the target is 5 min.'],
  ],
  ['nobody took it', figures({ pages: 1 }), [], ['Nobody acknowledged it.']],
  ['never mitigated', figures({}, { mitigateMs: MINUTE }), [], ['It was not marked as mitigated.']],
  [
    'one of each',
    figures({ pages: 3, acknowledgeMs: 1, unanswered: 1, undelivered: 1, handOvers: 1 }),
    [],
    ['1 page was missed.', '1 page could not be delivered.', 'It changed hands 1 time.'],
  ],
  [
    'two of each',
    figures({ pages: 3, acknowledgeMs: 1, unanswered: 2, undelivered: 2, handOvers: 2 }),
    [],
    ['2 pages were missed.', '2 pages could not be delivered.', 'It changed hands 2 times.'],
  ],
  [
    'the chain ended',
    figures(),
    [{ type: 'chain_exhausted' }],
    ['The chain of pages ended and nobody had taken it.'],
  ],
  [
    'it came back',
    figures(),
    [{ type: 'status_changed', from: 'resolved', to: 'investigating' }],
    ['It came back after it had been resolved.'],
  ],
  ['it did not hold', figures(), [{ type: 'status_changed', from: 'mitigated', to: 'investigating' }], []],
  ['it went on', figures(), [{ type: 'status_changed', from: 'resolved', to: 'closed' }], []],
  [
    'a late page',
    figures(),
    [
      { type: 'rung_paged', lateMs: 2 * MINUTE },
      { type: 'rung_paged', lateMs: 0 },
    ],
    ['A page left 2 min late, after an outage of the pager.'],
  ],
])('went wrong: %s', (_, given, events, said) => {
  expect(wentWrong(given, happened(...events))).toEqual(said)
})

const KNOWN = 'say what was known at that moment, and what was done'
const JUDGED = 'say what happened, without the judgement'
const CONDITION = 'name the condition, not the person'
const LET = 'say what the system let happen; whoever did it was one of many who could'
test.each([
  ['It was a human error', 'human error', 'say what made the mistake easy, and what did not catch it'],
  ['We should have seen it', 'should have', KNOWN],
  ['It shouldn’t matter; they should not have', 'should not have', KNOWN],
  ['They ought to have looked', 'ought to have', KNOWN],
  ['If only we had known', 'If only', KNOWN],
  ['Somebody forgot to restart', 'forgot to', 'say which step had no reminder or check'],
  ["They didn't bother to ask", "didn't bother to", 'say which step had no reminder or check'],
  ['A careless change', 'careless', JUDGED],
  ['It was carelessly done', 'carelessly', JUDGED],
  ['They messed it up', 'messed it up', JUDGED],
  ["It was Ben's fault", "Ben's fault", CONDITION],
  ['Who is to blame', 'to blame', CONDITION],
  ['It was obviously wrong', 'obviously wrong', 'it is obvious only afterwards'],
  ['ben broke the build', 'ben broke', LET],
  ['Ben Okafor took down the site', 'Ben Okafor took down', LET],
  ['Because of Ben it fell', 'Because of Ben', LET],
])('"%s" blames', (text, phrase, instead) => {
  expect(blameful(text, ['Ben Okafor'])).toContainEqual({ phrase, instead })
})

test.each([
  'The pool was too small',
  'Ben restarted it',
  'Reuben broke it',
  'Because of Bengal',
  'A deploy caused it',
  'ben.broke',
  'usererrors',
])('"%s" blames nobody', text => {
  expect(blameful(text, ['Ben Okafor', 'X', 'A.'])).toEqual([])
})
test('without names nobody is named', () => {
  expect(blameful('Ben broke it')).toEqual([])
})

const cause = (text?: string) =>
  causeOf({ written: text === undefined ? {} : { root_cause: { text } } } as unknown as PostmortemState)
test.each([
  ['Capacity: the pool was too small', 'capacity'],
  ['  A   bad  Deploy : x', 'a bad deploy'],
  ['one two three four: x', 'one two three four'],
  ['one two three four five: x', null],
  [`${'a'.repeat(40)}: x`, 'a'.repeat(40)],
  [`${'a'.repeat(41)}: x`, null],
  ['No colon', null],
  ['First line\nCapacity: x', null],
  [': x', null],
  [undefined, null],
])('the cause of %j is %s', (text, name) => {
  expect(cause(text)).toBe(name)
})
test('of no post-mortem there is no cause', () => {
  expect(causeOf(null)).toBeNull()
})

test.each([
  ['a *b* `c` [d](e) <f>', 'a \\*b\\* \\`c\\` \\[d](e) \\<f>'],
  ['# not a heading', '\\# not a heading'],
  ['- not a list', '\\- not a list'],
  ['12. not a list', '12\\. not a list'],
  ['3) no', '3\\) no'],
  ['> no', '\\> no'],
  ['a # b - c + d', 'a # b - c + d'],
  ['~~struck~~', '\\~~struck\\~~'],
  ['a ~ b', 'a ~ b'],
  ['_em_ in_word_here', '\\_em\\_ in_word_here'],
  ['&amp; & &#39;', '\\&amp; & \\&#39;'],
  ['@ben a@b @ c', '@\u200bben a@\u200bb @ c'],
  ['two\n\nlines\t here ', 'two lines here'],
  ['back\\slash', 'back\\\\slash'],
])('%j stays words: %j', (text, expected) => {
  expect(literal(text)).toBe(expected)
})

const incident = (more: object = {}) =>
  ({
    service: 'checkout',
    severity: 'SEV1',
    chosen: false,
    judged: { severity: 'SEV1', criterion: 'complete_outage' },
    ...more,
  }) as unknown as Incident
test.each([
  ['a complete outage', incident(), 1],
  ['chosen as it was judged', incident({ chosen: true }), 1],
  ['chosen otherwise', incident({ chosen: true, severity: 'SEV2' }), undefined],
  ['another criterion', incident({ judged: { severity: 'SEV1', criterion: 'data_loss' } }), undefined],
  ['so much is out', incident({ figures: { outageShare: 0.4, errorRate: 0.2 } }), 0.4],
  ['so much fails', incident({ figures: { errorRate: 0.2 } }), 0.2],
])('how much was away: %s', (_, one, share) => {
  expect(shareAway(one)).toBe(share)
})

test('the budget that it cost, where the share and the length are known', () => {
  const world = worldOf(
    config(TEAM.replace('checkout: { tier: 1,', 'checkout: { tier: 1, slo: { target: 99.9, per: 30d },')),
  )
  const half = figures({ resolveMs: 21.6 * MINUTE })
  expect(budgetMs({ target: 99.9, perMs: 1000 * MINUTE })).toBeCloseTo(MINUTE, 3)
  const whole = 'the 43 min that checkout has in 30 d (99.9 %)'
  expect(sloBudget(world, incident(), half)).toBe(
    `21 min of ${whole}, which is 50 %: it was a complete outage for 21 min`,
  )
  expect(sloBudget(world, incident({ figures: { errorRate: 0.5 } }), half)).toBe(
    `10 min of ${whole}, which is 25 %: 50 % of it was away for 21 min`,
  )
  expect(sloBudget(world, incident(), figures())).toBe(`_to be filled in_ of ${whole}`)
  expect(sloBudget(world, incident({ chosen: true, severity: 'SEV2' }), half)).toBe(
    `_to be filled in_ of ${whole}`,
  )
  expect(sloBudget(world, incident({ service: null }), half)).toBe('_to be filled in_')
  expect(sloBudget(worldOf(config()), incident(), half)).toBe('_to be filled in_')
})

test.each([
  ['Customer communication', [], 'customer_communication'],
  ['  Ünïcode & more! ', [], 'u_ni_code_more'],
  ['顧客', [], 'section'],
  ['Impact', ['impact'], 'impact_2'],
  ['Impact', ['impact', 'impact_2'], 'impact_3'],
  ['a'.repeat(40), [], 'a'.repeat(30)],
  [`${'a'.repeat(29)} b`, [], 'a'.repeat(29)],
])('the heading "%s" is called %s', (title, taken, slug) => {
  expect(slugOf(title, taken)).toBe(slug)
})

test('a name in braces is looked up once, whatever stands in it, and others stay', () => {
  expect(fill('{{ title }}: {{summary}} {{nonsense}} {{}} { {title} }', name => `<{{${name}}}>`)).toBe(
    '<{{title}}>: <{{summary}}> {{nonsense}} {{}} { {title} }',
  )
  expect(placesIn('a {{ title }} {{x y}}')).toEqual([
    { name: 'title', at: 2 },
    { name: 'x y', at: 14 },
  ])
  expect(BUILT_IN_TEMPLATE.map(({ title, text }) => `${title} ${text}`)).toContain(
    'Root cause {{root_cause}}',
  )
})

test('a section that the template has no more is called by its name', () => {
  expect(titleOf(BUILT_IN_TEMPLATE, 'went_well')).toBe('What went well')
  expect(titleOf([], 'went_wrong')).toBe('What went wrong')
  expect(titleOf([{ id: 'impact', title: 'Our impact', text: '' }], 'impact')).toBe('Our impact')
  expect(titleOf([], 'customer_care')).toBe('customer care')
})
