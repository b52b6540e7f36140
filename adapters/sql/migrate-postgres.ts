/** Brings a PostgreSQL database to this version's tables; of several that start at once, one does it and the others wait. */
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import type { Client } from 'pg'
import { assert } from '../../bot/refusal.ts'
import { packageFile } from '../files.ts'
import { compareVersions, countOrdered, newer } from './migrate.ts'

const FOLDER = 'migrations/postgres'
const MIGRATION_LOCK = 731_002

/** The lock goes with the connection, which the caller ends. */
export async function migratePostgres(client: Client, folder = packageFile(FOLDER)): Promise<void> {
  const known = countOrdered(folder)
  await client.query(`select pg_advisory_lock(${MIGRATION_LOCK})`)
  if ((await countApplied(client)) > known) throw newer()
  await migrate(drizzle({ client }), { migrationsFolder: folder })
  const applied = await countApplied(client)
  assert(applied === known, `${applied} of ${known} migrations of ${folder} were applied`)
}

/** For who does not migrate. */
export const checkPostgres = async (client: Client): Promise<void> =>
  compareVersions(await countApplied(client), countOrdered(packageFile(FOLDER)))

async function countApplied(client: Client): Promise<number> {
  const there = await client.query("select to_regclass('drizzle.__drizzle_migrations') is not null as there")
  if ((there.rows[0] as { there: boolean }).there === false) return 0
  const counted = await client.query('select count(*) as n from drizzle.__drizzle_migrations')
  return Number((counted.rows[0] as { n: string }).n)
}
