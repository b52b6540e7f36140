/**
 * Killed while the database itself is worked on (F6, F7): at each statement of a migration, at each turn of a backup, at each file
 * that a restore touches. Whoever comes next finds a whole database (I27).
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { expect, test } from 'vitest'
import { migrateDatabase } from '../../adapters/sql/migrate.ts'
import { openSqlite } from '../../adapters/sql/sqlite.ts'
import { checkDatabase } from '../../adapters/sql/verify.ts'
import { bundle } from '../support/bundle.ts'
import { startPostgres } from '../support/postgres.ts'

const program = bundle('doom/disk')
const MIGRATIONS = join(import.meta.dirname, '../../migrations/sqlite')
const folder = () => mkdtempSync(join(tmpdir(), 'tocsin-disk-'))

/** True when it was killed, false when it ended by itself before. */
async function killed(what: string, nth: number, ...args: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [await program, what, String(nth), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code, signal] = await once(child, 'exit')
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`${what} ended with ${code ?? signal}`)
  return signal === 'SIGKILL'
}

type Journal = { readonly entries: readonly { readonly tag: string }[] }
const journal = JSON.parse(readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8')) as Journal & object

/** A database as the first version left it, with an event in it. */
function oldest(path: string): void {
  const old = join(folder(), 'sqlite')
  writeMigrations(old, journal.entries.slice(0, 1))
  const client = new Sqlite(path)
  migrateDatabase(client, drizzle({ client }), old)
  addEvent(client, 1)
  client.close()
}

function writeMigrations(to: string, entries: Journal['entries']): void {
  const meta = join(to, 'meta')
  mkdirSync(meta, { recursive: true })
  writeFileSync(join(meta, '_journal.json'), JSON.stringify({ ...journal, entries }))
  for (const { tag } of entries) copyFileSync(join(MIGRATIONS, `${tag}.sql`), join(to, `${tag}.sql`))
}

function addEvent(client: Sqlite.Database, seq: number, size = 10): void {
  client
    .prepare(
      "insert into events (stream, seq, at, type, actor, cause, data) values ('kept', ?, 0, 'x', 'timer', 'x', ?)",
    )
    .run(seq, JSON.stringify({ words: 'x'.repeat(size) }))
}

const eventsIn = async (path: string): Promise<number> => {
  const store = await openSqlite(path)
  const { length } = await store.load('kept')
  await store.close()
  return length
}

const columns = (path: string): unknown => {
  const client = new Sqlite(path, { readonly: true })
  const all = client
    .prepare("select name, sql from sqlite_master where name not like 'sqlite_%' order by name")
    .all()
  client.close()
  return all
}

test('F6, killed at any statement of a migration: the same version runs it to its end, and what was there is there (I27)', {
  timeout: 60_000,
}, async () => {
  const base = folder()
  const fresh = join(base, 'fresh.db')
  await (await openSqlite(fresh)).close()
  const kept = join(base, 'old.db')
  oldest(kept)
  let kills = 0
  for (let nth = 1; ; nth += 1) {
    const path = join(base, `${nth}.db`)
    copyFileSync(kept, path)
    if (!(await killed('migrate', nth, path))) break
    kills += 1
    expect(await eventsIn(path)).toBe(1)
    expect(columns(path)).toEqual(columns(fresh))
  }
  expect(kills).toBeGreaterThan(5)
})

test('F6, killed at any statement of a migration of PostgreSQL: the same version runs it to its end (I27)', {
  timeout: 90_000,
}, async () => {
  const server = await startPostgres()
  let kills = 0
  for (let nth = 1; ; nth += 3) {
    await server.query(
      'drop schema if exists drizzle cascade; drop schema public cascade; create schema public',
    )
    if (!(await killed('migrate-server', nth, server.url))) break
    kills += 1
    const store = await server.join()
    expect(await store.nextNumber()).toBe(1)
    await store.close()
  }
  expect(kills).toBeGreaterThan(1)
  await server.stop()
})

/** Large enough that copying it takes several turns. */
function large(path: string): void {
  const client = new Sqlite(path)
  client.transaction(() => {
    for (let seq = 1; seq <= 400; seq++) addEvent(client, seq, 8_000)
  })()
  client.close()
}

test('F7, killed in the middle of a backup: the database and the last good backup are whole, and there is no half one', {
  timeout: 60_000,
}, async () => {
  const base = folder()
  const [path, good, next] = [join(base, 't.db'), join(base, 'good.db'), join(base, 'next.db')]
  await (await openSqlite(path)).close()
  large(path)
  const store = await openSqlite(path)
  await store.backup(good)
  await store.close()
  const before = readFileSync(good)
  for (const nth of [1, 2, 4, 7]) {
    expect(await killed('backup', nth, path, next)).toBe(true)
    expect(existsSync(next)).toBe(false)
    checkDatabase(path)
    expect(readFileSync(good).equals(before)).toBe(true)
  }
  expect(await killed('backup', 100_000, path, next)).toBe(false)
  checkDatabase(next)
  expect(await eventsIn(next)).toBe(400)
})

test('F7, killed at any file that a restore touches: the old database is there or the whole new one, its pages held', {
  timeout: 60_000,
}, async () => {
  const base = folder()
  const [old, copy] = [join(base, 'old.db'), join(base, 'copy.db')]
  for (const [file, events] of [
    [old, 1],
    [copy, 2],
  ] as const) {
    await (await openSqlite(file)).close()
    const client = new Sqlite(file)
    for (let seq = 1; seq <= events; seq++) addEvent(client, seq)
    client.close()
  }
  let kills = 0
  for (let nth = 1; ; nth += 1) {
    const path = join(base, `r${nth}.db`)
    copyFileSync(old, path)
    if (!(await killed('restore', nth, path, copy))) break
    kills += 1
    checkDatabase(path)
    const store = await openSqlite(path)
    const events = (await store.load('kept')).length
    expect(events === 1 || (await store.held())).toBe(true)
    await store.close()
    expect(await killed('restore', 100_000, path, copy)).toBe(false)
    expect(await eventsIn(path)).toBe(2)
  }
  expect(kills).toBeGreaterThan(5)
})
