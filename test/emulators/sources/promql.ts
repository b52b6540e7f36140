/**
 * Enough PromQL to answer as Prometheus does (prometheus.io/docs/prometheus/latest/querying): selectors, ranges, `rate`, the usual
 * aggregations, `histogram_quantile`, `label_replace`, arithmetic and `or`. What it does not know is a parse error, never a guess.
 */

export type Labels = Readonly<Record<string, string>>
/** A series as it would be scraped: `at` gives its value at an instant (ms), or undefined while it is not there. */
export type Scraped = { readonly labels: Labels; readonly at: (ms: number) => number | undefined }
type Sample = { readonly labels: Labels; readonly value: number }

export class ParseError extends Error {}

type Matcher = { readonly name: string; readonly op: string; readonly value: string }
type Node =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'selector'; readonly matchers: readonly Matcher[]; readonly rangeMs: number | null }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: 'aggregate'; readonly name: string; readonly by: readonly string[]; readonly of: Node }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Node; readonly right: Node }

const SCRAPE_MS = 15_000
const LOOKBACK_MS = 5 * 60_000
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const AGGREGATIONS = ['sum', 'count', 'avg', 'min', 'max', 'group']
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  rate: ['range'],
  increase: ['range'],
  histogram_quantile: ['number', 'vector'],
  label_replace: ['vector', 'text', 'text', 'text', 'text'],
}

/** Go's strings: what stands for itself, and the escapes that it knows. */
export function readText(source: string, start: number): { readonly value: string; readonly end: number } {
  const quote = source[start] ?? ''
  let value = ''
  for (let at = start + 1; at < source.length; at++) {
    const char = source[at] ?? ''
    if (char === quote) return { value, end: at + 1 }
    if (char === '\n' && quote !== '`') break
    if (char !== '\\' || quote === '`') value += char
    else {
      at += 1
      const next = source[at] ?? ''
      const known: Readonly<Record<string, string>> = {
        '\\': '\\',
        n: '\n',
        t: '\t',
        r: '\r',
        [quote]: quote,
      }
      if (known[next] === undefined)
        throw new ParseError(`unknown escape sequence U+${next.charCodeAt(0)} '${next}'`)
      value += known[next]
    }
  }
  throw new ParseError('unterminated quoted string')
}

