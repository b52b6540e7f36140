/** Opsgenie's webhook: an action and its alert. */
import { alertOf, items, type Reader, text, time } from './read.ts'

export const read: Reader = payload => {
  const action = text(payload, 'action')
  const id = text(payload, 'alert.alertId', 'alert.alias')
  if (action === null || id === null) return undefined
  const isOver = action === 'Close' || action === 'Delete'
  if (action !== 'Create' && !isOver) return { alerts: [] }
  const tags = items(payload, 'alert.tags').map(String)
  return {
    alerts: [
      alertOf({
        fingerprint: id,
        resolved: isOver,
        title: text(payload, 'alert.message'),
        details: text(payload, 'alert.description') ?? tags.join(', '),
        severity: text(payload, 'alert.priority'),
        service: text(payload, 'alert.entity', 'alert.source'),
        group: text(payload, 'alert.alias'),
        startsAt: time(payload, 'alert.createdAt'),
      }),
    ],
  }
}
