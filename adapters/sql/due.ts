/**
 * What is due, and who takes it: one short walk of an index a rank, over decisions and heads of lanes only.
 */
import type { Timer } from '../../bot/ports.ts'
import type { timers } from './schema.ts'
import { HEAD, type Statements } from './statements.ts'

type Row = typeof timers.$inferSelect

const RANKS = [0, 1, 2] as const

export function dueTimers(
  st: Statements,
  head: number,
  now: number,
  limit: number,
  maxRank = 2,
): readonly Row[] {
  const found: Row[] = []
  for (const rank of RANKS) {
    if (rank > maxRank || found.length >= limit) break
    found.push(...st.dueAtRank.all({ head, rank, now, limit: limit - found.length }))
  }
  return found
}

export function claimTimers(
  st: Statements,
  now: number,
  leaseMs: number,
  limit: number,
  maxRank: number,
): readonly Timer[] {
  st.dropLanes.run({ now })
  const rows = dueTimers(st, HEAD.first, now, limit, maxRank)
  return rows.map(row => {
    st.claimTimer.run({ seq: row.seq, until: now + leaseMs, now })
    return {
      ...toTimer(row),
      generation: row.generation + 1,
      attempts: row.attempts + 1,
      firstAttemptAt: row.firstAttemptAt ?? now,
    }
  })
}

/** Of what comes, and of what comes back when nobody settles it. */
export function nextDueAt(st: Statements, now: number): number | undefined {
  const comes = RANKS.flatMap(rank =>
    [HEAD.decision, HEAD.first].map(head => st.nextAtRank.get({ head, rank, now })?.dueAt),
  )
  const all = [...comes, st.nextLeaseEnd.get({ now })?.endsAt ?? undefined].filter(at => at !== undefined)
  return all.length > 0 ? Math.min(...all) : undefined
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
