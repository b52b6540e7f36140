/** However much there is to edit, a page does not wait for it (I12). */
import { expect, test } from 'vitest'
import { createConsole } from '../../../adapters/console/chat.ts'
import { openConsoleLog } from '../../../adapters/console/log.ts'
import { openSqlite } from '../../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../../adapters/telemetry/telemetry.ts'
import { createClockwork } from '../../../bot/engine/clockwork.ts'
import { createEngine } from '../../../bot/engine/handle.ts'
import { arm, type Work } from '../../../bot/engine/timers.ts'
import { createWorlds } from '../../../bot/engine/worlds.ts'
import type { Timer } from '../../../bot/ports.ts'
import { VirtualClock } from '../../support/clock.ts'
import { START } from '../../support/story.ts'
import { config } from '../../support/team.ts'

const change = (works: readonly Work[], now: number) => ({
  ...{ stream: 'INC-99', cause: null, at: now, seenSeq: 0, events: [], answer: null, disarm: [] },
  arm: works.map(work => arm('INC-99', work, now, '#incidents')),
})

test('with ten thousand edits waiting, and as many under way as there may be, a new page leaves at once (I12)', async () => {
  const store = await openSqlite(':memory:')
  const clock = new VirtualClock(START)
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  const chat = createConsole({ log: openConsoleLog(':memory:'), clock })
  const worlds = createWorlds({
    config: config(),
    version: 0,
    chats: [chat],
    pagers: [],
    open: [],
    settings: {},
  })
  const engine = createEngine({ store, worlds, clock, telemetry })
  const edits = Array.from(
    { length: 10_000 },
    (_, each): Work => ({ kind: 'setup', chat: 'slack', step: 'invite', of: `p${each}` }),
  )
  await store.commit([change(edits, clock.now())])
  const left: Timer[] = []
  let end = () => {}
  const ended = new Promise<void>(resolve => {
    end = resolve
  })
  // A chat at its limit: no edit comes back while the page has not left.
  const deliver = async (timer: Timer) => {
    left.push(timer)
    if (timer.kind !== 'page') await ended
    const { key, revision, generation } = timer
    await store.settle([{ key, revision, generation, outcome: { done: true } }])
  }
  const clockwork = createClockwork({ store, engine, deliver, clock, telemetry })
  clockwork.start()
  await expect.poll(() => left.length).toBeGreaterThanOrEqual(32)
  await expect.poll(() => left.every(timer => timer.kind === 'setup')).toBe(true)
  const judged = { severity: 'SEV1' as const, criterion: 'default', confidence: 1, reasons: [] }
  const how = {
    title: 'The site is down',
    details: '',
    service: null,
    severity: null,
    test: false,
    drill: false,
  }
  await engine.handle([
    {
      stream: 'new',
      cause: null,
      actor: { kind: 'person', person: 'diego', via: 'console' },
      command: { do: 'declare', number: 0, ...how, judged },
    },
  ])
  await expect.poll(() => left.some(timer => timer.kind === 'page'), { timeout: 10_000 }).toBe(true)
  end()
  await clockwork.stop()
  await store.close()
})
