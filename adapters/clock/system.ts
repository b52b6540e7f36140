/** The machine's clock. A wait is a hint and capped: setTimeout beyond 2^31 ms fires at once (D7, I18). */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock, Ids } from '../../bot/ports.ts'

const MAX_WAIT_MS = 60_000

export const systemClock: Clock = {
  now: () => Date.now(),
  async wait(untilAt, signal) {
    const ms = Math.min(Math.max(0, untilAt - Date.now()), MAX_WAIT_MS)
    // An aborted wait is a wake-up, which is what it was asked for.
    await sleep(ms, undefined, { signal }).catch(() => undefined)
  },
}

export const systemIds: Ids = { fresh: () => randomUUID() }
