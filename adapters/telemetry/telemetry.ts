/**
 * Logs (pino, JSON lines on stderr), metrics (prom-client) and spans (OpenTelemetry, loaded only when an endpoint is set)
 * behind one port. Every log line inside a span carries its trace id, from the request to the message that it caused.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import pino from 'pino'
import type { Telemetry } from '../../bot/ports.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { createScrub } from './scrub.ts'
import type { Tracing } from './tracing.ts'

export type TelemetryParts = {
  readonly level: string
  readonly secrets: readonly (string | undefined)[]
  readonly tracing?: Tracing
  readonly write?: (line: string) => void
}

export function createTelemetry({ level, secrets, tracing, write }: TelemetryParts): Telemetry & {
  readonly metrics: Metrics
  /** From now on these reach no log either. */
  hide(...secrets: readonly string[]): void
} {
  const hidden = new Set(secrets.filter(secret => secret !== undefined))
  const scrub = createScrub(hidden)
  const out = write ?? ((line: string) => void process.stderr.write(line))
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
    },
    { write: (line: string) => out(scrub(line)) },
  )
  const metrics = createMetrics()
  const current = new AsyncLocalStorage<string>()
  return {
    metrics,
    hide(...more) {
      for (const secret of more) hidden.add(secret)
    },
    count: metrics.count,
    observe: metrics.observe,
    set: metrics.set,
    log(severity, event, fields = {}) {
      const trace = traceId(current.getStore())
      logger[severity]({ ...(trace ? { trace } : {}), ...plainErrors(fields) }, event)
    },
    span(name, parent, work) {
      const inherited = parent ?? current.getStore()
      const run = (traceparent: string) => current.run(traceparent, () => work(traceparent))
      return tracing ? tracing.span(name, inherited, run) : run(inherited ?? freshTrace())
    },
  }
}

/** A correlation id in W3C's form, also when no spans are sent anywhere. */
const freshTrace = (): string => `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`

const traceId = (traceparent: string | undefined): string | undefined => traceparent?.split('-')[1]

function plainErrors(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value,
    ]),
  )
}
