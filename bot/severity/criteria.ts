/** The criteria that a severity can name, and what a configured string such as `performance_degradation > 30%` means. */
import { nearest, type Refusal, refuse } from '../refusal.ts'

export const CRITERIA = [
  'complete_outage',
  'data_loss',
  'security_breach',
  'revenue_impact',
  'partial_outage',
  'performance_degradation',
  'key_feature_unavailable',
  'non_critical_feature_issue',
  'workaround_available',
  'cosmetic_issue',
  'documentation_error',
  'enhancement_request',
] as const
export type CriterionName = (typeof CRITERIA)[number]

export type Criterion = {
  readonly name: CriterionName
  /** As configured: what every answer shows. */
  readonly text: string
  /** `performance_degradation > 50%`: a share, 0 to 1. `revenue_impact > $10000/hour`: US dollars an hour. */
  readonly bound?: { readonly above: boolean; readonly value: number }
}

/** Criteria that need a bound, and an example of one. */
const BOUNDED: Readonly<Partial<Record<CriterionName, string>>> = {
  revenue_impact: 'revenue_impact > $10000/hour',
  performance_degradation: 'performance_degradation > 50%',
}

export function parseCriterion(text: string): Criterion | Refusal {
  const [, word = '', sign, amount, percent] =
    /^\s*([a-z_]+)\s*(?:([<>])\s*\$?([\d,]+(?:\.\d+)?)\s*(%)?(?:\s*\/\s*h(?:our)?)?)?\s*$/i.exec(text) ?? []
  const name = CRITERIA.find(each => each === word.toLowerCase())
  if (!name) {
    const near = nearest(word || text, CRITERIA)
    return refuse(
      'unknown_criterion',
      `"${text}" is not a criterion.`,
      near ? `Did you mean ${near}?` : `Criteria: ${CRITERIA.join(', ')}.`,
    )
  }
  const example = BOUNDED[name]
  if (!example)
    return sign === undefined
      ? { name, text }
      : refuse('no_bound', `${name} takes no bound.`, `Write ${name}.`)
  if (sign === undefined || amount === undefined)
    return refuse('bound', `${name} needs a bound.`, `Like this: ${example}.`)
  const value = Number(amount.replaceAll(',', ''))
  return { name, text, bound: { above: sign === '>', value: percent ? value / 100 : value } }
}
