/** Uptime Kuma: a heartbeat and its monitor; status 0 is down, 1 is up. */
import { alertOf, at, link, type Reader, text, time } from './read.ts'

export const read: Reader = payload => {
  const status = text(payload, 'heartbeat.status')
  if (at(payload, 'monitor') === undefined) return undefined
  if (status === null) return { alerts: [] }
  const name = text(payload, 'monitor.name')
  return {
    alerts: [
      alertOf({
        fingerprint: `monitor-${text(payload, 'monitor.id') ?? name}`,
        resolved: status === '1',
        title: `${name ?? 'Monitor'} is ${status === '1' ? 'up' : 'down'}`,
        details: text(payload, 'heartbeat.msg', 'msg'),
        service: name,
        group: `monitor-${text(payload, 'monitor.id') ?? name}`,
        startsAt: time(payload, 'heartbeat.time'),
        link: link(payload, 'monitor.url'),
      }),
    ],
  }
}
