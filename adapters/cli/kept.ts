/** What a command that only reads finds in a database that is there: the overrides, and what the schedules were. It creates none. */
import { existsSync } from 'node:fs'
import type { Config } from '../../bot/config/types.ts'
import { ROTA } from '../../bot/engine/kinds.ts'
import { readEvent } from '../../bot/incidents/events.ts'
import type { RotaEvent } from '../../bot/rota/events.ts'
import { foldRota, NO_ROTA } from '../../bot/rota/state.ts'
import type { Version } from '../../bot/schedules/history.ts'
import type { Override } from '../../bot/schedules/types.ts'
import { openStore } from '../sql/open.ts'
import { databaseOf, type Env } from './env.ts'

export type Kept = {
  readonly overrides: readonly Override[]
  /** Each configuration that was in force, with when it began. */
  readonly configs: readonly { readonly at: number; readonly config: Config }[]
}

export async function readKept(env: Env): Promise<Kept> {
  const where = databaseOf(env)
  if (where.kind === 'sqlite' && !existsSync(where.path)) return { overrides: [], configs: [] }
  const store = await openStore(where, { readonly: true })
  try {
    const rota = foldRota(
      (await store.load(ROTA)).map(event => readEvent<RotaEvent>(event)),
      undefined,
    )
    const configs = (await store.load('config')).map(({ at, data }) => ({ at, config: data as Config }))
    return { overrides: (rota ?? NO_ROTA).overrides, configs }
  } finally {
    await store.close()
  }
}

/**
 * A schedule through time: as it was under each configuration, and from now on as the file has it. What was before the first
 * start is answered as if it had been running.
 */
export function versionsOf({ configs }: Kept, config: Config, name: string, now: number): readonly Version[] {
  const was = configs.map(
    ({ at, config: then }, index): Version => ({
      validFrom: index === 0 ? Number.NEGATIVE_INFINITY : at,
      schedule: then.schedules[name] ?? null,
    }),
  )
  return [
    ...was,
    {
      validFrom: was.length === 0 ? Number.NEGATIVE_INFINITY : now,
      schedule: config.schedules[name] ?? null,
    },
  ]
}
