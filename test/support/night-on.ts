/**
 * The story language on any chat: the same words as a night at the console, spoken at a desk. The real store, the real
 * adapter behind a strict emulator, virtual time.
 */
import { openSqlite, type SqliteStore } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { type App, createApp } from '../../bot/app.ts'
import type { Config } from '../../bot/config/types.ts'
import type { Incident } from '../../bot/incidents/state.ts'
import type { OpenSource, Pager, Pictures } from '../../bot/ports.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { countedIds, VirtualClock } from './clock.ts'
import { type Desk, type DeskName, startDesk } from './desks.ts'
import { runTo } from './run-to.ts'
import { testSigner } from './signer.ts'
import { checkHistories, ms, START } from './story.ts'
import { config as teamConfig } from './team.ts'

export type NightOn = Pick<Desk, 'pages' | 'team' | 'room' | 'queue' | 'press' | 'redeliver'> & {
  readonly desk: Desk
  readonly clock: VirtualClock
  readonly store: SqliteStore
  readonly app: () => App
  /** Types a line; what they hear, as text. What is due at once has been done when it resolves. */
  says(person: string, line: string): Promise<string>
  /** Runs until this long after the start. */
  at(after: string): Promise<void>
  incident(): Promise<Incident>
  /** The process dies and another begins on the same store. */
  crash(): Promise<void>
  stop(): Promise<void>
}

export async function nightOn(
  name: DeskName,
  config: Config = teamConfig(),
  pagers: readonly Pager[] = [],
  pictures?: Pictures,
  source?: OpenSource,
): Promise<NightOn> {
  const clock = new VirtualClock(START)
  const desk = await startDesk(name, clock)
  const store = await openSqlite(':memory:')
  const ids = countedIds()
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })

  async function begin(): Promise<App> {
    const app = await createApp({
      config,
      store,
      chats: [desk.chat],
      pagers,
      ...(pictures ? { pictures } : {}),
      ...(source ? { source } : {}),
      signer: testSigner,
      clock,
      ids,
      telemetry,
      dispatch,
    })
    await app.start()
    await desk.ready()
    return app
  }

  let app = await begin()
  const settle = () => app.clockwork.tick()
  return {
    desk,
    clock,
    store,
    app: () => app,
    pages: desk.pages,
    team: desk.team,
    room: desk.room,
    queue: desk.queue,
    redeliver: desk.redeliver,
    async press(person, label) {
      const answer = await desk.press(person, label)
      await settle()
      return answer
    },
    async says(person, line) {
      const answer = await desk.says(person, line)
      await settle()
      return answer
    },
    at: after => runTo(Date.parse(START) + ms(after), { app, store, clock }),
    async incident() {
      const found = await app.engine.incident('INC-1')
      if (!found) throw new Error('there is no INC-1')
      return found
    },
    async crash() {
      await store.dropLeases()
      await desk.renew()
      app = await begin()
    },
    async stop() {
      await checkHistories(store, app)
      desk.expectNoViolations()
      await app.stop()
      await desk.stop()
      await store.close()
    },
  }
}
