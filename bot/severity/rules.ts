/** The criteria of each severity in order, and a team's own phrases: what the classifier goes by. */
import { BUILT_IN } from '../config/built-in.ts'
import type { Config } from '../config/types.ts'
import { Refusal } from '../refusal.ts'
import { SEVERITIES, type Severity } from '../words.ts'
import { type Criterion, parseCriterion } from './criteria.ts'

export type SeverityRules = {
  readonly levels: readonly { readonly severity: Severity; readonly criteria: readonly Criterion[] }[]
  /** Criterion name -> phrases of the team, matched as words, whatever their case. */
  readonly words: Readonly<Record<string, readonly string[]>>
}

const known = new WeakMap<object, SeverityRules>()

/** The rules of a configuration that was checked. */
export function rulesOf(config: Pick<Config, 'severities' | 'words'>): SeverityRules {
  const earlier = known.get(config)
  if (earlier) return earlier
  const levels = SEVERITIES.map(severity => ({
    severity,
    criteria: config.severities[severity].criteria.map(parse),
  }))
  const rules = { levels, words: config.words }
  known.set(config, rules)
  return rules
}

export const DEFAULT_RULES: SeverityRules = rulesOf({ severities: BUILT_IN, words: {} })

function parse(text: string): Criterion {
  const criterion = parseCriterion(text)
  if (criterion instanceof Refusal) throw new Error(`bug: an unchecked criterion: ${criterion.message}`)
  return criterion
}
