/** Expectations run against a configuration, each over all of the time that it is about. */
import { simulate } from '../escalation/simulate.ts'
import { nearest, type Refusal, refuse } from '../refusal.ts'
import { restrictionOf } from '../schedules/restriction-text.ts'
import { classify } from '../severity/classify.ts'
import { rulesOf } from '../severity/rules.ts'
import type { Instant, Severity } from '../words.ts'
import type { World } from '../world.ts'
import { judge } from './judge.ts'
import type { Expectation } from './schema.ts'
import { instantsOf } from './sweep.ts'

export type Verdict = {
  readonly name: string
  /** How many instants were looked at: all at which the answer could change. */
  readonly looked: number
  /** Those at which it did not hold, the first one in words. Empty: it holds. */
  readonly failures: readonly { readonly at: Instant; readonly why: string }[]
}

/** How far ahead is looked when nothing else is said. */
const AHEAD_MS = 90 * 24 * 60 * 60_000

export function runExpectation(world: World, expectation: Expectation, now: Instant): Verdict {
  const { name, when, expect } = expectation
  const unknown = unknownName(world, expectation)
  if (unknown) return { name, looked: 0, failures: [{ at: now, why: unknown.message }] }
  const judged =
    when.description === undefined ? undefined : classify({ text: when.description }, rulesOf(world.config))
  const severity = (when.severity ?? judged?.severity) as Severity
  const wrong = judged && wrongJudgement(expect, judged)
  const { severity: _, criterion: __, ...paging } = expect
  if (wrong || Object.keys(paging).length === 0)
    return { name, looked: 1, failures: wrong ? [{ at: now, why: wrong }] : [] }
  const service = when.service ?? null
  const calendar = world.config.team.business
  const during = when.during?.map(each => restrictionOf(calendar, each))
  const from = when.at ?? when.from ?? now
  const to = when.to ?? from + (when.within ?? AHEAD_MS)
  const all =
    when.at === undefined
      ? instantsOf(world, { severity, service, ...(during ? { during } : {}) }, { from, to })
      : [when.at]
  const failures = all.flatMap(at => {
    const outcome = simulate(world, { severity, service, at, ackAfterMs: when.ack_after ?? null })
    const why = judge(world, expect, outcome)
    return why === undefined ? [] : [{ at, why }]
  })
  return { name, looked: all.length, failures }
}

function wrongJudgement(
  expect: Expectation['expect'],
  judged: { readonly severity: Severity; readonly criterion: string },
): string | undefined {
  if (expect.severity !== undefined && expect.severity !== judged.severity)
    return `it is judged ${judged.severity} (${judged.criterion}), not ${expect.severity}`
  if (expect.criterion !== undefined && expect.criterion !== judged.criterion)
    return `its criterion is ${judged.criterion}, not ${expect.criterion}`
  return undefined
}

/** A misspelt name would make an expectation that holds for ever. */
function unknownName({ config }: World, { when, expect }: Expectation): Refusal | undefined {
  const people = Object.keys(config.people)
  const checks: readonly (readonly [string | undefined, readonly string[], string])[] = [
    [when.service, Object.keys(config.services), 'a service'],
    [expect.first, people, 'a person'],
    [expect.reached?.person, people, 'a person'],
    [expect.not_paged?.person, people, 'a person'],
    [expect.reached?.role, Object.keys(config.roles), 'a role'],
    [expect.not_paged?.role, Object.keys(config.roles), 'a role'],
  ]
  for (const [name, known, what] of checks) {
    if (name === undefined || known.includes(name)) continue
    const near = nearest(name, known)
    return refuse(
      'unknown',
      `"${name}" is not ${what} of the configuration.`,
      near ? `Did you mean ${near}?` : '',
    )
  }
  return undefined
}
