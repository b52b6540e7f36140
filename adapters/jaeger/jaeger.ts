/**
 * Slow requests from Jaeger, by the API that its own pages use (jaegertracing.io/docs/latest/apis). Of the hour before it only the
 * durations are looked at; then what took longer than is usual is asked for, with all its spans.
 */
import { slowFromMs } from '../../bot/evidence/traces.ts'
import type { Question, Trace } from '../../bot/evidence/types.ts'
import type { EvidenceSource } from '../../bot/ports.ts'
import { nearest } from '../../bot/refusal.ts'
import { at, items, text } from '../ingest/read.ts'
import { type Asker, createAskers, encode } from '../sources/asker.ts'
import { linkTo, pageOf } from '../sources/links.ts'
import type { SourceParts } from '../sources/open.ts'
import { entryOf, type Span, slowestUnder } from '../sources/spans.ts'

const USUAL_MS = 60 * 60_000
/** Whole traces come back: so many of them are some megabytes. */
const USUAL_TRACES = 60
const SLOW_TRACES = 30

export function createJaeger({ settings, calls }: SourceParts): EvidenceSource {
  const askers = createAskers({ ...calls, refusal: body => text(body, 'errors.0.msg') })

  const search = (
    asker: Asker,
    service: string,
    from: number,
    to: number,
    more: Readonly<Record<string, string | number>>,
  ) => asker.get('/api/traces', { service, start: from * 1000, end: to * 1000, ...more })

  async function unknown(asker: Asker, service: string): Promise<readonly string[]> {
    const known = items(await asker.get('/api/services', {}), 'data').filter(each => typeof each === 'string')
    if (known.includes(service)) return []
    const near = nearest(service, known)
    return [`there is no service ${service}${near ? `; ${near} is the nearest` : ''}`]
  }

  function traceOf(found: unknown, service: string, question: Question): readonly Trace[] {
    const id = text(found, 'traceID') ?? ''
    const spans = spansOf(found)
    const entry = entryOf(spans, service)
    if (!entry) return []
    const link = linkTo(
      settings,
      question,
      { query: id },
      () => `${pageOf(settings)}/trace/${encodeURIComponent(id)}`,
    )
    return [
      {
        id,
        at: Math.round(entry.start),
        operation: entry.operation,
        durationMs: entry.durationMs,
        slowest: slowestUnder(spans, entry),
        link,
      },
    ]
  }

  return {
    name: settings.name,
    kind: settings.kind,
    async ask(question) {
      const asker = askers()
      const service = settings.names[question.service] ?? question.service
      const { from, to } = question
      const before = await search(asker, service, from - USUAL_MS, from, { limit: USUAL_TRACES })
      const usualMs = items(before, 'data').flatMap(each =>
        traceOf(each, service, question).map(trace => trace.durationMs),
      )
      const least = slowFromMs(usualMs)
      const more = least === null ? {} : { minDuration: `${Math.ceil(least)}ms` }
      const slow =
        least === null ? undefined : await search(asker, service, from, to, { limit: SLOW_TRACES, ...more })
      const traces = items(slow, 'data').flatMap(each => traceOf(each, service, question))
      const missing = least === null ? [...(await unknown(asker, service)), tooFew(service)] : []
      const link = linkTo(
        settings,
        question,
        { queryType: 'search', service },
        () =>
          `${pageOf(settings)}/search?${encode({ service, start: from * 1000, end: to * 1000, limit: SLOW_TRACES, ...more })}`,
      )
      return {
        answer: { kind: 'traces', source: settings.name, service: question.service, traces, usualMs, link },
        missing,
      }
    },
  }
}

const tooFew = (service: string) => `too few requests to ${service} in the hour before to say what is slow`

const spansOf = (found: unknown): readonly Span[] =>
  items(found, 'spans').map(span => {
    const references = items(span, 'references')
    const parent = references.find(each => at(each, 'refType') === 'CHILD_OF') ?? references[0]
    return {
      id: text(span, 'spanID') ?? '',
      parent: text(parent, 'spanID'),
      service: text(at(at(found, 'processes'), text(span, 'processID') ?? ''), 'serviceName') ?? '',
      operation: text(span, 'operationName') ?? '',
      start: Number(at(span, 'startTime')) / 1000,
      durationMs: Number(at(span, 'duration')) / 1000,
    }
  })
