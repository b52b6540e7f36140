/** Cursors: opaque to the client, the index of the next item to us. */

import { demand } from '../api-error.ts'
import type { Json } from '../types.ts'

export type Page<T> = { readonly items: readonly T[]; readonly metadata: Json }

/** One page of `all`; `limit` and `cursor` are the call's own. Refuses invalid_limit and invalid_cursor. */
export function page<T>(
  all: readonly T[],
  args: Json,
  { usual, most }: { usual: number; most: number },
): Page<T> {
  const limit = (args.limit as number | undefined) || usual
  demand(limit >= 1 && limit <= most, 'invalid_limit')
  const from = args.cursor ? decode(String(args.cursor)) : 0
  demand(from !== undefined && from <= all.length, 'invalid_cursor')
  const next = from + limit
  return {
    items: all.slice(from, next),
    metadata: { next_cursor: next < all.length ? Buffer.from(`at:${next}`).toString('base64') : '' },
  }
}

function decode(cursor: string): number | undefined {
  const [, index] = /^at:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8')) ?? []
  return index === undefined ? undefined : Number(index)
}
