/** Figures in what somebody types: money an hour, shares that fail, how much slower; and what is no such figure. */
import { expect, test } from 'vitest'
import type { Refusal } from '../../../bot/refusal.ts'
import { parseCriterion } from '../../../bot/severity/criteria.ts'
import { slowerBy } from '../../../bot/severity/latency.ts'
import { moneyAnHour } from '../../../bot/severity/money.ts'
import { shareOf } from '../../../bot/severity/shares.ts'
import { normalise } from '../../../bot/severity/text.ts'

const money = (text: string) => moneyAnHour(normalise(text))?.value
const share = (text: string) => shareOf(normalise(text))?.value
const slower = (text: string) => slowerBy(normalise(text))?.value

test.each([
  ['losing $20k per hour', 20_000],
  ['about $1,500/h', 1500],
  ['$1.5M a day', 62_500],
  ['$720 a week', 720 / 168],
  ['$7200 per month', 10],
  ['$10 per minute', 600],
  ['$1/sec', 3600],
  ['$100 daily', 100 / 24],
  ['5 grand an hour', undefined],
  ['5 grand dollars an hour', 5000],
  ['2 million usd per hour', 2_000_000],
  ['usd 300 per hour', 300],
  ['300 bucks each hour', 300],
  ['€100/h', 110],
  ['100 euros every hour', 110],
  ['£100/h', 130],
  ['¥2,000,000/h', 13_400],
  ['1 lakh rupees an hour', 1200],
  ['₩1000000/hr', 750],
  ['100 rmb an hour', 14],
  ['chf 100 per hour', 110],
  ['100 cad an hour', 73],
  ['au$100 per hour', 66],
  ['r$100 per hour', 19],
  ['1時間で200万円の損失', 13_400],
  ['毎分1万円', 60 * 67],
  ['1日で2400ドル', 100],
  ['2時間で100ドル', 50],
  ['per hour we lose $500', 500],
  ['$5 per head', undefined],
  ['$500', undefined],
  ['500 per hour', undefined],
  ['$10/h, then $90/h', 90],
  ['a$100 per hour', 66],
  ['c$100 per hour', 73],
  ['ca$100 per hour', 73],
  ['us$100 per hour', 100],
  ['1 dollar an hour', 1],
  ['1 euro an hour', 1.1],
  ['1 pound an hour, 2 pounds an hour', 2.6],
  ['100 rupee an hour', 1.2],
  ['20 quid an hour', 26],
  ['1万元毎時', 1400],
  ['$12.3456/h', 12.3456],
  ['$1/minute', 60],
  ['$1/minutes', 60],
  ['$1/min', 60],
  ['$1/mins', 60],
  ['$1/s', 3600],
  ['$1/second', 3600],
  ['$1/seconds', 3600],
  ['$24/day', 1],
  ['$24/days', 1],
  ['$24/d', 1],
  ['$168/week', 1],
  ['$168/weeks', 1],
  ['$720/month', 1],
  ['$720/months', 1],
  ['$5/hours', 5],
  ['$5 p.h.', 5],
  ['$5 ph', 5],
  ['24ドル毎日', 1],
  ['1ドル毎分', 60],
  ['24時間で240ドル', 10],
  ['2 時間で100ドル', 50],
  ['時間あたり100ドル', 100],
  ['一時間で100ドル', 100],
  ['毎日24ドル', 1],
  ['毎時5ドル', 5],
  ['per hour it was, said the boss to all of us, $500', undefined],
  ['hourly rates stand still. $500', undefined],
  ['$500 was lost, and that was each and every hour', undefined],
])('"%s" is %s dollars an hour', (text, expected) => {
  if (expected === undefined) expect(money(text)).toBeUndefined()
  else expect(money(text)).toBeCloseTo(expected, 4)
})

