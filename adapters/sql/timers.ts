/**
 * Timers as rows: armed, disarmed, settled. A lane's oldest row carries `head`, so that what may be taken up is
 * found through one index, however many rows wait behind it or in the future. A head is never due before its lane has
 * rested, whichever way it came there: that is what keeps a chat's pace (I13).
 */
import type { Arm, Settle } from '../../bot/ports.ts'
import type { timers } from './schema.ts'
import { HEAD, type Statements } from './statements.ts'
import { get, run, type Steps } from './steps.ts'

type Row = typeof timers.$inferSelect

export function* armTimer(st: Statements, arm: Arm): Steps<void> {
  const known = yield* get(st.findTimer, { key: arm.key })
  if (!known) yield* addTimer(st, arm, NEW)
  else if (sameLane(known, arm.lane ?? null)) yield* rearmTimer(st, known, arm)
  else yield* moveTimer(st, known, arm)
}

function* rearmTimer(st: Statements, known: Row, arm: Arm): Steps<void> {
  const { key, kind, stream, rank } = arm
  const data = JSON.stringify(arm.data)
  const dueAt = yield* headDue(st, { ...known, dueAt: movedDue(known, arm) })
  yield* run(st.rearmTimer, { key, kind, stream, rank, data, dueAt })
}

/** A row that left its lane because it was failing stays where it is when it is armed again. */
const sameLane = (known: Row, lane: string | null): boolean => known.lane === lane || known.lane === known.key

/** What waits after a failure is not brought forward: the wait may be the chat's own Retry-After (I13). */
function movedDue(known: Row, { dueAt, keepEarlier }: Arm): number {
  const moved = keepEarlier ? Math.min(known.dueAt, dueAt) : dueAt
  const backingOff = known.attempts > 0 && known.claimedUntil === null
  return backingOff ? Math.max(moved, known.dueAt) : moved
}

type History = Pick<Row, 'claimedUntil' | 'attempts' | 'firstAttemptAt' | 'lastAttemptAt' | 'doubt'> & {
  readonly revision: number | null
  readonly generation: number | null
}

const NEW: History = {
  revision: null,
  generation: null,
  claimedUntil: null,
  attempts: 0,
  firstAttemptAt: null,
  lastAttemptAt: null,
  doubt: false,
}

/** To the end of another lane. A lease in force stays: its holder settles by the newer revision. */
function* moveTimer(st: Statements, known: Row, arm: Arm): Steps<void> {
  yield* disarmTimer(st, arm.key)
  yield* addTimer(st, { ...arm, dueAt: movedDue(known, arm) }, { ...known, revision: known.revision + 1 })
}

function* addTimer(st: Statements, arm: Arm, history: History): Steps<void> {
  const { key, kind, stream, rank } = arm
  const lane = arm.lane ?? null
  const head = lane === null ? HEAD.decision : (yield* get(st.laneHead, { lane })) ? HEAD.behind : HEAD.first
  const { revision, generation, claimedUntil, attempts, firstAttemptAt, lastAttemptAt } = history
  yield* run(st.addTimer, {
    ...{ key, kind, stream, rank, lane, head, data: JSON.stringify(arm.data) },
    ...{ revision, generation, claimedUntil, attempts, firstAttemptAt, lastAttemptAt },
    dueAt: yield* headDue(st, { lane, head, dueAt: arm.dueAt }),
    doubt: history.doubt ? 1 : 0,
  })
}

/** When a row may be taken up: its own time, or when its lane has rested if that is later. */
function* headDue(
  st: Statements,
  { lane, head, dueAt }: Pick<Row, 'lane' | 'head' | 'dueAt'>,
): Steps<number> {
  if (lane === null || head !== HEAD.first) return dueAt
  return Math.max(dueAt, (yield* get(st.findLane, { lane }))?.freeAt ?? dueAt)
}

export function* disarmTimer(st: Statements, key: string): Steps<void> {
  yield* passOn(st, yield* get(st.deleteTimer, { key }))
}

/** Deletes the timer only if it is still at this revision; false when it is not. */
export function* takeTimer(
  st: Statements,
  { key, revision }: { readonly key: string; readonly revision: number },
): Steps<boolean> {
  const gone = yield* get(st.deleteTimerAt, { key, revision })
  yield* passOn(st, gone)
  return gone !== undefined
}

/** The next of a lane becomes its head. */
function* passOn(st: Statements, gone: Pick<Row, 'lane' | 'head'> | undefined): Steps<void> {
  if (gone?.lane != null && gone.head === HEAD.first) yield* promoteNext(st, gone.lane)
}

function* promoteNext(st: Statements, lane: string): Steps<void> {
  const next = yield* get(st.laneHead, { lane })
  if (next)
    yield* run(st.promote, { seq: next.seq, dueAt: yield* headDue(st, { ...next, lane, head: HEAD.first }) })
}

export function* settleTimer(st: Statements, { key, revision, generation, outcome }: Settle): Steps<void> {
  const row = yield* get(st.findTimer, { key })
  if (!row || row.generation !== generation) return
  if ('done' in outcome) yield* finish(st, row, revision, outcome.laneFreeAt)
  else yield* retry(st, row, revision, outcome)
}

/** Work that was armed anew while it was being sent stays, as new work does. */
function* finish(st: Statements, row: Row, revision: number, laneFreeAt: number | undefined): Steps<void> {
  if (row.revision === revision) yield* disarmTimer(st, row.key)
  else yield* run(st.releaseTimer, { seq: row.seq })
  if (laneFreeAt !== undefined && row.lane !== null) yield* restLane(st, row.lane, laneFreeAt)
}

/** Kept beside the rows too: who comes into an empty lane waits as well. */
function* restLane(st: Statements, lane: string, freeAt: number): Steps<void> {
  yield* run(st.putLane, { lane, freeAt })
  yield* promoteNext(st, lane)
}

type Retry = Exclude<Settle['outcome'], { readonly done: true }>

function* retry(
  st: Statements,
  row: Row,
  revision: number,
  { retryAt, doubt, leaveLane }: Retry,
): Steps<void> {
  const dueAt = row.revision === revision ? retryAt : Math.max(retryAt, row.dueAt)
  yield* run(st.retryTimer, {
    seq: row.seq,
    dueAt: yield* headDue(st, { ...row, dueAt }),
    doubt: doubt ? 1 : 0,
  })
  if (!leaveLane || row.lane === row.key) return
  yield* run(st.leaveLane, { seq: row.seq })
  yield* passOn(st, row)
}
