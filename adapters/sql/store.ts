/**
 * The store: every promise of bot/store.ts, kept by SQLite. Reads answer at once; writes go through the group commit, each
 * change of a commit in a savepoint of its own.
 */
import { renameSync, rmSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import { and, count, desc, eq, lt, min, sql } from 'drizzle-orm'
import type { Change, CommitOutcome, IncidentSummary, Store, StoredEvent } from '../../bot/ports.ts'
import { applyChange, isLostRace, readMeta, recordConfig } from './commit.ts'
import { claimTimers, dueTimers, nextDueAt, toTimer } from './due.ts'
import { createGroup } from './group.ts'
import { incidents, timers, tokens } from './schema.ts'
import { type Database, HEAD, type Statements } from './statements.ts'
import { settleTimer } from './timers.ts'

/** Bearer tokens by the SHA-256 of each. */
export type Tokens = {
  add(token: { readonly hash: string; readonly name: string; readonly createdAt: number }): void
  /** How many tokens of this name there were. */
  revoke(name: string): number
  has(hash: string): boolean
}

export type SqliteStore = Store & {
  readonly path: string
  /** A consistent copy of the database while it is in use; `file` is there whole or not at all (F7). */
  backup(file: string): Promise<void>
  readonly tokens: Tokens
}

export function createStore(
  client: Sqlite.Database,
  st: Statements,
  db: Database,
  path: string,
): SqliteStore {
  const group = createGroup(client)
  const savepoint = client.transaction((change: Change): CommitOutcome => applyChange(st, change))

  function attempt(change: Change): CommitOutcome {
    try {
      return savepoint(change)
    } catch (error) {
      if (isLostRace(error)) return { kind: 'stale' }
      throw error
    }
  }

  return {
    path,
    load: async (stream, after = 0) => st.loadEvents.all({ stream, after }) as StoredEvent[],
    loadMany: async streams =>
      new Map(streams.map(stream => [stream, st.loadEvents.all({ stream, after: 0 }) as StoredEvent[]])),
    answered: async cause => st.findInbox.get({ cause }),
    commit: changes => group.write(() => changes.map(attempt)),
    settle: settles => group.write(() => settles.forEach(each => settleTimer(st, each))),
    due: async (now, limit) => dueTimers(st, HEAD.decision, now, limit).map(toTimer),
    async claim(now, leaseMs, limit, maxRank) {
      if (dueTimers(st, HEAD.first, now, 1, maxRank).length === 0) return []
      return group.write(() => claimTimers(st, now, leaseMs, limit, maxRank))
    },
    nextDueAt: async now => nextDueAt(st, now),
    dropLeases: () => group.write(() => void st.dropLeases.run()),
    nextNumber: async () => readMeta(st, 'next_number', 1),
    settingsVersion: async () => readMeta(st, 'settings_version'),
    configure: (config, at) => group.write(() => recordConfig(st, config, at)),
    ...incidentReads(st, db),
    ...health(db),
    held: async () => readMeta(st, 'held') === 1,
    hold: on => group.write(() => void st.putMeta.run({ name: 'held', value: on ? 1 : 0 })),
    async backup(file) {
      const partial = `${file}.partial`
      rmSync(partial, { force: true })
      await client.backup(partial)
      renameSync(partial, file)
    },
    tokens: tokenTable(db),
    async close() {
      group.flush()
      client.close()
    },
  }
}

const incidentReads = (
  st: Statements,
  db: Database,
): Pick<Store, 'incidents' | 'incident' | 'incidentInRoom'> => ({
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
})

const health = (db: Database): Pick<Store, 'stranded' | 'depth'> => ({
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
    const due = rows.flatMap(({ oldest }) => (oldest !== null && oldest <= now ? [oldest] : []))
    return {
      byKind: Object.fromEntries(rows.map(row => [row.kind, row.waiting])),
      oldestDueAt: due.length > 0 ? Math.min(...due) : null,
    }
  },
})

const tokenTable = (db: Database): Tokens => ({
  add: token => void db.insert(tokens).values(token).run(),
  revoke: name => db.delete(tokens).where(eq(tokens.name, name)).run().changes,
  has: hash => db.select({ name: tokens.name }).from(tokens).where(eq(tokens.hash, hash)).get() !== undefined,
})
