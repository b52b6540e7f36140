/** What the clockwork takes up, when it looks again, and what it does when something breaks. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clockwork, createClockwork } from '../../../bot/engine/clockwork.ts'
import type { Ask } from '../../../bot/engine/handle.ts'
import { arm, type Work } from '../../../bot/engine/timers.ts'
import type { Arm, Timer } from '../../../bot/ports.ts'
import { VirtualClock } from '../../support/clock.ts'
import { type Process, type Processes, processes } from '../../support/processes.ts'
import { START } from '../../support/story.ts'

class WatchedClock extends VirtualClock {
  readonly waits: number[] = []
  override wait(untilAt: number, signal: AbortSignal): Promise<void> {
    this.waits.push(untilAt - this.now())
    return super.wait(untilAt, signal)
  }
}

let clock: WatchedClock
let all: Processes
let one: Process
let asks: Ask[]
let left: string[]
let broken: (timer: Timer) => Promise<void>
let clockwork: Clockwork
beforeEach(async () => {
  clock = new WatchedClock(START)
  all = await processes(clock)
  one = all.open()
  asks = []
  left = []
  broken = async () => undefined
  clockwork = createClockwork({
    ...one,
    clock,
    engine: {
      ...one.engine,
      handle(given) {
        asks.push(...given)
        return one.engine.handle(given)
      },
    },
    async deliver(timer) {
      left.push(timer.key)
      const { key, revision, generation } = timer
      await broken(timer)
      await all.store.settle([{ key, revision, generation, outcome: { done: true } }])
    },
  })
})
afterEach(async () => {
  await clockwork.stop()
  await all.store.close()
})

const put = (...arms: readonly Arm[]) => {
  const nothing = { seenSeq: 0, events: [], answer: null, disarm: [] }
  return all.store.commit([{ stream: 'INC-9', cause: null, at: clock.now(), ...nothing, arm: arms }])
}
const timer = (work: Work, { stream = 'INC-9', inMs = 0 } = {}) => arm(stream, work, clock.now() + inMs)
const card = (chat: string, inMs = 0) => timer({ kind: 'card', chat }, { inMs })
/** Until nothing more happens without time. */
const settled = async () => {
  for (let turn = 0; turn < 50; turn++) await new Promise(resolve => setImmediate(resolve))
}

test('each timer that has no lane is decided, as what its key says', async () => {
  await put(
    timer({ kind: 'rung' }),
    timer({ kind: 'step', page: 2, step: 1 }),
    timer({ kind: 'window', page: 3 }),
    timer({ kind: 'lapse' }),
    timer({ kind: 'unfinished' }),
    timer({ kind: 'digest' }, { stream: 'digest' }),
    timer({ kind: 'remind' }, { stream: 'actions' }),
    timer({ kind: 'shift', schedule: 'primary' }, { stream: 'rota' }),
    timer({ kind: 'ahead' }, { stream: 'rota' }),
  )
  await clockwork.tick()
  const first = asks.slice(0, 9)
  expect(
    Object.fromEntries(first.map(({ timer, stream, command }) => [timer?.key, [stream, command]])),
  ).toEqual({
    'rung:INC-9': ['INC-9', { do: 'rung_due' }],
    'step:INC-9:2:1': ['INC-9', { do: 'step_due', page: 2, step: 1 }],
    'window:INC-9:3': ['INC-9', { do: 'window_over', page: 3 }],
    'lapse:INC-9': ['INC-9', { do: 'ack_lapses' }],
    'unfinished:INC-9': ['INC-9', { do: 'postmortem_due' }],
    digest: ['digest', { do: 'plan_digest' }],
    remind: ['actions', { do: 'remind' }],
    'shift:primary': ['rota', { do: 'look' }],
    ahead: ['rota', { do: 'look_ahead' }],
  })
  expect(first.every(ask => ask.cause === null && ask.actor.kind === 'timer' && !('trace' in ask))).toBe(true)
  expect(await all.store.due(clock.now(), 10)).toEqual([])
})

test('a decision goes on under the trace that its timer was armed under, and names its revision', async () => {
  const rung = timer({ kind: 'rung' })
  await put({ ...rung, data: { trace: '00-1-2-00' } })
  const [{ revision }] = (await all.store.due(clock.now(), 1)) as [Timer]
  await clockwork.tick()
  expect(asks).toEqual([
    {
      ...{ cause: null, stream: 'INC-9', actor: { kind: 'timer' }, command: { do: 'rung_due' } },
      ...{ timer: { key: 'rung:INC-9', revision }, trace: '00-1-2-00' },
    },
  ])
})

test('a delivery without a lane is a bug, and says which', async () => {
  await put({ ...card('slack'), lane: undefined } as never)
  await expect(clockwork.tick()).rejects.toThrow('bug: card:INC-9:slack is a delivery, not a decision')
})

