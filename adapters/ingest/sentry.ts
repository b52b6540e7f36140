/** Sentry: issue alerts and metric alerts of an internal integration. */
import { alertOf, at, link, type Reader, text, time } from './read.ts'

export const read: Reader = payload => {
  const action = text(payload, 'action') ?? ''
  if (at(payload, 'data.event') !== undefined) {
    const issue = text(payload, 'data.event.issue_id')
    return {
      alerts: [
        alertOf({
          fingerprint: issue && `issue-${issue}`,
          resolved: false,
          title: text(payload, 'data.event.title', 'data.triggered_rule'),
          details: text(payload, 'data.event.message', 'data.event.culprit', 'data.event.metadata.value'),
          severity: text(payload, 'data.event.level'),
          service: text(payload, 'data.event.project_name', 'data.event.project_slug'),
          group: issue && `issue-${issue}`,
          startsAt: time(payload, 'data.event.datetime', 'data.event.timestamp'),
          link: link(payload, 'data.event.web_url'),
        }),
      ],
    }
  }
  if (at(payload, 'data.metric_alert') !== undefined) {
    const id = text(payload, 'data.metric_alert.alert_rule.id', 'data.metric_alert.id')
    return {
      alerts: [
        alertOf({
          fingerprint: id && `metric-${id}`,
          resolved: action === 'resolved',
          title: text(payload, 'data.description_title', 'data.metric_alert.title'),
          details: text(payload, 'data.description_text'),
          severity: action === 'resolved' ? null : action,
          service: text(payload, 'data.metric_alert.projects.0'),
          startsAt: time(payload, 'data.metric_alert.date_started'),
          endsAt: time(payload, 'data.metric_alert.date_closed'),
          link: link(payload, 'data.web_url'),
        }),
      ],
    }
  }
  return action === '' ? undefined : { alerts: [] }
}
