/** An ack between any two steps of the one who sends: nobody is called after it, and no copy goes on asking (I6). */
import { expect, test } from 'vitest'
import { createConsole } from '../../../adapters/console/chat.ts'
import { openConsoleLog } from '../../../adapters/console/log.ts'
import { openSqlite } from '../../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../../adapters/telemetry/telemetry.ts'
import { createApp } from '../../../bot/app.ts'
import { dispatch } from '../../../commands/dispatch.ts'
import { countedIds, VirtualClock } from '../../support/clock.ts'
import { runTo } from '../../support/run-to.ts'
import { testSigner } from '../../support/signer.ts'
import { START, textOf } from '../../support/story.ts'
import { config } from '../../support/team.ts'

const MINUTE = 60_000

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

/** Declared, and from then on an ack comes at the n-th step; false when there were not so many before the page had left. */
async function ackAt(nth: number): Promise<boolean> {
  const clock = new VirtualClock(START)
  const log = openConsoleLog(':memory:')
  const store = await openSqlite(':memory:')
  let left = Number.POSITIVE_INFINITY
  let acked: string | undefined
  const step = async () => {
    left -= 1
    if (left !== 0) return
    left = Number.POSITIVE_INFINITY
    acked = await says('aiko', '/incident ack INC-1')
  }
  const app = await createApp({
    config: config(),
    store: stepped(store, step),
    chats: [stepped(createConsole({ log, clock }), step)],
    pagers: [],
    signer: testSigner,
    clock,
    ids: countedIds(),
    telemetry: createTelemetry({ level: 'fatal', secrets: [] }),
    dispatch,
  })
  const says = async (person: string, line: string): Promise<string> => {
    const user = { id: person, name: person, kind: 'member' as const }
    const answer = await app.receive({
      chat: 'console',
      cause: `${person} ${line}`,
      user,
      channel: '#incidents',
      line,
    })
    return answer.kind === 'say' ? textOf(answer.message) : answer.kind
  }
  const pagesOf = (person: string) =>
    log
      .recent(`@${person}`, person, 100)
      .flatMap(({ key, body }) =>
        key?.startsWith('page:') && 'message' in body ? [textOf(body.message)] : [],
      )
  await app.start()
  await says('diego', '/incident declare The whole site is down for everyone')
  left = nth
  await app.clockwork.tick()
  const came = acked !== undefined
  left = Number.POSITIVE_INFINITY
  if (came) {
    expect(acked).toContain('acknowledged after')
    await runTo(Date.parse(START) + 30 * MINUTE, { app, store, clock })
    expect(pagesOf('ben')).toEqual([])
    for (const text of pagesOf('aiko')) expect(text, `at step ${nth}`).not.toContain('[Ack]')
  }
  await app.stop()
  await store.close()
  return came
}

test('wherever an ack falls between two steps of the sender, nobody is called after it and every copy says who has it (I6)', {
  timeout: 60_000,
}, async () => {
  let steps = 0
  for (let nth = 1; nth <= 60; nth += 1) if (await ackAt(nth)) steps += 1
  expect(steps).toBeGreaterThan(20)
})
