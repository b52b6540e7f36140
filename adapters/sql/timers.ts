/**
 * Timers as rows: armed, disarmed, claimed, settled. A lane's oldest row carries `head`, so that what may be taken up is
 * found through one index, however many rows wait behind it or in the future.
 */
import type { Arm, Settle, Timer } from '../../bot/ports.ts'
import type { timers } from './schema.ts'
import { HEAD, type Statements } from './statements.ts'

type Row = typeof timers.$inferSelect

const RANKS = [0, 1, 2] as const

export function armTimer(st: Statements, arm: Arm): void {
  const known = st.findTimer.get({ key: arm.key })
  const lane = arm.lane ?? null
  if (known && sameLane(known, lane)) {
    const dueAt = arm.keepEarlier ? Math.min(known.dueAt, arm.dueAt) : arm.dueAt
    st.rearmTimer.run({ key: arm.key, kind: arm.kind, dueAt, data: JSON.stringify(arm.data), rank: arm.rank })
    return
  }
  if (known) disarmTimer(st, arm.key)
  const head = lane === null ? HEAD.decision : st.laneHead.get({ lane }) ? HEAD.behind : HEAD.first
  const { key, kind, stream, dueAt, rank } = arm
  st.addTimer.run({ key, kind, stream, dueAt, data: JSON.stringify(arm.data), rank, lane, head })
}

/** A row that left its lane because it was failing stays where it is when it is armed again. */
const sameLane = (known: Row, lane: string | null): boolean => known.lane === lane || known.lane === known.key

export function disarmTimer(st: Statements, key: string): void {
  passOn(st, st.deleteTimer.get({ key }))
}

/** Deletes the timer only if it is still at this revision; false when it is not. */
export function takeTimer(
  st: Statements,
  { key, revision }: { readonly key: string; readonly revision: number },
): boolean {
  const gone = st.deleteTimerAt.get({ key, revision })
  passOn(st, gone)
  return gone !== undefined
}

/** The next of a lane becomes its head. */
function passOn(st: Statements, gone: Pick<Row, 'lane' | 'head'> | undefined): number | undefined {
  if (gone?.lane == null || gone.head !== HEAD.first) return undefined
  const next = st.laneHead.get({ lane: gone.lane })
  if (next) st.promote.run({ seq: next.seq })
  return next?.seq
}

export function settleTimer(st: Statements, { key, revision, generation, outcome }: Settle): void {
  const row = st.findTimer.get({ key })
  if (!row || row.generation !== generation) return
  if ('done' in outcome) {
    finish(st, row, revision, outcome.laneFreeAt)
    return
  }
  if (row.revision !== revision) {
    st.releaseTimer.run({ key, generation })
    return
  }
  st.retryTimer.run({ key, generation, dueAt: outcome.retryAt, doubt: outcome.doubt ? 1 : 0 })
  if (outcome.leaveLane && row.lane !== key) {
    st.leaveLane.run({ key })
    passOn(st, { lane: row.lane, head: HEAD.first })
  }
}

function finish(st: Statements, row: Row, revision: number, laneFreeAt: number | undefined): void {
  if (row.revision !== revision) {
    st.releaseTimer.run({ key: row.key, generation: row.generation })
    if (laneFreeAt !== undefined) st.holdUntil.run({ seq: row.seq, until: laneFreeAt })
    return
  }
  const next = passOn(st, st.deleteTimer.get({ key: row.key }))
  if (next !== undefined && laneFreeAt !== undefined) st.holdUntil.run({ seq: next, until: laneFreeAt })
}

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

export function nextDueAt(st: Statements, now: number): number | undefined {
  const all = RANKS.flatMap(rank =>
    [HEAD.decision, HEAD.first].map(head => st.nextAtRank.get({ head, rank, now })?.dueAt),
  )
  const known = all.filter(dueAt => dueAt !== undefined)
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
