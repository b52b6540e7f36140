/**
 * The next move of a chain: the one place that decides who is called. Used when a rung is due, when somebody escalates or
 * stands aside, when nobody of a rung can be reached, and by the simulation; there is no second implementation.
 *
 * A rung that means nobody is skipped at once with its reason and the next is due at that moment. After an outage the chain
 * resumes at the latest rung already due, paged once and marked late, with a whole window after it (D15, I17).
 */
import type { IncidentEvent, NextRung, PageStart } from '../incidents/events.ts'
import { freshRun } from '../incidents/fold.ts'
import { type ChainRun, type Incident, livePages } from '../incidents/state.ts'
import type { Instant, PersonId } from '../words.ts'
import type { World } from '../world.ts'
import { isChannelsOnly, isLastPass, isPassEnd, LATE_AFTER_MS, rungDueAt, windowEnd } from './chain.ts'
import { type Callee, type Resolved, resolveRole } from './resolve.ts'

/** Why the chain moves: its timer came due, or it is pushed on (the reason in words), by somebody who asks for it or by a failure. */
export type Push =
  | { readonly kind: 'due' }
  | { readonly kind: 'pushed'; readonly why: string; readonly asked: boolean }

/** Starts a run of the severity's chain and makes its first move. */
export function startChain(
  world: World,
  incident: Incident,
  now: Instant,
  start: { readonly why: string; readonly without: readonly PersonId[] },
): readonly IncidentEvent[] {
  const { severity } = incident
  const run = freshRun(severity, start.without, now)
  const started: IncidentEvent = { type: 'chain_started', severity, ...start }
  const chain = incident.chains[severity]
  if (chain.rungs.length === 0) return [started, { type: 'chain_exhausted', pass: 1, nobody: true }]
  const first = { pass: 1, rung: 1, dueAt: rungDueAt(chain, world.config.team.business, 1, run, null) }
  if (first.dueAt > now) return [started, waits(run, first)]
  return [
    started,
    ...walk({ world, incident, run, now, why: start.why, asked: true, lateMs: 0, missed: [] }, first),
  ]
}

/** Moves the chain on. Nothing when it has no next rung. */
export function advance(
  world: World,
  incident: Incident,
  now: Instant,
  push: Push,
): readonly IncidentEvent[] {
  const run = incident.chain
  if (!run?.next) return []
  if (push.kind === 'pushed') {
    const { why, asked } = push
    return walk({ world, incident, run, now, why, asked, lateMs: 0, missed: [] }, { ...run.next, dueAt: now })
  }
  const { place, missed, passStartAt, shiftMs } = latestDue(world, incident, run, now)
  const behind = now - place.dueAt
  const lateMs = missed.length > 0 || behind > LATE_AFTER_MS ? behind : 0
  if (lateMs > 0 && isPassEnd(incident.chains[run.severity], place) && isUnheard(incident))
    return [waitAnew(world, incident, run, place, now)]
  const shifted = { ...run, passStartAt, shiftMs: shiftMs + lateMs }
  return walk(
    { world, incident, run: shifted, now, why: dueReason(place), asked: false, lateMs, missed },
    place,
  )
}

/** The chain would end late although nobody heard of it: its last window begins now (D15). */
const waitAnew = (
  world: World,
  incident: Incident,
  run: ChainRun,
  place: NextRung,
  now: Instant,
): IncidentEvent =>
  waits(run, { ...place, dueAt: windowEnd(incident.chains[run.severity], world.config.team.business, now) })

const waits = ({ passStartAt, shiftMs }: ChainRun, next: NextRung): IncidentEvent => ({
  type: 'chain_waits',
  next,
  passStartAt,
  shiftMs,
})

const dueReason = ({ pass, rung }: NextRung): string =>
  rung === 1 && pass > 1
    ? `nobody acknowledged in pass ${pass - 1}`
    : rung === 1
      ? 'first rung'
      : 'nobody acknowledged in time'

type LatestDue = { place: NextRung; missed: readonly number[]; passStartAt: Instant; shiftMs: number }

