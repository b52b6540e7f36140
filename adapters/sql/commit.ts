/** One change, inside its savepoint: all of it, or a reason why none of it. */
import type { Change, CommitOutcome } from '../../bot/ports.ts'
import type { Statements } from './statements.ts'
import { all, get, run, type Steps } from './steps.ts'
import { armTimer, disarmTimer, settleTimer, takeTimer } from './timers.ts'

/** Thrown to roll a savepoint back; never leaves this folder. */
export class Stale extends Error {}

export function* applyChange(st: Statements, change: Change): Steps<CommitOutcome> {
  if (change.cause !== null) {
    const known = yield* get(st.findInbox, { cause: change.cause })
    if (known) return { kind: 'repeated', answer: known.answer }
  }
  yield* checkSeen(st, change)
  yield* writeEvents(st, change)
  if (change.cause !== null) {
    yield* run(st.addInbox, {
      cause: change.cause,
      at: change.at,
      stream: change.stream,
      answer: JSON.stringify(change.answer ?? null),
    })
  }
  yield* writeRows(st, change)
  for (const key of change.disarm) yield* disarmTimer(st, key)
  for (const arm of change.arm) yield* armTimer(st, arm)
  if (change.settle) yield* settleTimer(st, change.settle)
  return { kind: 'done' }
}

function* checkSeen(st: Statements, change: Change): Steps<void> {
  if (change.seenSettings !== undefined && change.seenSettings !== (yield* readMeta(st, 'settings_version')))
    throw new Stale()
  if (change.timer && !(yield* takeTimer(st, change.timer))) throw new Stale()
  if (change.takesNumber === undefined) return
  if ((yield* readMeta(st, 'next_number', 1)) !== change.takesNumber) throw new Stale()
  yield* run(st.putMeta, { name: 'next_number', value: change.takesNumber + 1 })
}

function* writeEvents(st: Statements, { stream, seenSeq, events }: Change): Steps<void> {
  if (events.length === 0) return
  // Not only a rival: an earlier change of the same commit, on which this one was built, may have been stale itself.
  if ((yield* lastSeq(st, stream)) !== seenSeq) throw new Stale()
  for (const [index, event] of events.entries()) {
    const { at, type, actor, cause } = event
    yield* run(st.addEvent, {
      stream,
      seq: seenSeq + 1 + index,
      at,
      type,
      actor,
      cause,
      data: JSON.stringify(event.data),
    })
  }
}

function* writeRows(st: Statements, { summary, stream, groupKey, changesSettings }: Change): Steps<void> {
  if (changesSettings) yield* bumpSettings(st)
  if (summary) {
    const { id, number, open, acked, quiet } = summary
    yield* run(st.putIncident, {
      id,
      number,
      open: open ? 1 : 0,
      owed: open && !acked && !quiet ? 1 : 0,
      summary: JSON.stringify(summary),
    })
    for (const room of summary.rooms) yield* run(st.putRoom, { room, incident: id })
  }
  if (groupKey === null) yield* run(st.dropGroups, { incident: stream })
  else if (groupKey !== undefined) yield* claimGroup(st, groupKey, stream)
}

/** One open incident a group: who comes second is re-addressed to the first one's. */
function* claimGroup(st: Statements, key: string, incident: string): Steps<void> {
  const holder = (yield* get(st.findGroup, { key }))?.incident
  if (holder === undefined) yield* run(st.addGroup, { key, incident })
  else if (holder !== incident) throw new Stale()
}

/** The past is answered from the configuration that held then: each one that differs is kept whole. */
export function* recordConfig(st: Statements, config: unknown, at: number): Steps<void> {
  const seq = yield* lastSeq(st, 'config')
  const [last] = yield* all(st.loadEvents, { stream: 'config', after: seq - 1 })
  const text = JSON.stringify(config)
  if (last && JSON.stringify(last.data) === text) return
  yield* run(st.addEvent, {
    stream: 'config',
    seq: seq + 1,
    at,
    type: 'configured',
    actor: 'file',
    cause: `config:${seq + 1}`,
    data: text,
  })
  yield* bumpSettings(st)
}

function* lastSeq(st: Statements, stream: string): Steps<number> {
  return (yield* get(st.lastSeq, { stream }))?.seq ?? 0
}

function* bumpSettings(st: Statements): Steps<void> {
  const value = (yield* readMeta(st, 'settings_version')) + 1
  yield* run(st.putMeta, { name: 'settings_version', value })
}

export function* readMeta(st: Statements, name: string, otherwise = 0): Steps<number> {
  return (yield* get(st.getMeta, { name }))?.value ?? otherwise
}
