/** Traces as programs send them, and the two servers that keep them: Jaeger with its query API, Tempo with TraceQL. */
import { ParseError, readText } from './promql.ts'
import { type Asked, type Said, type SourceServer, startSource, unknownOf } from './server.ts'

export type SentSpan = {
  readonly id: string
  readonly parent?: string
  readonly service: string
  readonly operation: string
  readonly kind?: 'server' | 'client' | 'internal' | 'consumer'
  readonly start: number
  readonly ms: number
}
export type SentTrace = { readonly id: string; readonly spans: readonly SentSpan[] }
export type TracesEmulator = SourceServer & { send(...traces: readonly SentTrace[]): void }

async function start(answer: (data: readonly SentTrace[], asked: Asked) => Said): Promise<TracesEmulator> {
  const data: SentTrace[] = []
  const server = await startSource(asked => answer(data, asked))
  return { ...server, send: (...traces) => void data.push(...traces) }
}

const startOf = ({ spans }: SentTrace) => Math.min(...spans.map(span => span.start))
const endOf = ({ spans }: SentTrace) => Math.max(...spans.map(span => span.start + span.ms))

// ---------------------------------------------------------------- Jaeger

export const startJaeger = (): Promise<TracesEmulator> => start(jaeger)

const wrong = (msg: string): Said => ({
  status: 400,
  body: { data: null, total: 0, limit: 0, offset: 0, errors: [{ code: 400, msg }] },
})
const data = (all: readonly unknown[]): Said => ({
  status: 200,
  body: { data: all, total: 0, limit: 0, offset: 0, errors: null },
})

function jaeger(traces: readonly SentTrace[], { path, params }: Asked): Said {
  if (path === '/api/services')
    return data([...new Set(traces.flatMap(({ spans }) => spans.map(span => span.service)))])
  if (path !== '/api/traces') return { status: 404, body: { errors: [{ code: 404, msg: 'not found' }] } }
  const unknown = unknownOf(params, [
    'service',
    'operation',
    'tag',
    'tags',
    'start',
    'end',
    'limit',
    'minDuration',
    'maxDuration',
    'lookback',
    'traceID',
  ])
  if (unknown) return wrong(`unknown parameter '${unknown}'`)
  const service = params.get('service')
  if (!service) return wrong("parameter 'service' is required")
  const [from, to] = ['start', 'end'].map(name => params.get(name) ?? '')
  if (!/^\d{16}$/.test(from ?? ''))
    return wrong(`unable to parse param 'start': strconv.ParseInt: parsing "${from}": invalid syntax`)
  if (!/^\d{16}$/.test(to ?? ''))
    return wrong(`unable to parse param 'end': strconv.ParseInt: parsing "${to}": invalid syntax`)
  const [, least, unit] = /^(\d+(?:\.\d+)?)(us|ms|s)$/.exec(params.get('minDuration') ?? '0ms') ?? []
  if (least === undefined)
    return wrong(`unable to parse param 'minDuration': time: invalid duration "${params.get('minDuration')}"`)
  const leastMs = Number(least) * (unit === 's' ? 1000 : unit === 'us' ? 0.001 : 1)
  const found = traces
    .filter(trace =>
      trace.spans.some(
        span =>
          span.service === service &&
          span.ms >= leastMs &&
          span.start >= Number(from) / 1000 &&
          span.start <= Number(to) / 1000,
      ),
    )
    .toSorted((a, b) => startOf(b) - startOf(a))
    .slice(0, Number(params.get('limit') ?? 100))
  return data(found.map(jaegerTrace))
}

function jaegerTrace({ id: traceID, spans }: SentTrace) {
  const services = [...new Set(spans.map(span => span.service))]
  return {
    traceID,
    spans: spans.map(({ id, parent, service, operation, kind = 'server', start: began, ms }) => ({
      traceID,
      spanID: id,
      operationName: operation,
      references: parent ? [{ refType: 'CHILD_OF', traceID, spanID: parent }] : [],
      startTime: Math.round(began * 1000),
      duration: Math.round(ms * 1000),
      tags: [{ key: 'span.kind', type: 'string', value: kind }],
      logs: [],
      processID: `p${services.indexOf(service) + 1}`,
      warnings: null,
    })),
    processes: Object.fromEntries(
      services.map((serviceName, index) => [`p${index + 1}`, { serviceName, tags: [] }]),
    ),
    warnings: null,
  }
}

// ---------------------------------------------------------------- Tempo

export const startTempo = (): Promise<TracesEmulator> => start(tempo)

