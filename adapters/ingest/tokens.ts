/**
 * Which integration a token opens. Tokens are kept as hashes and compared as such, so that neither a log nor a clock tells one
 * (S4). Files are read again with each configuration that comes into force.
 */
import { hash as digest } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Config, Integration } from '../../bot/config/types.ts'
import type { Telemetry } from '../../bot/ports.ts'

export type Known = Integration & {
  /** What the sender signs with, where it does. */
  readonly signingSecret: string | undefined
}

export type IngestTokens = { find(token: string): Known | undefined }

export function createTokens(config: () => Config, telemetry: Telemetry): IngestTokens {
  let of: Config | undefined
  let known = new Map<string, Known>()
  return {
    find(token) {
      const now = config()
      if (now !== of) {
        of = now
        known = readAll(now, telemetry)
      }
      return known.get(hashOf(token))
    },
  }
}

function readAll({ integrations }: Config, telemetry: Telemetry): Map<string, Known> {
  const found = new Map<string, Known>()
  for (const integration of Object.values(integrations)) {
    const token = read(integration.tokenFile, integration, telemetry)
    const hash = token === undefined ? integration.tokenHash : hashOf(token)
    const signingSecret = integration.secret ?? read(integration.secretFile, integration, telemetry)
    if (hash !== undefined) found.set(hash, { ...integration, signingSecret })
  }
  return found
}

/** One file that is missing closes its integration and no other. */
function read(path: string | undefined, { id }: Integration, telemetry: Telemetry): string | undefined {
  if (path === undefined) return undefined
  try {
    return readFileSync(path, 'utf8').trim() || undefined
  } catch (error) {
    telemetry.log('error', 'integration.file', { integration: id, path, error })
    return undefined
  }
}

const hashOf = (token: string): string => digest('sha256', token, 'base64')
