/**
 * The key of a delivery on its message. Discord refuses a second message with the same nonce for some minutes only (D4); the first
 * button says the key for good, so that a message of which nothing was heard is found however late somebody looks.
 */
import { createHash } from 'node:crypto'
import type { Json } from './rest.ts'

const LENGTH = 25
const KEYED = new RegExp(` #([\\w-]{${LENGTH}})$`)
/** The most that a button's own id may have. */
export const CUSTOM_ID = 100

/** At most 25 characters that name a delivery. */
export const nonceOf = (key: string): string =>
  createHash('sha256').update(key).digest('base64url').slice(0, LENGTH)

/** The same rows, the first button with the nonce behind its command; as they are where there is no button, or no room. */
export function withNonce(rows: readonly Json[], nonce: string): readonly Json[] {
  let isPut = false
  return rows.map(row => ({
    ...row,
    components: (row.components as readonly Json[]).map(each => {
      const id = String(each.custom_id)
      if (isPut || each.type !== 2 || id.length + LENGTH + 2 > CUSTOM_ID) return each
      isPut = true
      return { ...each, custom_id: `${id} #${nonce}` }
    }),
  }))
}

/** What the button says without it. */
export const withoutNonce = (customId: string): string => customId.replace(KEYED, '').trimEnd()

/** The nonce on a message that Discord shows. */
export const nonceOn = ({ components }: Json): string | undefined =>
  ((components ?? []) as readonly Json[])
    .flatMap(row => (row.components ?? []) as readonly Json[])
    .map(each => KEYED.exec(String(each.custom_id))?.[1])
    .find(nonce => nonce !== undefined)
