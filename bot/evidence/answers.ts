/**
 * Answers put together: one series, one log, one set of traces for each service and source, however often and in whatever order
 * they were given. What two answers both have counts once.
 */
import type { Answer, LogLine, Series, Trace } from './types.ts'

type Logs = Extract<Answer, { readonly kind: 'logs' }>
type Traces = Extract<Answer, { readonly kind: 'traces' }>

type Joined = {
  readonly series: readonly Series[]
  readonly logs: readonly Logs[]
  readonly traces: readonly Traces[]
}

export function putTogether(answers: readonly Answer[]): Joined {
  return {
    series: joined(
      answers.flatMap(answer => (answer.kind === 'series' ? answer.series : [])),
      ({ source, service, name }) => [source, service, name],
      joinSeries,
    ),
    logs: joined(
      answers.flatMap(answer => (answer.kind === 'logs' ? answer : [])),
      ({ source, service }) => [source, service],
      joinLogs,
    ),
    traces: joined(
      answers.flatMap(answer => (answer.kind === 'traces' ? answer : [])),
      ({ source, service }) => [source, service],
      joinTraces,
    ),
  }
}

/** In the order of their names. */
function joined<T>(
  all: readonly T[],
  nameOf: (each: T) => readonly string[],
  join: (same: readonly [T, ...T[]]) => T,
): readonly T[] {
  const groups = Map.groupBy(all, each => nameOf(each).join('\0'))
  return [...groups]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([, [first, ...others]]) => (first === undefined ? [] : [join([first, ...others])]))
}

const joinSeries = (same: readonly [Series, ...Series[]]): Series =>
  same.length === 1
    ? same[0]
    : { ...same[0], link: linkOf(same), points: same.flatMap(({ points }) => points) }

const joinLogs = (same: readonly [Logs, ...Logs[]]): Logs => ({
  ...same[0],
  link: linkOf(same),
  cut: same.some(({ cut }) => cut),
  lines: same.length === 1 ? same[0].lines : most(same.map(({ lines }) => lines)),
})

/** A line as often as the answer has it that has it most: the same error may be logged twice in one millisecond. */
function most(all: readonly (readonly LogLine[])[]): readonly LogLine[] {
  const found = new Map<string, readonly LogLine[]>()
  for (const lines of all)
    for (const [key, same] of Map.groupBy(lines, ({ at, text }) => `${at}\0${text}`))
      if (same.length > (found.get(key)?.length ?? 0)) found.set(key, same)
  return [...found.values()].flat()
}

const joinTraces = (same: readonly [Traces, ...Traces[]]): Traces => ({
  ...same[0],
  link: linkOf(same),
  traces: [
    ...Map.groupBy(
      same.flatMap(({ traces }) => traces),
      ({ id }) => id,
    ).values(),
  ].flatMap(of => of.toSorted((a, b) => b.durationMs - a.durationMs || compare(keyOf(a), keyOf(b)))[0] ?? []),
  // Those of the answer that knows most: an hour that is counted twice says no more.
  usualMs:
    same.map(({ usualMs }) => usualMs).toSorted((a, b) => b.length - a.length || sum(b) - sum(a))[0] ?? [],
})

const keyOf = (trace: Trace): string => JSON.stringify(trace)
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const linkOf = (same: readonly { readonly link: string | null }[]): string | null =>
  same.flatMap(({ link }) => link ?? []).toSorted(compare)[0] ?? null

/** By code units: the same on every machine, whatever its language. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
