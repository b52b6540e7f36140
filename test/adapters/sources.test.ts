/** Each source answers as its documented API does, and is asked as that API wants; a name is a literal in every language. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { fill, LUCENE, QL } from '../../adapters/sources/fill.ts'
import { openSources } from '../../adapters/sources/open.ts'
import type { Question } from '../../bot/evidence/types.ts'
import { startElasticsearch } from '../emulators/sources/elasticsearch.ts'
import { startLoki } from '../emulators/sources/loki.ts'
import { startPrometheus } from '../emulators/sources/prometheus.ts'
import type { SourceServer } from '../emulators/sources/server.ts'
import { type SentTrace, startJaeger, startTempo } from '../emulators/sources/traces.ts'
import { realPrometheus } from '../support/real-prometheus.ts'
import { config } from '../support/team.ts'
import { requests, up } from '../support/watched.ts'

const ONSET = Date.parse('2026-11-24T03:00:00Z')
const at = (minutes: number) => ONSET + minutes * 60_000
const ODD = `pay"ments'\`\\ }or{x=~".*`
const question: Question = { service: 'pay', onset: ONSET, from: at(-30), to: at(5) }

let server: SourceServer
afterEach(() => server.stop())

/** The source as a team would configure it. */
async function opened(kind: string, more = '', allow = true, hide: (text: string) => void = () => undefined) {
  const team = config(`team: { name: T, timezone: Etc/UTC }
people: { ben: { name: Ben } }
roles: { oncall_primary: { people: [ben] } }
services: { pay: {} }
private_addresses: ${allow}
sources: { watch: { kind: ${kind}, url: "${server.url}/" ${more} } }
`)
  const source = await openSources({ config: () => team, hide })('watch')
  if (!source) throw new Error('there is no such source')
  return source
}
const named = (name: string) => `, names: { pay: ${JSON.stringify(name)} }`

test.each([
  ['up{job="$service"}', QL, String.raw`up{job="a\"b.*\\"}`],
  ["up{job='$service'}", QL, String.raw`up{job='a"b.*\\'}`],
  ['up{job=~"$service-.*"}', QL, String.raw`up{job=~"a\"b\\.\\*\\\\-.*"}`],
  ['{app="x"} |~ `^$service\\d`', QL, String.raw`{app="x"} |~ "^a\"b\\.\\*\\\\\\d"`],
  ['{app=`$service`}', QL, String.raw`{app="a\"b.*\\"}`],
  ['{ name = $service }', QL, String.raw`{ name = "a\"b.*\\" }`],
  [
    'service.name:$service AND level:"$service x"',
    LUCENE,
    String.raw`service.name:"a\"b.*\\" AND level:"a\"b.*\\ x"`,
  ],
])('a service is a literal in %s', async (template, language, filled) => {
  server = await startLoki()
  expect(fill(template, 'a"b.*\\', language)).toBe(filled)
})

describe('Prometheus', () => {
  test('is asked by the usual names, whatever the service is called', async () => {
    const prom = await startPrometheus()
    server = prom
    prom.scrape(
      ...requests({ job: ODD }, { perSecond: 5 }),
      ...requests({ job: 'other' }, { perSecond: 900 }),
      up({ job: ODD }),
    )
    const { answer, missing } = await (await opened('prometheus', named(ODD))).ask(question)
    expect(missing).toEqual([])
    expect(answer.kind === 'series' && answer.series.map(({ name, service }) => [name, service])).toEqual([
      ['request rate', 'pay'],
      ['error rate', 'pay'],
      ['instances up', 'pay'],
    ])
    const [rate] = answer.kind === 'series' ? answer.series : []
    expect(rate?.points[0]?.[0]).toBe(at(-270))
    expect(rate?.points.at(-1)?.[0]).toBe(at(5))
    expect(rate?.points.every(([, value]) => Math.abs(value - 5) < 1)).toBe(true)
  })

  test('an own query that it does not understand is named, and the others count', async () => {
    const prom = await startPrometheus()
    server = prom
    prom.scrape(up({ job: 'pay' }), up({ job: 'pay', instance: 'b' }))
    const source = await opened(
      'prometheus',
      `, queries: { up: 'up{job="$service"}', bad: 'sum(rate(x{job="$service"})' }`,
    )
    const { answer, missing } = await source.ask(question)
    expect(answer.kind === 'series' && answer.series.map(({ name }) => name)).toEqual([
      'up {job=pay}',
      'up {job=pay, instance=b}',
    ])
    expect(missing).toEqual([
      expect.stringMatching(/^"bad": watch refused the question: invalid parameter "query"/),
    ])
  })

  test('answers as the emulator does, where a real one is installed', async context => {
    const series = [
      ...requests({ job: 'pay' }, { perSecond: 5, errors: { from: at(-4), value: 2 } }),
      up({ job: 'pay' }),
    ]
    const prom = await startPrometheus()
    server = prom
    prom.scrape(...series)
    const real = await realPrometheus(series, { from: at(-95), to: at(6) })
    if (!real) return context.skip('prometheus and promtool are not on the PATH here')
    const emulated = (await (await opened('prometheus')).ask(question)).answer
    server = { ...prom, url: real.url }
    const answered = (await (await opened('prometheus')).ask(question)).answer
    await real.stop()
    const shape = (answer: typeof answered) =>
      answer.kind === 'series' &&
      answer.series.map(({ name, points }) => [name, Math.round(points.at(-1)?.[1] ?? Number.NaN)])
    expect(shape(answered)).toEqual(shape(emulated))
  })

  test('a service that it does not know is said', async () => {
    server = await startPrometheus()
    expect((await (await opened('prometheus')).ask(question)).missing).toEqual([
      'no metric of pay is known by a usual name',
    ])
  })
})

