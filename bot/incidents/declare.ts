/**
 * A declaration: the incident, its chains stamped, and the first move of its chain, in one decision. It exists and somebody
 * is called, or neither.
 */
import { startChain } from '../escalation/advance.ts'
import { stampChains } from '../escalation/policy.ts'
import { refuse } from '../refusal.ts'
import type { Asked, Decision } from './asked.ts'
import type { Declaration } from './commands.ts'
import type { IncidentEvent } from './events.ts'
import { fold, happen } from './fold.ts'

export const MAX_TITLE = 200
export const MAX_TEXT = 3000

export const incidentId = (number: number): string => `INC-${number}`

export function declare({ world, actor, now }: Asked, asked: Declaration): Decision {
  const title = asked.title.trim()
  if (title === '')
    return refuse(
      'no_title',
      'An incident needs a title.',
      'Say in a few words what is broken: /incident declare Checkout is down.',
    )
  if (title.length > MAX_TITLE) {
    return refuse(
      'title_too_long',
      `The title has ${title.length} characters; ${MAX_TITLE} is the most.`,
      'Put the rest into an update.',
    )
  }
  if (asked.service !== null && !world.config.services[asked.service]) {
    return refuse(
      'unknown_service',
      `"${asked.service}" is not a service of this team.`,
      servicesHint(Object.keys(world.config.services)),
    )
  }
  if ((asked.silent || asked.broken) && !asked.drill)
    return refuse('not_a_drill', 'Only in a drill somebody is silent, or something broken.', 'Add --drill.')
  const { severity, ...rest } = asked
  const declared: IncidentEvent = {
    type: 'declared',
    number: rest.number,
    title,
    details: rest.details.trim().slice(0, MAX_TEXT),
    service: rest.service,
    severity: severity ?? rest.judged.severity,
    judged: rest.judged,
    ...(rest.figures ? { figures: rest.figures } : {}),
    chosen: severity !== null,
    test: rest.test,
    drill: rest.drill,
    ...(rest.silent ? { silent: rest.silent } : {}),
    ...(rest.broken ? { broken: rest.broken } : {}),
    chains: stampChains(world.config, rest.service),
  }
  const incident = fold(incidentId(rest.number), happen(0, [declared], now, actor))
  if (!incident) throw new Error('bug: a declaration folds to nothing')
  const fired: readonly IncidentEvent[] = asked.alert ? [{ type: 'alert_fired', ...asked.alert }] : []
  return [declared, ...fired, ...startChain(world, incident, now, { why: 'declared', without: [] })]
}

const servicesHint = (all: readonly string[]): string =>
  all.length === 0 ? 'The configuration names none: leave it out.' : `Services: ${all.join(', ')}.`
