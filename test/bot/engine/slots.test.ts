/** What waits long may not take the places of what people wait for (I12). */
import { expect, test } from 'vitest'
import { createTelemetry } from '../../../adapters/telemetry/telemetry.ts'
import { createClockwork } from '../../../bot/engine/clockwork.ts'
import type { Arm, Timer } from '../../../bot/ports.ts'
import { night } from '../../support/story.ts'

test('cosmetics that never end fill half of the slots, and the other half is there for pages', async () => {
  const n = await night()
  const arm = (name: string, rank: 0 | 2, count: number): readonly Arm[] =>
    Array.from({ length: count }, (_, index) => ({
      ...{ key: `${name}${index}`, lane: `${name}${index}`, kind: name, stream: 'INC-1' },
      ...{ dueAt: n.clock.now(), data: {}, rank },
    }))
  const put = (arms: readonly Arm[]) => {
    const nothing = { seenSeq: 0, events: [], answer: null, disarm: [] }
    return n.store.commit([{ stream: 'INC-1', cause: null, at: n.clock.now(), ...nothing, arm: arms }])
  }
  const left: Timer[] = []
  const clockwork = createClockwork({
    store: n.store,
    engine: n.app.engine,
    clock: n.clock,
    telemetry: createTelemetry({ level: 'fatal', secrets: [] }),
    deliver: timer => {
      left.push(timer)
      return new Promise(() => undefined)
    },
  })
  const settled = async () => {
    for (let turn = 0; turn < 200; turn++) await new Promise(resolve => setImmediate(resolve))
  }
  await put(arm('card', 2, 20))
  void clockwork.tick()
  await settled()
  await put(arm('more', 2, 80))
  void clockwork.tick()
  await settled()
  expect(left).toHaveLength(32)
  await put(arm('page', 0, 30))
  void clockwork.tick()
  await settled()
  expect(left.filter(({ kind }) => kind === 'page')).toHaveLength(30)
  await n.store.close()
})
