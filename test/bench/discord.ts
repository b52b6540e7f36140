/** Interaction to answer at fifty a second, and declaration to page, through the emulator on this machine. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock, systemIds } from '../../adapters/clock/system.ts'
import { createDiscord } from '../../adapters/discord/discord.ts'
import { openSqlite } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { createApp } from '../../bot/app.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { COMMANDS } from '../../commands/index.ts'
import { startDiscord } from '../emulators/discord/index.ts'
import { testSigner } from '../support/signer.ts'
import { config } from '../support/team.ts'
import { line } from './quantiles.ts'

const PER_SECOND = 50
const INTERACTIONS = 500
const DECLARATIONS = 20
const AIKO = '100000000000000001'
const DIEGO = '100000000000000004'

export async function benchDiscord(): Promise<readonly string[]> {
  const discord = await startDiscord({ clock: systemClock })
  for (let each = 1; each <= 4; each++)
    discord.users.add({ id: `10000000000000000${each}`, name: `user ${each}` })
  for (const name of ['incidents', 'queue']) discord.channels.add({ name })
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  const store = await openSqlite(join(mkdtempSync(join(tmpdir(), 'tocsin-bench-')), 't.db'))
  const { token, applicationId, guildId, apiUrl } = discord
  const chat = createDiscord({
    token,
    applicationId,
    guildId,
    apiUrl,
    clock: systemClock,
    telemetry,
    commands: COMMANDS,
    settings: () => ({ places: 'channel' }),
  })
  const app = await createApp({
    config: config(),
    store,
    chats: [chat],
    pagers: [],
    signer: testSigner,
    clock: systemClock,
    ids: systemIds,
    telemetry,
    dispatch,
  })
  await app.start()
  app.clockwork.start()
  await discord.connected()
  const diego = discord.user(DIEGO)
  const channel = { channel: 'incidents' }

  const pages: number[] = []
  const paged = () => discord.seenBy(AIKO).direct.length
  for (let each = 0; each < DECLARATIONS; each++) {
    const before = paged()
    const startedAt = performance.now()
    await diego.slash(
      '/incident declare',
      { title: `Everything is down for everyone, test ${each}`, test: true },
      channel,
    )
    const giveUpAt = startedAt + 5_000
    while (paged() === before && performance.now() < giveUpAt)
      await new Promise(resolve => setImmediate(resolve))
    pages.push(performance.now() - startedAt)
    await new Promise(resolve => setTimeout(resolve, 1_100))
  }

  const answers: number[] = []
  const running: Promise<void>[] = []
  for (let each = 0; each < INTERACTIONS; each++) {
    const startedAt = performance.now()
    running.push(
      diego
        .slash('/incident note', { incident: 'INC-1', text: `number ${each}` }, channel)
        .then(() => void answers.push(performance.now() - startedAt)),
    )
    await new Promise(resolve => setTimeout(resolve, 1000 / PER_SECOND))
  }
  await Promise.all(running)
  await app.stop()
  await discord.stop()
  return [
    line(`Discord interaction to answer, ${PER_SECOND}/s`, answers),
    line('Discord declaration to page sent', pages),
  ]
}
