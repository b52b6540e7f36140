/**
 * The application as a process that can be told where to die: the real store, the real adapters, the real web server, and the
 * ports of doom.ts around them. Its parent holds the emulators, and says by a message where it dies.
 */
import { openGround } from '../../../adapters/cli/ground.ts'
import { systemIds } from '../../../adapters/clock/system.ts'
import { createDiscord } from '../../../adapters/discord/discord.ts'
import { createTokens } from '../../../adapters/ingest/tokens.ts'
import { createNtfy } from '../../../adapters/ntfy/ntfy.ts'
import { createSlack } from '../../../adapters/slack/slack.ts'
import type { Where } from '../../../adapters/sql/open.ts'
import { createTelemetry } from '../../../adapters/telemetry/telemetry.ts'
import { ingestRoutes } from '../../../adapters/web/ingest.ts'
import { startServer } from '../../../adapters/web/server.ts'
import { createApp } from '../../../bot/app.ts'
import type { Clock } from '../../../bot/ports.ts'
import { dispatch } from '../../../commands/dispatch.ts'
import { COMMANDS } from '../../../commands/index.ts'
import { testSigner } from '../signer.ts'
import { config as parse } from '../team.ts'
import { type Doom, doomedChat, doomedPager, doomedStore, doomTo } from './doom.ts'

export type Circumstances = {
  readonly where: Where
  readonly yaml: string
  /** How far the clocks of this world are ahead of the machine's. */
  readonly aheadMs: number
  readonly slack: { readonly botToken: string; readonly appToken: string; readonly apiUrl: string }
  readonly discord: {
    readonly token: string
    readonly applicationId: string
    readonly guildId: string
    readonly apiUrl: string
  }
  readonly ntfyUrl: string
  /** Where it dies, when it is not told later. */
  readonly doom?: Doom
}

/** What it tells its parent. */
export type Told =
  | { readonly url: string }
  /** `page_sent INC-1`: what was written, and where. */
  | { readonly committed: readonly string[] }
  | { readonly doomed: true }
const tell = (told: Told) => void process.send?.(told)

const { where, yaml, aheadMs, slack, discord, ntfyUrl, doom } = JSON.parse(
  process.env.CIRCUMSTANCES ?? '{}',
) as Circumstances
const config = parse(yaml)
const telemetry = createTelemetry({ level: 'error', secrets: [] })
const ground = await openGround(where, telemetry)
const clock: Clock = {
  now: () => ground.clock.now() + aheadMs,
  wait: (untilAt, signal) => ground.clock.wait(untilAt - aheadMs, signal),
}
if (doom) doomTo(doom)
const store = doomedStore(ground.store, committed => tell({ committed }))
await store.configure(config, clock.now())
const settings = () => config.discord
const app = await createApp({
  config,
  store,
  chats: [
    createSlack({ ...slack, clock, telemetry }),
    createDiscord({ ...discord, commands: COMMANDS, settings, clock, telemetry }),
  ].map(doomedChat),
  pagers: [doomedPager(createNtfy(ntfyUrl))],
  signer: testSigner,
  clock,
  ids: systemIds,
  telemetry,
  dispatch,
})
const server = await startServer({
  host: '127.0.0.1',
  port: 0,
  routes: [ingestRoutes({ intake: app.intake, tokens: createTokens(() => config, telemetry), clock })],
  rawRoutes: [],
  telemetry,
})
await app.start()
app.clockwork.start()
process.on('message', (where: Doom) => {
  doomTo(where)
  tell({ doomed: true })
})
tell({ url: server.url })
