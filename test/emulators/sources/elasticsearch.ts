/** An Elasticsearch or OpenSearch as its search API describes it: the query language that is used, strict about every name. */
import { type Asked, type Said, type SourceServer, startSource, unknownOf } from './server.ts'

export type Document = Readonly<Record<string, unknown>> & { readonly '@timestamp': number }
export type ElasticsearchEmulator = SourceServer & {
  index(...documents: readonly Document[]): void
  /** From now on searches give up before they have looked at everything. */
  tire(): void
}

class Wrong extends Error {}
type Json = Readonly<Record<string, unknown>>
type Test = (document: Json) => boolean

export async function startElasticsearch(): Promise<ElasticsearchEmulator> {
  const data: Document[] = []
  let tired = false
  const server = await startSource(asked => {
    try {
      return answer(data, asked, tired)
    } catch (error) {
      if (!(error instanceof Wrong)) throw error
      const reason = { type: 'parsing_exception', reason: error.message }
      return { status: 400, body: { error: { ...reason, root_cause: [reason] }, status: 400 } }
    }
  })
  return {
    ...server,
    index: (...documents) => void data.push(...documents),
    tire: () => {
      tired = true
    },
  }
}

function answer(data: readonly Document[], { method, path, params, body }: Asked, tired: boolean): Said {
  if (method !== 'POST' || !/^\/[^/]+\/_search$/.test(path))
    return { status: 405, body: { error: `Incorrect HTTP method for uri [${path}]`, status: 405 } }
  const unknown = unknownOf(params, ['ignore_unavailable', 'allow_no_indices'])
  if (unknown) throw new Wrong(`request [${path}] contains unrecognized parameter: [${unknown}]`)
  const {
    size,
    timeout,
    track_total_hits: _,
    _source: fields,
    sort,
    query,
    ...rest
  } = JSON.parse(body) as Json
  only(rest, [], 'search source')
  if (typeof size !== 'number' || size > 10_000)
    throw new Wrong('Result window is too large, from + size must be less than or equal to: [10000]')
  if (!/^\d+(?:ms|s|m)$/.test(String(timeout)))
    throw new Wrong(`failed to parse setting [timeout] with value [${String(timeout)}]`)
  const [field, order] = sortOf(sort)
  const test = testOf(query)
  const found = data.filter(test).toSorted((a, b) => (Number(a[field]) - Number(b[field])) * order)
  const hits = found.slice(0, tired ? Math.min(size, 1) : size).map((document, index) => ({
    _index: 'logs-1',
    _id: String(index),
    _score: null,
    _source: Object.fromEntries(
      Object.entries(document).filter(([name]) => (fields as string[]).includes(name)),
    ),
    sort: [document[field]],
  }))
  return {
    status: 200,
    body: {
      took: 3,
      timed_out: tired,
      _shards: { total: 1, successful: 1, skipped: 0, failed: 0 },
      hits: { max_score: null, hits },
    },
  }
}

function only(object: Json, known: readonly string[], what: string): void {
  const odd = Object.keys(object).find(name => !known.includes(name))
  if (odd) throw new Wrong(`[${what}] unknown field [${odd}]`)
}

function sortOf(sort: unknown): readonly [string, 1 | -1] {
  const [[field, how] = ['', {}]] = Object.entries((Array.isArray(sort) ? (sort[0] as Json) : {}) ?? {})
  only(how as Json, ['order', 'unmapped_type', 'format'], 'field_sort')
  return [field, (how as Json).order === 'asc' ? 1 : -1]
}

/** `a.b` as it is written, or as it is nested. A field that there is not matches nothing. */
const fieldOf = (document: Json, field: string): unknown =>
  document[field] ??
  field.split('.').reduce<unknown>((value, name) => (value as Json | undefined)?.[name], document)

function testOf(query: unknown): Test {
  const [[kind, given] = ['', {}], ...more] = Object.entries((query ?? {}) as Json)
  if (more.length > 0)
    throw new Wrong(`[${kind}] malformed query, expected [END_OBJECT] but found [FIELD_NAME]`)
  const parts = given as Json
  switch (kind) {
    case 'bool': {
      only(parts, ['filter', 'should', 'must', 'must_not', 'minimum_should_match'], 'bool')
      const filters = [parts.filter ?? [], parts.must ?? []].flat().map(testOf)
      const should = [parts.should ?? []].flat().map(testOf)
      const least = Number(parts.minimum_should_match ?? (filters.length > 0 ? 0 : 1))
      return document =>
        filters.every(test => test(document)) &&
        (should.length === 0 || should.filter(test => test(document)).length >= least)
    }
    case 'range': {
      const [[field, bounds] = ['', {}]] = Object.entries(parts)
      only(bounds as Json, ['gte', 'gt', 'lte', 'lt', 'format', 'time_zone'], 'range')
      if ((bounds as Json).format !== 'epoch_millis')
        throw new Wrong('failed to parse date field with format [strict_date_optional_time]')
      const { gte = 0, lt = Number.POSITIVE_INFINITY } = bounds as { gte?: number; lt?: number }
      return document => Number(fieldOf(document, field)) >= gte && Number(fieldOf(document, field)) < lt
    }
    case 'term':
    case 'terms': {
      const [[field, wanted] = ['', '']] = Object.entries(parts)
      return document => [wanted].flat().includes(fieldOf(document, field))
    }
    case 'query_string':
      only(parts, ['query', 'default_operator', 'default_field'], 'query_string')
      return queryString(String(parts.query))
    default:
      throw new Wrong(`unknown query [${kind}]`)
  }
}

/** `field:"phrase" AND field:word`. */
function queryString(text: string): Test {
  const token = /^\s*(?:(AND)\s+)?([\w.@]+):(?:"((?:[^"\\]|\\.)*)"|([\w-]+))/
  const tests: Test[] = []
  for (let rest = text; rest.trim() !== ''; ) {
    const found = token.exec(rest)
    if (!found) throw new Wrong(`Failed to parse query [${text}]`)
    const [head, , field = '', phrase, word] = found
    const wanted = phrase?.replaceAll(/\\(.)/g, '$1') ?? word
    tests.push(document => fieldOf(document, field) === wanted)
    rest = rest.slice(head.length)
  }
  return document => tests.every(test => test(document))
}
