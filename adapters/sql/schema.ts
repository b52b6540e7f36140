/**
 * The tables. Events are the truth and are only ever added to; everything else is derived from them, or is work to be done.
 */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** What happened. The primary key is the concurrency control: a stale writer meets a duplicate. */
export const events = sqliteTable(
  'events',
  {
    stream: text('stream').notNull(),
    seq: integer('seq').notNull(),
    at: integer('at').notNull(),
    type: text('type').notNull(),
    actor: text('actor').notNull(),
    cause: text('cause').notNull(),
    data: text('data', { mode: 'json' }).notNull(),
  },
  table => [primaryKey({ columns: [table.stream, table.seq] })],
)

/** Every input that was handled, with its answer: a redelivery gets the same and acts no second time. */
export const inbox = sqliteTable('inbox', {
  cause: text('cause').primaryKey(),
  at: integer('at').notNull(),
  stream: text('stream').notNull(),
  answer: text('answer', { mode: 'json' }),
})

/** The future and the outbox. `head` is 1 for a decision and for the oldest row of a lane: only these may be taken up. */
export const timers = sqliteTable(
  'timers',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    stream: text('stream').notNull(),
    dueAt: integer('due_at').notNull(),
    data: text('data', { mode: 'json' }).notNull(),
    rank: integer('rank').notNull(),
    lane: text('lane'),
    head: integer('head').notNull(),
    revision: integer('revision').notNull(),
    generation: integer('generation').notNull(),
    attempts: integer('attempts').notNull(),
    claimedUntil: integer('claimed_until'),
    firstAttemptAt: integer('first_attempt_at'),
    lastAttemptAt: integer('last_attempt_at'),
    doubt: integer('doubt', { mode: 'boolean' }).notNull(),
  },
  table => [
    uniqueIndex('timers_key').on(table.key),
    index('timers_due').on(table.head, table.rank, table.dueAt),
    index('timers_lane').on(table.lane, table.seq),
    index('timers_stream').on(table.stream, table.kind),
    // Only what is being sent: found without a look at what waits.
    index('timers_claimed').on(table.claimedUntil).where(sql`claimed_until is not null`),
  ],
)

/** Until when a lane rests after its last delivery. Rows go with the first claim after that. */
export const lanes = sqliteTable('lanes', {
  lane: text('lane').primaryKey(),
  freeAt: integer('free_at').notNull(),
})

/** One row an incident, for lists. Rebuildable by folding. */
export const incidents = sqliteTable(
  'incidents',
  {
    id: text('id').primaryKey(),
    number: integer('number').notNull(),
    open: integer('open', { mode: 'boolean' }).notNull(),
    owed: integer('owed', { mode: 'boolean' }).notNull(),
    summary: text('summary', { mode: 'json' }).notNull(),
  },
  table => [index('incidents_open').on(table.open, table.number), index('incidents_owed').on(table.owed)],
)

/** Which incident a channel belongs to. */
export const rooms = sqliteTable('rooms', {
  room: text('room').primaryKey(),
  incident: text('incident').notNull(),
})

/** Which open incident an alert group belongs to. */
export const groups = sqliteTable(
  'groups',
  { key: text('key').primaryKey(), incident: text('incident').notNull() },
  table => [index('groups_incident').on(table.incident)],
)

/** Bearer tokens of the API: only their SHA-256 is kept (S4). */
export const tokens = sqliteTable('tokens', {
  hash: text('hash').primaryKey(),
  name: text('name').notNull(),
  createdAt: integer('created_at').notNull(),
})

/** Counters and switches of the whole installation. */
export const meta = sqliteTable('meta', {
  name: text('name').primaryKey(),
  value: integer('value').notNull(),
})
