/** One change, inside its savepoint: all of it, or a reason why none of it. */
import type { Change, CommitOutcome } from '../../bot/ports.ts'
import { sqliteErrorOf } from './failure.ts'
import type { Statements } from './statements.ts'
import { armTimer, disarmTimer, settleTimer, takeTimer } from './timers.ts'

/** Thrown to roll a savepoint back; never leaves this folder. */
export class Stale extends Error {}

export function applyChange(st: Statements, change: Change): CommitOutcome {
  if (change.cause !== null) {
    const known = st.findInbox.get({ cause: change.cause })
    if (known) return { kind: 'repeated', answer: known.answer }
  }
  checkSeen(st, change)
  writeEvents(st, change)
  if (change.cause !== null) {
    st.addInbox.run({
      cause: change.cause,
      at: change.at,
      stream: change.stream,
      answer: JSON.stringify(change.answer ?? null),
    })
  }
  writeRows(st, change)
  for (const key of change.disarm) disarmTimer(st, key)
  for (const arm of change.arm) armTimer(st, arm)
  if (change.settle) settleTimer(st, change.settle)
  return { kind: 'done' }
}

function checkSeen(st: Statements, change: Change): void {
  if (change.seenSettings !== undefined && change.seenSettings !== readMeta(st, 'settings_version'))
    throw new Stale()
  if (change.timer && !takeTimer(st, change.timer)) throw new Stale()
  if (change.takesNumber === undefined) return
  if (readMeta(st, 'next_number', 1) !== change.takesNumber) throw new Stale()
  st.putMeta.run({ name: 'next_number', value: change.takesNumber + 1 })
}

function writeEvents(st: Statements, { stream, seenSeq, events }: Change): void {
  if (events.length === 0) return
  events.forEach((event, index) => {
    const { at, type, actor, cause } = event
    st.addEvent.run({
      stream,
      seq: seenSeq + 1 + index,
      at,
      type,
      actor,
      cause,
      data: JSON.stringify(event.data),
    })
  })
}

function writeRows(st: Statements, { summary, stream, groupKey, changesSettings }: Change): void {
  if (changesSettings) bumpSettings(st)
  if (summary) {
    const { id, number, open, acked, quiet } = summary
    st.putIncident.run({
      id,
      number,
      open: open ? 1 : 0,
      owed: open && !acked && !quiet ? 1 : 0,
      summary: JSON.stringify(summary),
    })
    for (const room of summary.rooms) st.putRoom.run({ room, incident: id })
  }
  if (groupKey === null) st.dropGroups.run({ incident: stream })
  else if (groupKey !== undefined) claimGroup(st, groupKey, stream)
}

/** One open incident a group: who comes second is re-addressed to the first one's. */
function claimGroup(st: Statements, key: string, incident: string): void {
  const holder = st.findGroup.get({ key })?.incident
  if (holder === undefined) st.addGroup.run({ key, incident })
  else if (holder !== incident) throw new Stale()
}

/** The past is answered from the configuration that held then: each one that differs is kept whole. */
export function recordConfig(st: Statements, config: unknown, at: number): void {
  const seq = st.lastSeq.get({ stream: 'config' })?.seq ?? 0
  const last = st.loadEvents.all({ stream: 'config', after: seq - 1 })[0]
  const text = JSON.stringify(config)
  if (last && JSON.stringify(last.data) === text) return
  st.addEvent.run({
    stream: 'config',
    seq: seq + 1,
    at,
    type: 'configured',
    actor: 'file',
    cause: `config:${seq + 1}`,
    data: text,
  })
  bumpSettings(st)
}

const bumpSettings = (st: Statements): void =>
  void st.putMeta.run({ name: 'settings_version', value: readMeta(st, 'settings_version') + 1 })

export const readMeta = (st: Statements, name: string, otherwise = 0): number =>
  st.getMeta.get({ name })?.value ?? otherwise

/** A duplicate event means a rival was first. Matched by the constraint: any other violation is a bug and is thrown on. */
export const isLostRace = (error: unknown): boolean =>
  error instanceof Stale ||
  /UNIQUE constraint failed: events\.stream, events\.seq/.test(sqliteErrorOf(error)?.message ?? '')
