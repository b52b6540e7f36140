/** Google Cloud Monitoring, versions 1.1 and 1.2 of its webhook. */
import { alertOf, at, labelsOf, link, type Reader, text, time } from './read.ts'

export const read: Reader = payload => {
  if (at(payload, 'incident') === undefined) return undefined
  const name = text(payload, 'incident.policy_name', 'incident.condition_name')
  return {
    alerts: [
      alertOf({
        fingerprint: text(payload, 'incident.incident_id'),
        resolved: text(payload, 'incident.state') === 'closed',
        title: name,
        details: text(payload, 'incident.summary', 'incident.documentation.content'),
        severity: text(payload, 'incident.severity', 'incident.policy_user_labels.severity'),
        service: text(
          payload,
          'incident.policy_user_labels.service',
          'incident.resource_display_name',
          'incident.resource_name',
        ),
        labels: labelsOf(at(payload, 'incident.resource.labels'), at(payload, 'incident.policy_user_labels')),
        startsAt: time(payload, 'incident.started_at'),
        endsAt: time(payload, 'incident.ended_at'),
        link: link(payload, 'incident.url'),
      }),
    ],
  }
}
