/** Brings a PostgreSQL database to this version's tables; of several that start at once, one does it and the others wait. */
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import type { Client } from 'pg'
import { packageFile } from '../files.ts'
import { countOrdered, newer } from './migrate.ts'

const FOLDER = 'migrations/postgres'
const MIGRATION_LOCK = 731_002

export async function migratePostgres(client: Client, folder = packageFile(FOLDER)): Promise<void> {
  await client.query('set statement_timeout = 0')
  await client.query(`select pg_advisory_lock(${MIGRATION_LOCK})`)
  try {
    if ((await countApplied(client)) > countOrdered(folder)) throw newer()
    await migrate(drizzle({ client }), { migrationsFolder: folder })
  } finally {
    await client.query(`select pg_advisory_unlock(${MIGRATION_LOCK})`)
  }
}

async function countApplied(client: Client): Promise<number> {
  const there = await client.query("select to_regclass('drizzle.__drizzle_migrations') is not null as there")
  if ((there.rows[0] as { there: boolean }).there === false) return 0
  const counted = await client.query('select count(*) as n from drizzle.__drizzle_migrations')
  return Number((counted.rows[0] as { n: string }).n)
}
