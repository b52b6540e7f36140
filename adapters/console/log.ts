/**
 * What was said in the console, kept in a small database beside Tocsin's own, so that a crash loses no page here either. A
 * message posted twice with one key is one message: what a chat with idempotent posts would do.
 */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { and, asc, desc, eq, gt, gte, isNull, lte, or, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Message } from '../../bot/message.ts'

const channels = sqliteTable('channels', {
  name: text('name').primaryKey(),
  key: text('key').unique(),
  topic: text('topic').notNull().default(''),
  pinned: integer('pinned'),
  link: text('link', { mode: 'json' }).$type<{ title: string; url: string } | null>(),
  archived: integer('archived', { mode: 'boolean' }).notNull().default(false),
})

const messages = sqliteTable('messages', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  channel: text('channel').notNull(),
  key: text('key').unique(),
  at: integer('at').notNull(),
  author: text('author').notNull(),
  /** Only this person sees it; null: everybody in the channel. */
  onlyFor: text('only_for'),
  body: text('body', { mode: 'json' }).$type<Body>().notNull(),
  edited: integer('edited', { mode: 'boolean' }).notNull().default(false),
  /** Grows with every change of anything: what a page that reconnects asks from. */
  change: integer('change').notNull(),
})

/** What Tocsin said is a message tree; what a person typed is their words. */
export type Body = { readonly message: Message } | { readonly words: string }
export type Entry = typeof messages.$inferSelect
export type Channel = typeof channels.$inferSelect

const SCHEMA = [
  "create table if not exists channels (name text primary key, key text unique, topic text not null default '', pinned integer, link text, archived integer not null default 0)",
  'create table if not exists messages (id integer primary key autoincrement, channel text not null, key text unique, at integer not null, author text not null, only_for text, body text not null, edited integer not null default 0, change integer not null)',
  'create index if not exists messages_change on messages (change)',
  'create index if not exists messages_channel on messages (channel, id)',
]

/** More than an incident keeps at once. */
const MAX_READ = 2000

export type ConsoleLog = ReturnType<typeof openConsoleLog>

export function openConsoleLog(path: string) {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const client = new Sqlite(path)
  client.pragma('journal_mode = WAL')
  client.pragma('synchronous = FULL')
  for (const statement of SCHEMA) client.exec(statement)
  const db = drizzle({ client })
  const nextChange = sql`(select coalesce(max(change), 0) + 1 from messages)`
  const visibleTo = (person: string) => or(isNull(messages.onlyFor), eq(messages.onlyFor, person))

  return {
    ensureChannel: (name: string) => void db.insert(channels).values({ name }).onConflictDoNothing().run(),
    channel: (name: string): Channel | undefined =>
      db.select().from(channels).where(eq(channels.name, name)).get(),
    channelByKey: (key: string): Channel | undefined =>
      db.select().from(channels).where(eq(channels.key, key)).get(),
    channels: (): readonly Channel[] => db.select().from(channels).orderBy(asc(sql`rowid`)).all(),
    openChannel: (name: string, key: string) => void db.insert(channels).values({ name, key }).run(),
    changeChannel: (name: string, change: Partial<Pick<Channel, 'topic' | 'pinned' | 'link' | 'archived'>>) =>
      void db.update(channels).set(change).where(eq(channels.name, name)).run(),
    append(entry: {
      channel: string
      key?: string
      at: number
      author: string
      onlyFor?: string
      body: Body
    }): Entry {
      const known =
        entry.key === undefined
          ? undefined
          : db.select().from(messages).where(eq(messages.key, entry.key)).get()
      return (
        known ??
        db
          .insert(messages)
          .values({ ...entry, change: nextChange })
          .returning()
          .get()
      )
    },
    replace: (id: number, body: Body): Entry | undefined =>
      db
        .update(messages)
        .set({ body, edited: true, change: nextChange })
        .where(eq(messages.id, id))
        .returning()
        .get(),
    byKey: (key: string): Entry | undefined => db.select().from(messages).where(eq(messages.key, key)).get(),
    byId: (id: number): Entry | undefined => db.select().from(messages).where(eq(messages.id, id)).get(),
    recent: (channel: string, person: string, limit: number): readonly Entry[] =>
      db
        .select()
        .from(messages)
        .where(and(eq(messages.channel, channel), visibleTo(person)))
        .orderBy(desc(messages.id))
        .limit(limit)
        .all()
        .reverse(),
    /** What everybody could see in a channel between two instants. */
    between: (channel: string, since: number, until: number): readonly Entry[] =>
      db
        .select()
        .from(messages)
        .where(
          and(
            eq(messages.channel, channel),
            isNull(messages.onlyFor),
            gte(messages.at, since),
            lte(messages.at, until),
          ),
        )
        .orderBy(asc(messages.id))
        .limit(MAX_READ)
        .all(),
    since: (change: number, person: string): readonly Entry[] =>
      db
        .select()
        .from(messages)
        .where(and(gt(messages.change, change), visibleTo(person)))
        .orderBy(asc(messages.change))
        .limit(500)
        .all(),
    lastChange: (): number =>
      db.select({ change: sql<number>`coalesce(max(change), 0)` }).from(messages).get()?.change ?? 0,
    close: () => void client.close(),
  }
}
