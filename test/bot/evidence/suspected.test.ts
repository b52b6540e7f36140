/** Which services upstream are suspected: what each is worth, in per mille, and each reason as people read it. */
import { expect, test } from 'vitest'
import type { Together } from '../../../bot/evidence/correlate.ts'
import { at, errors, moved, type Ranked, ranked, slow } from './inquiries.ts'

const pair = (first: string, after: string, lagMs: number, strength: number): Together => ({
  first: { source: 'prom', service: first, name: 'latency' },
  after: { source: 'prom', service: after, name: 'latency' },
  lagMs,
  strength,
})
const suspects = (given: Ranked) => ranked(given).filter(each => each.includes(' service '))
const HIT = moved('checkout', -3)
const SPAN = { service: 'payments', operation: 'SELECT', selfMs: 800 }
const alert = (minute: number) => ({
  startsAt: at(minute),
  endsAt: null,
  status: 'firing',
  title: 'Errors',
  service: 'checkout',
  link: null,
})

test.each<readonly [string, Ranked, readonly string[]]>([
  [
    'that moved before',
    { findings: [moved('payments', -8), HIT] },
    [
      '450 service payments @-8: payments moved 5 min before checkout; checkout depends on payments | https://prom/payments',
    ],
  ],
  [
    'that moved a minute before',
    { findings: [moved('payments', -4), HIT] },
    [
      '360 service payments @-4: payments moved at the same time as checkout; checkout depends on payments | https://prom/payments',
    ],
  ],
  [
    'that moved a bit more than a minute before',
    { findings: [moved('payments', -4.1), HIT] },
    [
      '450 service payments @-4.1: payments moved 1 min 6 s before checkout; checkout depends on payments | https://prom/payments',
    ],
  ],
  [
    'that moved a minute after',
    { findings: [moved('payments', -2), HIT] },
    [
      '360 service payments @-2: payments moved at the same time as checkout; checkout depends on payments | https://prom/payments',
    ],
  ],
  ['that moved later', { findings: [moved('payments', -1.9), HIT] }, []],
  [
    'that moved before and was back a minute before',
    { findings: [moved('payments', -8, -4), HIT] },
    [
      '450 service payments @-8: payments moved 5 min before checkout; checkout depends on payments | https://prom/payments',
    ],
  ],
  ['that moved before and was back', { findings: [moved('payments', -8, -4.1), HIT] }, []],
  [
    'further away',
    { findings: [moved('db', -8), HIT] },
    [
      '350 service db @-8: db moved 5 min before checkout; checkout depends on db by way of payments | https://prom/db',
    ],
  ],
  ['that it does not depend on', { findings: [moved('search', -8), moved('shop', -8), HIT] }, []],
  [
    'where nothing showed that it was hit, before the declaration',
    { findings: [moved('payments', -8)] },
    [
      '450 service payments @-8: payments moved 8 min before it was declared; checkout depends on payments | https://prom/payments',
    ],
  ],
  [
    'where nothing showed that it was hit, before the alert',
    { findings: [moved('payments', -8)], alerts: [alert(0)] },
    [
      '450 service payments @-8: payments moved 8 min before the first alert; checkout depends on payments | https://prom/payments',
    ],
  ],
  [
    'that moved together with it, first',
    { findings: [moved('payments', -8), HIT], together: [pair('payments', 'checkout', 300_000, 0.9)] },
    [
      '612 service payments @-8: payments moved 5 min before checkout, and together with it (0.90); checkout depends on payments | https://prom/payments',
    ],
  ],
  [
    'that moved together with it, within a minute, the other way round',
    { findings: [moved('payments', -4), HIT], together: [pair('checkout', 'payments', 0, -0.8)] },
    [
      '533 service payments @-4: payments moved at the same time as checkout, and together with it (-0.80); checkout depends on payments | https://prom/payments',
    ],
  ],
  [
    'that moved together with it, after it',
    { findings: [moved('payments', -4), HIT], together: [pair('checkout', 'payments', 60_000, 0.9)] },
    [
      '360 service payments @-4: payments moved at the same time as checkout; checkout depends on payments | https://prom/payments',
    ],
  ],
  [
    'that moved together with others',
    {
      findings: [moved('payments', -4), HIT],
      together: [
        pair('payments', 'search', 0, 0.9),
        pair('search', 'checkout', 0, 0.9),
        pair('checkout', 'search', 0, 0.9),
        pair('search', 'payments', 0, 0.9),
      ],
    },
    [
      '360 service payments @-4: payments moved at the same time as checkout; checkout depends on payments | https://prom/payments',
    ],
  ],
  [
    'of the first sign',
    { findings: [moved('payments', -8, null, { score: 8 }), HIT] },
    [
      '549 service payments @-8: payments moved 5 min before checkout; the first sign was its latency; checkout depends on payments | https://prom/payments',
    ],
  ],
  [
    'that slow requests waited for',
    { findings: [slow('checkout', -2, SPAN), slow('checkout', -1, SPAN, { operation: 'POST /' })] },
    [
      '405 service payments @-2: slow requests of checkout waited for payments (SELECT); checkout depends on payments | https://tempo/checkout',
    ],
  ],
  ['that slow requests of others waited for', { findings: [slow('search', -2, SPAN)] }, []],
  [
    'that slow requests waited for elsewhere',
    { findings: [slow('checkout', -2, { ...SPAN, service: 'search' }), slow('checkout', -2, null)] },
    [],
  ],
  [
    'that nothing but new errors names',
    {
      findings: [
        errors('checkout', -2, { example: 'payments: boom' }),
        errors('checkout', -1, { example: 'no payments' }),
      ],
    },
    [],
  ],
  [
    'that new errors name as a part of a word',
    {
      findings: [
        moved('payments', -1),
        ...['mypayments', 'payments2', 'payments_x', 'x-payments'].map(example =>
          errors('checkout', -2, { example, template: example }),
        ),
      ],
    },
    [
      '360 service payments @-1: payments moved at the same time as it was declared; checkout depends on payments | https://prom/payments',
    ],
  ],
  [
    'that new errors name at last',
    { findings: [moved('payments', -1), errors('checkout', -2, { example: 'payments2 and payments' })] },
    [
      '475 service payments @-2: payments moved at the same time as it was declared; new errors of checkout name it; checkout depends on payments | https://prom/payments',
    ],
  ],
  [
    'that old errors name',
    { findings: [moved('payments', -1), errors('checkout', -20, { example: 'payments', before: 9 })] },
    [
      '360 service payments @-1: payments moved at the same time as it was declared; checkout depends on payments | https://prom/payments',
    ],
  ],
  [
    'with new errors of its own',
    { findings: [errors('payments', -2, { template: 'x'.repeat(90) }), HIT] },
    [
      `270 service payments @-2: payments logs errors that are new: ${'x'.repeat(80)}; checkout depends on payments | https://loki/payments`,
    ],
  ],
  ['with old errors of its own', { findings: [errors('payments', -20, { before: 9 }), HIT] }, []],
  [
    'with all of it, each link from the first',
    {
      findings: [
        moved('payments', -8, null, { link: null }),
        HIT,
        slow('checkout', -1, SPAN),
        errors('payments', -2),
      ],
    },
    [
      '761 service payments @-8: payments moved 5 min before checkout; slow requests of checkout waited for payments (SELECT); payments logs errors that are new: boom <n>; checkout depends on payments | https://tempo/checkout',
    ],
  ],
  [
    'behind what it depends on',
    { findings: [moved('db', -10), moved('payments', -8), HIT] },
    [
      '350 service db @-10: db moved 7 min before checkout; checkout depends on db by way of payments | https://prom/db',
      '225 service payments @-8: payments moved 5 min before checkout; checkout depends on payments; but db, which it depends on, moved before it | https://prom/payments',
    ],
  ],
  [
    'behind what moved at once',
    { findings: [moved('db', -8.5), moved('payments', -8), HIT] },
    [
      '360 service payments @-8: payments moved 5 min before checkout; checkout depends on payments; but db, which it depends on, moved at the same time | https://prom/payments',
      '350 service db @-8.5: db moved 5 min 30 s before checkout; checkout depends on db by way of payments | https://prom/db',
    ],
  ],
  [
    'behind what was back by then',
    { findings: [moved('db', -20, -9.1), moved('payments', -8), HIT] },
    [
      '450 service payments @-8: payments moved 5 min before checkout; checkout depends on payments | https://prom/payments',
    ],
  ],
  ['that is affected itself', { findings: [HIT] }, []],
  [
    'where nobody knows which is affected',
    { service: null, findings: [moved('payments', -8), HIT, moved('shop', -2)] },
    [
      '698 service payments @-8: payments moved 5 min before checkout; payments moved 6 min before shop; checkout depends on payments | https://prom/payments',
      '180 service checkout @-3: checkout moved at the same time as shop; shop depends on checkout; but payments, which it depends on, moved before it | https://prom/checkout',
    ],
  ],
  [
    'where nobody knows, and what was back long before',
    { service: null, findings: [moved('payments', -8), moved('checkout', -6, -4)] },
    [],
  ],
])('suspected is a service %s', (_, given, expected) => {
  expect(suspects(given)).toEqual(expected)
})
