/**
 * Seeded nights with a known cause: ten services, four metrics each, some of which wander or depart by themselves, and changes all
 * over. Either a deployment broke a service and those that depend on it followed, or a database did before an innocent deployment.
 */
import { examine, type Inquiry } from '../../bot/evidence/investigation.ts'
import type { Series } from '../../bot/evidence/types.ts'
import type { SeenChange } from '../../bot/ingested/ingested.ts'
import { chance } from '../simulation/chance.ts'
import { type Departure, ONSET, STRETCH, seriesOf } from './series.ts'

const MINUTE = 60_000
const METRICS = ['latency', 'error rate', 'throughput', 'saturation'] as const
const CALM = [
  'flat, normal noise',
  'skewed (log-normal), as latencies are',
  'noise that remembers (AR 0.8)',
  'counts (Poisson, 3 a point)',
] as const

const SERVICES = {
  shop: { dependsOn: ['checkout', 'search'] },
  checkout: { dependsOn: ['payments', 'carts'] },
  payments: { dependsOn: ['payments-db', 'fraud'] },
  carts: { dependsOn: ['carts-db', 'payments'] },
  fraud: { dependsOn: [] },
  search: { dependsOn: ['index'] },
  index: { dependsOn: [] },
  'payments-db': { dependsOn: [] },
  'carts-db': { dependsOn: [] },
  mail: { dependsOn: [] },
}

export type KnownNight = { readonly inquiry: Inquiry; readonly cause: string; readonly deployment: string }

/** `guilty`: the deployment of payments did it; else payments-db did, and it came after. */
export function nightOf(seed: number, guilty: boolean): KnownNight {
  const luck = chance(seed)
  // The alert comes some minutes after what it is about.
  const began = ONSET - (4 + luck.upTo(8)) * MINUTE
  const broken = guilty ? 'payments' : 'payments-db'
  const departs: Readonly<Record<string, number>> = {
    [broken]: began,
    ...(guilty ? {} : { payments: began + 1.5 * MINUTE }),
    carts: began + (2 + luck.next()) * MINUTE,
    checkout: began + (2.5 + luck.next()) * MINUTE,
  }
  const series = Object.keys(SERVICES).flatMap(service =>
    METRICS.map((name): Series => {
      const at = departs[service]
      const hit = at !== undefined && (name === 'latency' || (name === 'error rate' && service !== broken))
      const own = luck.happens(0.03)
        ? { shape: 'five minutes', size: 12, at: ONSET - luck.upTo(28) * MINUTE }
        : undefined
      const departure = hit ? { shape: 'step', size: 10 + luck.upTo(30), at } : own
      const kind = luck.happens(0.05) ? 'wanders (random walk)' : luck.pick(CALM)
      return { ...seriesOf(kind, luck.upTo(1e9), departure as Departure | undefined), service, name }
    }),
  )
  const deployedAt = guilty ? began - (1 + luck.upTo(4)) * MINUTE : began + (1 + luck.upTo(3)) * MINUTE
  const others = Array.from({ length: 6 }, (_, index) => {
    const service = luck.pick(['shop', 'checkout', 'carts', 'search', 'mail', 'fraud'])
    return change(`${service} v${index}`, service, ONSET - (20 + luck.upTo(600)) * MINUTE)
  })
  return {
    inquiry: {
      services: SERVICES,
      service: 'checkout',
      onset: ONSET,
      seen: examine({ onset: ONSET, ...STRETCH }, [{ kind: 'series', source: 'prom', series }]),
      changes: [...others, change('payments v42', 'payments', deployedAt)],
      alerts: [],
    },
    cause: guilty ? 'payments v42' : 'payments-db',
    deployment: 'payments v42',
  }
}

const change = (title: string, service: string, at: number): SeenChange => ({
  id: `${title} ${at}`,
  kind: 'deployment',
  state: 'succeeded',
  service,
  title,
  version: null,
  environment: null,
  by: null,
  at,
  link: `https://ci.example.com/${encodeURIComponent(title)}`,
  integration: 'ci',
  learntAt: at,
  seq: 1,
})
