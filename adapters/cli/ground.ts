/**
 * What the running program stands on: its store, the clock that goes with it, and on SQLite the lock that keeps everybody else
 * off the file (D11). On PostgreSQL several may run; they go by the database's clock (D8).
 */
import type { Clock, Telemetry } from '../../bot/ports.ts'
import { createDatabaseClock, SKEW_REFUSED_MS } from '../clock/database.ts'
import { systemClock } from '../clock/system.ts'
import { takeLock } from '../sql/lock.ts'
import { openShared, type Where } from '../sql/open.ts'
import { openSqlite } from '../sql/sqlite.ts'
import type { SqlStore } from '../sql/store.ts'

export type Ground = {
  readonly store: SqlStore
  readonly clock: Clock
  /** How the clock stands, for /readyz. */
  clockCheck(): { readonly ok: boolean; readonly detail: string }
  close(): Promise<void>
}

export const openGround = (where: Where, telemetry: Telemetry): Promise<Ground> =>
  where.kind === 'sqlite' ? openFile(where.path) : openServer(where.url, telemetry)

async function openFile(path: string): Promise<Ground> {
  const lock = await takeLock(path)
  const store = await openSqlite(path)
  await store.dropLeases()
  return {
    store,
    clock: systemClock,
    clockCheck: () => ({ ok: true, detail: "this machine's" }),
    async close() {
      await store.close()
      lock.release()
    },
  }
}

async function openServer(url: string, telemetry: Telemetry): Promise<Ground> {
  const store = await openShared(url)
  const clock = await createDatabaseClock({ offset: store.clockOffset, telemetry })
  return {
    store,
    clock,
    clockCheck: () => ({
      ok: Math.abs(clock.skewMs()) < SKEW_REFUSED_MS,
      detail: `the database's, ${Math.round(clock.skewMs())} ms ahead of this machine's`,
    }),
    async close() {
      clock.stop()
      await store.close()
    },
  }
}
