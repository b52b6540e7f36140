/** Backup while it runs, restore while it does not, and what goes with them. */
import { existsSync } from 'node:fs'
import { refuse } from '../../bot/refusal.ts'
import { takeLock } from '../sql/lock.ts'
import { openStore } from '../sql/open.ts'
import { restoreFrom } from '../sql/restore.ts'
import { openSqlite } from '../sql/sqlite.ts'
import { checkDatabase } from '../sql/verify.ts'
import { databaseOf, databasePath, readEnv } from './env.ts'
import { readOptions, UsageError } from './usage.ts'

export async function backup(args: readonly string[]): Promise<number> {
  const [file] = readOptions(args, {}).rest
  if (!file) throw new UsageError('Where to?')
  if (existsSync(file))
    throw refuse('exists', `${file} is there already.`, 'Name a new file: a backup never overwrites another.')
  const store = await openSqlite(databasePath(readEnv()), { readonly: true })
  await store.backup(file)
  await store.close()
  checkDatabase(file)
  process.stdout.write(`${file} holds a checked copy.\n`)
  return 0
}

/** The database that was in place is kept beside it. Paging is held until `resume`: the world went on meanwhile. */
export async function restore(args: readonly string[]): Promise<number> {
  const [file] = readOptions(args, {}).rest
  if (!file) throw new UsageError('From which file?')
  const path = databasePath(readEnv())
  const lock = await takeLock(path)
  try {
    await restoreFrom(file, path)
  } finally {
    lock.release()
  }
  process.stdout.write(
    `${path} is restored. Paging is held: start Tocsin, look at what waits, then: npx tocsin resume\n`,
  )
  return 0
}

export async function resume(args: readonly string[]): Promise<number> {
  readOptions(args, {})
  const store = await openStore(databaseOf(readEnv()))
  const was = await store.held()
  await store.hold(false)
  await store.close()
  process.stdout.write(was ? 'Paging goes on.\n' : 'Paging was not held.\n')
  return 0
}

export async function migrateCommand(args: readonly string[]): Promise<number> {
  readOptions(args, {})
  const where = databaseOf(readEnv())
  const lock = where.kind === 'sqlite' ? await takeLock(where.path) : undefined
  await (await openStore(where)).close()
  lock?.release()
  process.stdout.write(`${where.kind === 'sqlite' ? where.path : 'The PostgreSQL database'} is up to date.\n`)
  return 0
}
