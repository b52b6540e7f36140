/** New Relic: workflows, and the notification channels before them. */
import { alertOf, labelsOf, link, type Reader, text, time } from './read.ts'

export const read: Reader = payload => {
  const state = text(payload, 'state', 'current_state', 'issueState')
  const title = text(payload, 'title.0', 'title', 'condition_name', 'conditionName', 'issueTitle')
  if (state === null || title === null) return undefined
  return {
    alerts: [
      alertOf({
        fingerprint: text(payload, 'id', 'issueId', 'incident_id'),
        resolved: /closed|deactivated|resolved/i.test(state),
        title,
        details: text(payload, 'details', 'alertConditionNames.0', 'condition_name'),
        severity: text(payload, 'priority', 'severity'),
        service: text(payload, 'impactedEntities.0', 'targets.0.name'),
        labels: labelsOf({ policy: text(payload, 'policy_name', 'alertPolicyNames.0') ?? '' }),
        startsAt: time(payload, 'createdAt', 'activatedAt', 'timestamp'),
        link: link(payload, 'issueUrl', 'incident_url', 'issuePageUrl'),
      }),
    ],
  }
}
