/** What is remembered, at sizes that nobody has: patterns over 100,000 incidents; and simulation. */

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { offlineWorld } from '../../adapters/cli/world.ts'
import { systemClock } from '../../adapters/clock/system.ts'
import { createPictures } from '../../adapters/picture/pictures.ts'
import { openSqlite } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import { picturesOf } from '../../bot/digest/charts/pictures.ts'
import { LIGHT } from '../../bot/digest/charts/theme.ts'
import { NO_DIGEST } from '../../bot/digest/digest.ts'
import type { Past } from '../../bot/digest/past.ts'
import { patternsOf } from '../../bot/digest/patterns.ts'
import { patternsIn } from '../../bot/digest/patterns-view.ts'
import { patternFacts } from '../../bot/engine/digest-facts.ts'
import type { Engine } from '../../bot/engine/handle.ts'
import { simulate } from '../../bot/escalation/simulate.ts'
import { NOTHING_INGESTED } from '../../bot/ingested/ingested.ts'
import { toLocal } from '../../bot/schedules/zone.ts'
import { busyWeek } from '../bot/digest/busy-week.ts'
import { rowsOf } from '../support/rows.ts'
import { config } from '../support/team.ts'
import { ROUNDS, rangeOf, rounds } from './rounds.ts'

const MANY = 100_000
const START = Date.parse('2026-03-01T00:00:00Z')

const world = offlineWorld(config(), { get: () => undefined, secrets: [] })
/** Rows as the list has them, a hundred thousand of them in a file. */
async function fromDatabase(past: readonly Past[]): Promise<string> {
  const store = await openSqlite(join(mkdtempSync(join(tmpdir(), 'tocsin-bench-')), 't.db'))
  const rows = rowsOf(past)
  for (let from = 0; from < rows.length; from += 5_000) await store.commit(rows.slice(from, from + 5_000))
  const engine = {
    world: async () => world,
    ingested: async () => NOTHING_INGESTED,
    digest: async () => NO_DIGEST,
  }
  const sources = { engine: engine as unknown as Engine, store, clock: systemClock }
  const range = { from: START, to: START + MANY * 317_000 }
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now()
    patternsIn(await patternFacts(sources, range))
    times.push(performance.now() - startedAt)
  }
  await store.close()
  return rangeOf(times)
}

/** The three pictures of a digest, each time by a fresh program; what stays in this one. */
async function drawing(): Promise<string> {
  const drawings = picturesOf(busyWeek(world), LIGHT).map(({ svg }) => svg)
  const telemetry = createTelemetry({ level: 'fatal', secrets: [] })
  const before = process.memoryUsage.rss()
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now()
    await createPictures(telemetry).png(drawings)
    times.push(performance.now() - startedAt)
  }
  const grown = (process.memoryUsage.rss() - before) / 1024 / 1024
  return `three pictures drawn: ${rangeOf(times)}; this process grew by ${grown.toFixed(1)} MB over ${ROUNDS} rounds`
}

export async function benchMemory(): Promise<readonly string[]> {
  const past = Array.from(
    { length: MANY },
    (_, index): Past => ({
      id: `INC-${index}`,
      title: 't',
      declaredAt: START + index * 317_000,
      ackedAt: null,
      resolvedAt: null,
      severity: 'SEV2',
      service: `s${index % 17}`,
      cause: index % 5 === 0 ? `cause ${index % 7}` : null,
      published: false,
    }),
  )
  const deployedAt = Array.from({ length: MANY / 20 }, (_, index) => START + index * 6_340_000)
  const context = {
    from: START,
    to: START + MANY * 317_000,
    localOf: (at: number) => toLocal('Europe/Berlin', at),
    deployments: { knownSince: null, of: () => deployedAt },
  }
  const scenario = { severity: 'SEV1' as const, service: 'checkout', at: START, ackAfterMs: null }
  return [
    `patterns over ${MANY} incidents: ${rounds(() => patternsOf(past, context))} (wanted: under 300 ms)`,
    `the same, read from the database (SQLite) and counted: ${await fromDatabase(past)} (the process is free for others every 2,000 rows)`,
    await drawing(),
    `one simulation: ${rounds(() => simulate(world, scenario))} (wanted: under 300 ms)`,
  ]
}
