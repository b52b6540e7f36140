/**
 * Opens a database on SQLite: WAL, synchronous=FULL (asserted), one process a file (D11), brought to this version's tables.
 */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { assert } from '../../bot/refusal.ts'
import { failureOf } from './failure.ts'
import { checkVersion, migrateDatabase } from './migrate.ts'
import { prepareStatements } from './statements.ts'
import { createStore, type SqliteStore } from './store.ts'

export type { SqliteStore, Tokens } from './store.ts'

/** How long to wait for another process's write. */
const BUSY_MS = 5_000

/**
 * Rejects with a Refusal when the file is of another version, with a StoreFailure when it cannot be opened. `readonly` is for
 * commands that only read beside a running process: they migrate nothing.
 */
export async function openSqlite(path: string, { readonly = false } = {}): Promise<SqliteStore> {
  if (path !== ':memory:' && !readonly) mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  let client: Sqlite.Database | undefined
  try {
    client = new Sqlite(path, { readonly, fileMustExist: readonly, timeout: BUSY_MS })
    const db = drizzle({ client })
    if (!readonly) prepareFile(client, path)
    if (readonly) checkVersion(client)
    else migrateDatabase(client, db)
    return createStore(client, prepareStatements(db), db, path)
  } catch (error) {
    client?.close()
    throw failureOf(error) ?? error
  }
}

function prepareFile(client: Sqlite.Database, path: string): void {
  client.pragma('journal_mode = WAL')
  client.pragma('synchronous = FULL')
  client.pragma('foreign_keys = ON')
  assert(client.pragma('synchronous', { simple: true }) === 2, 'SQLite is not set to synchronous=FULL')
  assert(
    path === ':memory:' || client.pragma('journal_mode', { simple: true }) === 'wal',
    'SQLite is not in WAL mode',
  )
}
