/**
 * Work on a database that dies at its n-th step: migrating (F6), backing up (F7), restoring (F7). `disk.mjs WHAT N PATH [FILE]`; it
 * ends with 0 when the work was over before that step.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { connect } from '../../../adapters/sql/connections.ts'
import { migrateDatabase } from '../../../adapters/sql/migrate.ts'
import { migratePostgres } from '../../../adapters/sql/migrate-postgres.ts'
import { restoreFrom } from '../../../adapters/sql/restore.ts'
import { openSqlite } from '../../../adapters/sql/sqlite.ts'

const [what, nth = '1', path = '', file = ''] = process.argv.slice(2)
let left = Number(nth)
const step = () => {
  left -= 1
  if (left === 0) process.kill(process.pid, 'SIGKILL')
}

/** Dies before the n-th statement. */
function migrate(): void {
  const client = new Sqlite(path, { verbose: step })
  migrateDatabase(client, drizzle({ client }))
}

async function migrateServer(): Promise<void> {
  const client = await connect(path)
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  client.query = ((...args: unknown[]) => {
    step()
    return query(...args)
  }) as typeof client.query
  await migratePostgres(client)
  await client.end()
}

/** Dies at the n-th turn of the loop while pages are copied. */
async function backup(): Promise<void> {
  const store = await openSqlite(path)
  let copying = true
  const turn = () => {
    step()
    if (copying) setImmediate(turn)
  }
  turn()
  await store.backup(file)
  copying = false
  await store.close()
}

/** Dies before the n-th change of a file. */
async function restore(): Promise<void> {
  for (const name of ['copyFileSync', 'linkSync', 'renameSync', 'rmSync', 'fsyncSync'] as const) {
    const real = fs[name] as (...args: unknown[]) => unknown
    Object.assign(fs, {
      [name]: (...args: unknown[]) => {
        step()
        return real(...args)
      },
    })
  }
  syncBuiltinESMExports()
  await restoreFrom(file, path)
}

const WORK: Readonly<Record<string, () => void | Promise<void>>> = {
  migrate,
  'migrate-server': migrateServer,
  backup,
  restore,
}
await WORK[what ?? '']?.()
