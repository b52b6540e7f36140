import { expect, test } from 'vitest'
import { createConsole } from '../../../adapters/console/chat.ts'
import { openConsoleLog } from '../../../adapters/console/log.ts'
import { openSqlite } from '../../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../../adapters/telemetry/telemetry.ts'
import { createApp } from '../../../bot/app.ts'
import { dispatch } from '../../../commands/dispatch.ts'
import { countedIds, VirtualClock } from '../../support/clock.ts'
import { testSigner } from '../../support/signer.ts'
import { START } from '../../support/story.ts'
import { config } from '../../support/team.ts'

/** Time goes on while the clockwork looks: a millisecond each time that it asks. */
class TickingClock extends VirtualClock {
  ticking = false
  parked = 0
  override now(): number {
    if (this.ticking) this.stepTo(super.now() + 1)
    return super.now()
  }
  override wait(untilAt: number, signal: AbortSignal): Promise<void> {
    const waiting = super.wait(untilAt, signal)
    this.parked += 1
    return waiting
  }
}

test.each(Array.from({ length: 16 }, (_, early) => [early]))(
  'a rung that comes due while the clockwork looks for it is not slept over (%i ms before)',
  async early => {
    const clock = new TickingClock(START)
    const store = await openSqlite(':memory:')
    const chat = createConsole({ log: openConsoleLog(':memory:'), clock })
    const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
    const app = await createApp({
      config: config(),
      store,
      chats: [chat],
      pagers: [],
      signer: testSigner,
      clock,
      ids: countedIds(),
      telemetry,
      dispatch,
    })
    await app.start()
    const user = { id: 'diego', name: 'diego', kind: 'member' as const }
    const line = '/incident declare The whole site is down for everyone'
    await app.receive({ chat: 'console', cause: 'c', user, channel: '#incidents', line })
    await app.clockwork.tick()
    const dueAt = Date.parse(START) + 5 * 60_000
    clock.moveTo(dueAt - early)
    clock.ticking = true
    app.clockwork.start()
    await expect.poll(() => clock.parked).toBeGreaterThan(0)
    clock.ticking = false
    clock.stepTo(dueAt + 100)
    const pages = () =>
      chat.log.recent('@ben', 'ben', 10).filter(entry => entry.key?.startsWith('page:')).length
    await expect.poll(pages, { timeout: 1_000 }).toBe(1)
    await app.stop()
    await store.close()
  },
)
