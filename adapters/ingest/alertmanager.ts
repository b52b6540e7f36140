/** Prometheus Alertmanager's webhook (version 4), and what posts in its shape. */
import { alertOf, at, items, labelsOf, link, type Reader, text, time } from './read.ts'

export const read: Reader = payload => {
  const all = items(payload, 'alerts')
  if (!Array.isArray(at(payload, 'alerts'))) return undefined
  return {
    alerts: all.map(each => {
      const labels = labelsOf(at(payload, 'commonLabels'), at(each, 'labels'))
      const status = text(each, 'status') ?? text(payload, 'status')
      const name = labels.alertname ?? 'Alert'
      return alertOf({
        fingerprint: text(each, 'fingerprint') ?? identity(labels),
        resolved: status === 'resolved',
        title: text(each, 'annotations.summary', 'annotations.title', 'annotations.message') ?? name,
        details: text(each, 'annotations.description', 'annotations.message'),
        service: labels.service ?? labels.job ?? null,
        group: text(payload, 'groupKey') ?? `${name}/${labels.service ?? labels.job ?? ''}`,
        labels,
        startsAt: time(each, 'startsAt'),
        endsAt: status === 'resolved' ? time(each, 'endsAt') : null,
        link: link(each, 'annotations.runbook_url', 'generatorURL') ?? link(payload, 'externalURL'),
      })
    }),
  }
}

/** The labels are the alert. */
export const identity = (labels: Readonly<Record<string, string>>): string =>
  fnv(
    Object.keys(labels)
      .sort()
      .flatMap(name => [name, '\xff', labels[name] ?? '', '\xff'])
      .join(''),
  )

/** FNV-1a of 64 bits, as Prometheus makes a label set's fingerprint; in hex. */
function fnv(words: string): string {
  let hash = 0xcbf29ce484222325n
  for (const part of words.split('\xff').slice(0, -1)) {
    for (const byte of Buffer.from(part)) hash = step(hash, byte)
    hash = step(hash, 0xff)
  }
  return hash.toString(16).padStart(16, '0')
}

const step = (hash: bigint, byte: number): bigint =>
  ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn
