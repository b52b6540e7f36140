/** Datadog's webhook: its payload is a template of the team's; ours is in docs/ingest.md, the default one is read too. */
import { alertOf, labelsOf, link, type Reader, text, time } from './read.ts'

export const read: Reader = payload => {
  const title = text(payload, 'alert_title', 'title', 'event_title')
  if (title === null) return undefined
  const tags = (text(payload, 'tags') ?? '').split(',').flatMap((tag): [string, string][] => {
    const [name, ...value] = tag.trim().split(':')
    return name && value.length > 0 ? [[name, value.join(':')]] : []
  })
  const labels = labelsOf(Object.fromEntries(tags))
  const transition = text(payload, 'transition', 'alert_transition', 'alert_status', 'status') ?? ''
  return {
    alerts: [
      alertOf({
        fingerprint: text(payload, 'alert_cycle_key', 'aggreg_key', 'alert_id', 'id'),
        resolved: /recover|ok|resolved/i.test(transition),
        title: title.replace(/^\[[^\]]*\]\s*/, ''),
        details: text(payload, 'body', 'text_only_msg', 'event_msg'),
        severity: text(payload, 'priority', 'alert_priority', 'alert_type'),
        labels,
        group: text(payload, 'alert_id') && `monitor-${text(payload, 'alert_id')}`,
        startsAt: time(payload, 'date', 'last_updated'),
        link: link(payload, 'link', 'url'),
      }),
    ],
  }
}
