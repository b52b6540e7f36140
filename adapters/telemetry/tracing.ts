/**
 * Spans to an OpenTelemetry collector, when OTEL_EXPORTER_OTLP_ENDPOINT is set. The SDK is loaded only then. A W3C
 * traceparent goes in and out as text, so that it can be kept across timers.
 */
import type { Context, Span } from '@opentelemetry/api'

export type Tracing = {
  span<T>(name: string, parent: string | undefined, work: (traceparent: string) => Promise<T>): Promise<T>
  stop(): Promise<void>
}

export async function createTracing(): Promise<Tracing> {
  const [api, sdk, exporter] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ])
  const provider = new sdk.NodeTracerProvider({
    spanProcessors: [new sdk.BatchSpanProcessor(new exporter.OTLPTraceExporter())],
  })
  const tracer = provider.getTracer('tocsin')
  return {
    async span(name, parent, work) {
      const span = tracer.startSpan(name, {}, parentContext(api, parent))
      try {
        return await work(traceparentOf(span))
      } catch (error) {
        span.setStatus({ code: api.SpanStatusCode.ERROR })
        throw error
      } finally {
        span.end()
      }
    },
    stop: () => provider.shutdown(),
  }
}

function parentContext(api: typeof import('@opentelemetry/api'), traceparent: string | undefined): Context {
  const [, traceId, spanId, flags] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '') ?? []
  if (!traceId || !spanId || !flags) return api.ROOT_CONTEXT
  return api.trace.setSpanContext(api.ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) | 1,
    isRemote: true,
  })
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
}