/** The matchers of a selector in braces, from just after its `{`; LogQL has the same. */
export function readMatchers(
  source: string,
  start: number,
): { readonly matchers: readonly Matcher[]; readonly end: number } {
  const matchers: Matcher[] = []
  let at = start
  for (;;) {
    at = skip(source, at)
    if (source[at] === '}') return { matchers, end: at + 1 }
    if (matchers.length > 0) {
      if (source[at] !== ',')
        throw new ParseError(
          `unexpected ${JSON.stringify(source[at] ?? 'end of input')} in label matching, expected "," or "}"`,
        )
      at = skip(source, at + 1)
      if (source[at] === '}') return { matchers, end: at + 1 }
    }
    const [, name, op] = /^([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*/.exec(source.slice(at)) ?? []
    const [head] = /^[a-zA-Z_]\w*\s*(?:=~|!~|!=|=)\s*/.exec(source.slice(at)) ?? []
    if (!name || !op || !head) throw new ParseError('unexpected character in label matching')
    at += head.length
    if (!`"'\``.includes(source[at] ?? ' '))
      throw new ParseError('unexpected value in label matching, expected string')
    const text = readText(source, at)
    if (op.includes('~')) pattern(text.value)
    matchers.push({ name, op, value: text.value })
    at = text.end
  }
}

const skip = (source: string, at: number): number => at + (/^\s*/.exec(source.slice(at))?.[0].length ?? 0)

/** RE2 against the whole value. */
export function pattern(text: string): RegExp {
  try {
    return new RegExp(`^(?:${text})$`, 's')
  } catch {
    throw new ParseError(`error parsing regexp: ${text}`)
  }
}

export const matches = (labels: Labels, matchers: readonly Matcher[]): boolean =>
  matchers.every(({ name, op, value }) => {
    const found = labels[name] ?? ''
    const same = op.includes('~') ? pattern(value).test(found) : found === value
    return op.startsWith('!') ? !same : same
  })

class Parser {
  #at = 0
  readonly source: string
  constructor(source: string) {
    this.source = source
  }

  whole(): Node {
    const node = this.#or()
    this.#skip()
    if (this.#at < this.source.length)
      throw new ParseError(
        `1:${this.#at + 1}: parse error: unexpected ${JSON.stringify(this.source[this.#at])}`,
      )
    return node
  }

  #skip() {
    this.#at = skip(this.source, this.#at)
  }
  #take(expected: RegExp): string | undefined {
    this.#skip()
    const found = new RegExp(`^(?:${expected.source})`).exec(this.source.slice(this.#at))?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }
  #need(expected: RegExp, what: string): string {
    const found = this.#take(expected)
    if (found === undefined)
      throw new ParseError(
        `1:${this.#at + 1}: parse error: unexpected ${this.source[this.#at] ?? 'end of input'}, expected ${what}`,
      )
    return found
  }

  #or(): Node {
    let left = this.#sum()
    while (this.#take(/or\b/) !== undefined) left = { kind: 'binary', op: 'or', left, right: this.#sum() }
    return left
  }
  #sum(): Node {
    let left = this.#product()
    for (let op = this.#take(/[+-]/); op !== undefined; op = this.#take(/[+-]/))
      left = { kind: 'binary', op, left, right: this.#product() }
    return left
  }
  #product(): Node {
    let left = this.#leaf()
    for (let op = this.#take(/[*/]/); op !== undefined; op = this.#take(/[*/]/))
      left = { kind: 'binary', op, left, right: this.#leaf() }
    return left
  }

  #leaf(): Node {
    if (this.#take(/\(/) !== undefined) {
      const inner = this.#or()
      this.#need(/\)/, '")"')
      return inner
    }
    const number = this.#take(/\d+(?:\.\d+)?/)
    if (number !== undefined) return { kind: 'number', value: Number(number) }
    this.#skip()
    if (`"'\``.includes(this.source[this.#at] ?? ' ')) {
      const { value, end } = readText(this.source, this.#at)
      this.#at = end
      return { kind: 'text', value }
    }
    if (this.source[this.#at] === '{') return this.#selector([])
    const name = this.#need(/[a-zA-Z_:][\w:]*/, 'an expression')
    if (AGGREGATIONS.includes(name)) return this.#aggregate(name)
    if (this.#take(/\(/) !== undefined) return this.#call(name)
    return this.#selector([{ name: '__name__', op: '=', value: name }])
  }

  #aggregate(name: string): Node {
    let by = this.#by()
    this.#need(/\(/, '"("')
    const of = this.#or()
    this.#need(/\)/, '")"')
    by ??= this.#by()
    return { kind: 'aggregate', name, by: by ?? [], of }
  }
  #by(): readonly string[] | undefined {
    if (this.#take(/by\b/) === undefined) return undefined
    this.#need(/\(/, '"("')
    const names: string[] = []
    while (this.#take(/\)/) === undefined) {
      if (names.length > 0) this.#need(/,/, '","')
      names.push(this.#need(/[a-zA-Z_]\w*/, 'a label'))
    }
    return names
  }

  #call(name: string): Node {
    const wanted = ARGUMENTS[name]
    if (!wanted)
      throw new ParseError(`1:${this.#at}: parse error: unknown function with name ${JSON.stringify(name)}`)
    const args: Node[] = []
    while (this.#take(/\)/) === undefined) {
      if (args.length > 0) this.#need(/,/, '","')
      args.push(this.#or())
    }
    if (args.length !== wanted.length)
      throw new ParseError(
        `expected ${wanted.length} argument(s) in call to ${JSON.stringify(name)}, got ${args.length}`,
      )
    for (const [index, arg] of args.entries())
      if (typeOf(arg) !== wanted[index])
        throw new ParseError(
          `expected type ${wanted[index]} in call to function ${JSON.stringify(name)}, got ${typeOf(arg)}`,
        )
    return { kind: 'call', name, args }
  }

  #selector(named: readonly Matcher[]): Node {
    let matchers = named
    if (this.#take(/\{/) !== undefined) {
      const read = readMatchers(this.source, this.#at)
      this.#at = read.end
      matchers = [...named, ...read.matchers]
    }
    if (
      matchers.every(({ op, value }) =>
        op === '=' ? value === '' : op === '=~' ? pattern(value).test('') : true,
      )
    )
      throw new ParseError('vector selector must contain at least one non-empty matcher')
    const range = this.#take(/\[\s*\d+(?:ms|[smhd])\s*\]/)
    const [, count, unit] = /(\d+)(ms|[smhd])/.exec(range ?? '') ?? []
    return {
      kind: 'selector',
      matchers,
      rangeMs: range === undefined ? null : Number(count) * (UNITS[unit ?? ''] ?? 0),
    }
  }
}

const typeOf = (node: Node): string =>
  node.kind === 'selector'
    ? node.rangeMs === null
      ? 'vector'
      : 'range'
    : node.kind === 'number' || node.kind === 'text'
      ? node.kind
      : 'vector'

export function parse(query: string): Node {
  const node = new Parser(query).whole()
  const type = typeOf(node)
  if (type !== 'vector' && type !== 'number')
    throw new ParseError(
      `invalid expression type "${type}" for range query, must be Scalar or instant Vector`,
    )
  return node
}

/** Its value at an instant. */
export function evaluate(node: Node, data: readonly Scraped[], ms: number): readonly Sample[] {
  switch (node.kind) {
    case 'number':
      return [{ labels: {}, value: node.value }]
    case 'text':
      return []
    case 'selector':
      return select(data, node.matchers).flatMap(series => {
        const last = scrapesOf(series, ms - LOOKBACK_MS, ms).at(-1)
        return last ? [{ labels: series.labels, value: last.value }] : []
      })
    case 'aggregate':
      return aggregate(node.name, node.by, evaluate(node.of, data, ms))
    case 'call':
      return callOf(node, data, ms)
    case 'binary':
      return binary(node, data, ms)
  }
}

const select = (data: readonly Scraped[], matchers: readonly Matcher[]) =>
  data.filter(({ labels }) => matches(labels, matchers))

function scrapesOf({ at }: Scraped, from: number, to: number) {
  const found: { readonly ms: number; readonly value: number }[] = []
  for (let ms = Math.floor(from / SCRAPE_MS) * SCRAPE_MS + SCRAPE_MS; ms <= to; ms += SCRAPE_MS) {
    const value = at(ms)
    if (value !== undefined) found.push({ ms, value })
  }
  return found
}

const without = (labels: Labels, ...names: readonly string[]): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)))
const keyOf = (labels: Labels): string =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))

function aggregate(name: string, by: readonly string[], samples: readonly Sample[]): readonly Sample[] {
  const labelsOf = ({ labels }: Sample) =>
    Object.fromEntries(by.flatMap(each => (labels[each] === undefined ? [] : [[each, labels[each]]])))
  return [...Map.groupBy(samples, sample => keyOf(labelsOf(sample))).values()].map(group => {
    const values = group.map(({ value }) => value)
    const sum = values.reduce((a, b) => a + b, 0)
    const value =
      name === 'sum'
        ? sum
        : name === 'count'
          ? values.length
          : name === 'avg'
            ? sum / values.length
            : name === 'group'
              ? 1
              : name === 'min'
                ? Math.min(...values)
                : Math.max(...values)
    return { labels: labelsOf(group[0]!), value }
  })
}

function callOf(
  { name, args }: Extract<Node, { kind: 'call' }>,
  data: readonly Scraped[],
  ms: number,
): readonly Sample[] {
  const [first, second, ...rest] = args
  if ((name === 'rate' || name === 'increase') && first?.kind === 'selector') {
    const rangeMs = first.rangeMs ?? 0
    return select(data, first.matchers).flatMap(series => {
      const scrapes = scrapesOf(series, ms - rangeMs, ms)
      const [begin, end] = [scrapes[0], scrapes.at(-1)]
      if (!begin || !end || begin === end) return []
      // A counter that fell was reset: what came before counts on.
      const grown = scrapes
        .slice(1)
        .reduce(
          (sum, { value }, index) =>
            sum + (value >= scrapes[index]!.value ? value - scrapes[index]!.value : value),
          0,
        )
      const perSecond = grown / ((end.ms - begin.ms) / 1000)
      return [
        {
          labels: without(series.labels, '__name__'),
          value: name === 'rate' ? perSecond : (perSecond * rangeMs) / 1000,
        },
      ]
    })
  }
  if (name === 'histogram_quantile' && first?.kind === 'number' && second)
    return quantiles(first.value, evaluate(second, data, ms))
  if (name === 'label_replace' && first) {
    const [label, replacement, from, regex] = [second, ...rest].map(each =>
      each?.kind === 'text' ? each.value : '',
    )
    return evaluate(first, data, ms).map(sample => {
      const found = pattern(regex ?? '').exec(sample.labels[from ?? ''] ?? '')
      if (!found) return sample
      const value = (replacement ?? '').replaceAll(
        /\$(\d+)/g,
        (_, index: string) => found[Number(index)] ?? '',
      )
      return { ...sample, labels: { ...sample.labels, [label ?? '']: value } }
    })
  }
  throw new ParseError(`cannot evaluate ${name}`)
}

function quantiles(q: number, samples: readonly Sample[]): readonly Sample[] {
  return [...Map.groupBy(samples, ({ labels }) => keyOf(without(labels, 'le'))).values()].flatMap(group => {
    const buckets = group
      .map(({ labels, value }) => ({
        le: labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le),
        value,
      }))
      .sort((a, b) => a.le - b.le)
    const total = buckets.at(-1)
    if (!total || total.le !== Number.POSITIVE_INFINITY) return []
    const rank = q * total.value
    const index = buckets.findIndex(({ value }) => value >= rank)
    const [below, bucket] = [buckets[index - 1], buckets[index]]
    const value =
      total.value === 0 || !bucket
        ? Number.NaN
        : bucket.le === Number.POSITIVE_INFINITY
          ? (below?.le ?? Number.NaN)
          : (below?.le ?? 0) +
            ((bucket.le - (below?.le ?? 0)) * (rank - (below?.value ?? 0))) /
              (bucket.value - (below?.value ?? 0))
    return [{ labels: without(group[0]!.labels, 'le', '__name__'), value }]
  })
}

function binary(
  { op, left, right }: Extract<Node, { kind: 'binary' }>,
  data: readonly Scraped[],
  ms: number,
): readonly Sample[] {
  const [a, b] = [evaluate(left, data, ms), evaluate(right, data, ms)]
  if (op === 'or') {
    const there = new Set(a.map(({ labels }) => keyOf(without(labels, '__name__'))))
    return [...a, ...b.filter(({ labels }) => !there.has(keyOf(without(labels, '__name__'))))]
  }
  const count = (x: number, y: number) =>
    op === '+' ? x + y : op === '-' ? x - y : op === '*' ? x * y : x / y
  const pure = (sample: Sample, value: number) => ({ labels: without(sample.labels, '__name__'), value })
  if (left.kind === 'number') return b.map(each => pure(each, count(left.value, each.value)))
  if (right.kind === 'number') return a.map(each => pure(each, count(each.value, right.value)))
  return a.flatMap(each => {
    const other = b.find(
      ({ labels }) => keyOf(without(labels, '__name__')) === keyOf(without(each.labels, '__name__')),
    )
    return other ? [pure(each, count(each.value, other.value))] : []
  })
}
