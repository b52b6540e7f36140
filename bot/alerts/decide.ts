/** What an alert does to the incident of its group: it is told once, a worse one raises the severity, and the last one over says so. */
import { decideEscalation } from '../escalation/decide.ts'
import type { Asked, Decision } from '../incidents/asked.ts'
import type { AlertCommand } from '../incidents/commands.ts'
import type { IncidentEvent } from '../incidents/events.ts'
import { afterwards } from '../incidents/fold.ts'
import { type Incident, isActive } from '../incidents/state.ts'
import { Refusal } from '../refusal.ts'
import { bySeverity } from '../words.ts'

export function decideAlert(
  asked: Asked,
  incident: Incident,
  { integration, alert, judged }: AlertCommand,
): Decision {
  const known = incident.alerts[`${integration}/${alert.fingerprint}`]
  if (alert.status === 'resolved') {
    if (known?.status !== 'firing') return []
    const left = Object.values(incident.alerts).filter(each => each.status === 'firing').length - 1
    return [{ type: 'alert_resolved', integration, alert, left }]
  }
  if (known?.status === 'firing') return []
  const fired: IncidentEvent = { type: 'alert_fired', integration, alert }
  if (!isActive(incident) || bySeverity(judged.severity, incident.severity) >= 0) return [fired]
  const after = afterwards(incident, [fired], asked)
  const raised = decideEscalation(asked, after, { do: 'severity', to: judged.severity })
  return raised instanceof Refusal ? [fired] : [fired, ...raised]
}
