/** Anything else that posts JSON: the integration's `mapping` says where each field is; the usual names are tried without one. */
import {
  alertOf,
  at,
  changeOf,
  digest,
  isRollback,
  items,
  labelsOf,
  link,
  type Reader,
  text,
  time,
} from './read.ts'

const USUAL: Readonly<Record<string, readonly string[]>> = {
  title: ['title', 'summary', 'name', 'message', 'text'],
  details: ['details', 'description', 'body'],
  status: ['status', 'state'],
  severity: ['severity', 'priority', 'level'],
  service: ['service', 'component', 'host'],
  fingerprint: ['fingerprint', 'id', 'key', 'dedup_key'],
  group: ['group'],
  starts_at: ['starts_at', 'started_at', 'timestamp', 'time'],
  link: ['link', 'url'],
}

export const read: Reader = (payload, { mapping, now }) => {
  const list = mapping.alerts === undefined ? undefined : items(payload, mapping.alerts)
  const all = list ?? (Array.isArray(payload) ? items(payload, '') : [payload])
  const found = all.map(each => {
    const paths = (name: string) => (mapping[name] === undefined ? (USUAL[name] ?? [name]) : [mapping[name]])
    const title = text(each, ...paths('title'))
    if (title === null) return undefined
    const kind = text(each, ...paths('change'))
    const service = text(each, ...paths('service'))
    if (kind !== null) {
      const when = time(each, ...paths('starts_at'))
      // Without an identity of the sender's the time tells one change from the next of the same name: a flag goes on, off and on again.
      const what = [title, service ?? '', kind, ...(when === null ? [] : [when])]
      const id = text(each, ...paths('fingerprint')) ?? digest(what.join('\0'))
      return changeOf({
        id,
        title,
        at: when ?? now,
        service,
        kind: changeKind(kind, title),
        version: text(each, ...paths('version')),
        environment: text(each, ...paths('environment')),
        by: text(each, ...paths('by')),
        link: link(each, ...paths('link')),
      })
    }
    return alertOf({
      fingerprint: text(each, ...paths('fingerprint')),
      resolved: /^(?:resolved|ok|closed|up|0|false)$/i.test(text(each, ...paths('status')) ?? ''),
      title,
      details: text(each, ...paths('details')),
      severity: text(each, ...paths('severity')),
      service,
      group: text(each, ...paths('group')),
      labels: labelsOf(at(each, 'labels')),
      startsAt: time(each, ...paths('starts_at')),
      link: link(each, ...paths('link')),
    })
  })
  if (found.length === 0 || found.includes(undefined)) return undefined
  const known = found.filter(each => each !== undefined)
  return {
    alerts: known.filter(each => 'fingerprint' in each),
    changes: known.filter(each => 'kind' in each),
  }
}

function changeKind(kind: string, title: string) {
  if (isRollback(kind, title)) return 'rollback' as const
  if (/flag|toggle/i.test(kind)) return 'flag' as const
  return /config/i.test(kind) ? ('configuration' as const) : ('deployment' as const)
}
