/**
 * One process a database: whoever runs the clockwork holds an exclusive SQLite lock on `<db>.lock`, which the kernel drops
 * when the process dies. Never a pid file, which outlives its process. A second start waits ten seconds, then says who
 * holds it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { refuse } from '../../bot/refusal.ts'

export type Lock = { release(): void }

const WAIT_MS = 10_000
const TRY_EVERY_MS = 100

export async function takeLock(databasePath: string, waitMs = WAIT_MS): Promise<Lock> {
  if (databasePath === ':memory:') return { release: () => undefined }
  mkdirSync(dirname(databasePath), { recursive: true, mode: 0o700 })
  const client = new Sqlite(`${databasePath}.lock`, { timeout: 0 })
  const giveUpAt = Date.now() + waitMs
  while (!tryLock(client)) {
    if (Date.now() >= giveUpAt) {
      client.close()
      throw refuse(
        'locked',
        `The database ${databasePath} is in use by ${holderOf(databasePath)}.`,
        'One process a database: stop the other one, or name another file in DATABASE_URL.',
      )
    }
    await sleep(TRY_EVERY_MS)
  }
  writeFileSync(
    `${databasePath}.holder`,
    JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() }),
    { mode: 0o600 },
  )
  return { release: () => void client.close() }
}

function tryLock(client: Sqlite.Database): boolean {
  try {
    client.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false
    throw error
  }
}

/** Only for the sentence: the lock itself is the kernel's. */
function holderOf(databasePath: string): string {
  try {
    const { pid, host, since } = JSON.parse(readFileSync(`${databasePath}.holder`, 'utf8')) as {
      pid: number
      host: string
      since: string
    }
    return `process ${pid} on ${host} since ${since}`
  } catch {
    return 'another process'
  }
}
