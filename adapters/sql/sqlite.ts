/**
 * Opens a database on SQLite: WAL, synchronous=FULL (asserted), one process a file (D11), brought to this version's tables.
 */
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Change, CommitOutcome } from '../../bot/ports.ts'
import { assert } from '../../bot/refusal.ts'
import { applyChange, Stale } from './commit.ts'
import { failureOf, sqliteErrorOf } from './failure.ts'
import { createGroup } from './group.ts'
import { checkVersion, migrateDatabase } from './migrate.ts'
import * as tables from './schema.ts'
import { type Database, type Dialect, prepareStatements } from './statements.ts'
import { runNow } from './steps.ts'
import { createStore, type Ground, type SqlStore } from './store.ts'

export type SqliteStore = SqlStore & {
  readonly path: string
  /** A consistent copy of the database while it is in use; `file` is there whole or not at all (F7). */
  backup(file: string): Promise<void>
}

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
    return storeOn(client, db, path)
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

/**
 * Where the revisions and generations of a new row begin: far above those of any row that had its key before, so that whoever
 * holds an older one never matches it (D9). Row numbers are never used twice; a million bumps each are more than any row sees.
 */
const DIALECT: Dialect = {
  tables,
  firstTicket: sql`(coalesce((select seq from sqlite_sequence where name = 'timers'), 0) + 1) * 1048576`,
  elements: json => sql`json_each(${json})`,
}

function storeOn(client: Sqlite.Database, db: Database, path: string): SqliteStore {
  return {
    ...createStore(groundOn(client, db)),
    path,
    async backup(file) {
      const partial = `${file}.partial`
      rmSync(partial, { force: true })
      await client.backup(partial)
      renameSync(partial, file)
    },
  }
}

function groundOn(client: Sqlite.Database, db: Database): Ground {
  const st = prepareStatements(db, DIALECT)
  const group = createGroup(client)
  const savepoint = client.transaction((change: Change): CommitOutcome => runNow(applyChange(st, change)))

  function attempt(change: Change): CommitOutcome {
    try {
      return savepoint(change)
    } catch (error) {
      if (isLostRace(error)) return { kind: 'stale' }
      throw error
    }
  }

  return {
    tables,
    shared: false,
    ask: async query => query(db),
    read: async steps => runNow(steps(st)),
    write: steps => group.write(() => runNow(steps(st))),
    commit: changes => group.write(() => changes.map(attempt)),
    async close() {
      group.flush()
      client.close()
    },
  }
}

/** A duplicate event means a rival was first. Matched by the constraint: any other violation is a bug and is thrown on. */
const isLostRace = (error: unknown): boolean =>
  error instanceof Stale ||
  /UNIQUE constraint failed: events\.stream, events\.seq/.test(sqliteErrorOf(error)?.message ?? '')
