/** PagerDuty: webhooks of version 3, and the Events API v2 that others send to (`POST /v2/enqueue`). */
import { alertOf, at, digest, labelsOf, link, type Reader, text, time } from './read.ts'

export const read: Reader = payload => {
  const type = text(payload, 'event.event_type')
  if (type === null) return undefined
  if (!type.startsWith('incident.')) return { alerts: [] }
  if (!/triggered|resolved|reopened/.test(type)) return { alerts: [] }
  return {
    alerts: [
      alertOf({
        fingerprint: text(payload, 'event.data.id'),
        resolved: type === 'incident.resolved',
        title: text(payload, 'event.data.title'),
        severity: text(payload, 'event.data.priority.summary', 'event.data.urgency'),
        service: text(payload, 'event.data.service.summary'),
        startsAt: time(payload, 'event.data.created_at'),
        link: link(payload, 'event.data.html_url'),
      }),
    ],
  }
}

/** `trigger`, `acknowledge` (which tells us nothing) and `resolve`, by their `dedup_key`. */
export const readEvent: Reader = payload => {
  const action = text(payload, 'event_action')
  if (action !== 'trigger' && action !== 'acknowledge' && action !== 'resolve') return undefined
  if (action === 'trigger' && text(payload, 'payload.summary') === null) return undefined
  const key = dedupKey(payload)
  if (action === 'acknowledge') return { alerts: [] }
  return {
    alerts: [
      alertOf({
        fingerprint: key,
        resolved: action === 'resolve',
        title: text(payload, 'payload.summary') ?? key,
        details: JSON.stringify(at(payload, 'payload.custom_details') ?? '').replace(/^""$/, ''),
        severity: text(payload, 'payload.severity'),
        service: text(payload, 'payload.component', 'payload.source'),
        group: text(payload, 'payload.group') ?? key,
        labels: labelsOf({
          class: text(payload, 'payload.class') ?? '',
          source: text(payload, 'payload.source') ?? '',
        }),
        startsAt: time(payload, 'payload.timestamp'),
        link: link(payload, 'links.0.href', 'client_url'),
      }),
    ],
  }
}

export const dedupKey = (payload: unknown): string =>
  text(payload, 'dedup_key') ??
  digest(`${text(payload, 'payload.summary')}\0${text(payload, 'payload.source')}`)
