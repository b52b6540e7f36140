/** Opens the store that DATABASE_URL names: a file of SQLite, or PostgreSQL, whose driver is loaded only then. */
import type { PostgresStore } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import type { SqlStore } from './store.ts'

export type Where =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string }

export async function openStore(where: Where, { readonly = false } = {}): Promise<SqlStore> {
  return where.kind === 'sqlite' ? openSqlite(where.path, { readonly }) : openShared(where.url, { readonly })
}

export const openShared = async (url: string, { readonly = false } = {}): Promise<PostgresStore> =>
  (await import('./postgres.ts')).openPostgres(url, { readonly })
