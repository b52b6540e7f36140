/** What a change is worth as a cause, in per mille, and each reason as people read it. */
import { expect, test } from 'vitest'
import { investigationOf } from '../../../bot/evidence/investigation.ts'
import { change, type Given, inquiryOf, moved, shown } from './inquiries.ts'

const judged = (given: Given) => {
  const { candidates, innocent } = investigationOf(inquiryOf(given))
  return { candidates: candidates.map(shown), innocent: innocent.map(shown) }
}
const changesIn = (given: Given) => judged(given).candidates.filter(each => each.includes(' change '))

test.each<readonly [string, Given, readonly string[]]>([
  [
    'half an hour before',
    { changes: [change('checkout', -30)] },
    [
      '500 change v42 @-30: deployment succeeded 30 min before the first sign; it changed checkout itself | https://ci/42',
    ],
  ],
  [
    'an hour before',
    { changes: [change('checkout', -60)] },
    [
      '250 change v42 @-60: deployment succeeded 1 h before the first sign; it changed checkout itself | https://ci/42',
    ],
  ],
  [
    'at the same moment',
    { changes: [change('checkout', 0)] },
    [
      '1000 change v42 @0: deployment succeeded 0 s before the first sign; it changed checkout itself | https://ci/42',
    ],
  ],
  ['so long before that it is noise', { changes: [change('checkout', -160)] }, []],
  [
    'on what it depends on',
    { changes: [change('payments', -30)] },
    [
      '450 change v42 @-30: deployment succeeded 30 min before the first sign; checkout depends on payments | https://ci/42',
    ],
  ],
  [
    'two steps away',
    { changes: [change('db', -30)] },
    [
      '350 change v42 @-30: deployment succeeded 30 min before the first sign; checkout depends on db by way of payments | https://ci/42',
    ],
  ],
  [
    'elsewhere',
    { changes: [change('search', -1)] },
    [
      '49 change v42 @-1: deployment succeeded 1 min before the first sign; checkout does not depend on search | https://ci/42',
    ],
  ],
  [
    'of no service',
    { changes: [change(null, -30)] },
    [
      '200 change v42 @-30: deployment succeeded 30 min before the first sign; it is not said which service it is about | https://ci/42',
    ],
  ],
  [
    'where nobody knows which is affected',
    { service: null, changes: [change('search', -30)] },
    [
      '200 change v42 @-30: deployment succeeded 30 min before the first sign; it is not said which service it is about | https://ci/42',
    ],
  ],
  ['that failed', { changes: [change('checkout', -30, { state: 'failed' })] }, []],
  [
    'of a flag that failed',
    { changes: [change('checkout', -30, { state: 'failed', kind: 'flag' })] },
    [
      '500 change v42 @-30: flag failed 30 min before the first sign; it changed checkout itself | https://ci/42',
    ],
  ],
  [
    'that took something back',
    { changes: [change('checkout', -30, { kind: 'rollback' })] },
    [
      '250 change v42 @-30: rollback succeeded 30 min before the first sign; it changed checkout itself; it took something back, which is rarer a cause | https://ci/42',
    ],
  ],
  [
    'that began and ended',
    { changes: [change('checkout', -60, { state: 'started' }), change('checkout', -30)] },
    [
      '500 change v42 @-30: deployment succeeded 30 min before the first sign; it changed checkout itself | https://ci/42',
    ],
  ],
  [
    'twice at once',
    {
      changes: [
        change('checkout', -30, { link: 'https://b' }),
        change('checkout', -30, { link: 'https://a' }),
      ],
    },
    [
      '500 change v42 @-30: deployment succeeded 30 min before the first sign; it changed checkout itself | https://a',
    ],
  ],
  [
    'of two services, with one name',
    { changes: [change('payments', -30), change('checkout', -30)] },
    [
      '500 change v42 @-30: deployment succeeded 30 min before the first sign; it changed checkout itself | https://ci/42',
      '450 change v42 @-30: deployment succeeded 30 min before the first sign; checkout depends on payments | https://ci/42',
    ],
  ],
  [
    'a day before, and it showed',
    { changes: [change('checkout', -1440)], findings: [moved('checkout', -1439)] },
    [
      '500 change v42 @-1440: deployment succeeded 1 d before the first sign; it changed checkout itself; the latency of checkout left its usual range 1 min after it | https://ci/42',
    ],
  ],
  [
    'more than a day before',
    { changes: [change('checkout', -1441)], findings: [moved('checkout', -1440)] },
    [],
  ],
  [
    'that showed a quarter of an hour later',
    { changes: [change('checkout', -30)], findings: [moved('checkout', -15)] },
    [
      '750 change v42 @-30: deployment succeeded 30 min before the first sign; it changed checkout itself; the latency of checkout left its usual range 15 min after it | https://ci/42',
    ],
  ],
  [
    'that showed later',
    { changes: [change('checkout', -30)], findings: [moved('checkout', -14.9)] },
    [
      '500 change v42 @-30: deployment succeeded 30 min before the first sign; it changed checkout itself | https://ci/42',
    ],
  ],
  [
    'that showed at once',
    { changes: [change('payments', -30, { link: null })], findings: [moved('payments', -30)] },
    [
      '698 change v42 @-30: deployment succeeded 30 min before the first sign; checkout depends on payments; the latency of payments left its usual range 0 s after it | https://prom/payments',
    ],
  ],
  [
    'of what was out before',
    { changes: [change('checkout', -30, { link: null })], findings: [moved('checkout', -40)] },
    [
      '150 change v42 @-30: deployment succeeded 30 min before the first sign; it changed checkout itself; the latency of checkout left its usual range 10 min before it | https://prom/checkout',
    ],
  ],
  [
    'of what was out before and was back after',
    { changes: [change('checkout', -30)], findings: [moved('checkout', -40, -29)] },
    [
      '150 change v42 @-30: deployment succeeded 30 min before the first sign; it changed checkout itself; the latency of checkout left its usual range 10 min before it | https://ci/42',
    ],
  ],
  [
    'of what was out before and was back',
    { changes: [change('checkout', -30)], findings: [moved('checkout', -40, -30)] },
    [
      '500 change v42 @-30: deployment succeeded 30 min before the first sign; it changed checkout itself | https://ci/42',
    ],
  ],
  [
    'of what was out before, with more after it',
    {
      changes: [change('checkout', -30)],
      findings: [moved('checkout', -40), moved('checkout', -28, null, { name: 'errors' })],
    },
    [
      '500 change v42 @-30: deployment succeeded 30 min before the first sign; it changed checkout itself; the errors of checkout left its usual range 2 min after it; the latency of checkout left its usual range 10 min before it | https://ci/42',
    ],
  ],
  [
    'of what was watched and stayed as usual',
    { changes: [change('checkout', -30)], watched: ['search', 'checkout'] },
    [
      '150 change v42 @-30: deployment succeeded 30 min before the first sign; it changed checkout itself; nothing measured of checkout left its usual range | https://ci/42',
    ],
  ],
  [
    'of what was not watched',
    { changes: [change('checkout', -30)], watched: ['search'] },
    [
      '500 change v42 @-30: deployment succeeded 30 min before the first sign; it changed checkout itself | https://ci/42',
    ],
  ],
  [
    'of what was watched and moved much later',
    { changes: [change('checkout', -30)], watched: ['checkout'], findings: [moved('checkout', 4)] },
    [
      '500 change v42 @-30: deployment succeeded 30 min before the first sign; it changed checkout itself | https://ci/42',
    ],
  ],
  [
    'of no service, where something moved',
    { changes: [change(null, -30)], watched: ['checkout'], findings: [moved('checkout', -29)] },
    [
      '200 change v42 @-30: deployment succeeded 30 min before the first sign; it is not said which service it is about | https://ci/42',
    ],
  ],
  [
    'where it showed first upstream of it',
    { changes: [change('payments', -30)], findings: [moved('db', -10, null, { score: 8 })] },
    [
      '340 change v42 @-30: deployment succeeded 20 min before the first sign; checkout depends on payments; but db, where it showed first, does not depend on payments | https://ci/42',
    ],
  ],
  [
    'where it showed first downstream of it',
    { changes: [change('db', -30)], findings: [moved('payments', -10, null, { score: 8 })] },
    [
      '441 change v42 @-30: deployment succeeded 20 min before the first sign; checkout depends on db by way of payments | https://ci/42',
    ],
  ],
  [
    'of no service, where it showed first',
    { changes: [change(null, -30)], findings: [moved('payments', -10, null, { score: 8 })] },
    [
      '252 change v42 @-30: deployment succeeded 20 min before the first sign; it is not said which service it is about | https://ci/42',
    ],
  ],
])('a change %s', (_, given, expected) => {
  expect(changesIn(given)).toEqual(expected)
})

