/** Lines of error logs that say the same, told once: a template with its counts, first and last seen, and an example. */
import type { Instant } from '../words.ts'
import { compare } from './answers.ts'
import { templateOf } from './template.ts'
import type { Answer, Finding, LogLine, Question } from './types.ts'
import { mergedOf } from './varying.ts'

export type Logs = Extract<Answer, { readonly kind: 'logs' }>
export type Errors = Extract<Finding, { readonly kind: 'errors' }>

/** So many templates of one service are told. */
const TOLD = 20
/** Of more lines the latest are read. */
const MOST_LINES = 20_000
const EXAMPLE = 500
/** Errors come before the alert that they set off: what was there already in the first half of what came before is old. */
const OLD = 0.5
/** Grown: this many times as often as before, and by more than three times what chance adds to a count. */
const TIMES = 2
const CHANCE = 3
const NEWS_MS = 15 * 60_000

/** Templates: those that are new first, then those that grew, then the others; of each the most frequent first. */
export function errorsOf(logs: Logs, stretch: Omit<Question, 'service'>): readonly Errors[] {
  const lines = logs.lines.toSorted((a, b) => a.at - b.at || compare(a.text, b.text)).slice(-MOST_LINES)
  const templates = new Map(lines.map(({ text }) => [text, templateOf(text)]))
  const names = mergedOf(new Set(templates.values()))
  const groups = Map.groupBy(lines, ({ text }) => names.get(templates.get(text) ?? '') ?? '')
  return [...groups]
    .map(([template, group]) => ({
      news: newsOf(group, stretch),
      told: told(logs, template, group, stretch.onset),
    }))
    .sort(
      (a, b) => b.news - a.news || b.told.count - a.told.count || compare(a.told.template, b.told.template),
    )
    .slice(0, TOLD)
    .map(each => each.told)
}

/** `group`: in order of time. */
function told(
  { source, service, link }: Logs,
  template: string,
  group: readonly LogLine[],
  onset: number,
): Errors {
  return {
    kind: 'errors',
    source,
    service,
    template,
    example: (group[0]?.text ?? '').slice(0, EXAMPLE),
    count: group.length,
    before: group.filter(({ at }) => at < onset).length,
    at: group[0]?.at ?? onset,
    lastAt: group.at(-1)?.at ?? onset,
    link,
  }
}

/** 2: new; 1: grew; 0: as before. */
function newsOf(group: readonly LogLine[], { onset, from, to }: Omit<Question, 'service'>): number {
  const split = from + (onset - from) * OLD
  const early = group.filter(({ at }) => at < split).length
  if (early === 0) return 2
  const late = group.length - early
  const expected = (early * (to - split)) / Math.max(1, split - from)
  return late >= TIMES * expected && late - expected >= CHANCE * Math.sqrt(expected) ? 1 : 0
}

/** Told late, since an alert takes a while to fire: first seen in the quarter of an hour before the onset, or most of it after. */
export const isNews = ({ at, count, before }: Errors, onset: Instant): boolean =>
  at >= onset - NEWS_MS || count > TIMES * before
