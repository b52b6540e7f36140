/** Lines of error logs that say the same, told once: a template with its counts, first and last seen, and an example. */
import type { Instant } from '../words.ts'
import { templateOf } from './template.ts'
import type { Answer, Finding } from './types.ts'

export type Logs = Extract<Answer, { readonly kind: 'logs' }>
export type Errors = Extract<Finding, { readonly kind: 'errors' }>

/** So many templates of one service are told. */
const TOLD = 20

/** Templates, those that are new or grew first. */
export function errorsOf({ source, service, lines, link }: Logs, onset: Instant): readonly Errors[] {
  const groups = [...Map.groupBy(lines, ({ text }) => templateOf(text))]
  const found = groups.map(([template, group]): Errors => {
    const ordered = group.toSorted((a, b) => a.at - b.at || (a.text < b.text ? -1 : 1))
    return {
      kind: 'errors',
      source,
      service,
      template,
      example: (ordered[0]?.text ?? '').slice(0, 500),
      count: group.length,
      before: group.filter(({ at }) => at < onset).length,
      at: ordered[0]?.at ?? onset,
      lastAt: ordered.at(-1)?.at ?? onset,
      link,
    }
  })
  const grown = ({ count, before }: Errors) => count - 2 * before
  return found
    .sort((a, b) => grown(b) - grown(a) || b.count - a.count || (a.template < b.template ? -1 : 1))
    .slice(0, TOLD)
}
