/**
 * Brings a database to this version's tables, and refuses one that a newer version has moved on: its rows may mean what this
 * version does not know. drizzle skips a migration whose date is older than the last one applied and says nothing, so the
 * order is checked before and the count after.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { assert, type Refusal, refuse } from '../../bot/refusal.ts'
import { packageFile } from '../files.ts'
import type { Database } from './statements.ts'

const FOLDER = 'migrations/sqlite'

export function migrateDatabase(client: Sqlite.Database, db: Database, folder = packageFile(FOLDER)): void {
  const known = countOrdered(folder)
  if (countApplied(client) > known) throw newer()
  migrate(db, { migrationsFolder: folder })
  assert(
    countApplied(client) === known,
    `${countApplied(client)} of ${known} migrations of ${folder} were applied`,
  )
}

/** For who does not migrate: reads, or writes beside the process that does. */
export const checkVersion = (client: Sqlite.Database): void =>
  compareVersions(countApplied(client), countOrdered(packageFile(FOLDER)))

export function compareVersions(applied: number, known: number): void {
  if (applied === 0)
    throw refuse(
      'not_a_database',
      'DATABASE_URL does not name a database of Tocsin.',
      'Start Tocsin once, or name another one.',
    )
  if (applied > known) throw newer()
  if (applied < known)
    throw refuse(
      'older_database',
      'This database is of an older version of Tocsin.',
      'Run: npx tocsin migrate',
    )
}

export const newer = (): Refusal =>
  refuse(
    'newer_database',
    'This database was used by a newer version of Tocsin.',
    'Start that version, or restore a backup that was taken before it.',
  )

/** How many migrations there are; each must be dated after the one before it. */
export function countOrdered(folder: string): number {
  const { entries } = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as {
    readonly entries: readonly { readonly when: number; readonly tag: string }[]
  }
  entries.forEach(({ when, tag }, index) => {
    assert(
      when > (entries[index - 1]?.when ?? 0),
      `the migration ${tag} is dated before the one that it follows`,
    )
  })
  return entries.length
}

function countApplied(client: Sqlite.Database): number {
  const table = client.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get()
  if (!table) return 0
  return client.prepare('select count(*) from __drizzle_migrations').pluck().get() as number
}
