/** An alert as a sender tells it. */
import type { Alert } from '../../../bot/alerts/types.ts'

export const alert = (status: Alert['status'], startsAt: number | null, fingerprint = 'a'): Alert => ({
  ...{
    fingerprint,
    status,
    startsAt,
    title: 'It is broken',
    details: '',
    severity: 'critical',
    service: null,
  },
  ...{ group: 'g', labels: {}, endsAt: null, link: null },
})
