/** Incidents as lists know them, without their histories: for what looks at rows alone. */
import { openSqlite } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { apiRoutes } from '../../adapters/web/api.ts'
import { createPages } from '../../adapters/web/pages.ts'
import { patternsPage } from '../../adapters/web/patterns-page.ts'
import { startServer } from '../../adapters/web/server.ts'
import { createApp } from '../../bot/app.ts'
import type { Past } from '../../bot/digest/past.ts'
import type { Change } from '../../bot/ports.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { countedIds, VirtualClock } from './clock.ts'
import { testSigner } from './signer.ts'
import { config } from './team.ts'

/** Commits that put each into the list, numbered in their order. */
export const rowsOf = (all: readonly Past[]): readonly Change[] =>
  all.map((each, index) => {
    const id = `INC-${index + 1}`
    const at = each.declaredAt
    return {
      stream: id,
      cause: null,
      at,
      seenSeq: 0,
      events: [],
      answer: null,
      disarm: [],
      arm: [],
      summary: {
        ...each,
        id,
        number: index + 1,
        status: 'closed',
        open: false,
        acked: each.ackedAt !== null,
        quiet: true,
        test: false,
        updatedAt: at,
        closedAt: at,
        rooms: [],
      },
    }
  })

/** The page and the API of patterns over these rows; at the console's address nobody signs in. */
export async function startPatterns(all: readonly Past[], { console = true } = {}) {
  const clock = new VirtualClock('2026-11-24T03:00:00Z')
  const store = await openSqlite(':memory:')
  await store.commit(rowsOf(all))
  const telemetry = createTelemetry({ level: 'silent', secrets: [] })
  const parts = { clock, ids: countedIds(), signer: testSigner }
  const app = await createApp({
    ...parts,
    config: config(),
    store,
    chats: [],
    pagers: [],
    telemetry,
    dispatch,
  })
  const pages = createPages({
    ...parts,
    app,
    publicUrl: 'https://tocsin.example',
    consoleHosts: console ? ['127.0.0.1'] : [],
  })
  const allows = async (token: string) => token === 'right'
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    routes: [
      pages.route,
      patternsPage({ app, store, clock, pages }),
      apiRoutes({ app, store, clock, allows, version: '1' }),
    ],
    rawRoutes: [],
    telemetry,
  })
  return {
    url: server.url,
    async stop() {
      await server.close()
      await app.stop()
      await store.close()
    },
  }
}
