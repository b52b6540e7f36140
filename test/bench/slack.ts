/** Slash command to acknowledgement at fifty a second, and declaration to page, through the emulator on this machine. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock, systemIds } from '../../adapters/clock/system.ts'
import { createSlack } from '../../adapters/slack/slack.ts'
import { openSqlite } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { createApp } from '../../bot/app.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { startSlack } from '../emulators/slack/index.ts'
import { testSigner } from '../support/signer.ts'
import { config } from '../support/team.ts'
import { line } from './quantiles.ts'

const PER_SECOND = 50
const COMMANDS = 500
const DECLARATIONS = 20

export async function benchSlack(): Promise<readonly string[]> {
  const fast = { perMinute: 1e6, burst: 1e6 }
  const slack = await startSlack({
    rates: {
      'chat.postMessage': fast,
      'chat.update': fast,
      'conversations.create': fast,
      'conversations.setTopic': fast,
      'conversations.setPurpose': fast,
      'conversations.invite': fast,
      'pins.add': fast,
      'conversations.open': fast,
    },
  })
  for (const id of ['U0AIKO', 'U0BEN', 'U0CHIKA', 'U0DIEGO']) slack.users.add({ id })
  for (const name of ['incidents', 'queue']) slack.channels.add({ name, members: ['U0DIEGO'] })
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  const store = await openSqlite(join(mkdtempSync(join(tmpdir(), 'tocsin-bench-')), 't.db'))
  const chat = createSlack({
    botToken: slack.botToken,
    appToken: slack.appToken,
    apiUrl: slack.apiUrl,
    clock: systemClock,
    telemetry,
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
  slack.useSocket()
  await slack.connected(2)
  const diego = slack.user('U0DIEGO')
  await diego.slash('/incident list', { channel: 'incidents' })

  const paged = () =>
    slack.seenBy('U0AIKO').messages.filter(message => message.channel.startsWith('D')).length
  const pages: number[] = []
  for (let each = 0; each < DECLARATIONS; each++) {
    const before = paged()
    const startedAt = performance.now()
    await diego.slash(`/incident declare Everything is down for everyone, test ${each} --test`, {
      channel: 'incidents',
    })
    const giveUpAt = startedAt + 5_000
    while (paged() === before && performance.now() < giveUpAt)
      await new Promise(resolve => setImmediate(resolve))
    pages.push(performance.now() - startedAt)
    await new Promise(resolve => setTimeout(resolve, 1_100))
  }

  const acks: number[] = []
  const running: Promise<void>[] = []
  for (let each = 0; each < COMMANDS; each++) {
    const startedAt = performance.now()
    running.push(
      diego
        .slash(`/incident note INC-1 number ${each}`, { channel: 'incidents' })
        .then(() => void acks.push(performance.now() - startedAt)),
    )
    await new Promise(resolve => setTimeout(resolve, 1000 / PER_SECOND))
  }
  await Promise.all(running)
  await app.stop()
  await slack.stop()
  return [
    line(`slash command to acknowledgement, ${PER_SECOND}/s`, acks),
    line('declaration to page sent', pages),
  ]
}
