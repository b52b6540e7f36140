/**
 * Error lines from Loki (grafana.com/docs/loki/latest/reference/loki-http-api). The stretch is asked about in slices, each from its
 * beginning: one question would give the last lines of a flood, and nothing of how it began.
 */
import type { LogLine, Question } from '../../bot/evidence/types.ts'
import { ChatFailure, type EvidenceSource } from '../../bot/ports.ts'
import { settled } from '../../bot/sources/settled.ts'
import { at, items, text } from '../ingest/read.ts'
import { type Asker, createAskers, encode } from '../sources/asker.ts'
import { fill, QL } from '../sources/fill.ts'
import { linkTo, pageOf } from '../sources/links.ts'
import type { SourceParts } from '../sources/open.ts'
import { type Slice, slicesOf } from '../sources/slices.ts'

const LINES = 400
const MAX_LINE = 2000
/** Labels that name a service, the surest first. */
const LABELS = ['service_name', 'service', 'app', 'application', 'job', 'container'] as const
const ERRORS = '(?i)(error|exception|fatal|panic|critical|traceback)'
/** Loki's instants are nanoseconds, in texts: as numbers they would lose their last digits. */
const nanos = (ms: number) => `${ms}000000`

export function createLoki({ settings, calls }: SourceParts): EvidenceSource {
  const askers = createAskers({ ...calls, refusal: refusalOf })

  /** The label by which Loki knows the service, and so the query; undefined when it knows it by none. */
  async function usual(asker: Asker, service: string, { from, to }: Question): Promise<string | undefined> {
    const match = LABELS.map(label => fill(`{${label}=$service}`, service, QL))
    const found = await asker.get('/loki/api/v1/series', {
      'match[]': match,
      start: nanos(from),
      end: nanos(to),
    })
    const streams = items(found, 'data')
    const label = LABELS.find(each => streams.some(stream => at(stream, each) === service))
    return label && fill(`{${label}=$service} |~ "${ERRORS}"`, service, QL)
  }

  async function lines(asker: Asker, query: string, { from, to }: Slice): Promise<readonly LogLine[]> {
    const found = await asker.get('/loki/api/v1/query_range', {
      query,
      start: nanos(from),
      end: nanos(to),
      limit: LINES,
      direction: 'forward',
    })
    if (at(found, 'data.resultType') !== 'streams')
      throw new ChatFailure('never', 'malformed', `${settings.name} answered with something else than lines`)
    return items(found, 'data.result').flatMap(stream => items(stream, 'values').flatMap(lineOf))
  }

  return {
    name: settings.name,
    kind: settings.kind,
    async ask(question) {
      const asker = askers()
      const service = settings.names[question.service] ?? question.service
      const query = settings.query ? fill(settings.query, service, QL) : await usual(asker, service, question)
      const base = { kind: 'logs' as const, source: settings.name, service: question.service }
      if (query === undefined)
        return {
          answer: { ...base, lines: [], cut: false, link: null },
          missing: [`no log of ${service} is known by a usual label`],
        }
      const { done, missing } = await settled(
        slicesOf(question),
        slice => slice.name,
        slice => lines(asker, query, slice),
      )
      const link = linkTo(settings, question, { expr: query, queryType: 'range' }, () =>
        ownLink(query, question),
      )
      const cut = done.some(each => each.length >= LINES)
      return { answer: { ...base, lines: done.flat(), cut, link }, missing }
    },
  }

  /** Loki has no pages of its own: the answer itself. */
  function ownLink(query: string, { from, to }: Question): string {
    return `${pageOf(settings)}/loki/api/v1/query_range?${encode({ query, start: nanos(from), end: nanos(to), direction: 'forward' })}`
  }
}

/** `[nanoseconds, line]`, with a third part where a stream has structured metadata. */
function lineOf(value: unknown): readonly LogLine[] {
  const [time, line] = Array.isArray(value) ? (value as unknown[]) : []
  if (typeof time !== 'string' || typeof line !== 'string' || !/^\d{13,20}$/.test(time)) return []
  return [{ at: Number(time.slice(0, -6)), text: line.slice(0, MAX_LINE) }]
}

/** Loki says what is wrong in plain words, or in its envelope. */
const refusalOf = (body: unknown): string | null => text(body, 'error', 'message')