/**
 * After an outage it passes over the rungs whose successors are due as well; never beyond the last rung of the last pass. On
 * time none is passed over: rungs of the same moment are all paged.
 */
function latestDue(world: World, incident: Incident, run: ChainRun, now: Instant): LatestDue {
  const chain = incident.chains[run.severity]
  const calendar = world.config.team.business
  const missed: number[] = []
  let place = run.next as NextRung
  const onTime = now - place.dueAt <= LATE_AFTER_MS
  let { passStartAt, shiftMs } = run
  for (;;) {
    const here = { place, missed, passStartAt, shiftMs }
    if (isPassEnd(chain, place)) {
      if (isLastPass(chain, place.pass)) return here
      const start = { passStartAt: place.dueAt, shiftMs: 0 }
      const first = { pass: place.pass + 1, rung: 1, dueAt: rungDueAt(chain, calendar, 1, start, null) }
      if (first.dueAt > now) return here
      ;({ passStartAt, shiftMs } = start)
      place = first
      continue
    }
    const dueAt = rungDueAt(chain, calendar, place.rung + 1, { passStartAt, shiftMs }, place.dueAt)
    const following = { pass: place.pass, rung: place.rung + 1, dueAt }
    if (onTime || dueAt > now || (isPassEnd(chain, following) && isLastPass(chain, place.pass))) return here
    missed.push(place.rung)
    place = following
  }
}

type Walk = {
  readonly world: World
  readonly incident: Incident
  readonly run: ChainRun
  readonly now: Instant
  readonly why: string
  /** Somebody wants more people called, whoever is being called. */
  readonly asked: boolean
  readonly lateMs: number
  /** Rungs that an outage passed over. */
  readonly missed: readonly number[]
}

/** From `place` on: skips what is empty, pages the first rung that is not, or ends the pass or the chain. Bounded by the passes. */
function walk(walk: Walk, from: NextRung): readonly IncidentEvent[] {
  const { world, incident, now } = walk
  const chain = incident.chains[walk.run.severity]
  const calendar = world.config.team.business
  const events: IncidentEvent[] = []
  let { pass, rung } = from
  let { run } = walk
  // At the end of a pass whose last window was not over, a push starts the next pass; a skip waits for the window.
  let windowOver = isPassEnd(chain, from)
  for (;;) {
    if (isPassEnd(chain, { rung })) {
      const end = lastWindowEnd({ ...walk, run }, pass)
      if (!windowOver && end > now) return [...events, waits(run, { pass, rung, dueAt: end })]
      if (isLastPass(chain, pass))
        return [...events, { type: 'chain_exhausted', pass, nobody: run.lastPagedAt === null }]
      pass += 1
      rung = 1
      run = { ...run, passStartAt: now, shiftMs: 0 }
      windowOver = false
      const dueAt = rungDueAt(chain, calendar, 1, run, null)
      if (dueAt > now) return [...events, waits(run, { pass, rung, dueAt })]
    }
    const resolved = resolveAt(walk, rung)
    events.push(...skips(chain.rungs[rung - 1]?.role ?? '', resolved, pass, rung))
    if (resolved.callees.length > 0 || resolved.channel) {
      return [...events, pageRung({ ...walk, run }, { pass, rung }, resolved)]
    }
    rung += 1
    if (resolved.notCalled.some(({ why }) => why === JUST_CALLED))
      return [...events, waits(run, afterCalled({ ...walk, run }, { pass, rung }))]
  }
}

/** A rung whose people are being called already was called with them: what follows it has its own time. */
function afterCalled(walk: Walk, place: Pick<NextRung, 'pass' | 'rung'>): NextRung {
  const { world, incident, run, now } = walk
  const chain = incident.chains[run.severity]
  const due = isPassEnd(chain, place)
    ? lastWindowEnd(walk, place.pass)
    : rungDueAt(chain, world.config.team.business, place.rung, run, run.lastPagedAt)
  return { ...place, dueAt: Math.max(due, now) }
}

