/**
 * How bad an alert is: what its sender says, held against what its words say. The words alone raise a severity only where the
 * sender says that it is critical, so that a warning wakes nobody whatever its text is.
 */
import type { Judgement } from '../incidents/events.ts'
import { classify } from '../severity/classify.ts'
import { rulesOf } from '../severity/rules.ts'
import { bySeverity, type Severity } from '../words.ts'
import type { World } from '../world.ts'
import type { Alert } from './types.ts'

/** The words that senders use, and what they mean where the integration does not say. */
const MEANINGS: readonly (readonly [RegExp, Severity])[] = [
  [/^(?:sev-?1|p1|1|fatal|emergency|disaster|blocker)$/, 'SEV1'],
  [/^(?:sev-?2|p2|2|critical|crit|error|high|major|page|alarm)$/, 'SEV2'],
  [/^(?:sev-?3|p3|3|warning|warn|average|moderate|medium|minor|low)$/, 'SEV3'],
  [/^(?:sev-?4|p4|p5|4|5|info|information|informational|debug|not classified|none)$/, 'SEV4'],
]

export function judgeAlert(
  world: World,
  alert: Alert,
  own: Readonly<Record<string, Severity>> = {},
): Judgement {
  const label = alert.severity?.toLowerCase() ?? null
  const verdict = classify({ text: `${alert.title}\n${alert.details}`.trim() }, rulesOf(world.config))
  const words: Judgement = { ...verdict, reasons: verdict.reasons.map(reason => reason.say) }
  const given =
    label === null ? undefined : (own[label] ?? MEANINGS.find(([pattern]) => pattern.test(label))?.[1])
  if (given === undefined) return unsaid(words)
  const said = `the sender says ${alert.severity}`
  const raises = label === 'critical' && own[label] === undefined && bySeverity(words.severity, given) < 0
  if (raises) return { ...words, reasons: [said, ...words.reasons] }
  const same = words.severity === given && words.criterion !== 'default'
  return {
    severity: given,
    criterion: same ? words.criterion : said,
    confidence: same ? words.confidence : 1,
    reasons: [said, ...(same ? words.reasons : [])],
  }
}

const NONE = 'the alert says no severity'

/** An alert that says neither in its label nor in its words is no less than something broken. */
const unsaid = (words: Judgement): Judgement =>
  words.criterion === 'default' && words.severity === 'SEV4'
    ? { ...words, severity: 'SEV3', criterion: NONE, reasons: [NONE] }
    : words
