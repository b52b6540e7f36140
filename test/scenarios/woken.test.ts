/** A process that stood still, or whose machine slept, between taking a page and sending it: what it does when it goes on (I26). */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Console, createConsole } from '../../adapters/console/chat.ts'
import { openConsoleLog } from '../../adapters/console/log.ts'
import { openSqlite, type SqliteStore } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { type App, createApp } from '../../bot/app.ts'
import type { Chat, Store } from '../../bot/ports.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { countedIds, VirtualClock } from '../support/clock.ts'
import { testSigner } from '../support/signer.ts'
import { START } from '../support/story.ts'
import { config } from '../support/team.ts'

let clock: VirtualClock
let store: SqliteStore
let console: Console
/** Who was paged: `@aiko`, once a message. */
let paged: string[]
let ids: ReturnType<typeof countedIds>

beforeEach(async () => {
  clock = new VirtualClock(START)
  store = await openSqlite(':memory:')
  console = createConsole({ log: openConsoleLog(':memory:'), clock })
  paged = []
  ids = countedIds()
})
afterEach(() => store.close())

/** It stands still before the next answer of its database that `stall` names. */
async function process(): Promise<{ readonly app: App; stall(call: keyof Store): () => void }> {
  let stalled: { readonly call: string; readonly until: Promise<void> } | undefined
  const own = new Proxy<Store>(
    { ...store, shared: true },
    {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function' || name !== stalled?.call) return value
        return async (...args: unknown[]) => {
          await stalled?.until
          return Reflect.apply(value, target, args) as unknown
        }
      },
    },
  )
  const chat: Chat = {
    ...console,
    async post(to, message, key) {
      if (key.startsWith('page:') && 'user' in to) paged.push(`@${to.user}`)
      return console.post(to, message, key)
    },
  }
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  const parts = { config: config(), chats: [chat], pagers: [], signer: testSigner, clock, ids, telemetry }
  const app = await createApp({ ...parts, store: own, dispatch })
  await app.start()
  return {
    app,
    stall(call) {
      const { promise, resolve } = Promise.withResolvers<void>()
      stalled = { call, until: promise }
      return () => {
        stalled = undefined
        resolve()
      }
    },
  }
}

const says = (app: App, person: string, line: string) =>
  app.receive({
    ...{ chat: 'console', cause: ids.fresh(), channel: '#incidents', line },
    user: { id: person, name: person, kind: 'member' },
  })
const turns = async () => {
  for (let each = 0; each < 50; each++) await new Promise(resolve => setImmediate(resolve))
}

/** It has taken the first page, and hangs before it is sent. */
async function hangs({ app, stall }: Awaited<ReturnType<typeof process>>) {
  await says(app, 'diego', '/incident declare The whole site is down for everyone')
  const wake = stall('settingsVersion')
  const ticking = app.clockwork.tick()
  await turns()
  expect(paged).toEqual([])
  return async () => {
    wake()
    await ticking
  }
}

test('whoever was paged by another process meanwhile is not paged again by one that stood still and goes on (I26)', async () => {
  const [one, two] = [await process(), await process()]
  const goesOn = await hangs(one)
  clock.moveTo(clock.now() + 15_000)
  await two.app.clockwork.tick()
  expect(paged).toEqual(['@aiko'])
  await goesOn()
  expect(paged).toEqual(['@aiko'])
})

test('nobody is paged for what was acknowledged while the process stood still', async () => {
  const [one, two] = [await process(), await process()]
  const goesOn = await hangs(one)
  await says(two.app, 'ben', '/incident ack INC-1')
  clock.moveTo(clock.now() + 15_000)
  await goesOn()
  await two.app.clockwork.tick()
  expect(paged).toEqual([])
})

test('where nobody else had it, whoever sent nothing sends it when it goes on', async () => {
  const one = await process()
  const goesOn = await hangs(one)
  clock.moveTo(clock.now() + 60_000)
  await goesOn()
  expect(paged).toEqual(['@aiko'])
})

test('a page that was taken a moment less than its lease ago leaves', async () => {
  const one = await process()
  const goesOn = await hangs(one)
  clock.moveTo(clock.now() + 14_999)
  await goesOn()
  expect(paged).toEqual(['@aiko'])
})