/** When the window of the pass's last call is over; a call of which an outage kept everybody from hearing has its window yet. */
function lastWindowEnd({ world, incident, run, now, lateMs }: Walk, pass: number): Instant {
  const chain = incident.chains[run.severity]
  const calendar = world.config.team.business
  if (lateMs > 0 && isUnheard(incident)) return windowEnd(chain, calendar, now)
  return run.lastPagedAt !== null && run.lastPagedPass === pass
    ? windowEnd(chain, calendar, run.lastPagedAt)
    : now
}

/** The rung's people, with those of the rungs that an outage passed over and whose pages nobody's provider ever took. */
function resolveAt(walk: Walk, rung: number): Resolved {
  const { world, incident, run, now } = walk
  const barred = barredFrom(walk)
  const at = (number: number) =>
    resolveRole(
      world,
      incident.chains[run.severity].rungs[number - 1]!,
      { now, severity: run.severity },
      barred,
    )
  const here = at(rung)
  const skipped = [...new Set(walk.missed)].filter(missed => missed !== rung && !isHeard(incident, missed))
  const more = skipped.flatMap(missed =>
    at(missed).callees.map(callee => ({
      ...callee,
      why: `${callee.why}; rung ${missed} was missed in an outage`,
    })),
  )
  const callees = [...here.callees, ...more]
  return {
    ...here,
    callees: callees.filter(
      (one, index) => callees.findIndex(other => other.person === one.person) === index,
    ),
  }
}

const JUST_CALLED = 'is being called this moment'

/** Rungs of the same moment that mean the same person are one call, unless somebody asks for it (I17). */
const barredFrom =
  ({ incident, run, now, asked }: Walk) =>
  (person: PersonId): string | null => {
    if (incident.stoodAside.includes(person)) return 'said "Not me"'
    if (!asked && isJustCalled(incident, person, now)) return JUST_CALLED
    return run.without.includes(person) ? 'acknowledged it already' : null
  }

/** What an outage kept from reaching them for long may have reached them only now. */
const isJustCalled = (incident: Incident, person: PersonId, now: Instant): boolean =>
  livePages(incident).some(
    page =>
      page.person === person &&
      page.rung !== null &&
      now - (page.reachedAt ?? page.startedAt) < LATE_AFTER_MS &&
      page.steps.some(({ state }) => state !== 'failed'),
  )

/** Whether somebody's provider took a page of this rung, in this run: the pages of earlier ones have ended. */
const isHeard = (incident: Incident, rung: number): boolean =>
  livePages(incident).some(page => page.rung?.rung === rung && page.steps.some(step => step.state === 'sent'))

/** Nobody's provider has taken a page of the rung that was called last. */
function isUnheard(incident: Incident): boolean {
  const last = livePages(incident).findLast(page => page.rung !== null)?.rung
  return last != null && !isHeard(incident, last.rung)
}

function skips(role: string, resolved: Resolved, pass: number, rung: number): readonly IncidentEvent[] {
  return resolved.notCalled.map(({ person, why }) => ({
    type: 'rung_skipped',
    pass,
    rung,
    role,
    person,
    why,
  }))
}

function pageRung(
  { world, incident, run, now, why, lateMs }: Walk,
  at: { readonly pass: number; readonly rung: number },
  { callees, channel }: Resolved,
): IncidentEvent {
  const chain = incident.chains[run.severity]
  const following = { pass: at.pass, rung: at.rung + 1 }
  const due = rungDueAt(chain, world.config.team.business, following.rung, run, now)
  return {
    type: 'rung_paged',
    ...at,
    role: chain.rungs[at.rung - 1]?.role ?? '',
    why,
    lateMs,
    pages: numberPages(incident, callees),
    channel,
    passStartAt: run.passStartAt,
    shiftMs: run.shiftMs,
    next:
      isChannelsOnly(chain) && isPassEnd(chain, following)
        ? null
        : { ...following, dueAt: Math.max(due, now) },
  }
}

/** Pages are numbered through the whole incident, from 1. */
export const numberPages = (incident: Incident, callees: readonly Callee[]): readonly PageStart[] =>
  callees.map(({ person, why, steps }, index) => ({
    page: incident.pages.length + 1 + index,
    person,
    why,
    steps,
  }))
