/** An ack between any two steps of the one who sends: nobody is called after it, and no copy goes on asking (I6). */
import { expect, test } from 'vitest'
import { createConsole } from '../../../adapters/console/chat.ts'
import { openConsoleLog } from '../../../adapters/console/log.ts'
import { openSqlite, type SqliteStore } from '../../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../../adapters/telemetry/telemetry.ts'
import { createApp } from '../../../bot/app.ts'
import { type Chat, ChatFailure } from '../../../bot/ports.ts'
import { dispatch } from '../../../commands/dispatch.ts'
import { countedIds, VirtualClock } from '../../support/clock.ts'
import { runTo } from '../../support/run-to.ts'
import { testSigner } from '../../support/signer.ts'
import { START, textOf } from '../../support/story.ts'
import { config } from '../../support/team.ts'

const MINUTE = 60_000
const DOWN = '/incident declare The whole site is down for everyone'

/** The same port; `step` is called before and after each of its asynchronous calls. */
const stepped = <T extends object>(port: T, step: () => Promise<void>): T =>
  new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        const work = () => Reflect.apply(value, target, args) as unknown
        if (name === 'start' || name === 'stop' || name === 'close' || name === 'health') return work()
        return step().then(async () => {
          const done = await work()
          await step()
          return done
        })
      }
    },
  })

type Outside = { chat: Chat; store: SqliteStore }

/** The application, with its ports as `wrap` gives them. */
async function open(wrap: (outside: Outside) => Outside) {
  const clock = new VirtualClock(START)
  const log = openConsoleLog(':memory:')
  const store = await openSqlite(':memory:')
  const { chat, ...ports } = wrap({ chat: createConsole({ log, clock }), store })
  const app = await createApp({
    ...ports,
    config: config(),
    chats: [chat],
    pagers: [],
    signer: testSigner,
    clock,
    ids: countedIds(),
    telemetry: createTelemetry({ level: 'fatal', secrets: [] }),
    dispatch,
  })
  await app.start()
  return {
    app,
    until: (ms: number) => runTo(Date.parse(START) + ms, { app, store, clock }),
    async says(person: string, line: string): Promise<string> {
      const user = { id: person, name: person, kind: 'member' as const }
      const answer = await app.receive({
        chat: 'console',
        cause: `${person} ${line}`,
        user,
        channel: '#incidents',
        line,
      })
      return answer.kind === 'say' ? textOf(answer.message) : answer.kind
    },
    pagesOf: (person: string) =>
      log
        .recent(`@${person}`, person, 100)
        .flatMap(({ key, body }) =>
          key?.startsWith('page:') && 'message' in body ? [textOf(body.message)] : [],
        ),
    async stop() {
      await app.stop()
      await store.close()
    },
  }
}

/** Declared, and from then on an ack comes at the n-th step; false when there were not so many before the page had left. */
async function ackAt(nth: number): Promise<boolean> {
  let left = Number.POSITIVE_INFINITY
  let acked: string | undefined
  const step = async () => {
    left -= 1
    if (left !== 0) return
    left = Number.POSITIVE_INFINITY
    acked = await night.says('aiko', '/incident ack INC-1')
  }
  const night = await open(({ chat, store }) => ({ chat: stepped(chat, step), store: stepped(store, step) }))
  await night.says('diego', DOWN)
  left = nth
  await night.app.clockwork.tick()
  const came = acked !== undefined
  left = Number.POSITIVE_INFINITY
  if (came) {
    expect(acked).toContain('acknowledged after')
    await night.until(30 * MINUTE)
    expect(night.pagesOf('ben')).toEqual([])
    for (const text of night.pagesOf('aiko')) expect(text, `at step ${nth}`).not.toContain('[Ack]')
  }
  await night.stop()
  return came
}

test('wherever an ack falls between two steps of the sender, nobody is called after it and every copy says who has it (I6)', {
  timeout: 60_000,
}, async () => {
  let steps = 0
  for (let nth = 1; nth <= 60; nth += 1) if (await ackAt(nth)) steps += 1
  expect(steps).toBeGreaterThan(20)
})

test.each([
  ['is not there', false],
  ['cannot be looked for', true],
])(
  'a page that is looked for, and %s, does not leave any more when somebody acknowledged meanwhile',
  async (_, fails) => {
    let unheard = 0
    const night = await open(({ chat, store }) => ({
      store,
      chat: {
        ...chat,
        async post(to, message, key) {
          if (key.startsWith('page:') && unheard++ === 0)
            throw new ChatFailure('doubt', 'timeout', 'it did not answer')
          return chat.post(to, message, key)
        },
        async find(to, key, since) {
          expect(await night.says('ben', '/incident ack INC-1')).toContain('acknowledged after')
          if (fails) throw new ChatFailure('later', 'down', 'it cannot be reached')
          return chat.find(to, key, since)
        },
      },
    }))
    await night.says('diego', DOWN)
    await night.until(30 * MINUTE)
    expect(unheard).toBe(1)
    expect(night.pagesOf('aiko')).toEqual([])
    await night.stop()
  },
)