test.each([
  ['40% of requests fail', 0.4],
  ['40 percent of requests fail', 0.4],
  ['30-40% of logins time out', 0.4],
  ['less than 5% of calls fail', 0.0495],
  ['<5% of calls fail', 0.0495],
  ['2 out of 3 orders fail', 2 / 3],
  ['3 of our 4 payments fail', 0.75],
  ['4 of 3 payments fail', undefined],
  ['1 of 1 payments failed', undefined],
  ['a third of requests are rejected', 0.33],
  ['half of the users cannot log in', 0.5],
  ['most requests fail', 0.6],
  ['nine out of ten jobs crash', 0.9],
  ['two thirds of deliveries are lost', 0.67],
  ['three quarters of syncs fail', 0.75],
  ['every second upload of ours: requests fail', 0.5],
  ['one in four sessions drops, users are stuck', 0.25],
  ['one in five checkouts fails', 0.2],
  ['one in ten users is stuck', 0.1],
  ['5xx ratio 0.62', 0.62],
  ['error rate .3', 0.3],
  ['3割のリクエストが失敗', 0.3],
  ['三割のユーザーがエラー', 0.3],
  ['過半数のユーザーが接続できない', 0.6],
  ['半数のリクエストが失敗', 0.5],
  ['大半のリクエストが失敗', 0.7],
  ['40% of requests', undefined],
  ['40% discount fails', undefined],
  ['disk at 90%, jobs fail', undefined],
  ['99% success of requests, some fail', undefined],
  ['2 of 3 nodes down', undefined],
  ['half of the pods are down', undefined],
  ['requests fail, up by 40%', undefined],
  ['requests are 40% slower and fail', undefined],
  ['140% of requests fail', undefined],
  ['10% of calls fail, then 30% of calls fail', 0.3],
])('"%s" is a share of %s', (text, expected) => {
  if (expected === undefined) expect(share(text)).toBeUndefined()
  else expect(share(text)).toBeCloseTo(expected, 6)
})

test.each([
  ['p99 300ms -> 1.2s', 3],
  ['latency from 80 ms to 120 ms', 0.5],
  ['response 2 s instead of 500 ms', 3],
  ['load time 4s vs 1s', 3],
  ['median 10ms to 15', 0.5],
  ['queries take 2 minutes rather than 30 seconds', 3],
  ['builds took 10m, now 30m', 2],
  ['requests take 1h up to 2h', 1],
  ['latency from 100 to 200', undefined],
  ['latency 200ms -> 100ms', undefined],
  ['10x slower', 9],
  ['2.5 times slower', 1.5],
  ['応答が5倍かかる', 4],
  ['latency is up 70%', 0.7],
  ['response times grew by about 30 %', 0.3],
  ['40% slower', 0.4],
  ['25 % higher latency', 0.25],
  ['latency doubled', 1],
  ['response time tripled', 2],
  ['load times quadrupled', 3],
  ['応答時間が2倍', 1],
  ['traffic doubled', undefined],
  ['10x more traffic', undefined],
  ['orders went from 10 to 20', undefined],
  ['latency doubled, p99 100ms -> 400ms', 3],
])('"%s" is slower by %s', (text, expected) => {
  if (expected === undefined) expect(slower(text)).toBeUndefined()
  else expect(slower(text)).toBeCloseTo(expected, 6)
})

test('the words that gave the money are quoted, and of equals the first', () => {
  expect(moneyAnHour('we lose  $500 per hour')?.quote).toBe('$500')
  expect(moneyAnHour('usd 5 per hour or $5 per hour')?.quote).toBe('usd 5')
})

test.each([
  ['complete_outage', undefined],
  [' Data_Loss ', undefined],
  ['performance_degradation > 50%', { above: true, value: 0.5 }],
  ['performance_degradation<12.5 %', { above: false, value: 0.125 }],
  ['revenue_impact > $10,000/hour', { above: true, value: 10_000 }],
  ['revenue_impact > 500/h', { above: true, value: 500 }],
  ['revenue_impact > 500 / h', { above: true, value: 500 }],
  ['revenue_impact > 0.25', { above: true, value: 0.25 }],
])('the criterion "%s"', (text, bound) => {
  expect(parseCriterion(text)).toMatchObject({
    name: text
      .trim()
      .toLowerCase()
      .match(/^[a-z_]+/)![0],
    text,
  })
  expect((parseCriterion(text) as { bound?: object }).bound).toEqual(bound)
})

test.each([
  [
    'outage',
    'unknown_criterion',
    '"outage" is not a criterion. Criteria: complete_outage, data_loss, security_breach, revenue_impact, partial_outage, performance_degradation, key_feature_unavailable, non_critical_feature_issue, workaround_available, cosmetic_issue, documentation_error, enhancement_request.',
  ],
  ['data_los', 'unknown_criterion', '"data_los" is not a criterion. Did you mean data_loss?'],
  ['data_loss >', 'unknown_criterion', '"data_loss >" is not a criterion. Did you mean data_loss?'],
  ['- data_loss', 'unknown_criterion', '"- data_loss" is not a criterion. Did you mean data_loss?'],
  ['data_loss > 5%', 'no_bound', 'data_loss takes no bound. Write data_loss.'],
  [
    'performance_degradation',
    'bound',
    'performance_degradation needs a bound. Like this: performance_degradation > 50%.',
  ],
  ['revenue_impact', 'bound', 'revenue_impact needs a bound. Like this: revenue_impact > $10000/hour.'],
])('the criterion "%s" is refused', (text, code, said) => {
  const refusal = parseCriterion(text) as Refusal
  expect([refusal.code, refusal.message]).toEqual([code, said])
})
