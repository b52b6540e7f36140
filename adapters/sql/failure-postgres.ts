/** What PostgreSQL, its driver or the network says, as what it means: it could not be done, or a constraint held. */
import { StoreFailure } from './failure.ts'

type Known = { readonly code?: string; readonly constraint?: string; readonly message?: string }

/** The server's own error, or the driver's, also when drizzle has wrapped it. */
const knownOf = (error: unknown): Known => {
  const inner = error instanceof Error && error.cause ? error.cause : error
  return typeof inner === 'object' && inner !== null ? inner : {}
}

const UNREACHABLE =
  'The PostgreSQL database cannot be reached, or closed the connection: check DATABASE_URL and the server.'

/** By the beginnings of the codes, of PostgreSQL and of the system; the first that fits. */
const SAYINGS: readonly (readonly [codes: RegExp, say: string])[] = [
  [/^(?:08|57P|25P03|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_)/, UNREACHABLE],
  [/^28/, 'PostgreSQL does not let us in: check the user and the password in DATABASE_URL.'],
  [/^3D000/, 'There is no such database on that PostgreSQL server: create it, or check DATABASE_URL.'],
  [/^42501/, 'The user in DATABASE_URL may not do this: let it own the database.'],
  [/^53100/, 'The disk of the PostgreSQL server is full: nothing can be recorded until there is room.'],
  [/^53/, 'The PostgreSQL server has no room for another connection: raise max_connections.'],
  [/^25006/, 'The PostgreSQL server only reads: it is a standby. Name the primary in DATABASE_URL.'],
  [/^(?:57014|55P03|40)/, 'The PostgreSQL database is busy: another transaction kept it waiting too long.'],
]

/** What the driver says without a code. */
const BROKEN = /Connection terminated|Connection ended|not queryable|timeout exceeded|Query read timeout|SSL/

/** The failure that an error stands for; undefined when it is none, but a bug. */
export function failureOf(error: unknown): StoreFailure | undefined {
  if (error instanceof StoreFailure) return error
  const { code, message } = knownOf(error)
  const say =
    SAYINGS.find(([codes]) => code !== undefined && codes.test(code))?.[1] ??
    (BROKEN.test(message ?? '') ? UNREACHABLE : undefined)
  if (say === undefined) return undefined
  return new StoreFailure(
    code ?? 'connection',
    say,
    error instanceof Error ? error : new Error(String(error)),
  )
}

/** Nothing more can be asked on this connection. */
export const isConnectionError = (error: unknown): boolean => failureOf(error)?.say === UNREACHABLE

/** The constraint that a write broke; undefined when none did. */
export function constraintOf(error: unknown): string | undefined {
  const { code, constraint } = knownOf(error)
  return code === '23505' ? constraint : undefined
}
