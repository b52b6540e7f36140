/** The sources of the configuration, each loaded when it is first asked and opened anew when the configuration changes. */
import { readFileSync } from 'node:fs'
import type { Config, SourceSettings } from '../../bot/config/types.ts'
import { ChatFailure, type EvidenceSource, type OpenSource } from '../../bot/ports.ts'
import { sourcesOf } from '../../bot/sources/question.ts'
import type { Resolve } from '../outbound/guard.ts'
import type { AskerSettings } from './asker.ts'

/** What every kind is given: its settings, and where and with which words it calls. */
export type SourceParts = {
  readonly settings: SourceSettings
  readonly calls: Omit<AskerSettings, 'refusal'>
}

type Parts = {
  readonly config: () => Config
  /** A secret that was read: it is kept out of the logs from now on (S18). */
  readonly hide: (secret: string) => void
  readonly resolve?: Resolve
}

export function openSources({ config, hide, resolve }: Parts): OpenSource {
  let of: Config | undefined
  let open = new Map<string, Promise<EvidenceSource>>()
  return async name => {
    const now = config()
    if (now !== of) {
      of = now
      open = new Map()
    }
    const sources = sourcesOf(now)
    const settings = Object.hasOwn(sources, name) ? sources[name] : undefined
    if (!settings) return undefined
    const { url } = settings
    const headers = () => headersOf(settings, hide)
    const calls = { name, url, headers, allowPrivate: now.privateAddresses, ...(resolve ? { resolve } : {}) }
    const known = open.get(name) ?? load({ settings, calls })
    open.set(name, known)
    return known
  }
}

async function load(parts: SourceParts): Promise<EvidenceSource> {
  switch (parts.settings.kind) {
    case 'prometheus':
      return (await import('../prometheus/prometheus.ts')).createPrometheus(parts)
    case 'loki':
      return (await import('../loki/loki.ts')).createLoki(parts)
    case 'elasticsearch':
      return (await import('../elasticsearch/elasticsearch.ts')).createElasticsearch(parts)
    case 'jaeger':
      return (await import('../jaeger/jaeger.ts')).createJaeger(parts)
    case 'tempo':
      return (await import('../tempo/tempo.ts')).createTempo(parts)
  }
}

/** A token that names its own scheme, such as `ApiKey abc`, is sent as it is; with a user it is a password. */
function headersOf(
  { name, user, tokenFile, headers }: SourceSettings,
  hide: (secret: string) => void,
): Readonly<Record<string, string>> {
  const secret = (path: string) => {
    const words = read(name, path)
    hide(words)
    return words
  }
  const given = Object.entries(headers).map(([header, value]) => [
    header.toLowerCase(),
    typeof value === 'string' ? value : secret(value.file),
  ])
  return {
    ...Object.fromEntries(given),
    ...(tokenFile === undefined ? {} : { authorization: authorization(user, secret(tokenFile), hide) }),
  }
}

function authorization(user: string | undefined, token: string, hide: (secret: string) => void): string {
  if (user === undefined) return /^[A-Za-z]+ \S/.test(token) ? token : `Bearer ${token}`
  const basic = Buffer.from(`${user}:${token}`).toString('base64')
  hide(basic)
  return `Basic ${basic}`
}

function read(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    throw new ChatFailure('never', 'token_file', `${name} cannot be asked: ${path} cannot be read`)
  }
}
