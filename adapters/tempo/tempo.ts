/**
 * Slow requests from Tempo (grafana.com/docs/tempo/latest/api_docs), by TraceQL: the spans by which a service took requests up. Of
 * the slowest the whole trace is read, which says where the time went.
 */
import { slowFromMs } from '../../bot/evidence/traces.ts'
import type { Question, Trace } from '../../bot/evidence/types.ts'
import type { EvidenceSource } from '../../bot/ports.ts'
import { settled } from '../../bot/sources/settled.ts'
import { at, items, text } from '../ingest/read.ts'
import { type Asker, createAskers } from '../sources/asker.ts'
import { fill, QL } from '../sources/fill.ts'
import { linkTo, pageOf } from '../sources/links.ts'
import type { SourceParts } from '../sources/open.ts'
import { entryOf, type Span, slowestUnder } from '../sources/spans.ts'

const USUAL_MS = 60 * 60_000
const USUAL_TRACES = 200
const SLOW_TRACES = 30
/** Traces that are read whole. */
const READ_TRACES = 5

const ENTRIES = '(kind = server || kind = consumer)'

type Found = {
  readonly id: string
  readonly operation: string
  readonly at: number
  readonly durationMs: number
}

export function createTempo({ settings, calls }: SourceParts): EvidenceSource {
  const askers = createAskers({ ...calls, refusal: body => text(body, 'error', 'message') })

  async function search(
    asker: Asker,
    q: string,
    from: number,
    to: number,
    limit: number,
  ): Promise<readonly Found[]> {
    const found = await asker.get('/api/search', {
      q,
      start: Math.floor(from / 1000),
      end: Math.ceil(to / 1000),
      limit,
      spss: 1,
    })
    return items(found, 'traces').flatMap(foundOf)
  }

  async function read(asker: Asker, found: Found, service: string, question: Question): Promise<Trace> {
    const spans = spansOf(await asker.get(`/api/traces/${encodeURIComponent(found.id)}`, {}))
    const entry = entryOf(spans, service)
    return {
      ...bare(found, question),
      ...(entry ? { operation: entry.operation, slowest: slowestUnder(spans, entry) } : {}),
    }
  }

  const bare = ({ id, operation, at: began, durationMs }: Found, question: Question): Trace => ({
    id,
    at: began,
    operation,
    durationMs,
    slowest: null,
    link: linkTo(
      settings,
      question,
      { queryType: 'traceql', query: id },
      () => `${pageOf(settings)}/api/traces/${encodeURIComponent(id)}`,
    ),
  })

  return {
    name: settings.name,
    kind: settings.kind,
    async ask(question) {
      const asker = askers()
      const service = settings.names[question.service] ?? question.service
      const { from, to } = question
      const of = (more = '') =>
        fill(`{ resource.service.name = $service && ${ENTRIES}${more} } | select(name)`, service, QL)
      const usualMs = (await search(asker, of(), from - USUAL_MS, from, USUAL_TRACES)).map(
        each => each.durationMs,
      )
      const least = slowFromMs(usualMs)
      const base = { kind: 'traces' as const, source: settings.name, service: question.service, usualMs }
      if (least === null)
        return {
          answer: { ...base, traces: [], link: null },
          missing: [`too few requests to ${service} in the hour before to say what is slow`],
        }
      const q = of(` && duration > ${Math.ceil(least)}ms`)
      const slow = (await search(asker, q, from, to, SLOW_TRACES)).toSorted(
        (a, b) => b.durationMs - a.durationMs,
      )
      const { done, missing } = await settled(
        slow.slice(0, READ_TRACES),
        ({ id }) => `the trace ${id}`,
        each => read(asker, each, service, question),
      )
      const rest = slow.filter(({ id }) => !done.some(trace => trace.id === id))
      const link = linkTo(
        settings,
        question,
        { queryType: 'traceql', query: q },
        () =>
          `${pageOf(settings)}/api/search?q=${encodeURIComponent(q)}&start=${Math.floor(from / 1000)}&end=${Math.ceil(to / 1000)}`,
      )
      const traces = [...done, ...rest.map(each => bare(each, question))]
      return { answer: { ...base, traces, link }, missing }
    },
  }
}

/** What a search says of a trace: the span that matched, in `spanSets` or, of an older Tempo, in `spanSet`. */
function foundOf(trace: unknown): readonly Found[] {
  const id = text(trace, 'traceID')
  const span = at(trace, 'spanSets.0.spans.0') ?? at(trace, 'spanSet.spans.0')
  const began = text(span, 'startTimeUnixNano')
  const duration = Number(at(span, 'durationNanos'))
  if (id === null || began === null || !Number.isFinite(duration)) return []
  const operation = text(span, 'name') ?? text(trace, 'rootTraceName') ?? ''
  return [{ id, operation, at: Number(began.slice(0, -6)), durationMs: duration / 1e6 }]
}

/** OpenTelemetry's JSON: batches of spans by resource. */
const spansOf = (found: unknown): readonly Span[] =>
  [...items(found, 'batches'), ...items(found, 'resourceSpans')].flatMap(batch => {
    const named = items(batch, 'resource.attributes').find(each => at(each, 'key') === 'service.name')
    const service = text(named, 'value.stringValue') ?? ''
    return [...items(batch, 'scopeSpans'), ...items(batch, 'instrumentationLibrarySpans')]
      .flatMap(scope => items(scope, 'spans'))
      .map(span => spanOf(span, service))
  })

function spanOf(span: unknown, service: string): Span {
  const [start, end] = [
    Number(at(span, 'startTimeUnixNano')) / 1e6,
    Number(at(span, 'endTimeUnixNano')) / 1e6,
  ]
  return {
    id: text(span, 'spanId') ?? '',
    parent: text(span, 'parentSpanId'),
    service,
    operation: text(span, 'name') ?? '',
    start,
    durationMs: end - start,
  }
}
