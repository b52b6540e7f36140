/**
 * Error lines from Elasticsearch or OpenSearch, by the search that both know (elastic.co/docs/api, opensearch.org/docs/latest/api-reference/search).
 * A configured query is a query string; else the usual fields for the service and the level are tried.
 */
import type { LogLine, Question } from '../../bot/evidence/types.ts'
import type { EvidenceSource } from '../../bot/ports.ts'
import { settled } from '../../bot/sources/settled.ts'
import { at, items, text } from '../ingest/read.ts'
import { type Asker, createAskers, encode } from '../sources/asker.ts'
import { fill, LUCENE } from '../sources/fill.ts'
import { linkTo, pageOf } from '../sources/links.ts'
import type { SourceParts } from '../sources/open.ts'
import { type Slice, slicesOf } from '../sources/slices.ts'

const LINES = 400
const MAX_LINE = 2000
const SERVICE_FIELDS = ['service.name', 'service', 'kubernetes.labels.app', 'app', 'application'] as const
const LEVEL_FIELDS = ['log.level', 'level', 'severity', 'severity_text'] as const
const LEVELS = [
  'error',
  'ERROR',
  'Error',
  'critical',
  'CRITICAL',
  'fatal',
  'FATAL',
  'panic',
  'emergency',
] as const
/** The time it may take: what it has by then is the answer, and says so. */
const SEARCH_TIME = '5s'

/** As text that is analysed, and as it is. */
const both = (field: string) => [field, `${field}.keyword`]

const usualFilters = (service: string) => [
  {
    bool: {
      should: SERVICE_FIELDS.flatMap(both).map(field => ({ term: { [field]: service } })),
      minimum_should_match: 1,
    },
  },
  {
    bool: {
      should: LEVEL_FIELDS.flatMap(both).map(field => ({ terms: { [field]: LEVELS } })),
      minimum_should_match: 1,
    },
  },
]

export function createElasticsearch({ settings, calls }: SourceParts): EvidenceSource {
  const { index, timeField, messageField, name } = settings
  const askers = createAskers({
    ...calls,
    refusal: body => text(body, 'error.root_cause.0.reason', 'error.reason', 'error'),
  })
  const path = `/${index.split(',').map(encodeURIComponent).join(',')}/_search?ignore_unavailable=true&allow_no_indices=true`

  async function lines(asker: Asker, filters: readonly object[], { from, to }: Slice) {
    const range = { range: { [timeField]: { gte: from, lt: to, format: 'epoch_millis' } } }
    const found = await asker.json(path, {
      size: LINES,
      timeout: SEARCH_TIME,
      track_total_hits: false,
      _source: [timeField, messageField],
      sort: [{ [timeField]: { order: 'asc', unmapped_type: 'date' } }],
      query: { bool: { filter: [range, ...filters] } },
    })
    const hits = items(found, 'hits.hits')
    return {
      lines: hits.flatMap(hit => lineOf(hit, messageField)),
      cut: hits.length >= LINES,
      partial: at(found, 'timed_out') === true,
    }
  }

  return {
    name,
    kind: settings.kind,
    async ask(question) {
      const asker = askers()
      const service = settings.names[question.service] ?? question.service
      const query = settings.query && fill(settings.query, service, LUCENE)
      const filters = query ? [{ query_string: { query, default_operator: 'AND' } }] : usualFilters(service)
      const { done, missing } = await settled(
        slicesOf(question),
        slice => slice.name,
        slice => lines(asker, filters, slice),
      )
      const lucene =
        query ?? fill(`service.name:$service AND log.level:(error OR fatal OR critical)`, service, LUCENE)
      const link = linkTo(settings, question, { query: lucene, metrics: [{ id: '1', type: 'logs' }] }, () =>
        ownLink(lucene, question),
      )
      const partial = done.some(each => each.partial)
        ? [`the search took longer than ${SEARCH_TIME}: what is there is not all`]
        : []
      return {
        answer: {
          kind: 'logs',
          source: name,
          service: question.service,
          lines: done.flatMap(each => each.lines),
          cut: done.some(each => each.cut),
          link,
        },
        missing: [...missing, ...partial],
      }
    },
  }

  /** In Kibana where `link` says where that is, else the answer itself. */
  function ownLink(lucene: string, { from, to }: Question): string {
    const iso = (ms: number) => new Date(ms).toISOString()
    if (settings.link === undefined)
      return `${pageOf(settings)}/${index}/_search?${encode({ q: `${lucene} AND ${timeField}:[${from} TO ${to}]`, sort: `${timeField}:asc` })}`
    const time = `(time:(from:'${iso(from)}',to:'${iso(to)}'))`
    const query = `(query:(language:lucene,query:'${rison(lucene)}'))`
    return `${pageOf(settings)}/app/discover#/?_g=${encodeURIComponent(time)}&_a=${encodeURIComponent(query)}`
  }
}

const rison = (words: string): string => words.replaceAll('!', '!!').replaceAll("'", "!'")

/** The time is what the hit was sorted by: milliseconds, or nanoseconds for an index that keeps those. */
function lineOf(hit: unknown, messageField: string): readonly LogLine[] {
  const time = Number(at(hit, 'sort.0'))
  const source = at(hit, '_source')
  const words =
    at(source, messageField) ?? (source as Readonly<Record<string, unknown>> | undefined)?.[messageField]
  if (!Number.isFinite(time) || typeof words !== 'string') return []
  return [{ at: time > 1e15 ? Math.floor(time / 1e6) : time, text: words.slice(0, MAX_LINE) }]
}
