/**
 * The store on SQLite: WAL, synchronous=FULL (asserted), one process a file (D11). Commits that arrive together share one
 * transaction and one fsync; each change keeps its own savepoint.
 */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { and, count, desc, eq, lt, min, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { Change, CommitOutcome, IncidentSummary, Settle, Store, StoredEvent } from '../../bot/ports.ts'
import { assert, refuse } from '../../bot/refusal.ts'
import { packageFile } from '../files.ts'
import { applyChange, isLostRace, readMeta, recordConfig } from './commit.ts'
import { incidents, timers, tokens } from './schema.ts'
import { HEAD, prepareStatements, type Statements } from './statements.ts'
import { claimTimers, dueTimers, nextDueAt, settleTimer, toTimer } from './timers.ts'

/** Bearer tokens by the SHA-256 of each. */
export type Tokens = {
  add(token: { readonly hash: string; readonly name: string; readonly createdAt: number }): void
  /** How many tokens of this name there were. */
  revoke(name: string): number
  has(hash: string): boolean
}

export type SqliteStore = Store & {
  readonly path: string
  /** A consistent copy of the database while it is in use. */
  backup(file: string): Promise<void>
  readonly tokens: Tokens
}

/** `readonly` is for commands that only read beside a running process. */
export async function openSqlite(path: string, { readonly = false } = {}): Promise<SqliteStore> {
  if (path !== ':memory:' && !readonly) mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const client = new Sqlite(path, { readonly, fileMustExist: readonly })
  client.pragma('busy_timeout = 5000')
  if (!readonly) prepareFile(client, path)
  const db = drizzle({ client })
  if (!readonly) migrate(db, { migrationsFolder: packageFile('migrations/sqlite') })
  else assertMigrated(client)
  return createStore(client, prepareStatements(db), db, path)
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

function assertMigrated(client: Sqlite.Database): void {
  const known = client.prepare("select count(*) as n from sqlite_master where name = 'events'").get() as {
    n: number
  }
  if (known.n === 0)
    throw refuse(
      'not_a_database',
      'This file is not a database of Tocsin.',
      'Start Tocsin once, or name another file in DATABASE_URL.',
    )
}

type Waiting = {
  readonly changes: readonly Change[]
  resolve(outcomes: readonly CommitOutcome[]): void
  reject(error: unknown): void
}

function createStore(
  client: Sqlite.Database,
  st: Statements,
  db: ReturnType<typeof drizzle>,
  path: string,
): SqliteStore {
  const waiting: Waiting[] = []
  const savepoint = client.transaction((change: Change): CommitOutcome => applyChange(st, change))
  const all = client.transaction((groups: readonly Waiting[]) =>
    groups.map(group => group.changes.map(attempt)),
  )

  function attempt(change: Change): CommitOutcome {
    try {
      return savepoint(change)
    } catch (error) {
      if (isLostRace(error)) return { kind: 'stale' }
      throw error
    }
  }

  /** Everything that came in since the last turn of the event loop, in one transaction. */
  function flush(): void {
    const groups = waiting.splice(0)
    try {
      const outcomes = all.immediate(groups)
      groups.forEach((group, index) => group.resolve(outcomes[index] ?? []))
    } catch (error) {
      for (const group of groups) group.reject(error)
    }
  }

  return {
    path,
    load: async (stream, after = 0) => st.loadEvents.all({ stream, after }) as StoredEvent[],
    loadMany: async streams =>
      new Map(streams.map(stream => [stream, st.loadEvents.all({ stream, after: 0 }) as StoredEvent[]])),
    answered: async cause => st.findInbox.get({ cause }),
    commit(changes) {
      return new Promise((resolve, reject) => {
        waiting.push({ changes, resolve, reject })
        if (waiting.length === 1) setImmediate(flush)
      })
    },
    async settle(settles: readonly Settle[]) {
      client.transaction(() => settles.forEach(each => void settleTimer(st, each))).immediate()
    },
    due: async (now, limit) => dueTimers(st, HEAD.decision, now, limit).map(toTimer),
    async claim(now, leaseMs, limit, maxRank) {
      if (dueTimers(st, HEAD.first, now, 1, maxRank).length === 0) return []
      return client.transaction(() => claimTimers(st, now, leaseMs, limit, maxRank)).immediate()
    },
    nextDueAt: async now => nextDueAt(st, now),
    async dropLeases() {
      db.update(timers).set({ claimedUntil: null }).run()
    },
    nextNumber: async () => readMeta(st, 'next_number', 1),
    settingsVersion: async () => readMeta(st, 'settings_version'),
    async configure(config, at) {
      client.transaction(() => recordConfig(st, config, at)).immediate()
    },
    incidents: async ({ open, before, limit }) =>
      db
        .select({ summary: incidents.summary })
        .from(incidents)
        .where(
          and(
            open === undefined ? undefined : eq(incidents.open, open),
            before === undefined ? undefined : lt(incidents.number, before),
          ),
        )
        .orderBy(desc(incidents.number))
        .limit(limit)
        .all()
        .map(row => row.summary as IncidentSummary),
    incident: async id => st.findIncident.get({ id })?.summary as IncidentSummary | undefined,
    incidentInRoom: async room => st.findRoom.get({ room })?.incident,
    stranded: async () =>
      db
        .select({ id: incidents.id })
        .from(incidents)
        .where(
          and(
            eq(incidents.owed, true),
            sql`not exists (select 1 from timers where timers.stream = ${incidents.id} and timers.kind = 'rung')`,
          ),
        )
        .all()
        .map(row => row.id),
    async depth(now) {
      const rows = db
        .select({ kind: timers.kind, waiting: count(), oldest: min(timers.dueAt) })
        .from(timers)
        .groupBy(timers.kind)
        .all()
      const oldest = rows.map(row => row.oldest).filter(at => at !== null && at <= now)
      return {
        byKind: Object.fromEntries(rows.map(row => [row.kind, row.waiting])),
        oldestDueAt: oldest.length > 0 ? Math.min(...(oldest as number[])) : null,
      }
    },
    held: async () => readMeta(st, 'held') === 1,
    async hold(on) {
      st.putMeta.run({ name: 'held', value: on ? 1 : 0 })
    },
    async backup(file) {
      await client.backup(file)
    },
    tokens: {
      add: token => void db.insert(tokens).values(token).run(),
      revoke: name => db.delete(tokens).where(eq(tokens.name, name)).run().changes,
      has: hash =>
        db.select({ name: tokens.name }).from(tokens).where(eq(tokens.hash, hash)).get() !== undefined,
    },
    async close() {
      if (waiting.length > 0) flush()
      client.close()
    },
  }
}