function tempo(traces: readonly SentTrace[], { path, params }: Asked): Said {
  const [, id] = /^\/api\/traces\/([0-9a-f]{1,32})$/.exec(path) ?? []
  if (id) {
    const found = traces.find(trace => trace.id === id)
    return found
      ? { status: 200, body: { batches: batchesOf(found) } }
      : { status: 404, body: 'trace not found' }
  }
  if (path !== '/api/search') return { status: 404, body: '404 page not found' }
  const unknown = unknownOf(params, [
    'q',
    'tags',
    'minDuration',
    'maxDuration',
    'limit',
    'start',
    'end',
    'spss',
  ])
  if (unknown) return { status: 400, body: { error: `invalid parameter ${unknown}` } }
  const [from, to] = [Number(params.get('start')), Number(params.get('end'))]
  if (!(from > 0 && from < 1e11) || !(to > 0 && to < 1e11))
    return { status: 400, body: { error: 'invalid start: must be in unix seconds' } }
  if (to <= from) return { status: 400, body: { error: 'http parameter start must be before end' } }
  try {
    const { test, named } = traceQl(params.get('q') ?? '')
    const found = traces
      .filter(trace => endOf(trace) >= from * 1000 && startOf(trace) <= to * 1000)
      .flatMap(trace => {
        const spans = trace.spans.filter(test)
        return spans.length > 0 ? [{ trace, spans }] : []
      })
      .slice(0, Number(params.get('limit') ?? 20))
    return {
      status: 200,
      body: {
        traces: found.map(each => tempoTrace(each, Number(params.get('spss') ?? 3), named)),
        metrics: {},
      },
    }
  } catch (error) {
    if (error instanceof ParseError)
      return { status: 400, body: { error: `invalid TraceQL query: ${error.message}` } }
    throw error
  }
}

const nanos = (ms: number) => String(BigInt(Math.round(ms * 1000)) * 1000n)

function tempoTrace(
  { trace, spans }: { trace: SentTrace; spans: readonly SentSpan[] },
  most: number,
  named: boolean,
) {
  const root = trace.spans.find(span => !span.parent)
  return {
    traceID: trace.id,
    rootServiceName: root?.service ?? '<root span not yet received>',
    rootTraceName: root?.operation ?? '',
    startTimeUnixNano: nanos(startOf(trace)),
    durationMs: endOf(trace) - startOf(trace),
    spanSets: [
      {
        spans: spans.slice(0, most).map(({ id, operation, start: began, ms }) => ({
          spanID: id,
          ...(named ? { name: operation } : {}),
          startTimeUnixNano: nanos(began),
          durationNanos: nanos(ms),
        })),
        matched: spans.length,
      },
    ],
  }
}

const batchesOf = ({ id: traceId, spans }: SentTrace) =>
  [...Map.groupBy(spans, span => span.service)].map(([service, own]) => ({
    resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
    scopeSpans: [
      {
        spans: own.map(({ id, parent, operation, kind = 'server', start: began, ms }) => ({
          traceId,
          spanId: id,
          ...(parent ? { parentSpanId: parent } : {}),
          name: operation,
          kind: `SPAN_KIND_${kind.toUpperCase()}`,
          startTimeUnixNano: nanos(began),
          endTimeUnixNano: nanos(began + ms),
        })),
      },
    ],
  }))

/** `{ a = "x" && (kind = server || ...) && duration > 3ms } | select(name)`: conditions on one span. */
function traceQl(query: string): { readonly test: (span: SentSpan) => boolean; readonly named: boolean } {
  const select = /\}\s*\|\s*select\(name\)\s*$/.exec(query)
  const end = select ? select.index : query.lastIndexOf('}')
  const [open] = /^\s*\{/.exec(query) ?? []
  if (!open || end < 0 || (!select && query.slice(end + 1).trim() !== ''))
    throw new ParseError('parse error at line 1, col 1: syntax error')
  const inner = query.slice(open.length, end)
  let at = 0
  const token = (shape: RegExp): string | undefined => {
    at += /^\s*/.exec(inner.slice(at))?.[0].length ?? 0
    const found = new RegExp(`^(?:${shape.source})`).exec(inner.slice(at))?.[0]
    at += found?.length ?? 0
    return found
  }
  type Test = (span: SentSpan) => boolean
  const either = (): Test => {
    const tests = [all()]
    while (token(/\|\|/)) tests.push(all())
    return span => tests.some(test => test(span))
  }
  const all = (): Test => {
    const tests = [one()]
    while (token(/&&/)) tests.push(one())
    return span => tests.every(test => test(span))
  }
  const one = (): Test => {
    if (token(/\(/)) {
      const test = either()
      if (!token(/\)/)) throw new ParseError(`parse error at line 1, col ${at}: syntax error: expecting )`)
      return test
    }
    if (token(/resource\.service\.name\s*=/)) {
      at += /^\s*/.exec(inner.slice(at))?.[0].length ?? 0
      const { value, end: after } = readText(inner, at)
      at = after
      return span => span.service === value
    }
    const kind = token(/kind\s*=\s*(?:server|client|internal|consumer|producer)/)
    if (kind) return span => kind.endsWith(span.kind ?? 'server')
    const duration = token(/duration\s*>\s*\d+(?:ms|s)/)
    const [, count, unit] = /(\d+)(ms|s)$/.exec(duration ?? '') ?? []
    if (count) return span => span.ms > Number(count) * (unit === 's' ? 1000 : 1)
    throw new ParseError(`parse error at line 1, col ${at}: syntax error: unexpected IDENTIFIER`)
  }
  const test = either()
  if (inner.slice(at).trim() !== '')
    throw new ParseError(
      `parse error at line 1, col ${at}: syntax error: unexpected ${inner.slice(at, at + 5)}`,
    )
  return { test, named: select !== null }
}
