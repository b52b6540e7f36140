/**
 * How much of its error budget an incident cost a service. The budget is the time that the service may be away within its window:
 * `99.9 per 30d` is 43 min 12 s. A complete outage spends its whole length; where the share that failed was given in numbers, its
 * length times that share. Nothing else is worked out: it would be a guess.
 */
import type { Slo } from '../config/types.ts'
import type { Incident } from '../incidents/state.ts'
import { formatDuration } from '../schedules/duration.ts'
import type { World } from '../world.ts'
import { BLANK, type Figures } from './document.ts'
import { durationOf } from './figures.ts'
import { percent } from './impact.ts'

export const budgetMs = ({ target, perMs }: Slo): number => (perMs * (100 - target)) / 100

/** 0 to 1: how much of the service was away, where that is known. */
export function shareAway({ judged, figures, chosen, severity }: Incident): number | undefined {
  const given = figures?.outageShare ?? figures?.errorRate
  if (given !== undefined) return given
  const stands = !chosen || severity === judged.severity
  return judged.criterion === 'complete_outage' && stands ? 1 : undefined
}

export function sloBudget({ config }: World, incident: Incident, figures: Figures): string {
  const slo = incident.service === null ? undefined : config.services[incident.service]?.slo
  if (!slo) return BLANK
  const budget = budgetMs(slo)
  const whole = `${formatDuration(budget)} that ${incident.service} has in ${formatDuration(slo.perMs)} (${slo.target} %)`
  const [share, lasted] = [shareAway(incident), durationOf(figures)]
  if (share === undefined || lasted === null) return `${BLANK} of the ${whole}`
  const spent = share * lasted
  const why = share === 1 ? 'it was a complete outage' : `${percent(share)} of it was away`
  return `${formatDuration(spent)} of the ${whole}, which is ${percent(spent / budget)}: ${why} for ${formatDuration(lasted)}`
}
