/**
 * What is due, and who takes it: one short walk of an index a rank, over decisions and heads of lanes only.
 */
import type { Timer } from '../../bot/ports.ts'
import type { timers } from './schema.ts'
import { HEAD, type Statements } from './statements.ts'
import { all, get, run, type Steps } from './steps.ts'

type Row = typeof timers.$inferSelect

const RANKS = [0, 1, 2] as const

export function* dueTimers(
  st: Statements,
  head: number,
  now: number,
  limit: number,
  maxRank = 2,
): Steps<readonly Row[]> {
  const found: Row[] = []
  for (const rank of RANKS) {
    if (rank > maxRank || found.length >= limit) break
    found.push(...(yield* all(st.dueAtRank, { head, rank, now, limit: limit - found.length })))
  }
  return found
}

export function* claimTimers(
  st: Statements,
  now: number,
  leaseMs: number,
  limit: number,
  maxRank: number,
): Steps<readonly Timer[]> {
  yield* run(st.dropLanes, { now })
  const rows = yield* dueTimers(st, HEAD.first, now, limit, maxRank)
  for (const { seq } of rows) yield* run(st.claimTimer, { seq, until: now + leaseMs, now })
  return rows.map(row => ({
    ...toTimer(row),
    generation: row.generation + 1,
    attempts: row.attempts + 1,
    firstAttemptAt: row.firstAttemptAt ?? now,
  }))
}

/** Of what comes, and of what comes back when nobody settles it. */
export function* nextDueAt(st: Statements, now: number): Steps<number | undefined> {
  const found: (number | null | undefined)[] = [(yield* get(st.nextLeaseEnd, { now }))?.endsAt]
  for (const rank of RANKS)
    for (const head of [HEAD.decision, HEAD.first])
      found.push((yield* get(st.nextAtRank, { head, rank, now }))?.dueAt)
  const known = found.filter(at => at !== undefined && at !== null)
  return known.length > 0 ? Math.min(...known) : undefined
}

export const toTimer = (row: Row): Timer => ({
  key: row.key,
  kind: row.kind,
  stream: row.stream,
  dueAt: row.dueAt,
  data: row.data,
  rank: row.rank,
  lane: row.lane,
  revision: row.revision,
  generation: row.generation,
  attempts: row.attempts,
  firstAttemptAt: row.firstAttemptAt,
  lastAttemptAt: row.lastAttemptAt,
  doubt: row.doubt,
})
