/**
 * A backup put in place of the database. Whatever kills it, the path holds the old database or the whole new one, and the new
 * one never without its pages held: the world went on meanwhile, and a start must not page what is long over (F7).
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { sqliteErrorOf } from './failure.ts'
import { openSqlite } from './sqlite.ts'
import { checkDatabase } from './verify.ts'

/** Needs the lock. The database that was in place is kept as `<path>.before-restore`. */
export async function restoreFrom(file: string, path: string): Promise<void> {
  checkDatabase(file)
  const copy = `${path}.restoring`
  removeDatabase(copy)
  copyFileSync(file, copy)
  const store = await openSqlite(copy)
  await store.hold(true)
  await store.close()
  keepOld(path)
  sync(copy)
  renameSync(copy, path)
  sync(dirname(path))
}

/** A log that stayed beside the path would be played into the new database: it goes with the old one. */
function keepOld(path: string): void {
  const kept = `${path}.before-restore`
  removeDatabase(kept)
  if (!existsSync(path)) return
  foldLog(path)
  linkSync(path, kept)
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${kept}-wal`)
  rmSync(`${path}-shm`, { force: true })
}

/** What a killed process left in the log goes into the file; a database too damaged for that is kept as it is. */
function foldLog(path: string): void {
  try {
    const client = new Sqlite(path)
    try {
      client.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      client.close()
    }
  } catch (error) {
    if (!sqliteErrorOf(error)) throw error
  }
}

function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
}

function sync(path: string): void {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
