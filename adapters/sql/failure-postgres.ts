/** What PostgreSQL, its driver or the network says, as what it means: the connection is gone, or a constraint held. */
import { StoreFailure } from './failure.ts'

export const unreachable = (error: unknown): StoreFailure =>
  error instanceof StoreFailure
    ? error
    : new StoreFailure(
        codeOf(error) ?? 'connection',
        'The PostgreSQL database cannot be reached, or closed the connection: check DATABASE_URL and the server.',
        error instanceof Error ? error : new Error(String(error)),
      )

const causeOf = (
  error: unknown,
): { readonly code?: string; readonly constraint?: string; readonly message?: string } => {
  const inner = error instanceof Error && error.cause ? error.cause : error
  return typeof inner === 'object' && inner !== null ? inner : {}
}
const codeOf = (error: unknown): string | undefined => causeOf(error).code

/** Classes 08 and 57P, what the socket says, and what the driver says without a code. */
export const isConnectionError = (error: unknown): boolean =>
  error instanceof StoreFailure ||
  /^(?:08|57P|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_)/.test(codeOf(error) ?? '') ||
  /Connection terminated|not queryable|connection timeout|timeout exceeded/i.test(
    causeOf(error).message ?? '',
  )

/** The constraint that a write broke; undefined when none did. */
export const constraintOf = (error: unknown): string | undefined =>
  codeOf(error) === '23505' ? causeOf(error).constraint : undefined
