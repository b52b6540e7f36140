/** Lateness of timers: from due to decided and committed. Idle, ten thousand in one second, and under a million that wait. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock, systemIds } from '../../adapters/clock/system.ts'
import { openSqlite, type SqliteStore } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { type App, createApp } from '../../bot/app.ts'
import type { Change } from '../../bot/ports.ts'
import { dispatch } from '../../commands/dispatch.ts'
import { testSigner } from '../support/signer.ts'
import { config, TEAM } from '../support/team.ts'
import { line } from './quantiles.ts'

/** Paged by SMS, so that no chat's pace is part of the figures. */
const REACHABLE = TEAM.replaceAll(
  /slack: (U0\w+)/g,
  'phone: "+4912345678", notify: [ { after: 0s, by: sms } ]',
)
const INCIDENTS = 10_000
const MILLION = 1_000_000
const SINGLE = 200
const SETTLE_MS = 15_000

export async function benchTimers(): Promise<readonly string[]> {
  const { app, store } = await begin()
  await declareAll(app)
  const burst = await lateness(store, INCIDENTS, index => (index / INCIDENTS) * 1000)
  await settle()
  const idle = await lateness(store, SINGLE, index => index * 20)
  await pend(store, MILLION)
  await settle()
  const under = await lateness(store, SINGLE, index => index * 20)
  await app.stop()
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
  return [
    line('timers idle, due to committed', idle),
    line(`${INCIDENTS} timers due in one second, due to committed`, burst),
    line('timers under a million pending, due to committed', under),
    `median lateness idle ${median(idle).toFixed(2)} ms, with a million pending ${median(under).toFixed(2)} ms: ratio ${(median(under) / median(idle)).toFixed(2)}`,
  ]
}

/** What came before is still being written away, and a machine that was busy is faster: both are measured after a rest. */
const settle = () => new Promise(resolve => setTimeout(resolve, SETTLE_MS))

async function begin(): Promise<{ app: App; store: SqliteStore }> {
  const store = timed(await openSqlite(join(mkdtempSync(join(tmpdir(), 'tocsin-bench-')), 't.db')))
  const telemetry = createTelemetry({ level: 'error', secrets: [] })
  const app = await createApp({
    config: config(REACHABLE),
    store,
    chats: [],
    pagers: [{ way: 'sms', page: async () => ({ id: '1' }) }],
    signer: testSigner,
    clock: systemClock,
    ids: systemIds,
    telemetry,
    dispatch,
  })
  app.clockwork.start()
  return { app, store }
}

async function declareAll(app: App): Promise<void> {
  const judged = { severity: 'SEV1' as const, criterion: 'complete_outage', confidence: 1, reasons: [] }
  for (let from = 0; from < INCIDENTS; from += 500) {
    const asks = Array.from({ length: 500 }, (_, index) => ({
      cause: `bench-${from + index}`,
      stream: 'new' as const,
      actor: { kind: 'person' as const, person: 'aiko', via: 'bench' },
      command: {
        do: 'declare' as const,
        number: 0,
        title: `Bench ${from + index}`,
        details: '',
        service: null,
        judged,
        severity: null,
        test: true,
        drill: false,
      },
    }))
    await app.engine.handle(asks)
  }
}

/** When the decision of each incident's timer was committed, as the store answered it. */
const commits = new Map<string, number>()
const waiting = new Map<string, () => void>()
const committed = (stream: string): Promise<void> =>
  commits.has(stream) ? Promise.resolve() : new Promise(resolve => void waiting.set(stream, resolve))

function timed(store: SqliteStore): SqliteStore {
  return {
    ...store,
    async commit(changes) {
      const outcomes = await store.commit(changes)
      const at = performance.timeOrigin + performance.now()
      for (const { timer, stream } of changes) {
        if (!timer) continue
        commits.set(stream, at)
        waiting.get(stream)?.()
      }
      return outcomes
    },
  }
}

/** Arms a step of an existing incident's page at each offset and waits until all are decided. */
async function lateness(
  store: SqliteStore,
  count: number,
  offset: (index: number) => number,
): Promise<readonly number[]> {
  const start = Date.now() + 1500
  const arms = Array.from({ length: count }, (_, index) => ({
    stream: `INC-${index + 1}`,
    dueAt: Math.round(start + offset(index)),
  }))
  const change = ({ stream, dueAt }: { stream: string; dueAt: number }): Change => ({
    stream,
    cause: null,
    at: 0,
    seenSeq: 0,
    events: [],
    answer: null,
    disarm: [],
    arm: [{ key: `rung:${stream}`, kind: 'rung', stream, dueAt, data: {}, rank: 0 }],
  })
  for (let from = 0; from < count; from += 1000) await store.commit(arms.slice(from, from + 1000).map(change))
  for (const { stream } of arms) commits.delete(stream)
  await Promise.all(arms.map(({ stream }) => committed(stream)))
  return arms.map(({ stream, dueAt }) => Math.max(0, (commits.get(stream) ?? Number.NaN) - dueAt))
}

async function pend(store: SqliteStore, count: number): Promise<void> {
  const later = Date.now() + 365 * 86_400_000
  for (let from = 0; from < count; from += 10_000) {
    const arm = Array.from({ length: 10_000 }, (_, index) => ({
      key: `pending:${from + index}`,
      kind: 'rung',
      stream: 'pending',
      dueAt: later + index,
      data: {},
      rank: 0 as const,
    }))
    await store.commit([
      { stream: 'pending', cause: null, at: 0, seenSeq: 0, events: [], answer: null, disarm: [], arm },
    ])
  }
}
