/**
 * What digests and patterns are made of, gathered from the store. Patterns look at rows alone, a hundred thousand of which are read in
 * well under a second; only the weeks of a digest are folded. Between portions others have their turn: a page does not wait for statistics.
 */

import { deploymentsOf } from '../digest/deployments.ts'
import type { Untold } from '../digest/digest.ts'
import { WEEKS_BEFORE } from '../digest/lines.ts'
import { type Noise, type Past, pastOf } from '../digest/past.ts'
import type { Range } from '../digest/patterns.ts'
import { type Period, weeksUntil } from '../digest/period.ts'
import { type DigestFacts, PATTERN_WEEKS, type PatternFacts, WEEK_MS } from '../digest/view.ts'
import { summaryOf } from '../incidents/summary.ts'
import type { Clock, IncidentSummary, Store } from '../ports.ts'
import type { Handoff } from '../schedules/types.ts'
import type { Engine } from './handle.ts'

type Sources = {
  readonly engine: Engine
  readonly store: Pick<Store, 'incidents'>
  readonly clock: Clock
}

const PAGE = 2_000
/** Histories that are folded before others have their turn. */
const FOLDED = 20

/** Absent: all services. */
export type PatternRange = Range & { readonly service?: string }

/** Of a range that somebody names, weeks are the calendar's. */
const CALENDAR: Handoff = { weekday: 1, minute: 0 }

export async function patternFacts(
  sources: Sources,
  { service, ...range }: PatternRange,
): Promise<PatternFacts> {
  const { engine } = sources
  const world = await engine.world()
  const past = (await pastWithin(sources, range)).filter(
    each => service === undefined || each.service === service,
  )
  return {
    world,
    range,
    service: service ?? null,
    past,
    weeks: CALENDAR,
    deployments: deploymentsOf(world, await engine.ingested()),
    since: (await engine.digest()).since,
  }
}

export type SentDigest = {
  /** What the digest before it should have told. */
  readonly untold?: readonly Untold[]
  /** Somebody wanted it: then it is not late. */
  readonly asked?: boolean
}

export async function digestFacts(
  sources: Sources,
  period: Period,
  { untold = [], asked = true }: SentDigest = {},
): Promise<DigestFacts> {
  const { engine, clock } = sources
  const { digest, team } = (await engine.world()).config
  const range = weeksUntil(digest.every, team.timezone, period.to, PATTERN_WEEKS)
  const facts = await patternFacts(sources, range)
  const recent = facts.past.filter(({ declaredAt }) => declaredAt >= period.from - WEEKS_BEFORE * WEEK_MS)
  return {
    ...facts,
    weeks: digest.every,
    period,
    noise: await noiseOf(sources, recent),
    actions: (await engine.actions()).items,
    now: clock.now(),
    untold,
    asked,
  }
}

/** Oldest first. */
async function pastWithin(sources: Sources, range: Range): Promise<readonly Past[]> {
  // Each half is found by the index of lists; all at once would be sorted anew for every portion.
  const found = [...(await halfWithin(sources, range, true)), ...(await halfWithin(sources, range, false))]
  return found.sort((a, b) => a.declaredAt - b.declaredAt)
}

async function halfWithin(sources: Sources, { from, to }: Range, open: boolean): Promise<readonly Past[]> {
  const found: Past[] = []
  let before: number | undefined
  for (;;) {
    const rows = await sources.store.incidents({
      open,
      limit: PAGE,
      ...(before === undefined ? {} : { before }),
    })
    for (const row of rows)
      if (!row.test && row.declaredAt >= from && row.declaredAt < to)
        found.push(pastOf(await whole(sources, row)))
    const last = rows.at(-1)
    if (rows.length < PAGE || !last || last.declaredAt < from) return found
    before = last.number
    await breathe(sources)
  }
}

/** A row that an older version wrote lacks some of it. */
async function whole({ engine }: Sources, row: IncidentSummary): Promise<IncidentSummary> {
  if ((row.ackedAt as number | null | undefined) !== undefined) return row
  const incident = await engine.incident(row.id)
  return incident ? summaryOf(incident) : row
}

async function noiseOf(sources: Sources, recent: readonly Past[]): Promise<Noise> {
  const { engine } = sources
  const pages: Noise['pages'][number][] = []
  const firings = [...(await engine.ingested()).firings]
  for (const [index, { id }] of recent.entries()) {
    if (index % FOLDED === FOLDED - 1) await breathe(sources)
    const incident = await engine.incident(id)
    if (!incident) continue
    pages.push(...incident.pages.map(({ person, startedAt }) => ({ person, at: startedAt })))
    if (Object.keys(incident.alerts).length === 0) continue
    for (const { at, event } of await engine.history(id))
      if (event.type === 'alert_fired') firings.push({ title: event.alert.title, at })
  }
  return { pages, firings }
}

const NEVER = new AbortController().signal

const breathe = ({ clock }: Sources): Promise<void> => clock.wait(clock.now(), NEVER)
