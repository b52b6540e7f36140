/** `POST /api/v2/alerts`: what Prometheus sends to an Alertmanager. An end in the past means that it is over. */
import { identity } from './alertmanager.ts'
import { alertOf, at, items, labelsOf, link, type Reader, text, time } from './read.ts'

export const read: Reader = (payload, { now }) => {
  if (!Array.isArray(payload)) return undefined
  const all = items(payload, '')
  if (all.some(each => Object.keys(labelsOf(at(each, 'labels'))).length === 0)) return undefined
  return {
    alerts: all.map(each => {
      const labels = labelsOf(at(each, 'labels'))
      const endsAt = time(each, 'endsAt')
      const service = labels.service ?? labels.job ?? null
      return alertOf({
        fingerprint: identity(labels),
        resolved: endsAt !== null && endsAt <= now,
        title: text(each, 'annotations.summary', 'annotations.title') ?? labels.alertname ?? 'Alert',
        details: text(each, 'annotations.description', 'annotations.message'),
        service,
        group: `${labels.alertname ?? ''}/${service ?? ''}`,
        labels,
        startsAt: time(each, 'startsAt'),
        endsAt,
        link: link(each, 'annotations.runbook_url', 'generatorURL'),
      })
    }),
  }
}
