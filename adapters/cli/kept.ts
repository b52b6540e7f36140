/** What a command that only reads finds in a database that is there: the overrides, and what the schedules were. It creates none. */
import { existsSync } from 'node:fs'
import { settingsOf } from '../../bot/app.ts'
import type { Config } from '../../bot/config/types.ts'
import type { Contacts } from '../../bot/contacts/state.ts'
import type { Dated } from '../../bot/schedules/history.ts'
import type { Override } from '../../bot/schedules/types.ts'
import { openStore } from '../sql/open.ts'
import { databaseOf, type Env } from './env.ts'

export type Kept = {
  readonly overrides: readonly Override[]
  readonly contacts: Contacts
  /** Each configuration that was in force, with when it began. */
  readonly configs: readonly Dated[]
}

const NOTHING: Kept = { overrides: [], contacts: {}, configs: [] }

export async function readKept(env: Env): Promise<Kept> {
  const where = databaseOf(env)
  if (where.kind === 'sqlite' && !existsSync(where.path)) return NOTHING
  const store = await openStore(where, { readonly: true })
  try {
    const configs = (await store.load('config')).map(({ at, data }) => ({ at, config: data as Config }))
    return { ...NOTHING, ...(await settingsOf(store)), configs }
  } finally {
    await store.close()
  }
}
