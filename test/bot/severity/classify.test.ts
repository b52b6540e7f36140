import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BUILT_IN } from '../../../bot/config/built-in.ts'
import { Refusal } from '../../../bot/refusal.ts'
import { classify, type Fields } from '../../../bot/severity/classify.ts'
import { parseCriterion } from '../../../bot/severity/criteria.ts'
import { DEFAULT_RULES, rulesOf } from '../../../bot/severity/rules.ts'

const judge = (text: string, fields?: Fields) => {
  const { severity, criterion } = classify({ text, ...(fields ? { fields } : {}) }, DEFAULT_RULES)
  return `${severity} ${criterion}`
}

test.each([
  ['Checkout is down for everyone', 'SEV1 complete_outage'],
  ['Nothing loads, all our users get a 503', 'SEV1 complete_outage'],
  ['サービスが全ユーザーで利用できません', 'SEV1 complete_outage'],
  ['A cleanup script deleted 400 customer orders and there is no backup', 'SEV1 data_loss'],
  ['An API key was pushed to a public repository', 'SEV1 security_breach'],
  ['顧客の個人情報が流出した可能性', 'SEV1 security_breach'],
  ['Card form errors for some people, losing $20k per hour', 'SEV1 revenue_impact > $10000/hour'],
  ['広告配信の不具合で1時間で200万円の損失', 'SEV1 revenue_impact > $10000/hour'],
  ['The API is down in the EU only', 'SEV2 partial_outage'],
  ['40% of requests fail with a timeout', 'SEV2 partial_outage'],
  ['一部のユーザーがアクセスできない', 'SEV2 partial_outage'],
  ['Nobody can log in to the app', 'SEV2 key_feature_unavailable'],
  ['Nobody can log in to the mobile app', 'SEV2 key_feature_unavailable'],
  ['決済ができない', 'SEV2 key_feature_unavailable'],
  ['p99 went from 300ms to 2s after the release', 'SEV2 performance_degradation > 50%'],
  ['p99 latency 300ms -> 2s', 'SEV2 performance_degradation > 50%'],
  ['About 3% of calls time out', 'SEV3 performance_degradation < 50%'],
  ['レポート画面の表示が遅い', 'SEV3 performance_degradation < 50%'],
  ['The report export fails. Workaround: download it from the admin page', 'SEV3 workaround_available'],
  ['The CSV export button does nothing', 'SEV3 non_critical_feature_issue'],
  ['URGENT!!! the logo on the login page is misaligned', 'SEV4 cosmetic_issue'],
  ['Typo in the footer: "Contcat us" should be "Contact us"', 'SEV4 cosmetic_issue'],
  ['The install guide is outdated', 'SEV4 documentation_error'],
  ['Please add dark mode', 'SEV4 enhancement_request'],
  ['検索結果の並び替え機能を追加してほしい', 'SEV4 enhancement_request'],
  ['The weekly sync moved to Thursday', 'SEV4 default'],
])('%s', (text, expected) => {
  expect(judge(text)).toBe(expected)
})

test.each([
  [
    'exactly half of the requests failing counts as more than half',
    'slow',
    { errorRate: 0.5 },
    'SEV2 performance_degradation > 50%',
  ],
  ['a full outage in figures outranks mild words', 'slow', { outageShare: 1 }, 'SEV1 complete_outage'],
  [
    'money in figures outranks words',
    'a typo',
    { revenuePerHour: 20_000 },
    'SEV1 revenue_impact > $10000/hour',
  ],
  [
    'ten thousand is not above ten thousand',
    'The CSV export button does nothing',
    { revenuePerHour: 10_000 },
    'SEV3 non_critical_feature_issue',
  ],
])('%s', (_, text, fields, expected) => {
  expect(judge(text, fields)).toBe(expected)
})

test.each([
  ['Report export is broken', 'no data loss'],
  ['レポートが出力できない', 'データの損失はありません'],
  ['Report export is broken', 'no evidence of a breach'],
])('what is denied raises nothing: %s, %s', (text, denial) => {
  expect(judge(`${text}. ${denial}.`)).toBe(judge(text))
})

