/**
 * Severity from a description: signals, then the first severity with a criterion that holds, then the words that made it
 * think so. Deterministic, without a model, well under a millisecond. A person's choice always wins over it.
 */
import type { Severity } from '../words.ts'
import { CONFIDENCE } from './confidence.ts'
import { type Held, holds, STRENGTH } from './holds.ts'
import type { Hit } from './lexicon/phrase.ts'
import type { SeverityRules } from './rules.ts'
import { signalsOf } from './signals.ts'

/** What a person or an alert filled in; outranks words. */
export type Fields = {
  /** 0 to 1. */
  readonly outageShare?: number
  /** 0 to 1. */
  readonly errorRate?: number
  /** 0.5 is half as much again. */
  readonly latencyChange?: number
  /** US dollars an hour. */
  readonly revenuePerHour?: number
  /** Of `usersTotal`; without it, it changes nothing. */
  readonly usersAffected?: number
  readonly usersTotal?: number
  readonly service?: string
  /** 1 is the most important. */
  readonly tier?: number
  readonly workaround?: boolean
}

export type Reason = {
  /** The words of the description, or the name of the field. */
  readonly quote: string
  /** What they mean, in a sentence for a person. */
  readonly say: string
}

export type Verdict = {
  readonly severity: Severity
  /** The configured string, or `default` when none held. */
  readonly criterion: string
  /** 0 to 1: how often a verdict of this kind was right on descriptions that had not been seen. */
  readonly confidence: number
  readonly reasons: readonly Reason[]
}

export function classify(
  { text, fields: given = {} }: { readonly text: string; readonly fields?: Fields },
  rules: SeverityRules,
): Verdict {
  const fields = withShare(given)
  const signals = signalsOf(text, rules.words)
  for (const { severity, criteria } of rules.levels) {
    const found = criteria
      .map(criterion => ({ criterion, held: holds(criterion, signals, fields) }))
      .filter((each): each is { criterion: (typeof criteria)[number]; held: Held } => each.held !== undefined)
      .sort((a, b) => STRENGTH.indexOf(a.criterion.name) - STRENGTH.indexOf(b.criterion.name))[0]
    if (found)
      return {
        severity,
        criterion: found.criterion.text,
        confidence: CONFIDENCE[found.held.ground],
        reasons: found.held.hits.map(toReason),
      }
  }
  return {
    severity: 'SEV4',
    criterion: 'default',
    confidence: signals.nothing ? CONFIDENCE.words : CONFIDENCE.guess,
    reasons: signals.nothing ? [toReason(signals.nothing)] : [{ quote: '', say: 'No criterion holds.' }],
  }
}

/** So many of so many users is a share that is out; how many alone says nothing without the size of the whole. */
function withShare(fields: Fields): Fields {
  const { outageShare, usersAffected, usersTotal } = fields
  return outageShare === undefined && usersAffected !== undefined && usersTotal
    ? { ...fields, outageShare: Math.min(1, usersAffected / usersTotal) }
    : fields
}

const toReason = ({ quote, means }: Hit): Reason => ({ quote, say: `"${quote.slice(0, 80)}": ${means}` })
