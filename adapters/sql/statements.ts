/**
 * Every statement that runs often, prepared once: built at each call they would cost twenty to forty times as much.
 */
import {
  and,
  asc,
  eq,
  getTableColumns,
  gt,
  isNotNull,
  isNull,
  lte,
  or,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type * as schema from './schema.ts'

export type Database = BetterSQLite3Database

/** `head` of a decision, of a lane's oldest row, and of what waits behind it. */
export const HEAD = { decision: 2, first: 1, behind: 0 } as const

const value = (name: string): SQL => sql`${sql.placeholder(name)}`
/**
 * A value that rows are sought by. Bare, SQLite takes it for a hint to its planner and compiles the statement anew whenever it is
 * bound anew: 30 µs a query in place of one. A limit given as a number is bound bare, too.
 */
const word = (name: string): SQL => sql`cast(${sql.placeholder(name)} as text)`
const number = (name: string): SQL => sql`cast(${sql.placeholder(name)} as bigint)`
type Limit = SQL & Placeholder
const ONE = sql`1` as Limit

/** The tables of a dialect; those of PostgreSQL have the same columns, and pass for SQLite's. */
export type Tables = Pick<
  typeof schema,
  'events' | 'groups' | 'inbox' | 'incidents' | 'lanes' | 'meta' | 'rooms' | 'timers' | 'tokens'
>
export type Dialect = {
  readonly tables: Tables
  readonly firstTicket: SQL
  /** The elements of a JSON array, as rows with a column `value`. */
  elements(json: SQL): SQL
}

export type Statements = ReturnType<typeof prepareStatements>

export function prepareStatements(db: Database, { tables, firstTicket, elements }: Dialect) {
  return {
    ...eventStatements(db, tables, elements),
    ...timerStatements(db, tables, firstTicket),
    ...laneStatements(db, tables),
    ...rowStatements(db, tables),
  }
}

const eventStatements = (db: Database, { events, inbox }: Tables, elements: Dialect['elements']) => ({
  addEvent: db
    .insert(events)
    .values({
      stream: value('stream'),
      seq: value('seq'),
      at: value('at'),
      type: value('type'),
      actor: value('actor'),
      cause: value('cause'),
      data: value('data'),
    })
    .prepare(),
  loadEvents: db
    .select()
    .from(events)
    .where(and(eq(events.stream, word('stream')), gt(events.seq, number('after'))))
    .orderBy(asc(events.seq))
    .prepare(),
  loadMany: db
    .select(getTableColumns(events))
    .from(events)
    .innerJoin(
      sql`${elements(value('after'))} as wanted`,
      and(
        eq(events.stream, sql`wanted.value ->> 0`),
        gt(events.seq, sql`cast(wanted.value ->> 1 as bigint)`),
      ),
    )
    .orderBy(asc(events.stream), asc(events.seq))
    .prepare(),
  lastSeq: db
    .select({ seq: sql<number>`coalesce(max(${events.seq}), 0)`.mapWith(Number) })
    .from(events)
    .where(eq(events.stream, word('stream')))
    .prepare(),
  addInbox: db
    .insert(inbox)
    .values({ cause: value('cause'), at: value('at'), stream: value('stream'), answer: value('answer') })
    .prepare(),
  findInbox: db
    .select({ answer: inbox.answer })
    .from(inbox)
    .where(eq(inbox.cause, word('cause')))
    .prepare(),
})

const timerStatements = (db: Database, { timers }: Tables, firstTicket: SQL) => ({
  findTimer: db
    .select()
    .from(timers)
    .where(eq(timers.key, word('key')))
    .prepare(),
  laneHead: db
    .select({ seq: timers.seq, dueAt: timers.dueAt })
    .from(timers)
    .where(eq(timers.lane, word('lane')))
    .orderBy(asc(timers.seq))
    .limit(ONE)
    .prepare(),
  addTimer: db
    .insert(timers)
    .values({
      key: value('key'),
      kind: value('kind'),
      stream: value('stream'),
      dueAt: value('dueAt'),
      data: value('data'),
      rank: value('rank'),
      lane: value('lane'),
      head: value('head'),
      revision: sql`coalesce(${value('revision')}, ${firstTicket})`,
      generation: sql`coalesce(${value('generation')}, ${firstTicket})`,
      attempts: value('attempts'),
      claimedUntil: value('claimedUntil'),
      firstAttemptAt: value('firstAttemptAt'),
      lastAttemptAt: value('lastAttemptAt'),
      doubt: value('doubt'),
    })
    .prepare(),
  rearmTimer: db
    .update(timers)
    .set({
      kind: value('kind'),
      stream: value('stream'),
      dueAt: value('dueAt'),
      data: value('data'),
      rank: value('rank'),
      revision: sql`${timers.revision} + 1`,
    })
    .where(eq(timers.key, word('key')))
    .prepare(),
  deleteTimer: db
    .delete(timers)
    .where(eq(timers.key, word('key')))
    .returning({ lane: timers.lane, head: timers.head })
    .prepare(),
  deleteTimerAt: db
    .delete(timers)
    .where(and(eq(timers.key, word('key')), eq(timers.revision, number('revision'))))
    .returning({ lane: timers.lane, head: timers.head })
    .prepare(),
  promote: db
    .update(timers)
    .set({ head: HEAD.first, dueAt: value('dueAt') })
    .where(eq(timers.seq, number('seq')))
    .prepare(),
  claimTimer: db
    .update(timers)
    .set({
      claimedUntil: value('until'),
      generation: sql`${timers.generation} + 1`,
      attempts: sql`${timers.attempts} + 1`,
      firstAttemptAt: sql`coalesce(${timers.firstAttemptAt}, ${value('now')})`,
      lastAttemptAt: value('now'),
      doubt: true,
    })
    .where(eq(timers.seq, number('seq')))
    .prepare(),
  releaseTimer: db
    .update(timers)
    .set({ claimedUntil: null, attempts: 0, firstAttemptAt: null, lastAttemptAt: null, doubt: false })
    .where(eq(timers.seq, number('seq')))
    .prepare(),
  retryTimer: db
    .update(timers)
    .set({ claimedUntil: null, dueAt: value('dueAt'), doubt: value('doubt') })
    .where(eq(timers.seq, number('seq')))
    .prepare(),
  leaveLane: db
    .update(timers)
    .set({ lane: sql`${timers.key}`, head: HEAD.first })
    .where(eq(timers.seq, number('seq')))
    .prepare(),
  dropLeases: db.update(timers).set({ claimedUntil: null }).where(isNotNull(timers.claimedUntil)).prepare(),
  nextLeaseEnd: db
    .select({ endsAt: timers.claimedUntil })
    .from(timers)
    .where(and(gt(timers.claimedUntil, number('now')), lte(timers.dueAt, timers.claimedUntil)))
    .orderBy(asc(timers.claimedUntil))
    .limit(ONE)
    .prepare(),
  dueAtRank: db
    .select()
    .from(timers)
    .where(
      and(
        eq(timers.head, number('head')),
        eq(timers.rank, number('rank')),
        lte(timers.dueAt, number('now')),
        or(isNull(timers.claimedUntil), lte(timers.claimedUntil, number('now'))),
      ),
    )
    .orderBy(asc(timers.dueAt), asc(timers.seq))
    .limit(number('limit') as Limit)
    .prepare(),
  nextAtRank: db
    .select({ dueAt: timers.dueAt })
    .from(timers)
    .where(
      and(eq(timers.head, number('head')), eq(timers.rank, number('rank')), gt(timers.dueAt, number('now'))),
    )
    .orderBy(asc(timers.dueAt))
    .limit(ONE)
    .prepare(),
})

const laneStatements = (db: Database, { lanes }: Tables) => ({
  findLane: db
    .select({ freeAt: lanes.freeAt })
    .from(lanes)
    .where(eq(lanes.lane, word('lane')))
    .prepare(),
  putLane: db
    .insert(lanes)
    .values({ lane: value('lane'), freeAt: value('freeAt') })
    .onConflictDoUpdate({ target: lanes.lane, set: { freeAt: sql`excluded.free_at` } })
    .prepare(),
  dropLanes: db
    .delete(lanes)
    .where(lte(lanes.freeAt, number('now')))
    .prepare(),
})

const rowStatements = (db: Database, { groups, incidents, meta, rooms }: Tables) => ({
  putIncident: db
    .insert(incidents)
    .values({
      id: value('id'),
      number: value('number'),
      open: value('open'),
      owed: value('owed'),
      summary: value('summary'),
    })
    .onConflictDoUpdate({
      target: incidents.id,
      set: { open: sql`excluded.open`, owed: sql`excluded.owed`, summary: sql`excluded.summary` },
    })
    .prepare(),
  findIncident: db
    .select({ summary: incidents.summary })
    .from(incidents)
    .where(eq(incidents.id, word('id')))
    .prepare(),
  putRoom: db
    .insert(rooms)
    .values({ room: value('room'), incident: value('incident') })
    .onConflictDoNothing()
    .prepare(),
  findRoom: db
    .select({ incident: rooms.incident })
    .from(rooms)
    .where(eq(rooms.room, word('room')))
    .prepare(),
  findGroup: db
    .select({ incident: groups.incident })
    .from(groups)
    .where(eq(groups.key, word('key')))
    .prepare(),
  addGroup: db
    .insert(groups)
    .values({ key: value('key'), incident: value('incident') })
    .prepare(),
  dropGroups: db
    .delete(groups)
    .where(eq(groups.incident, word('incident')))
    .prepare(),
  getMeta: db
    .select({ value: meta.value })
    .from(meta)
    .where(eq(meta.name, word('name')))
    .prepare(),
  putMeta: db
    .insert(meta)
    .values({ name: value('name'), value: value('value') })
    .onConflictDoUpdate({ target: meta.name, set: { value: sql`excluded.value` } })
    .prepare(),
})
