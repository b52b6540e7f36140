/**
 * The story language: a night on call in a few lines. The whole application on the real store and the real console adapter,
 * on virtual time; `night.at('5m')` runs every timer until then, one after the other, as the clock reaches it.
 */
import { isDeepStrictEqual } from 'node:util'
import { type Console, createConsole } from '../../adapters/console/chat.ts'
import { openConsoleLog } from '../../adapters/console/log.ts'
import { openSqlite, type SqliteStore } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { type App, createApp } from '../../bot/app.ts'
import type { Config } from '../../bot/config/types.ts'
import { fold } from '../../bot/incidents/fold.ts'
import type { Incident } from '../../bot/incidents/state.ts'
import { summaryOf } from '../../bot/incidents/summary.ts'
import type { Message } from '../../bot/message.ts'
import type { Chat, ChatAnswer, OpenExporter, OpenSource, Pager, Signer, Tracker } from '../../bot/ports.ts'
import { parseDuration } from '../../bot/schedules/duration.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { countedIds, VirtualClock } from './clock.ts'
import { runTo } from './run-to.ts'
import { testSigner } from './signer.ts'
import { config as teamConfig } from './team.ts'

export type Night = {
  readonly app: App
  readonly clock: VirtualClock
  readonly store: SqliteStore
  readonly console: Console
  /** A person types or presses a line; the answer as they see it. */
  says(
    person: string,
    line: string,
    options?: { channel?: string; cause?: string; values?: Record<string, string> },
  ): Promise<ChatAnswer>
  /** The same, as the answer's one-sentence summary. */
  hears(person: string, line: string, options?: { channel?: string; cause?: string }): Promise<string>
  /** Runs until this long after the start. */
  at(after: string): Promise<void>
  /** The pages that a person has seen, oldest first. */
  pagesOf(person: string): readonly string[]
  /** The last message in a channel, as text. */
  last(channel: string): string
  texts(channel: string): readonly string[]
  incident(id?: string): Promise<Incident>
  /** The process dies: nothing is ended, nothing is flushed; another begins on the same store. */
  crash(): Promise<Night>
  stop(): Promise<void>
}

/** A Tuesday, early in the morning. */
export const START = '2026-11-24T03:00:00Z'

type Options = {
  readonly config?: Config
  readonly start?: string
  readonly chats?: (clock: VirtualClock) => readonly Chat[]
  readonly pagers?: readonly Pager[]
  readonly source?: OpenSource
  readonly tracker?: (clock: VirtualClock) => Promise<Tracker>
  readonly exporter?: OpenExporter
  readonly signer?: Signer
}

export async function night(options: Options = {}): Promise<Night> {
  const clock = new VirtualClock(options.start ?? START)
  const store = await openSqlite(':memory:')
  const console = createConsole({ log: openConsoleLog(':memory:'), clock })
  const chats: readonly Chat[] = [console, ...(options.chats?.(clock) ?? [])]
  return begin({
    clock,
    store,
    console,
    chats,
    config: options.config ?? teamConfig(),
    startedAt: clock.now(),
    ids: countedIds(),
    pagers: options.pagers ?? [],
    ...(options.source ? { source: options.source } : {}),
    ...(options.tracker ? { tracker: await options.tracker(clock) } : {}),
    ...(options.exporter ? { exporter: options.exporter } : {}),
    signer: options.signer ?? testSigner,
  })
}

type Parts = {
  readonly tracker?: Tracker
  readonly clock: VirtualClock
  readonly store: SqliteStore
  readonly console: Console
  readonly chats: readonly Chat[]
  readonly config: Config
  readonly startedAt: number
  readonly ids: ReturnType<typeof countedIds>
  readonly pagers: readonly Pager[]
  readonly source?: OpenSource
  readonly exporter?: OpenExporter
  readonly signer: Signer
}

async function begin(parts: Parts): Promise<Night> {
  const { clock, store, console, startedAt, ids } = parts
  const telemetry = createTelemetry({
    level: 'error',
    secrets: [],
    write: line => process.stderr.write(line),
  })
  const app = await createApp({ ...parts, telemetry, dispatch })
  await app.start()

  const says: Night['says'] = async (
    person,
    line,
    { channel = '#incidents', cause = ids.fresh(), values } = {},
  ) => {
    const user = { id: person, name: person, kind: 'member' as const }
    const answer = await app.receive({
      chat: 'console',
      cause,
      user,
      channel,
      line,
      ...(values ? { values } : {}),
    })
    await app.clockwork.tick()
    return answer
  }

  const texts = (channel: string) =>
    console.log
      .recent(channel, channel.slice(1), 1000)
      .map(entry => ('message' in entry.body ? textOf(entry.body.message) : entry.body.words))
  return {
    app,
    clock,
    store,
    console,
    says,
    async hears(person, line, more) {
      const answer = await says(person, line, more)
      return answer.kind === 'say' ? answer.message.summary : JSON.stringify(answer)
    },
    at: after => runTo(startedAt + ms(after), { app, store, clock }),
    pagesOf: person => texts(`@${person}`),
    last: channel => texts(channel).at(-1) ?? '',
    texts,
    async incident(id = 'INC-1') {
      const found = await app.engine.incident(id)
      if (!found) throw new Error(`there is no ${id}`)
      return found
    },
    async crash() {
      await store.dropLeases()
      return begin(parts)
    },
    async stop() {
      await checkHistories(store, app)
      await app.stop()
      await store.close()
    },
  }
}

/** Every night ends with it: what is kept in memory is what the events fold to, without a gap (I23), and nobody is stranded (I2). */
export async function checkHistories(store: SqliteStore, app: App): Promise<void> {
  for (const { id } of await store.incidents({ limit: 1000 })) {
    const history = await app.engine.history(id)
    if (history.some(({ seq }, index) => seq !== index + 1)) throw new Error(`the history of ${id} has a gap`)
    const kept = await app.engine.incident(id)
    if (!isDeepStrictEqual(fold(id, history), kept)) throw new Error(`${id} is not what its events fold to`)
    const listed = await store.incident(id)
    const { updatedAt: _, ...row } = kept ? summaryOf(kept) : { updatedAt: 0 }
    if (!isDeepStrictEqual({ ...listed, updatedAt: 0 }, { ...row, updatedAt: 0 }))
      throw new Error(`the list row of ${id} is not what its events fold to`)
  }
  const stranded = await store.stranded()
  if (stranded.length > 0) throw new Error(`${stranded.join()} owes a call and has no timer`)
}

export function ms(text: string): number {
  const value = parseDuration(text)
  if (typeof value !== 'number') throw value
  return value
}

/** A message as one line of text: what a person reads, and its buttons in brackets. */
export function textOf(message: Message): string {
  const leaf = (part: unknown): string =>
    typeof part === 'string' ? part : (Object.values(part as object).map(String)[0] ?? '')
  const line = (parts: readonly unknown[]) => parts.map(leaf).join('')
  return message.blocks
    .map(block => {
      switch (block.kind) {
        case 'heading':
        case 'quote':
        case 'code':
          return block.text
        case 'text':
          return block.lines.map(line).join(' ')
        case 'fields':
          return block.fields.map(field => `${field.label}: ${line(field.value)}`).join(' ')
        case 'list':
          return block.items.map(line).join('; ')
        case 'note':
          return line(block.line)
        case 'buttons':
          return block.buttons.map(button => `[${button.label}]`).join(' ')
        case 'select':
          return `[${block.placeholder}]`
        case 'image':
          return `(${block.picture.alt})`
        case 'divider':
          return '---'
      }
    })
    .join(' | ')
}
