/** A Prometheus as its HTTP API describes it: range and instant queries over what it scraped, its envelope, its refusals. */
import { evaluate, type Labels, ParseError, parse, type Scraped } from './promql.ts'
import { type Asked, type Said, type SourceServer, startSource, unknownOf } from './server.ts'

export type PrometheusEmulator = SourceServer & {
  scrape(...series: readonly Scraped[]): void
}

const MAX_POINTS = 11_000

export async function startPrometheus(): Promise<PrometheusEmulator> {
  const data: Scraped[] = []
  const server = await startSource(asked => answer(data, asked))
  return { ...server, scrape: (...series) => void data.push(...series) }
}

const bad = (error: string): Said => ({
  status: 400,
  body: { status: 'error', errorType: 'bad_data', error },
})
const success = (resultType: string, result: unknown): Said => ({
  status: 200,
  body: { status: 'success', data: { resultType, result } },
})

function answer(data: readonly Scraped[], { method, path, params }: Asked): Said {
  if (method !== 'GET' && method !== 'POST') return { status: 405, body: 'method not allowed' }
  try {
    if (path === '/api/v1/query_range') return range(data, params)
    if (path === '/api/v1/query') return instant(data, params)
  } catch (error) {
    if (error instanceof ParseError) return bad(`invalid parameter "query": ${error.message}`)
    throw error
  }
  return { status: 404, body: 'page not found' }
}

function range(data: readonly Scraped[], params: URLSearchParams): Said {
  const unknown = unknownOf(params, [
    'query',
    'start',
    'end',
    'step',
    'timeout',
    'limit',
    'lookback_delta',
    'stats',
  ])
  if (unknown) return bad(`unknown parameter "${unknown}"`)
  const [start, end, step] = [
    seconds(params.get('start')),
    seconds(params.get('end')),
    duration(params.get('step')),
  ]
  if (start === undefined)
    return bad(`invalid parameter "start": cannot parse "${params.get('start') ?? ''}" to a valid timestamp`)
  if (end === undefined)
    return bad(`invalid parameter "end": cannot parse "${params.get('end') ?? ''}" to a valid timestamp`)
  if (end < start) return bad('invalid parameter "end": end timestamp must not be before start time')
  if (step === undefined)
    return bad(`invalid parameter "step": cannot parse "${params.get('step') ?? ''}" to a valid duration`)
  if (step <= 0)
    return bad(
      'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
    )
  if ((end - start) / step > MAX_POINTS)
    return bad(
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    )
  const node = parse(params.get('query') ?? '')
  const found = new Map<string, { metric: Labels; values: [number, string][] }>()
  for (let at = start; at <= end; at += step)
    for (const { labels, value } of evaluate(node, data, at * 1000)) {
      const key = JSON.stringify(labels)
      const series = found.get(key) ?? { metric: labels, values: [] }
      found.set(key, series)
      series.values.push([at, written(value)])
    }
  return success('matrix', [...found.values()])
}

function instant(data: readonly Scraped[], params: URLSearchParams): Said {
  const unknown = unknownOf(params, ['query', 'time', 'timeout', 'limit', 'lookback_delta', 'stats'])
  if (unknown) return bad(`unknown parameter "${unknown}"`)
  const time = seconds(params.get('time'))
  if (time === undefined)
    return bad(`invalid parameter "time": cannot parse "${params.get('time') ?? ''}" to a valid timestamp`)
  const found = evaluate(parse(params.get('query') ?? ''), data, time * 1000)
  return success(
    'vector',
    found.map(({ labels, value }) => ({ metric: labels, value: [time, written(value)] })),
  )
}

/** Unix seconds or RFC 3339. */
function seconds(text: string | null): number | undefined {
  if (text === null || text === '') return undefined
  const number = Number(text)
  if (Number.isFinite(number)) return number
  const parsed = Date.parse(text)
  return Number.isNaN(parsed) ? undefined : parsed / 1000
}

function duration(text: string | null): number | undefined {
  if (text === null || text === '') return undefined
  if (Number.isFinite(Number(text))) return Number(text)
  const [, count, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? []
  return unit ? Number(count) * { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 }[unit as 's'] : undefined
}

const written = (value: number): string =>
  Number.isNaN(value)
    ? 'NaN'
    : value === Number.POSITIVE_INFINITY
      ? '+Inf'
      : value === Number.NEGATIVE_INFINITY
        ? '-Inf'
        : String(value)
