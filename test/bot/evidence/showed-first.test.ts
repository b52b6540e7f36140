/** What showed first, where nothing says more: where to look, in its order beside what is likelier. */
import { expect, test } from 'vitest'
import { change, errors, moved, type Ranked, ranked, slow } from './inquiries.ts'

const POSSIBLE = { service: 'search' }
test.each<readonly [string, Ranked, readonly string[]]>([
  [
    'three at the most, each worth half of the one before',
    {
      ...POSSIBLE,
      findings: [
        moved('search', -8, null, { direction: 'down' }),
        errors('search', -6, { template: 'y'.repeat(90) }),
        slow('shop', -4, null),
        moved('shop', -2),
      ],
    },
    [
      '300 finding latency of search down @-8: it showed first; 8 min before the first sign | https://prom/search',
      `150 finding search logs "${'y'.repeat(80)}" @-6: it showed second; 6 min before the first sign | https://loki/search`,
      '75 finding GET / of shop is slow @-4: it showed third; 4 min before the first sign | https://tempo/shop',
    ],
  ],
  ['no old errors', { ...POSSIBLE, findings: [errors('search', -20, { before: 9 })] }, []],
  [
    'nothing that was back long before',
    { ...POSSIBLE, findings: [moved('search', -20, -2.1), moved('shop', -10, -2)] },
    [
      '300 finding latency of shop up @-10: it showed first; 10 min before the first sign | https://prom/shop',
    ],
  ],
  [
    'nothing of a suspect',
    { findings: [moved('payments', -8), moved('checkout', -3)] },
    [
      '450 service payments @-8: payments moved 5 min before checkout; checkout depends on payments | https://prom/payments',
      '300 finding latency of checkout up @-3: it showed first; 3 min before the first sign | https://prom/checkout',
    ],
  ],
  [
    'before the first sign or from it on',
    { ...POSSIBLE, findings: [moved('search', -8), moved('search', -5, null, { name: 'errors', score: 8 })] },
    [
      '300 finding latency of search up @-8: it showed first; 3 min before the first sign | https://prom/search',
      '150 finding errors of search up @-5: it showed second; from the first sign on | https://prom/search',
    ],
  ],
  [
    'beside changes, the likeliest first, the later first, by name',
    {
      ...POSSIBLE,
      changes: [
        change('search', -30, { title: 'b' }),
        change('search', -30, { title: 'a' }),
        change('search', -20, { title: 'c' }),
      ],
      findings: [moved('search', -8)],
    },
    [
      '815 change c @-20: deployment succeeded 20 min before the first sign; it changed search itself; the latency of search left its usual range 12 min after it | https://ci/42',
      '500 change a @-30: deployment succeeded 30 min before the first sign; it changed search itself | https://ci/42',
      '500 change b @-30: deployment succeeded 30 min before the first sign; it changed search itself | https://ci/42',
      '300 finding latency of search up @-8: it showed first; 8 min before the first sign | https://prom/search',
    ],
  ],
])('what showed first: %s', (_, given, expected) => {
  expect(ranked(given)).toEqual(expected)
})
