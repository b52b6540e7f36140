/**
 * Secrets never reach a log (S18): redaction by path misses what sits in a message, an error or a URL, so every value is
 * scrubbed at the sink, by the shapes of known tokens and by the values of the secrets that are configured.
 */
const SHAPES: readonly RegExp[] = [
  /xox[abeprs]-[A-Za-z0-9-]{8,}/g,
  /xapp-[A-Za-z0-9-]{8,}/g,
  /hooks\.slack\.com\/(?:services|actions|commands)\/[^\s"']+/g,
  /\b[A-Za-z0-9_-]{23,28}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,}/g,
  /(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi,
  /(:\/\/[^:/\s]*:)[^@/\s]+(?=@)/g,
  /(\/ingest\/[a-z]+\/)[^\s"'/?]+/g,
]

const HIDDEN = '***'
/** Shorter values would hide half of every log line. */
const MIN_SECRET = 6

export type Scrub = (text: string) => string

/** `secrets` may grow: what is in it by then is hidden. */
export function createScrub(secrets: Iterable<string>): Scrub {
  return text => {
    let plain = text
    for (const secret of secrets) if (secret.length >= MIN_SECRET) plain = plain.replaceAll(secret, HIDDEN)
    return SHAPES.reduce(
      (all, shape) =>
        all.replace(shape, (_, kept: unknown) => (typeof kept === 'string' ? `${kept}${HIDDEN}` : HIDDEN)),
      plain,
    )
  }
}
