/** Digests and patterns as data: for the API and for `--json`. Instants are ISO texts, lengths milliseconds. */
import type { Instant } from '../words.ts'
import { noisiest, speedsOf } from './figures.ts'
import { WEEKS_BEFORE } from './lines.ts'
import type { Patterns } from './patterns.ts'
import { improvementsIn, patternsIn } from './patterns-view.ts'
import { type DigestFacts, figuresIn, type PatternFacts, WEEK_MS } from './view.ts'

const iso = (at: Instant): string => new Date(at).toISOString()
const ends = ({ from, to }: { readonly from: Instant; readonly to: Instant }) => ({
  from: iso(from),
  to: iso(to),
})

export function patternReport(facts: PatternFacts) {
  const { bursts: _, ...patterns }: Patterns = patternsIn(facts)
  return {
    ...patterns,
    ...ends(facts.range),
    service: facts.service,
    timezone: facts.world.config.team.timezone,
    ...speedsOf(facts.past),
    improvements: improvementsIn(facts, patternsIn(facts)),
  }
}

export function digestReport(facts: DigestFacts) {
  const { period, noise } = facts
  return {
    week: period.id,
    ...ends(period),
    figures: figuresIn(facts, period),
    before: {
      weeks: WEEKS_BEFORE,
      ...figuresIn(facts, { from: period.from - WEEKS_BEFORE * WEEK_MS, to: period.from }),
    },
    noisiest: noisiest(noise, period),
    patterns: patternReport(facts),
  }
}
