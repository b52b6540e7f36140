/** A shop of four services that are watched by three kinds of systems, and the night on which payments becomes slow. */
import { openSources } from '../../adapters/sources/open.ts'
import type { Config } from '../../bot/config/types.ts'
import type { OpenSource } from '../../bot/ports.ts'
import { startLoki } from '../emulators/sources/loki.ts'
import { startPrometheus } from '../emulators/sources/prometheus.ts'
import type { SourceServer } from '../emulators/sources/server.ts'
import { startTempo } from '../emulators/sources/traces.ts'
import { config, TEAM } from './team.ts'
import { durations, requests, up } from './watched.ts'

export type Shop = {
  readonly team: Config
  readonly source: OpenSource
  readonly all: readonly SourceServer[]
  /** Payments is slow since six minutes before `start`, and those that call it fail since four. */
  paymentsIsSlow(): void
  stop(): Promise<void>
}

export async function openShop(start: number): Promise<Shop> {
  const at = (minutes: number) => start + minutes * 60_000
  const [prom, loki, tempo] = await Promise.all([startPrometheus(), startLoki(), startTempo()])
  const all = [prom, loki, tempo]
  const team = config(`${TEAM.replace(/services:[\s\S]*$/, '')}services:
  web: { tier: 1, depends_on: [checkout, orders] }
  checkout: { depends_on: [payments] }
  orders: { depends_on: [payments] }
  payments: {}
  search: {}
integrations:
  ci: { source: github, token: ci-token-0123456789ab }
  am: { source: alertmanager, token: am-token-0123456789ab }
private_addresses: true
sources:
  prom: { kind: prometheus, url: "${prom.url}" }
  logs: { kind: loki, url: "${loki.url}" }
  traces: { kind: tempo, url: "${tempo.url}" }
`)
  function paymentsIsSlow() {
    for (const job of ['web', 'checkout', 'orders', 'payments']) prom.scrape(up({ job }))
    prom.scrape(
      ...durations({ job: 'payments' }, { perSecond: 30, usual: 0.08, slow: { from: at(-6), value: 2 } }),
      ...requests({ job: 'checkout' }, { perSecond: 40, errors: { from: at(-4), value: 9 } }),
      ...requests({ job: 'orders' }, { perSecond: 20, errors: { from: at(-4), value: 4 } }),
      ...requests({ job: 'web' }, { perSecond: 90 }),
    )
    const lines = Array.from(
      { length: 30 },
      (_, index) => [at(-4) + index * 7000, `ERROR payments: timeout after ${2000 + index} ms`] as const,
    )
    loki.push({ labels: { app: 'checkout' }, lines })
    const spans = (index: number, start: number, ms: number) => ({
      id: (index + 1).toString(16).padStart(32, '0'),
      spans: [
        { id: 'a1', service: 'payments', operation: 'POST /pay', start, ms },
        {
          id: 'b2',
          parent: 'a1',
          service: 'payments',
          operation: 'charge card',
          kind: 'internal' as const,
          start: start + 1,
          ms: ms - 5,
        },
      ],
    })
    tempo.send(
      ...Array.from({ length: 40 }, (_, index) => spans(index, at(-80) + index * 60_000, 80 + index)),
    )
    tempo.send(spans(100, at(-5), 2400), spans(101, at(-3), 2600))
  }

  return {
    team,
    source: openSources({ config: () => team, hide: () => undefined }),
    all,
    paymentsIsSlow,
    async stop() {
      await Promise.all(all.map(server => server.stop()))
    },
  }
}
