/**
 * Reading somebody else's JSON: every value is looked at before it is believed, cut to what we keep, and nothing of the payload
 * itself is kept (S21, S23). What a source does not say is null.
 */
import { createHash } from 'node:crypto'
import type { Alert, Change, Ingested } from '../../bot/alerts/types.ts'

export type Context = {
  readonly now: number
  readonly header: (name: string) => string | undefined
  /** For `generic`: field -> dotted path in the payload. */
  readonly mapping: Readonly<Record<string, string>>
}

/** A source's reader: alerts and changes; undefined when the payload is not of its shape. */
export type Reader = (payload: unknown, context: Context) => Partial<Ingested> | undefined

/** `a.b.0.c`; undefined where there is nothing, and never a prototype's. */
export function at(value: unknown, path: string): unknown {
  let here: unknown = value
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined
    here = (here as Record<string, unknown>)[name]
  }
  return here
}

/** The first of the paths that leads to a text or a number. */
export function text(value: unknown, ...paths: readonly string[]): string | null {
  for (const path of paths) {
    const found = at(value, path)
    if (typeof found === 'number' || typeof found === 'bigint' || typeof found === 'boolean')
      return String(found)
    if (typeof found === 'string' && found.trim() !== '') return found.trim()
  }
  return null
}

export const items = (value: unknown, path: string): readonly unknown[] => {
  const found = path === '' ? value : at(value, path)
  return Array.isArray(found) ? found.slice(0, MAX_ITEMS) : []
}

/** More in one delivery than any sender means. */
const MAX_ITEMS = 1000
const MAX_LABELS = 100

export function labelsOf(...sources: readonly unknown[]): Readonly<Record<string, string>> {
  const pairs = sources.flatMap(source =>
    typeof source === 'object' && source !== null
      ? Object.entries(source).flatMap(([name, value]): [string, string][] =>
          ['string', 'number', 'boolean'].includes(typeof value) && name !== '__proto__'
            ? [[name.slice(0, 100), String(value).slice(0, 500)]]
            : [],
        )
      : [],
  )
  return Object.fromEntries(pairs.slice(0, MAX_LABELS))
}

/** ISO text, or seconds or milliseconds since the epoch; the year one, which some senders mean as "not yet", is null. */
export function time(value: unknown, ...paths: readonly string[]): number | null {
  for (const path of paths) {
    const found = at(value, path)
    if (typeof found === 'number' || (typeof found === 'string' && /^\d{9,13}(?:\.\d+)?$/.test(found))) {
      const number = Number(found)
      return Math.round(number < 1e11 ? number * 1000 : number)
    }
    if (typeof found !== 'string') continue
    const parsed = Date.parse(found.replace(/ UTC$/, 'Z'))
    if (!Number.isNaN(parsed) && parsed > 0) return parsed
  }
  return null
}

export function link(value: unknown, ...paths: readonly string[]): string | null {
  const found = text(value, ...paths)
  return found !== null && /^https?:\/\/[^\s<>"]+$/.test(found) && found.length < 2000 ? found : null
}

type Given = {
  readonly fingerprint: string | null
  readonly resolved: boolean
  readonly title: string | null
  readonly details?: string | null
  readonly severity?: string | null
  readonly service?: string | null
  readonly group?: string | null
  readonly labels?: Readonly<Record<string, string>>
  readonly startsAt?: number | null
  readonly endsAt?: number | null
  readonly link?: string | null
}

const MAX_TITLE = 200
const MAX_DETAILS = 3000

/** An alert, its texts cut to size. Without an identity of the sender's it is what it is called and where. */
export function alertOf(given: Given): Alert {
  const title = (given.title ?? 'Alert').replaceAll(/\s+/g, ' ').slice(0, MAX_TITLE)
  const service = given.service ?? given.labels?.service ?? null
  const fingerprint = given.fingerprint ?? digest(`${title}\0${service ?? ''}`)
  return {
    fingerprint: fingerprint.length > 200 ? digest(fingerprint) : fingerprint,
    status: given.resolved ? 'resolved' : 'firing',
    title,
    details: (given.details ?? '').slice(0, MAX_DETAILS),
    severity: given.severity ?? given.labels?.severity ?? given.labels?.priority ?? null,
    service,
    group: (given.group ?? `${title}/${service ?? ''}`).slice(0, 300),
    labels: given.labels ?? {},
    startsAt: given.startsAt ?? null,
    endsAt: given.endsAt ?? null,
    link: given.link ?? null,
  }
}

export const digest = (words: string): string => createHash('sha256').update(words).digest('hex').slice(0, 32)

export const changeOf = (given: Partial<Change> & Pick<Change, 'id' | 'title' | 'at'>): Change => ({
  kind: 'deployment',
  state: 'succeeded',
  service: null,
  version: null,
  environment: null,
  by: null,
  link: null,
  ...given,
  id: given.id.slice(0, 200),
  title: given.title.replaceAll(/\s+/g, ' ').slice(0, MAX_TITLE),
})

/** Whether something that a sender calls a change takes one back. */
export const isRollback = (...words: readonly (string | null)[]): boolean =>
  words.some(each => each !== null && /\b(?:roll(?:ed)?[ -]?back|revert)/i.test(each))
