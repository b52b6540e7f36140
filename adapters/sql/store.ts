/**
 * The store: every promise of bot/store.ts, over whatever ground a dialect gives it. Reads answer at once; writes end when
 * they are durable, each change of a commit in a savepoint of its own.
 */
import { and, count, desc, eq, lt, min, not, sql } from 'drizzle-orm'
import type { Change, CommitOutcome, IncidentSummary, Store, StoredEvent, Timer } from '../../bot/ports.ts'
import { readMeta, recordConfig } from './commit.ts'
import { claimTimers, dueTimers, nextDueAt, toTimer } from './due.ts'
import { type Database, HEAD, type Statements, type Tables } from './statements.ts'
import { all, get, run, type Steps } from './steps.ts'
import { settleTimer } from './timers.ts'

/** Bearer tokens by the SHA-256 of each. */
export type Tokens = {
  add(token: { readonly hash: string; readonly name: string; readonly createdAt: number }): Promise<void>
  /** How many tokens of this name there were. */
  revoke(name: string): Promise<number>
  has(hash: string): Promise<boolean>
}

export type SqlStore = Store & { readonly tokens: Tokens }

/** What a dialect gives: where to read, and how to write. */
export type Ground = {
  readonly tables: Tables
  /** For queries that are built as they are asked. */
  ask<T>(query: (db: Database) => PromiseLike<T>): Promise<T>
  read<T>(steps: (st: Statements) => Steps<T>): Promise<T>
  /** Durable when it resolves. */
  write<T>(steps: (st: Statements) => Steps<T>): Promise<T>
  commit(changes: readonly Change[]): Promise<readonly CommitOutcome[]>
  /** Whether others write to the same database. */
  readonly shared: boolean
  close(): Promise<void>
}

export const createStore = (ground: Ground): SqlStore => ({
  shared: ground.shared,
  load: (stream, after = 0) =>
    ground.read(st => all(st.loadEvents, { stream, after })) as Promise<StoredEvent[]>,
  loadMany: after => ground.read(st => loadMany(st, after)),
  answered: cause => ground.read(st => get(st.findInbox, { cause })),
  commit: ground.commit,
  settle: settles => ground.write(st => each(settles, one => settleTimer(st, one))),
  due: (now, limit) => ground.read(st => due(st, now, limit)),
  async claim(now, leaseMs, limit, maxRank) {
    const some = await ground.read(st => dueTimers(st, HEAD.first, now, 1, maxRank))
    return some.length === 0 ? [] : ground.write(st => claimTimers(st, now, leaseMs, limit, maxRank))
  },
  nextDueAt: now => ground.read(st => nextDueAt(st, now)),
  dropLeases: () => ground.write(st => run(st.dropLeases)),
  nextNumber: () => ground.read(st => readMeta(st, 'next_number', 1)),
  settingsVersion: () => ground.read(st => readMeta(st, 'settings_version')),
  configure: (config, at) => ground.write(st => recordConfig(st, config, at)),
  ...incidentReads(ground),
  ...health(ground),
  held: () => ground.read(st => isHeld(st)),
  hold: on => ground.write(st => run(st.putMeta, { name: 'held', value: on ? 1 : 0 })),
  tokens: tokenTable(ground),
  close: ground.close,
})

function* each<T>(items: readonly T[], steps: (item: T) => Steps<void>): Steps<void> {
  for (const item of items) yield* steps(item)
}

function* isHeld(st: Statements): Steps<boolean> {
  return (yield* readMeta(st, 'held')) === 1
}

function* loadMany(
  st: Statements,
  after: ReadonlyMap<string, number>,
): Steps<ReadonlyMap<string, readonly StoredEvent[]>> {
  const found = (yield* all(st.loadMany, { after: JSON.stringify([...after]) })) as StoredEvent[]
  return Map.groupBy(found, event => event.stream)
}

function* due(st: Statements, now: number, limit: number): Steps<readonly Timer[]> {
  return (yield* dueTimers(st, HEAD.decision, now, limit)).map(toTimer)
}

const incidentReads = ({
  ask,
  read,
  tables: { incidents },
}: Ground): Pick<Store, 'incidents' | 'incident' | 'incidentInRoom' | 'groupHolder'> => ({
  groupHolder: async key => (await read(st => get(st.findGroup, { key })))?.incident,
  async incidents({ open, before, limit }) {
    const asked = and(
      open === undefined ? undefined : eq(incidents.open, open),
      before === undefined ? undefined : lt(incidents.number, before),
    )
    const rows = await ask(db =>
      db
        .select({ summary: incidents.summary })
        .from(incidents)
        .where(asked)
        .orderBy(desc(incidents.number))
        .limit(limit),
    )
    return rows.map(row => row.summary as IncidentSummary)
  },
  incident: async id =>
    (await read(st => get(st.findIncident, { id })))?.summary as IncidentSummary | undefined,
  incidentInRoom: async room => (await read(st => get(st.findRoom, { room })))?.incident,
})

const health = ({ ask, tables: { incidents, timers } }: Ground): Pick<Store, 'stranded' | 'depth'> => ({
  async stranded() {
    const called = sql`exists (select 1 from timers where timers.stream = ${incidents.id} and timers.kind = 'rung')`
    const rows = await ask(db =>
      db
        .select({ id: incidents.id })
        .from(incidents)
        .where(and(eq(incidents.owed, true), not(called))),
    )
    return rows.map(row => row.id)
  },
  async depth(now) {
    const rows = await ask(db =>
      db
        .select({ kind: timers.kind, waiting: count(), oldest: min(timers.dueAt) })
        .from(timers)
        .groupBy(timers.kind),
    )
    const oldest = rows.flatMap(row => (row.oldest !== null && row.oldest <= now ? [row.oldest] : []))
    return {
      byKind: Object.fromEntries(rows.map(row => [row.kind, row.waiting])),
      oldestDueAt: oldest.length > 0 ? Math.min(...oldest) : null,
    }
  },
})

const tokenTable = ({ ask, tables: { tokens } }: Ground): Tokens => ({
  add: async token => void (await ask(db => db.insert(tokens).values(token))),
  async revoke(name) {
    const gone = await ask(db =>
      db.delete(tokens).where(eq(tokens.name, name)).returning({ name: tokens.name }),
    )
    return gone.length
  },
  async has(hash) {
    const found = await ask(db => db.select({ name: tokens.name }).from(tokens).where(eq(tokens.hash, hash)))
    return found.length > 0
  },
})
