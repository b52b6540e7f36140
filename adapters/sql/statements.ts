/**
 * Every statement that runs often, prepared once: built at each call they would cost twenty to forty times as much.
 */
import { and, asc, eq, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { events, groups, inbox, incidents, meta, rooms, timers } from './schema.ts'

export type Database = BetterSQLite3Database

/** `head` of a decision, of a lane's oldest row, and of what waits behind it. */
export const HEAD = { decision: 2, first: 1, behind: 0 } as const

const value = (name: string): SQL => sql`${sql.placeholder(name)}`

export type Statements = ReturnType<typeof prepareStatements>

export function prepareStatements(db: Database) {
  return { ...eventStatements(db), ...timerStatements(db), ...rowStatements(db) }
}

const eventStatements = (db: Database) => ({
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
    .where(and(eq(events.stream, value('stream')), gt(events.seq, value('after'))))
    .orderBy(asc(events.seq))
    .prepare(),
  lastSeq: db
    .select({ seq: sql<number>`coalesce(max(${events.seq}), 0)` })
    .from(events)
    .where(eq(events.stream, value('stream')))
    .prepare(),
  addInbox: db
    .insert(inbox)
    .values({ cause: value('cause'), at: value('at'), stream: value('stream'), answer: value('answer') })
    .prepare(),
  findInbox: db
    .select({ answer: inbox.answer })
    .from(inbox)
    .where(eq(inbox.cause, value('cause')))
    .prepare(),
})

const timerStatements = (db: Database) => ({
  findTimer: db
    .select()
    .from(timers)
    .where(eq(timers.key, value('key')))
    .prepare(),
  laneHead: db
    .select({ seq: timers.seq })
    .from(timers)
    .where(eq(timers.lane, value('lane')))
    .orderBy(asc(timers.seq))
    .limit(1)
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
      revision: 1,
      generation: 0,
      attempts: 0,
      doubt: false,
    })
    .prepare(),
  rearmTimer: db
    .update(timers)
    .set({
      kind: value('kind'),
      dueAt: value('dueAt'),
      data: value('data'),
      rank: value('rank'),
      revision: sql`${timers.revision} + 1`,
    })
    .where(eq(timers.key, value('key')))
    .prepare(),
  deleteTimer: db
    .delete(timers)
    .where(eq(timers.key, value('key')))
    .returning({ lane: timers.lane, head: timers.head })
    .prepare(),
  deleteTimerAt: db
    .delete(timers)
    .where(and(eq(timers.key, value('key')), eq(timers.revision, value('revision'))))
    .returning({ lane: timers.lane, head: timers.head })
    .prepare(),
  promote: db
    .update(timers)
    .set({ head: HEAD.first })
    .where(eq(timers.seq, value('seq')))
    .prepare(),
  holdUntil: db
    .update(timers)
    .set({ dueAt: sql`max(${timers.dueAt}, ${value('until')})` })
    .where(eq(timers.seq, value('seq')))
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
    .where(eq(timers.seq, value('seq')))
    .prepare(),
  releaseTimer: db
    .update(timers)
    .set({ claimedUntil: null, attempts: 0, firstAttemptAt: null, doubt: false })
    .where(and(eq(timers.key, value('key')), eq(timers.generation, value('generation'))))
    .prepare(),
  retryTimer: db
    .update(timers)
    .set({ claimedUntil: null, dueAt: value('dueAt'), doubt: value('doubt') })
    .where(and(eq(timers.key, value('key')), eq(timers.generation, value('generation'))))
    .prepare(),
  leaveLane: db
    .update(timers)
    .set({ lane: sql`${timers.key}`, head: HEAD.first })
    .where(eq(timers.key, value('key')))
    .prepare(),
  dueAtRank: db
    .select()
    .from(timers)
    .where(
      and(
        eq(timers.head, value('head')),
        eq(timers.rank, value('rank')),
        lte(timers.dueAt, value('now')),
        or(isNull(timers.claimedUntil), lte(timers.claimedUntil, value('now'))),
      ),
    )
    .orderBy(asc(timers.dueAt), asc(timers.seq))
    .limit(sql.placeholder('limit'))
    .prepare(),
  nextAtRank: db
    .select({ dueAt: timers.dueAt })
    .from(timers)
    .where(
      and(eq(timers.head, value('head')), eq(timers.rank, value('rank')), gt(timers.dueAt, value('now'))),
    )
    .orderBy(asc(timers.dueAt))
    .limit(1)
    .prepare(),
})

const rowStatements = (db: Database) => ({
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
    .where(eq(incidents.id, value('id')))
    .prepare(),
  putRoom: db
    .insert(rooms)
    .values({ room: value('room'), incident: value('incident') })
    .onConflictDoNothing()
    .prepare(),
  findRoom: db
    .select({ incident: rooms.incident })
    .from(rooms)
    .where(eq(rooms.room, value('room')))
    .prepare(),
  addGroup: db
    .insert(groups)
    .values({ key: value('key'), incident: value('incident') })
    .prepare(),
  dropGroups: db
    .delete(groups)
    .where(eq(groups.incident, value('incident')))
    .prepare(),
  getMeta: db
    .select({ value: meta.value })
    .from(meta)
    .where(eq(meta.name, value('name')))
    .prepare(),
  putMeta: db
    .insert(meta)
    .values({ name: value('name'), value: value('value') })
    .onConflictDoUpdate({ target: meta.name, set: { value: sql`excluded.value` } })
    .prepare(),
})
