/**
 * What several processes settle on one database, in one: each has an engine of its own, and all have one store, whose port says that
 * others write to it. What somebody else does between two steps of one of them is told beforehand (`before`, `after`).
 */
import { createConsole } from '../../adapters/console/chat.ts'
import { openConsoleLog } from '../../adapters/console/log.ts'
import { openSqlite, type SqliteStore } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import type { Config } from '../../bot/config/types.ts'
import { createEngine, type Engine } from '../../bot/engine/handle.ts'
import { createWorlds, type Worlds } from '../../bot/engine/worlds.ts'
import type { Chat, Pager, Store, Telemetry } from '../../bot/ports.ts'
import { VirtualClock } from './clock.ts'
import { START } from './story.ts'
import { config as team } from './team.ts'

type Meanwhile = () => unknown

export type Process = {
  readonly engine: Engine
  readonly worlds: Worlds
  readonly store: Store
  readonly telemetry: Telemetry
  /** What it logged, each as its event and the fields that are told of it. */
  logged(...fields: readonly string[]): readonly unknown[]
  /** What it asked the store since it was looked at last, such as `loadMany INC-1`. */
  asked(): readonly string[]
  /** Once, or as often as it is told, when it is about to ask the store for this. */
  before(call: keyof Store, meanwhile: Meanwhile): void
  /** The same, when the answer is there and it has not heard it yet. */
  after(call: keyof Store, meanwhile: Meanwhile): void
  /** The value of a metric, `events{type="declared"}`, or undefined. */
  metric(name: string): Promise<number | undefined>
}

type How = {
  readonly shared: boolean
  readonly config: Config
  readonly chats: readonly Chat[]
  readonly pagers: readonly Pager[]
}

export type Processes = {
  readonly clock: VirtualClock
  /** The database, seen by nobody in particular. */
  readonly store: SqliteStore
  open(how?: Partial<How>): Process
}

export async function processes(clock = new VirtualClock(START)): Promise<Processes> {
  const store = await openSqlite(':memory:')
  const chat = createConsole({ log: openConsoleLog(':memory:'), clock })
  return {
    clock,
    store,
    open({ shared = true, config = team(), chats = [chat], pagers = [] } = {}) {
      const steps = stepped({ ...store, shared })
      const logs: string[] = []
      const telemetry = createTelemetry({ level: 'info', secrets: [], write: line => void logs.push(line) })
      const start = { config, version: 0, chats, pagers, open: [], settings: {} }
      const worlds = createWorlds(start)
      const engine = createEngine({ store: steps.store, worlds, clock, telemetry })
      return {
        ...steps,
        engine,
        worlds,
        telemetry,
        logged: (...fields) =>
          logs.map(line => {
            const entry = JSON.parse(line) as Record<string, unknown>
            return [entry.msg, ...fields.map(field => entry[field])]
          }),
        async metric(name) {
          const lines = (await telemetry.metrics.text()).split('\n')
          const line = lines.find(each => each.startsWith(`tocsin_${name} `))
          return line === undefined ? undefined : Number(line.split(' ')[1])
        },
      }
    },
  }
}

/** The same store, one step after the other. */
function stepped(real: Store): Pick<Process, 'store' | 'asked' | 'before' | 'after'> {
  const [before, after] = [new Map<unknown, Meanwhile[]>(), new Map<unknown, Meanwhile[]>()]
  let asked: string[] = []
  const store = new Proxy(real, {
    get(target, name: string) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return async (...args: readonly unknown[]) => {
        asked.push([name, ...named(args[0])].join(' '))
        await before.get(name)?.shift()?.()
        const answer: unknown = await Reflect.apply(value, target, args)
        await after.get(name)?.shift()?.()
        return answer
      }
    },
  })
  const tell = (all: Map<unknown, Meanwhile[]>) => (call: keyof Store, meanwhile: Meanwhile) =>
    void all.set(call, [...(all.get(call) ?? []), meanwhile])
  return {
    store,
    asked() {
      const all = asked
      asked = []
      return all
    },
    before: tell(before),
    after: tell(after),
  }
}

const named = (argument: unknown): readonly unknown[] =>
  argument instanceof Map ? [...argument.keys()] : typeof argument === 'string' ? [argument] : []
