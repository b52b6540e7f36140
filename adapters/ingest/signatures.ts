/** What senders sign over the raw bytes of a body (S5). With a secret in the configuration a delivery must bear its signature. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Source } from '../../bot/words.ts'

type Signed = { readonly header: string; sign(secret: string, body: string): string }

const SIGNED: Readonly<Partial<Record<Source, Signed>>> = {
  github: { header: 'x-hub-signature-256', sign: (secret, body) => `sha256=${hmac(secret, body)}` },
  sentry: { header: 'sentry-hook-signature', sign: hmac },
  grafana: { header: 'x-grafana-alerting-signature', sign: hmac },
  /** Not a signature: the secret itself, in a header. */
  gitlab: { header: 'x-gitlab-token', sign: secret => secret },
  pagerduty: { header: 'x-pagerduty-signature', sign: (secret, body) => `v1=${hmac(secret, body)}` },
}

function hmac(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}

/** Whether a delivery may be believed. Sources that sign nothing are held to their token alone. */
export function isAuthentic(
  source: Source,
  secret: string | undefined,
  body: string,
  header: (name: string) => string | undefined,
): boolean {
  const signed = SIGNED[source]
  if (!signed || secret === undefined) return true
  const expected = Buffer.from(signed.sign(secret, body))
  return (header(signed.header) ?? '').split(',').some(each => {
    const given = Buffer.from(each.trim())
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}
