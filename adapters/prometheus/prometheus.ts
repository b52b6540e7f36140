/**
 * Metrics from Prometheus, or from whatever speaks its API (prometheus.io/docs/prometheus/latest/querying/api): a range of points for
 * each query, from four hours before the stretch, which say what is usual.
 */
import type { Question, Series } from '../../bot/evidence/types.ts'
import { ChatFailure, type EvidenceSource } from '../../bot/ports.ts'
import { settled } from '../../bot/sources/settled.ts'
import { at, items, text } from '../ingest/read.ts'
import { type Asker, createAskers, encode } from '../sources/asker.ts'
import { fill, QL } from '../sources/fill.ts'
import { linkTo, pageOf } from '../sources/links.ts'
import type { SourceParts } from '../sources/open.ts'
import { discovery, knownOf, usualQueries } from './conventions.ts'

/** The hour before, and the three before that: a job that runs every hour is told from trouble by them. */
const USUAL_MS = 4 * 60 * 60_000
const STEP_MS = 30_000
/** Series of one query; more are neighbours that nobody compares by eye. */
const MAX_SERIES = 20

type Named = readonly [name: string, expr: string]

export function createPrometheus({ settings, calls }: SourceParts): EvidenceSource {
  const askers = createAskers({ ...calls, refusal: body => text(body, 'error') })

  async function usual(
    asker: Asker,
    service: string,
    { from }: Question,
  ): Promise<Readonly<Record<string, string>>> {
    const query = fill(discovery(), service, QL)
    const found = await asker.form('/api/v1/query', { query, time: from / 1000 })
    return usualQueries(
      items(found, 'data.result').map(row =>
        knownOf((at(row, 'metric') ?? {}) as Readonly<Record<string, string>>),
      ),
    )
  }

  async function range(asker: Asker, [name, expr]: Named, question: Question) {
    const start = Math.floor((question.from - USUAL_MS) / STEP_MS) * STEP_MS
    const asked = { query: expr, start: start / 1000, end: question.to / 1000, step: STEP_MS / 1000 }
    const found = await asker.form('/api/v1/query_range', asked)
    if (at(found, 'data.resultType') !== 'matrix')
      throw new ChatFailure(
        'never',
        'malformed',
        `${settings.name} answered "${name}" with something else than a range`,
      )
    const rows = items(found, 'data.result')
    const link = linkTo(settings, question, { expr, range: true }, () => graphOf(expr, question))
    const series = rows.slice(0, MAX_SERIES).map(
      (row): Series => ({
        source: settings.name,
        service: question.service,
        name: rows.length > 1 ? `${name} ${labelsOf(row)}`.trim() : name,
        points: pointsOf(row),
        link,
      }),
    )
    const left = rows.length - series.length
    return { series, missing: left > 0 ? [`"${name}" has ${rows.length} series; ${left} are left out`] : [] }
  }

  function graphOf(expr: string, { from, to }: Question): string {
    const minutes = Math.ceil((to - from) / 60_000)
    const until = new Date(to).toISOString().slice(0, 19).replace('T', ' ')
    return `${pageOf(settings)}/graph?${encode({ 'g0.expr': expr, 'g0.tab': 0, 'g0.range_input': `${minutes}m`, 'g0.end_input': until })}`
  }

  return {
    name: settings.name,
    kind: settings.kind,
    async ask(question) {
      const asker = askers()
      const service = settings.names[question.service] ?? question.service
      const queries = settings.queries ?? (await usual(asker, service, question))
      const named = Object.entries(queries).map(([name, query]): Named => [name, fill(query, service, QL)])
      const { done, missing } = await settled(
        named,
        ([name]) => `"${name}"`,
        each => range(asker, each, question),
      )
      const answer = {
        kind: 'series' as const,
        source: settings.name,
        series: done.flatMap(each => each.series),
      }
      const unknown = named.length === 0 ? [`no metric of ${service} is known by a usual name`] : []
      return { answer, missing: [...unknown, ...missing, ...done.flatMap(each => each.missing)] }
    },
  }
}

/** What tells a series from its neighbours. */
function labelsOf(row: unknown): string {
  const labels = Object.entries((at(row, 'metric') ?? {}) as Readonly<Record<string, unknown>>)
  const shown = labels
    .filter(([name]) => name !== '__name__')
    .map(([name, value]) => `${name}=${String(value)}`)
  return shown.length === 0 ? '' : `{${shown.join(', ').slice(0, 100)}}`
}

/** Values come as texts, since JSON knows no NaN; what is no number is left out. */
const pointsOf = (row: unknown): Series['points'] =>
  items(row, 'values').flatMap(pair => {
    const [seconds, value] = Array.isArray(pair)
      ? [Number(pair[0]), Number(pair[1])]
      : [Number.NaN, Number.NaN]
    return Number.isFinite(seconds) && Number.isFinite(value)
      ? [[Math.round(seconds * 1000), value] as const]
      : []
  })
