/**
 * Tokens and codes from one secret of the team's database (S17): nobody who does not have it can make one, and the same page
 * has the same link on every copy. The secret is made at the first start, and goes along with a backup.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Signer, Store } from '../../bot/ports.ts'

/** 128 bits are beyond guessing, and short enough for a link. */
const TAG_BYTES = 16
/** Without what is mistaken for another: 0 O, 1 I L, 5 S, 2 Z, 8 B, U V. */
const LETTERS = 'ACDEFGHJKMNPQRTWXY34679'

export function createSigner(secret: string, publicUrl: string | undefined): Signer {
  const mac = (purpose: string, subject: string) =>
    createHmac('sha256', secret).update(`${purpose}\0${subject}`).digest()
  const tag = (purpose: string, subject: string) =>
    mac(purpose, subject).subarray(0, TAG_BYTES).toString('base64url')
  return {
    token: (purpose, subject) => `${Buffer.from(subject).toString('base64url')}.${tag(purpose, subject)}`,
    subject(purpose, token) {
      const [encoded = '', given = '', ...more] = token.split('.')
      const subject = Buffer.from(encoded, 'base64url').toString()
      const [a, b] = [Buffer.from(given), Buffer.from(tag(purpose, subject))]
      return more.length === 0 && a.length === b.length && timingSafeEqual(a, b) ? subject : undefined
    },
    code: subject =>
      [...mac('code', subject).subarray(0, 4)].map(byte => LETTERS[byte % LETTERS.length]).join(''),
    url: path => (publicUrl === undefined ? null : new URL(path, publicUrl).href),
  }
}

const STREAM = 'keys'

/** The team's secret; made when there is none. Of two processes that make one at once, the first one's counts. */
export async function secretOf(store: Store, now: number): Promise<string> {
  for (;;) {
    const [kept] = await store.load(STREAM)
    if (kept) return (kept.data as { readonly secret: string }).secret
    const made = { type: 'made', actor: 'timer', cause: STREAM, at: now }
    await store.commit([
      {
        stream: STREAM,
        cause: null,
        at: now,
        seenSeq: 0,
        events: [{ ...made, data: { secret: randomBytes(32).toString('base64url') } }],
        answer: null,
        disarm: [],
        arm: [],
      },
    ])
  }
}