describe('Loki', () => {
  test('gives the error lines of a service, the beginning of a flood among them', async () => {
    const loki = await startLoki()
    server = loki
    const flood = Array.from(
      { length: 2000 },
      (_, index) => [at(0) + index * 100, `ERROR timeout ${index}`] as const,
    )
    loki.push(
      { labels: { app: ODD, pod: 'a' }, lines: [[at(-20), 'error: once'], [at(-20), 'fine'], ...flood] },
      { labels: { app: 'other' }, lines: [[at(-1), 'error: of somebody else']] },
    )
    const { answer } = await (await opened('loki', named(ODD))).ask(question)
    if (answer.kind !== 'logs') throw new Error('no lines')
    expect(answer.lines[0]).toEqual({ at: at(-20), text: 'error: once' })
    expect(answer.lines[1]).toEqual({ at: at(0), text: 'ERROR timeout 0' })
    expect([answer.lines.length, answer.cut]).toEqual([401, true])
    expect(answer.link).toContain('/loki/api/v1/query_range?query=')
  })

  test('is asked what a team configured, through Grafana for people', async () => {
    const loki = await startLoki()
    server = loki
    loki.push({
      labels: { container: 'pay' },
      lines: [
        [at(-2), 'level=warn it hurts'],
        [at(-2), 'fine'],
      ],
    })
    const grafana = 'grafana: { url: "https://grafana.example.com/", datasource: logs-1 }'
    const source = await opened('loki', `, query: '{container=~"$service"} |= "hurts"', ${grafana}`)
    const { answer } = await source.ask(question)
    expect(answer.kind === 'logs' && answer.lines).toEqual([{ at: at(-2), text: 'level=warn it hurts' }])
    const panes = new URL((answer.kind === 'logs' && answer.link) || '').searchParams.get('panes')
    expect(JSON.parse(panes ?? '')).toMatchObject({
      a: { datasource: 'logs-1', queries: [{ expr: '{container=~"pay"} |= "hurts"' }] },
    })
  })
})

describe('Elasticsearch', () => {
  test('gives the error lines of a service by the usual fields', async () => {
    const es = await startElasticsearch()
    server = es
    es.index(
      { '@timestamp': at(-3), service: { name: ODD }, 'log.level': 'ERROR', message: 'no connection' },
      { '@timestamp': at(-3), service: { name: ODD }, 'log.level': 'info', message: 'fine' },
      { '@timestamp': at(-3), service: { name: 'other' }, 'log.level': 'ERROR', message: 'of somebody else' },
      { '@timestamp': at(-60), service: { name: ODD }, 'log.level': 'ERROR', message: 'too early' },
    )
    const { answer } = await (await opened('elasticsearch', named(ODD))).ask(question)
    expect(answer.kind === 'logs' && answer.lines).toEqual([{ at: at(-3), text: 'no connection' }])
  })

  test('is asked what a team configured, and what it did not finish is said', async () => {
    const es = await startElasticsearch()
    server = es
    es.index({ '@timestamp': at(-3), app: ODD, level: 'bad', message: 'it hurts' })
    es.tire()
    const source = await opened(
      'elasticsearch',
      `${named(ODD)}, index: "logs-*", query: 'app:"$service" AND level:bad', link: "https://kibana.example.com"`,
    )
    const { answer, missing } = await source.ask(question)
    expect(answer.kind === 'logs' && answer.lines.map(({ text }) => text)).toEqual(['it hurts'])
    expect(missing).toEqual([expect.stringContaining('longer than 5s')])
    expect(answer.kind === 'logs' && answer.link).toContain('https://kibana.example.com/app/discover#/')
  })
})

