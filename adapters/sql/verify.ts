/** Is this file a whole database of Tocsin? */
import { existsSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { refuse } from '../../bot/refusal.ts'

export function checkDatabase(file: string): void {
  if (!existsSync(file)) throw refuse('no_file', `${file} is not there.`)
  const client = openOrRefuse(file)
  try {
    const verdict = client.pragma('quick_check', { simple: true })
    const tables = client
      .prepare("select count(*) as n from sqlite_master where name in ('events', 'inbox', 'timers')")
      .get() as { n: number }
    if (verdict !== 'ok' || tables.n !== 3) throw damaged(file)
  } catch (error) {
    throw error instanceof Sqlite.SqliteError ? damaged(file) : error
  } finally {
    client.close()
  }
}

const damaged = (file: string) =>
  refuse('not_a_backup', `${file} is damaged, or is not a database of Tocsin.`, 'Take another backup.')

function openOrRefuse(file: string): Sqlite.Database {
  try {
    return new Sqlite(file, { readonly: true, fileMustExist: true })
  } catch {
    throw damaged(file)
  }
}
