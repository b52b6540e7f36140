/** The tables of schema.ts on PostgreSQL: the same names, the same columns, the same meaning. */
import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  customType,
  index,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

const int = (name: string) => bigint(name, { mode: 'number' })
/** As text, byte for byte what was written. */
const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  fromDriver: value => JSON.parse(value) as unknown,
  toDriver: value => JSON.stringify(value),
})
/** 0 and 1, as SQLite keeps them: the statements are the same. */
const bool = customType<{ data: boolean; driverData: number }>({
  dataType: () => 'smallint',
  fromDriver: value => Number(value) === 1,
  toDriver: value => (value ? 1 : 0),
})

/** Where the revisions and generations of new rows come from (D9). */
export const tickets = pgSequence('tickets')

export const events = pgTable(
  'events',
  {
    stream: text('stream').notNull(),
    seq: int('seq').notNull(),
    at: int('at').notNull(),
    type: text('type').notNull(),
    actor: text('actor').notNull(),
    cause: text('cause').notNull(),
    data: json('data').notNull(),
  },
  table => [primaryKey({ columns: [table.stream, table.seq] })],
)

export const inbox = pgTable('inbox', {
  cause: text('cause').primaryKey(),
  at: int('at').notNull(),
  stream: text('stream').notNull(),
  answer: json('answer'),
})

export const timers = pgTable(
  'timers',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    stream: text('stream').notNull(),
    dueAt: int('due_at').notNull(),
    data: json('data').notNull(),
    rank: int('rank').notNull(),
    lane: text('lane'),
    head: int('head').notNull(),
    revision: int('revision').notNull(),
    generation: int('generation').notNull(),
    attempts: int('attempts').notNull(),
    claimedUntil: int('claimed_until'),
    firstAttemptAt: int('first_attempt_at'),
    lastAttemptAt: int('last_attempt_at'),
    doubt: bool('doubt').notNull(),
  },
  table => [
    uniqueIndex('timers_key').on(table.key),
    index('timers_due').on(table.head, table.rank, table.dueAt),
    index('timers_lane').on(table.lane, table.seq),
    index('timers_stream').on(table.stream, table.kind),
    index('timers_claimed').on(table.claimedUntil).where(sql`claimed_until is not null`),
  ],
)

export const lanes = pgTable('lanes', {
  lane: text('lane').primaryKey(),
  freeAt: int('free_at').notNull(),
})

export const incidents = pgTable(
  'incidents',
  {
    id: text('id').primaryKey(),
    number: int('number').notNull(),
    open: bool('open').notNull(),
    owed: bool('owed').notNull(),
    summary: json('summary').notNull(),
  },
  table => [index('incidents_open').on(table.open, table.number), index('incidents_owed').on(table.owed)],
)

export const rooms = pgTable('rooms', {
  room: text('room').primaryKey(),
  incident: text('incident').notNull(),
})

export const groups = pgTable(
  'groups',
  { key: text('key').primaryKey(), incident: text('incident').notNull() },
  table => [index('groups_incident').on(table.incident)],
)

export const tokens = pgTable('tokens', {
  hash: text('hash').primaryKey(),
  name: text('name').notNull(),
  createdAt: int('created_at').notNull(),
})

export const meta = pgTable('meta', {
  name: text('name').primaryKey(),
  value: int('value').notNull(),
})
