/** What a person or an alert filled in, a team's own words, and what is said when nothing holds. */
import { expect, test } from 'vitest'
import { BUILT_IN } from '../../../bot/config/built-in.ts'
import { classify, type Fields } from '../../../bot/severity/classify.ts'
import { DEFAULT_RULES, rulesOf } from '../../../bot/severity/rules.ts'

const judge = (text: string, fields: Fields = {}) => {
  const { severity, criterion, confidence, reasons } = classify({ text, fields }, DEFAULT_RULES)
  return `${severity} ${criterion} ${confidence} | ${reasons.map(({ say }) => say).join(' + ')}`
}
const NOTHING = 'SEV4 default 0.6 | No criterion holds.'

test.each<readonly [string, Fields, string]>([
  [
    'of all there are',
    { usersAffected: 200, usersTotal: 200 },
    'SEV1 complete_outage 0.95 | "outage share": 100 % is out',
  ],
  [
    'more than there are',
    { usersAffected: 300, usersTotal: 200 },
    'SEV1 complete_outage 0.95 | "outage share": 100 % is out',
  ],
  [
    '99 of a hundred',
    { usersAffected: 99, usersTotal: 100 },
    'SEV1 complete_outage 0.95 | "outage share": 99 % is out',
  ],
  [
    'a quarter',
    { usersAffected: 50, usersTotal: 200 },
    'SEV2 partial_outage 0.95 | "outage share": 25 % fails',
  ],
  ['less than a quarter', { usersAffected: 49, usersTotal: 200 }, NOTHING],
  ['nobody', { usersAffected: 0, usersTotal: 200 }, NOTHING],
  ['of nobody knows how many', { usersAffected: 200 }, NOTHING],
  ['of none', { usersAffected: 200, usersTotal: 0 }, NOTHING],
  ['only how many there are', { usersTotal: 200 }, NOTHING],
  [
    'beside a share that was given',
    { outageShare: 0.3, usersAffected: 200, usersTotal: 200 },
    'SEV2 partial_outage 0.95 | "outage share": 30 % fails',
  ],
])('so many users: %s', (_, fields, verdict) => {
  expect(judge('Odd', fields)).toBe(verdict)
})

test('nothing that holds is said so, with no words quoted; what is no incident is quoted', () => {
  expect(classify({ text: 'The weekly sync moved to Thursday' }, DEFAULT_RULES)).toEqual({
    severity: 'SEV4',
    criterion: 'default',
    confidence: 0.6,
    reasons: [{ quote: '', say: 'No criterion holds.' }],
  })
  expect(classify({ text: 'Fire drill: checkout is down' }, DEFAULT_RULES)).toEqual({
    severity: 'SEV4',
    criterion: 'default',
    confidence: 0.9,
    reasons: [{ quote: 'fire drill', say: '"fire drill": nothing is broken' }],
  })
})

test('a reason quotes eighty characters at the most', () => {
  const spared = `the mail ${'and so on '.repeat(12)}is healthy`
  expect(judge(`${spared}, charts fail`)).toContain(`| "${spared.slice(0, 80)}": something else is spared`)
})

const ruled = (words: Record<string, readonly string[]>, text: string) =>
  classify({ text }, rulesOf({ severities: BUILT_IN, words })).reasons[0]?.say

test.each([
  ['  The Goose is Loose ', 'now the goose is loose again', 'the goose is loose'],
  ['v2.0 (beta)', 'trouble with v2.0 (beta) here', 'v2.0 (beta)'],
  ['node.js', 'node.js is odd', 'node.js'],
  ['goose* loose', 'many gooses loose', 'gooses loose'],
  ['goose ... loose', 'the goose is now very loose', 'goose is now very loose'],
  ['ガチョウ…逃げた', '昨日ガチョウがまた逃げた', 'ガチョウがまた逃げた'],
  ['レジ(新)', 'レジ(新)です', 'レジ(新)'],
])("a team's own phrase %j is found in %j", (phrase, text, quote) => {
  expect(ruled({ complete_outage: [phrase] }, text)).toBe(`"${quote}": one of the team's own phrases`)
})

test.each([
  ['node.js', 'nodexjs is odd'],
  ['goose', 'mongoose is odd'],
  ['ガチョウ…逃げた', `ガチョウ${'が'.repeat(13)}逃げた`],
])("a team's own phrase %j is not found in %j", (phrase, text) => {
  expect(ruled({ complete_outage: [phrase] }, text)).toBe('No criterion holds.')
})

test('the rules of a configuration are read once, and a criterion that nobody checked is a bug', () => {
  const config = { severities: BUILT_IN, words: {} }
  expect(rulesOf(config)).toBe(rulesOf(config))
  expect(rulesOf(config)).not.toBe(rulesOf({ ...config }))
  const wrong = { ...BUILT_IN, SEV1: { ...BUILT_IN.SEV1, criteria: ['data_los'] } }
  expect(() => rulesOf({ severities: wrong, words: {} })).toThrow(
    'bug: an unchecked criterion: "data_los" is not a criterion. Did you mean data_loss?',
  )
})

test.each([
  ...['link', 'page', 'image', 'example', 'sample', 'section', 'badge'].flatMap(piece => [
    `In the readme the ${piece} is dead`,
    `In the readme both ${piece}s are dead`,
  ]),
  'ドキュメントのリンクがダウン、リンク切れ',
])('%s: that is an error in a document', text => {
  expect(judge(text)).toMatch(/^SEV4 documentation_error 0.9/)
})

test.each([
  ['The docs server is dead', 'SEV1 complete_outage 0.9 | "is dead": it is down'],
  ['The docs are dead', 'SEV1 complete_outage 0.8 | "are dead": it is down'],
])('%s: that is an outage of its own', (text, verdict) => {
  expect(judge(text)).toBe(verdict)
})

test.each([
  ['CVE-2026-1 is public, we are not affected', 'SEV4 default 0.9 | "not affected": a precaution'],
  [
    'The leaked tokens were found in a penetration test',
    'SEV1 security_breach 0.9 | "leaked tokens": secrets or personal data are exposed',
  ],
  ['The tokens are public, says the penetration test', NOTHING],
  [
    'CVE-2026-1 was exploited by attackers, data was stolen',
    'SEV1 security_breach 0.9 | "attackers": somebody got in',
  ],
])('talk of security: %s', (text, verdict) => {
  expect(judge(text)).toBe(verdict)
})

test.each([
  '決済が停止。検索は影響を受けません',
  '決済が停止。検索は問題ありません',
  '決済が影響を受けて、停止',
])('what stands still is not called off because the rest is well, nor because it is affected: %s', text => {
  expect(judge(text)).toBe(
    'SEV2 key_feature_unavailable 0.9 | "停止": it is down + "決済": buying and paying',
  )
})