test('how late what was due is taken up is measured by its kind', async () => {
  await put(timer({ kind: 'rung' }), card('slack'), card('discord'))
  clock.moveTo(clock.now() + 3_000)
  await clockwork.tick()
  const late = (kind: string, what: string) => one.metric(`timer_lateness_seconds_${what}{kind="${kind}"}`)
  expect([await late('rung', 'sum'), await late('rung', 'count')]).toEqual([3, 1])
  expect([await late('card', 'sum'), await late('card', 'count')]).toEqual([6, 2])
})

test('while paging is held nothing is taken up, and afterwards everything', async () => {
  await put(timer({ kind: 'rung' }), card('slack'))
  await all.store.hold(true)
  await clockwork.tick()
  expect([asks, left]).toEqual([[], []])
  await all.store.hold(false)
  await clockwork.tick()
  expect([asks.length, left]).toEqual([1, ['card:INC-9:slack']])
})

test('a delivery that breaks is logged by its key, and keeps no other from leaving', async () => {
  broken = ({ key }) => (key.endsWith('slack') ? Promise.reject(new Error('split')) : Promise.resolve())
  await put(card('slack'), card('discord'))
  await clockwork.tick()
  expect(left.toSorted()).toEqual(['card:INC-9:discord', 'card:INC-9:slack'])
  expect(one.logged('level', 'key', 'error')).toEqual([
    ['delivery.bug', 'error', 'card:INC-9:slack', expect.objectContaining({ message: 'split' })],
  ])
})

test('with as many deliveries under way as there may be, no more are claimed until one ends', async () => {
  const end = Promise.withResolvers<void>()
  broken = () => end.promise
  await put(...Array.from({ length: 70 }, (_, each) => ({ ...card(`${each}`), rank: 0 as const })))
  const ticked = clockwork.tick()
  await settled()
  expect(left).toHaveLength(64)
  one.asked()
  void clockwork.tick()
  await settled()
  expect(one.asked().filter(each => each === 'claim')).toEqual([])
  end.resolve()
  await ticked
  expect(left).toHaveLength(70)
})

test('it sleeps until what is due next, and two seconds at most: somebody else may have armed something', async () => {
  clockwork.start()
  await settled()
  expect(clock.waits).toEqual([2_000])
  await put(card('slack', 2_500))
  clock.moveTo(clock.now() + 1_999)
  await settled()
  expect(clock.waits).toEqual([2_000])
  clock.moveTo(clock.now() + 1)
  await settled()
  expect(clock.waits).toEqual([2_000, 500])
  expect(left).toEqual([])
  clock.moveTo(clock.now() + 500)
  await settled()
  expect(left).toEqual(['card:INC-9:slack'])
  expect(clock.waits.at(-1)).toBe(2_000)
})

test('what is armed here is taken up at once, and what it was started twice for is done once', async () => {
  clockwork.start()
  clockwork.start()
  await settled()
  await one.engine.handle([
    {
      ...{ stream: 'rota', cause: null, actor: { kind: 'timer' } },
      command: { do: 'look' },
    } as Ask,
  ])
  await put(card('slack'))
  await one.engine.handle([
    { stream: 'digest', cause: null, actor: { kind: 'timer' }, command: { do: 'plan_digest' } } as Ask,
  ])
  await settled()
  expect(left).toEqual(['card:INC-9:slack'])
})

test('a store in trouble is logged and asked again after two seconds, and no tick has ended meanwhile', async () => {
  const begun = clock.now()
  clock.moveTo(begun + 1_000)
  expect(clockwork.lastTickAt()).toBe(begun)
  one.before('held', () => Promise.reject(new Error('no disk')))
  clockwork.start()
  await settled()
  expect(one.logged('level', 'error')).toEqual([
    ['clockwork.failed', 'error', expect.objectContaining({ message: 'no disk' })],
  ])
  expect(clock.waits).toEqual([2_000])
  expect(clockwork.lastTickAt()).toBe(begun)
  clock.moveTo(begun + 3_000)
  await settled()
  // A tick ends when its sleep does.
  expect([clock.waits, clockwork.lastTickAt()]).toEqual([[2_000, 2_000], begun])
  clock.moveTo(begun + 5_000)
  await settled()
  expect(clockwork.lastTickAt()).toBe(begun + 5_000)
})

test('a tick by hand says when it ended', async () => {
  clock.moveTo(clock.now() + 7_000)
  await clockwork.tick()
  expect(clockwork.lastTickAt()).toBe(clock.now())
})

test('stopped, it takes nothing more, and has ended only when what is under way has', async () => {
  const end = Promise.withResolvers<void>()
  broken = () => end.promise
  await put(card('slack'))
  clockwork.start()
  await settled()
  expect(left).toEqual(['card:INC-9:slack'])
  let stopped = false
  const stopping = clockwork.stop().then(() => {
    stopped = true
  })
  await put(card('discord'))
  await settled()
  expect(stopped).toBe(false)
  end.resolve()
  await stopping
  expect(left).toEqual(['card:INC-9:slack'])
})