const ACQUITTED = (minute: number, text: string) => [
  `0 change v42 @${minute}: deployment succeeded ${text} after the first sign (it was declared) | https://ci/42`,
]
test.each<readonly [string, Given, readonly string[]]>([
  ['right after it', { changes: [change('checkout', 1)] }, ACQUITTED(1, '1 min')],
  ['five minutes after it', { changes: [change('checkout', 5)] }, ACQUITTED(5, '5 min')],
  ['later', { changes: [change('checkout', 5.1)] }, []],
  ['what it depends on', { changes: [change('db', 1)] }, ACQUITTED(1, '1 min')],
  ['elsewhere', { changes: [change('search', 1)] }, []],
  ['what depends on it', { changes: [change('shop', 1)] }, []],
  ['of no service', { changes: [change(null, 1)] }, ACQUITTED(1, '1 min')],
  [
    'where nobody knows which is affected',
    { service: null, changes: [change('search', 1)] },
    ACQUITTED(1, '1 min'),
  ],
  ['taken back', { changes: [change('checkout', 1, { kind: 'rollback' })] }, []],
  ['that failed', { changes: [change('checkout', 1, { state: 'failed' })] }, []],
  [
    'that began and ended',
    { changes: [change('checkout', 1, { state: 'started' }), change('checkout', 2)] },
    ACQUITTED(2, '2 min'),
  ],
  [
    'that began before',
    { changes: [change('checkout', -1, { state: 'started' }), change('checkout', 2)] },
    [],
  ],
  [
    'of which another began before',
    { changes: [change('payments', -1), change('checkout', 2)] },
    ACQUITTED(2, '2 min'),
  ],
  [
    'two, the later first',
    { changes: [change('payments', 1), change('checkout', 2)] },
    [...ACQUITTED(2, '2 min'), ...ACQUITTED(1, '1 min')],
  ],
])('innocent of it is a change %s', (_, given, expected) => {
  expect(judged(given).innocent).toEqual(expected)
})
