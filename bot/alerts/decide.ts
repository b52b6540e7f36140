/** What an alert does to the incident of its group: it is told once, a worse one raises the severity, and the last one over says so. */
import { decideEscalation } from '../escalation/decide.ts'
import type { Asked, Decision } from '../incidents/asked.ts'
import type { AlertCommand } from '../incidents/commands.ts'
import type { IncidentEvent } from '../incidents/events.ts'
import { afterwards } from '../incidents/fold.ts'
import { type Incident, isActive } from '../incidents/state.ts'
import { Refusal } from '../refusal.ts'
import { bySeverity } from '../words.ts'
import type { Alert } from './types.ts'

export function decideAlert(
  asked: Asked,
  incident: Incident,
  { integration, alert, judged }: AlertCommand,
): Decision {
  const known = incident.alerts[`${integration}/${alert.fingerprint}`]
  if (known && isOutdated(alert, known)) return []
  if (alert.status === 'resolved') {
    if (known?.status !== 'firing' && !isNews(alert, known)) return []
    const left = Object.values(incident.alerts).filter(
      each => each.status === 'firing' && each !== known,
    ).length
    return [{ type: 'alert_resolved', integration, alert, left }]
  }
  if (known?.status === 'firing' && !isNews(alert, known)) return []
  const fired: IncidentEvent = { type: 'alert_fired', integration, alert }
  if (!isActive(incident) || bySeverity(judged.severity, incident.severity) >= 0) return [fired]
  const after = afterwards(incident, [fired], asked)
  const raised = decideEscalation(asked, after, { do: 'severity', to: judged.severity })
  return raised instanceof Refusal ? [fired] : [fired, ...raised]
}

/** What came late: of an earlier time, or the beginning of what is known to be over (I15). */
const isOutdated = (alert: Alert, known: Alert): boolean =>
  alert.startsAt !== null &&
  known.startsAt !== null &&
  (alert.startsAt < known.startsAt ||
    (alert.startsAt === known.startsAt && known.status === 'resolved' && alert.status === 'firing'))

/** It is of another time than the one that is known, and is kept so that what belongs before it can be told when it comes late. */
const isNews = (alert: Alert, known: Alert | undefined): boolean =>
  alert.startsAt !== null && alert.startsAt !== known?.startsAt
