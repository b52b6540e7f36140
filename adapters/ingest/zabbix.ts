/** Zabbix: its media type's script decides the shape; the usual names of its macros are read, and a `payload` around them. */
import { alertOf, at, link, type Reader, text, time } from './read.ts'

export const read: Reader = outer => {
  const payload = at(outer, 'payload') ?? outer
  const title = text(payload, 'event_name', 'trigger_name', 'event.name', 'subject', 'title', 'alert_subject')
  const id = text(payload, 'event_id', 'event.id', 'eventid', 'trigger_id', 'trigger.id')
  if (title === null && id === null) return undefined
  const value = text(payload, 'event_value', 'trigger_status', 'event_status', 'event.status', 'status') ?? ''
  return {
    alerts: [
      alertOf({
        fingerprint: id,
        resolved:
          /^(?:0|ok|resolved|recovery)$/i.test(value) || text(payload, 'event_update_action') === 'close',
        title,
        details: text(payload, 'message', 'alert_message', 'event_opdata', 'item_value'),
        severity: text(payload, 'event_severity', 'trigger_severity', 'severity', 'event.severity'),
        service: text(payload, 'service', 'host_name', 'host', 'host.name', 'hostname'),
        startsAt: time(payload, 'event_timestamp', 'timestamp', 'clock'),
        link: link(payload, 'url', 'trigger_url', 'event_url'),
      }),
    ],
  }
}