test('the words that made it think so are given', () => {
  const { reasons } = classify({ text: 'The API is down in the EU only' }, DEFAULT_RULES)
  expect(reasons.map(reason => reason.say)).toEqual([
    '"in the eu": one region is named',
    '"is down": it is down',
  ])
})

test("a team's own phrases and thresholds count", () => {
  const severities = {
    ...BUILT_IN,
    SEV1: { ...BUILT_IN.SEV1, criteria: ['complete_outage', 'revenue_impact > $500/hour'] },
  }
  const rules = rulesOf({ severities, words: { complete_outage: ['the goose is loose'] } })
  expect(classify({ text: 'The Goose is loose again' }, rules)).toMatchObject({
    severity: 'SEV1',
    criterion: 'complete_outage',
  })
  expect(classify({ text: 'losing $600 per hour' }, rules).criterion).toBe('revenue_impact > $500/hour')
})

test.each([
  ['complete_outge', 'Did you mean complete_outage?'],
  ['revenue_impact', 'Like this: revenue_impact > $10000/hour.'],
  ['cosmetic_issue > 5%', 'Write cosmetic_issue.'],
])('the criterion %s is refused with the way out', (text, hint) => {
  const refusal = parseCriterion(text)
  expect(refusal).toBeInstanceOf(Refusal)
  expect((refusal as Refusal).hint).toBe(hint)
})

test('any text gets a verdict, the same one each time, and never a throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc
          .array(
            fc.constantFrom(
              'down',
              'no',
              'all users',
              '50%',
              '$5k/h',
              'データ',
              '停止',
              'but',
              '.',
              '"',
              '%',
              '9'.repeat(40),
            ),
            { maxLength: 40 },
          )
          .map(words => words.join(' ')),
      ),
      text => {
        const verdict = classify({ text }, DEFAULT_RULES)
        expect(classify({ text }, DEFAULT_RULES)).toEqual(verdict)
        expect(verdict.confidence).toBeGreaterThan(0)
        expect(verdict.confidence).toBeLessThanOrEqual(1)
      },
    ),
    { numRuns: 300 },
  )
})

const GRAVE = ['data loss', 'loss of data', 'security impact', 'customer impact on payments']
const HARMLESS = ['The footer colour is off by one shade', 'Typo on the about page', 'A chart label overlaps']

test('what is denied never raises, whatever it is and wherever it stands', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...HARMLESS),
      fc.constantFrom('no', 'there is no', 'without any'),
      fc.constantFrom(...GRAVE),
      fc.boolean(),
      (harmless, no, grave, first) => {
        const text = first ? `${no} ${grave}. ${harmless}` : `${harmless}, ${no} ${grave}`
        expect(`${text}: ${classify({ text }, DEFAULT_RULES).severity}`).toBe(`${text}: SEV4`)
      },
    ),
  )
})

test('what is cosmetic stays so however loud it is', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...HARMLESS),
      fc.constantFrom('URGENT!!!', 'CRITICAL:', 'P1', 'ASAP', '🔥🔥🔥', 'The CEO is angry.'),
      fc.boolean(),
      (harmless, loud, upper) => {
        const text = `${loud} ${upper ? harmless.toUpperCase() : harmless}!!!`
        expect(`${text}: ${classify({ text }, DEFAULT_RULES).severity}`).toBe(`${text}: SEV4`)
      },
    ),
  )
})

test('a text built to make patterns backtrack is judged all the same (S24)', () => {
  for (const bait of [
    'no ',
    'a',
    '9',
    ',',
    '. ',
    'p99 ',
    '1時間で',
    'not not ',
    '$1k/h ',
    'データ',
    '- ',
    '"',
  ])
    expect(classify({ text: bait.repeat(20_000 / bait.length) }, DEFAULT_RULES).severity).toMatch(
      /^SEV[1-4]$/,
    )
})
