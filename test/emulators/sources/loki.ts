/** A Loki as its HTTP API describes it: streams by labels, line filters, nanoseconds in texts, its limits and its plain-text refusals. */
import { type Labels, matches, ParseError, readMatchers, readText } from './promql.ts'
import { type Asked, type Said, type SourceServer, startSource, unknownOf } from './server.ts'

export type Stream = {
  readonly labels: Labels
  readonly lines: readonly (readonly [ms: number, line: string])[]
}
export type LokiEmulator = SourceServer & { push(...streams: readonly Stream[]): void }

const MAX_ENTRIES = 5000

export async function startLoki(): Promise<LokiEmulator> {
  const data: Stream[] = []
  const server = await startSource(asked => answer(data, asked))
  return { ...server, push: (...streams) => void data.push(...streams) }
}

const bad = (error: string): Said => ({ status: 400, body: { status: 'error', message: error } })
const success = (data: unknown): Said => ({ status: 200, body: { status: 'success', data } })

function answer(data: readonly Stream[], { method, path, params }: Asked): Said {
  if (method !== 'GET') return { status: 405, body: 'method not allowed' }
  try {
    if (path === '/loki/api/v1/series') return series(data, params)
    if (path === '/loki/api/v1/query_range') return range(data, params)
  } catch (error) {
    if (error instanceof ParseError) return bad(`parse error : ${error.message}`)
    throw error
  }
  return { status: 404, body: '404 page not found' }
}

function series(data: readonly Stream[], params: URLSearchParams): Said {
  const unknown = unknownOf(params, ['match[]', 'start', 'end', 'since'])
  if (unknown) return bad(`unknown parameter ${unknown}`)
  const groups = params.getAll('match[]')
  if (groups.length === 0) return bad('0 matcher groups supplied')
  const wanted = groups.map(each => parse(each).matchers)
  return success(
    data.filter(({ labels }) => wanted.some(each => matches(labels, each))).map(({ labels }) => labels),
  )
}

function range(data: readonly Stream[], params: URLSearchParams): Said {
  const unknown = unknownOf(params, [
    'query',
    'limit',
    'start',
    'end',
    'since',
    'step',
    'interval',
    'direction',
  ])
  if (unknown) return bad(`unknown parameter ${unknown}`)
  const limit = Number(params.get('limit') ?? 100)
  const direction = (params.get('direction') ?? 'backward').toLowerCase()
  const [start, end] = [instant(params.get('start')), instant(params.get('end'))]
  if (start === undefined || end === undefined) return bad('cannot parse the time range')
  if (end < start) return bad('end timestamp must not be before or equal to start time')
  if (!(limit > 0)) return bad('limit must be a positive value')
  if (limit > MAX_ENTRIES)
    return bad(
      `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > ${MAX_ENTRIES})`,
    )
  if (!['forward', 'backward'].includes(direction)) return bad(`invalid direction '${direction}'`)
  const { matchers, filters } = parse(params.get('query') ?? '')
  const lines = data
    .filter(({ labels }) => matches(labels, matchers))
    .flatMap(stream => stream.lines.map(([ms, line]) => ({ stream, ms, line })))
    .filter(({ ms, line }) => ms >= start && ms < end && filters.every(filter => filter(line)))
    .toSorted((a, b) => (direction === 'forward' ? a.ms - b.ms : b.ms - a.ms))
    .slice(0, limit)
  const result = [...Map.groupBy(lines, ({ stream }) => stream)].map(([stream, own]) => ({
    stream: stream.labels,
    values: own.map(({ ms, line }) => [`${ms}000000`, line]),
  }))
  return success({ resultType: 'streams', result, stats: {} })
}

/** A selector, then filters of its lines. */
function parse(query: string) {
  const start = query.indexOf('{')
  if (start !== 0) throw new ParseError('syntax error: unexpected IDENTIFIER, expecting {')
  const { matchers, end } = readMatchers(query, 1)
  if (matchers.every(({ op, value }) => op.startsWith('!') || value === '' || value === '.*'))
    throw new ParseError(
      'queries require at least one regexp or equality matcher that does not have an empty-compatible value',
    )
  const filters: ((line: string) => boolean)[] = []
  for (let at = end; ; ) {
    at += /^\s*/.exec(query.slice(at))?.[0].length ?? 0
    if (at >= query.length) return { matchers, filters }
    const op = /^(?:\|=|\|~|!=|!~)/.exec(query.slice(at))?.[0]
    if (!op) throw new ParseError(`syntax error: unexpected ${JSON.stringify(query.slice(at, at + 10))}`)
    at += op.length
    at += /^\s*/.exec(query.slice(at))?.[0].length ?? 0
    const { value, end: after } = readText(query, at)
    at = after
    const found = (line: string) => (op.includes('~') ? re2(value).test(line) : line.includes(value))
    filters.push(line => found(line) !== op.startsWith('!'))
  }
}

/** RE2 has its flags in front. */
function re2(text: string): RegExp {
  const [, flags = '', rest = ''] = /^(?:\(\?([ims]+)\))?([\s\S]*)$/.exec(text) ?? []
  try {
    return new RegExp(rest, flags)
  } catch {
    throw new ParseError(`error parsing regexp: ${text}`)
  }
}

/** Nanoseconds, seconds, or RFC 3339. */
function instant(text: string | null): number | undefined {
  if (text === null) return undefined
  if (/^\d{19}$/.test(text)) return Number(text.slice(0, -6))
  if (/^\d{1,10}(\.\d+)?$/.test(text)) return Number(text) * 1000
  const parsed = Date.parse(text)
  return Number.isNaN(parsed) ? undefined : parsed
}
