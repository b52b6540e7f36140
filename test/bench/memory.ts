/** What is remembered, at sizes that nobody has: a timeline of 100,000 entries, patterns over as many incidents; and simulation. */

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { raw } from 'hono/html'
import { offlineWorld } from '../../adapters/cli/world.ts'
import { systemClock } from '../../adapters/clock/system.ts'
import { createPictures } from '../../adapters/picture/pictures.ts'
import { openSqlite } from '../../adapters/sql/sqlite.ts'
import { createTelemetry } from '../../adapters/telemetry/telemetry.ts'
import type { Html } from '../../adapters/web/layout.ts'
import { timelineSection } from '../../adapters/web/timeline-section.ts'
import { picturesOf } from '../../bot/digest/charts/pictures.ts'
import { LIGHT } from '../../bot/digest/charts/theme.ts'
import { NO_DIGEST } from '../../bot/digest/digest.ts'
import type { Past } from '../../bot/digest/past.ts'
import { patternsOf } from '../../bot/digest/patterns.ts'
import { patternsIn } from '../../bot/digest/patterns-view.ts'
import { patternFacts } from '../../bot/engine/digest-facts.ts'
import type { Engine } from '../../bot/engine/handle.ts'
import { simulate } from '../../bot/escalation/simulate.ts'
import { declare } from '../../bot/incidents/declare.ts'
import type { Happened } from '../../bot/incidents/events.ts'
import { fold, happen } from '../../bot/incidents/fold.ts'
import { NOTHING_INGESTED } from '../../bot/ingested/ingested.ts'
import { Refusal } from '../../bot/refusal.ts'
import { toLocal } from '../../bot/schedules/zone.ts'
import { entriesOf } from '../../bot/timeline/entries.ts'
import { busyWeek } from '../bot/digest/busy-week.ts'
import { rowsOf } from '../support/rows.ts'
import { config } from '../support/team.ts'

const NO_HTML = raw('') as Html
const MANY = 100_000
const ROUNDS = 7
const START = Date.parse('2026-03-01T00:00:00Z')

const world = offlineWorld(config(), { get: () => undefined, secrets: [] })
const actor = { kind: 'person' as const, person: 'aiko', via: 'console' }

const timed = (work: () => unknown): number => {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}
const rangeOf = (values: readonly number[]): string => {
  const sorted = [...values].sort((a, b) => a - b)
  return `${sorted[0]?.toFixed(0)} to ${sorted.at(-1)?.toFixed(0)} ms`
}
const rounds = (work: () => unknown): string => rangeOf(Array.from({ length: ROUNDS }, () => timed(work)))

function longIncident() {
  const judged = { severity: 'SEV1' as const, criterion: 'default', confidence: 1, reasons: [] }
  const asked = {
    number: 1,
    title: 'Long',
    details: '',
    service: null,
    judged,
    severity: null,
    test: false,
    drill: false,
  }
  const begun = declare({ world, actor, now: START }, asked)
  if (begun instanceof Refusal) throw begun
  const first = happen(0, begun, START, actor)
  const notes = Array.from(
    { length: MANY },
    (_, index): Happened => ({
      seq: first.length + 1 + index,
      at: START + ((index * 7919) % MANY) * 1000,
      actor,
      event: { type: 'note_added', text: `note ${index}`, from: null },
    }),
  )
  const history = [...first, ...notes]
  return { history, incident: fold('INC-1', first)! }
}

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
  const { history, incident } = longIncident()
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
  const page = (entries: number) => {
    const found = {
      incident,
      entries: entriesOf(world, incident, history.slice(0, entries), NOTHING_INGESTED),
    } as unknown as Parameters<typeof timelineSection>[0]['found']
    const asked = { page: undefined, withHidden: false, edit: undefined }
    return String(timelineSection({ world, found, asked, now: START + MANY * 1000, hidden: NO_HTML }))
  }
  return [
    `timeline of 2,000 entries, as a page: ${rounds(() => page(2_000))}, ${Math.round(page(2_000).length / 1024)} kB`,
    `timeline of ${MANY} entries, as a page: ${rounds(() => page(MANY))}, ${Math.round(page(MANY).length / 1024)} kB (wanted: under 300 ms)`,
    `timeline of ${MANY} entries: ${rounds(() => entriesOf(world, incident, history, NOTHING_INGESTED))} (wanted: under 300 ms)`,
    `patterns over ${MANY} incidents: ${rounds(() => patternsOf(past, context))} (wanted: under 300 ms)`,
    `the same, read from the database (SQLite) and counted: ${await fromDatabase(past)} (the process is free for others every 2,000 rows)`,
    await drawing(),
    `one simulation: ${rounds(() => simulate(world, scenario))} (wanted: under 300 ms)`,
  ]
}
