/** The table of signals as Prometheus metrics. Counters without labels begin at 0, so that the first increase is seen. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Telemetry } from '../../bot/ports.ts'
import { SIGNALS, type Signal, type SignalName } from '../../bot/telemetry/signals.ts'

export type Metrics = Pick<Telemetry, 'count' | 'observe' | 'set'> & {
  /** The text that Prometheus scrapes. */
  text(): Promise<string>
  readonly contentType: string
}

export function createMetrics(): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register, prefix: 'tocsin_' })
  const all = Object.fromEntries(
    Object.entries(SIGNALS).map(([name, signal]) => [name, build(name, signal, register)]),
  )
  const of = <T>(name: SignalName, kind: new (...args: never[]) => T): T => {
    const metric = all[name]
    if (!(metric instanceof kind)) throw new Error(`bug: tocsin_${name} is not a ${kind.name}`)
    return metric
  }
  return {
    count: (name, labels = {}, by = 1) => of(name, Counter).inc(labels, by),
    observe: (name, value, labels = {}) => of(name, Histogram).observe(labels, value),
    set: (name, value, labels = {}) => of(name, Gauge).set(labels, value),
    text: () => register.metrics(),
    contentType: register.contentType,
  }
}

function build(
  key: string,
  { kind, help, labels, buckets }: Signal,
  register: Registry,
): Counter | Gauge | Histogram {
  const base = {
    name: `tocsin_${key}${kind === 'counter' ? '_total' : ''}`,
    help,
    labelNames: [...labels],
    registers: [register],
  }
  if (kind === 'gauge') return new Gauge(base)
  if (kind === 'histogram') return new Histogram({ ...base, ...(buckets ? { buckets: [...buckets] } : {}) })
  const counter = new Counter(base)
  if (labels.length === 0) counter.inc(0)
  return counter
}
