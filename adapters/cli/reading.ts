/** The engine over a database that is only read, for commands that ask and change nothing. */
import { settingsOf } from '../../bot/app.ts'
import { createEngine, type Engine } from '../../bot/engine/handle.ts'
import { createWorlds } from '../../bot/engine/worlds.ts'
import type { Store } from '../../bot/ports.ts'
import type { World } from '../../bot/world.ts'
import { systemClock } from '../clock/system.ts'
import { openStore } from '../sql/open.ts'
import { createTelemetry } from '../telemetry/telemetry.ts'
import { databaseOf, type Env } from './env.ts'
import { configOf, findConfig } from './load-config.ts'

export type Reading = { readonly engine: Engine; readonly world: World; readonly store: Store }

export async function reading<T>(env: Env, work: (reading: Reading) => Promise<T>): Promise<T> {
  const store = await openStore(databaseOf(env), { readonly: true })
  try {
    const worlds = createWorlds({
      config: configOf(findConfig(env)),
      version: await store.settingsVersion(),
      chats: [],
      pagers: [],
      open: [],
      settings: await settingsOf(store),
    })
    const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
    const engine = createEngine({ store, worlds, clock: systemClock, telemetry })
    return await work({ engine, world: worlds.current(), store })
  } finally {
    await store.close()
  }
}