/** A request to `pay` that the shop sent, which waits for the database. */
const request = (index: number, start: number, ms: number): SentTrace => ({
  id: (index + 1).toString(16).padStart(32, '0'),
  spans: [
    { id: 'a1', service: 'shop', operation: 'GET /cart', start: start - 5, ms: ms + 500 },
    { id: 'b2', parent: 'a1', service: ODD, operation: 'POST /pay', start, ms },
    {
      id: 'c3',
      parent: 'b2',
      service: 'db',
      operation: 'SELECT',
      kind: 'client',
      start: start + 5,
      ms: ms - 10,
    },
  ],
})
const hour = Array.from({ length: 40 }, (_, index) => request(index, at(-80) + index * 60_000, 100 + index))

describe.each([
  ['Jaeger', 'jaeger', startJaeger],
  ['Tempo', 'tempo', startTempo],
] as const)('%s', (_, kind, start) => {
  test('gives the requests that took longer than is usual, and where the time went', async () => {
    const traces = await start()
    server = traces
    traces.send(...hour, request(100, at(-4), 3000), request(101, at(-3), 120))
    const { answer, missing } = await (await opened(kind, named(ODD))).ask(question)
    expect(missing).toEqual([])
    if (answer.kind !== 'traces') throw new Error('no traces')
    expect(answer.usualMs.toSorted((a, b) => a - b).slice(0, 2)).toEqual([100, 101])
    expect(answer.traces).toMatchObject([
      {
        at: at(-4),
        operation: 'POST /pay',
        durationMs: 3000,
        slowest: { service: 'db', operation: 'SELECT', selfMs: 2990 },
      },
    ])
    expect(answer.traces[0]?.link).toMatch(/\/traces?\/0+65$/)
  })

  test('says when it knows too little', async () => {
    const traces = await start()
    server = traces
    traces.send(request(1, at(-4), 3000))
    const { answer, missing } = await (await opened(kind, named('ghost'))).ask(question)
    expect(answer.kind === 'traces' && answer.traces).toEqual([])
    expect(missing.join()).toContain('too few requests to ghost')
  })
})

describe('what goes wrong is said in words', () => {
  test.each([
    ['html', 'never', 'watch answered with text/html and not with JSON: is a login page before it?'],
    ['huge', 'never', 'watch answered with more than 2 MiB'],
    ['broken', 'doubt', 'watch did not answer in time, or broke off'],
    [{ status: 401 }, 'never', 'watch refuses the credentials (401)'],
    [{ status: 503 }, 'doubt', 'watch has trouble (503)'],
    [
      { redirect: 'http://169.254.169.254/latest' },
      'never',
      'watch sends elsewhere (302), which is not followed: put its last address into the configuration',
    ],
  ] as const)('%j', async (weather, kind, say) => {
    server = await startPrometheus()
    server.weather(weather)
    await expect((await opened('prometheus')).ask(question)).rejects.toMatchObject({ kind, say })
  })

  test('a private address is not called unless the configuration means it', async () => {
    server = await startPrometheus()
    await expect((await opened('prometheus', '', false)).ask(question)).rejects.toMatchObject({
      kind: 'never',
      say: 'watch: 127.0.0.1 leads to 127.0.0.1, and it is a private address; private_addresses: true in the configuration allows it',
    })
    expect(server.asked).toEqual([])
  })

  test('a token is read from its file for each answer, sent, and kept out of the logs', async () => {
    server = await startPrometheus()
    const file = join(mkdtempSync(join(tmpdir(), 'tocsin-token-')), 'token')
    const hidden: string[] = []
    const source = await opened(
      'prometheus',
      `, user: ben, token_file: "${file}", headers: { X-Scope-OrgID: team-a }`,
      true,
      secret => void hidden.push(secret),
    )
    await expect(source.ask(question)).rejects.toMatchObject({
      say: expect.stringContaining('cannot be read'),
    })
    writeFileSync(file, 'swordfish\n')
    server.lock(`Basic ${Buffer.from('ben:swordfish').toString('base64')}`)
    expect((await source.ask(question)).missing).toHaveLength(1)
    expect(server.asked.at(-1)?.header('x-scope-orgid')).toBe('team-a')
    expect(hidden).toContain('swordfish')
  })
})
