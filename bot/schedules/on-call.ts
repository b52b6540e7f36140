/**
 * Who is on call: the topmost layer whose turn it is, after the overrides. A function of the schedule, the overrides and
 * the instant, and of nothing else (D13, I21): simulation, calendar, chat and the engine all ask here.
 */
import { refuse } from '../refusal.ts'
import type { Instant, PersonId } from '../words.ts'
import { type Duty, nextOverrideEdge, overridden, overridesOf } from './override.ts'
import { type Held, held } from './rotation.ts'
import type { Override, Rotation, Schedule } from './types.ts'

export type OnCall = {
  /** Empty when nobody is on call. */
  readonly people: readonly PersonId[]
  /** In words why: `rotation`, `layer nights`, `override by chika`, `rotation, with dai (extra by chika)`, or `nobody`. */
  readonly source: string
}

/** Half-open. */
export type Shift = {
  /** Null in a gap. */
  readonly person: PersonId | null
  readonly from: Instant
  readonly to: Instant
  /** Why they are: `rotation`, `layer nights`, `override by chika`, or `nobody`. */
  readonly source: string
  /** The others on call with them; absent when there are none. */
  readonly also?: readonly Duty[]
}

/** Everybody on call, each with their reason. */
export const dutiesAt = (schedule: Schedule, overrides: readonly Override[], at: Instant): readonly Duty[] =>
  overridden(planner(schedule)(at).duties, overridesOf(schedule, overrides), at)

export function onCall(schedule: Schedule, overrides: readonly Override[], at: Instant): OnCall {
  const [first, ...also] = dutiesAt(schedule, overrides, at)
  return first
    ? { people: [first, ...also].map(duty => duty.person), source: sourceOf({ source: first.source, also }) }
    : { people: [], source: NOBODY }
}

/** The first one's reason, and who is with them. */
export function sourceOf({ source, also = [] }: Pick<Shift, 'source' | 'also'>): string {
  const others = also.map(duty => `${duty.person} (${duty.source})`)
  return others.length > 0 ? `${source}, with ${others.join(', ')}` : source
}

const NOBODY = 'nobody'

/** When the people on call change next; undefined when they do not, within the next five thousand turns and windows. */
export function nextChange(
  schedule: Schedule,
  overrides: readonly Override[],
  at: Instant,
): Instant | undefined {
  const names = (duties: readonly Duty[]) => duties.map(duty => duty.person).join()
  const now = names(dutiesAt(schedule, overrides, at))
  for (const stretch of stretches(schedule, overrides, at, MAX_LOOKS)) {
    if (names(stretch.duties) !== now) return stretch.at
  }
  return undefined
}

/** Until when the answer holds for sure: the next handoff, or the next edge of an override; undefined when it holds for ever. */
export function holdsUntil(
  schedule: Schedule,
  overrides: readonly Override[],
  at: Instant,
): Instant | undefined {
  const [stretch] = stretches(schedule, overrides, at, 1)
  return stretch && Number.isFinite(stretch.until) ? stretch.until : undefined
}

/**
 * Contiguous shifts that cover the range exactly (I19), no two alike in a row.
 * Throws a Refusal when the range has more than a hundred thousand turns.
 */
export function shifts(
  schedule: Schedule,
  overrides: readonly Override[],
  from: Instant,
  to: Instant,
): readonly Shift[] {
  const all: Shift[] = []
  let until = from
  for (const stretch of stretches(schedule, overrides, from, MAX_STRETCHES)) {
    if (stretch.at >= to) break
    until = Math.min(stretch.until, to)
    append(all, shiftOf(stretch, until))
  }
  if (until < to) throw refuse('long_range', 'That range has too many shifts.', 'Ask for a shorter one.')
  return all
}

/** When nobody is on call. */
export const gaps = (
  schedule: Schedule,
  overrides: readonly Override[],
  from: Instant,
  to: Instant,
): readonly { readonly from: Instant; readonly to: Instant }[] =>
  shifts(schedule, overrides, from, to)
    .filter(shift => shift.person === null)
    .map(shift => ({ from: shift.from, to: shift.to }))

/** Adds what comes next; one that goes on as before lengthens the last. */
export function append(all: Shift[], next: Shift): void {
  const last = all.at(-1)
  if (last && last.to === next.from && isAlike(last, next)) all[all.length - 1] = { ...last, to: next.to }
  else all.push(next)
}

const isAlike = (a: Shift, b: Shift): boolean => a.person === b.person && sourceOf(a) === sourceOf(b)

function shiftOf({ at, duties: [first, ...also] }: Stretch, to: Instant): Shift {
  const { person = null, source = NOBODY } = first ?? {}
  return { person, from: at, to, source, ...(also.length > 0 ? { also } : {}) }
}

type Planned = { readonly duties: readonly Duty[]; readonly until: Instant }

/**
 * What the layers say. It remembers each layer's answer as long as that holds, so that walking a year asks a layer once a
 * turn; and asks no layer that is covered, since what that one does matters only once the one above has changed.
 */
function planner({ timezone, layers }: Schedule): (at: Instant) => Planned {
  const topDown = layers.toReversed()
  const answers: Held[] = []
  const ask = (layer: Rotation, index: number, at: Instant): Held => {
    const known = answers[index]
    if (known && at < known.until) return known
    const answer = held(layer.timezone ?? timezone, layer, at)
    answers[index] = answer
    return answer
  }
  return at => {
    let until = Number.POSITIVE_INFINITY
    for (const [index, layer] of topDown.entries()) {
      const answer = ask(layer, index, at)
      until = Math.min(until, answer.until)
      if (answer.person !== undefined) {
        const source = layer.name === undefined ? 'rotation' : `layer ${layer.name}`
        return { duties: [{ person: answer.person, source }], until }
      }
    }
    return { duties: [], until }
  }
}

/** More turns than ten years of hours. */
const MAX_STRETCHES = 100_000
/** Ten years of a window a day; asked at each look at a card. */
const MAX_LOOKS = 5000

type Stretch = { readonly at: Instant; readonly until: Instant; readonly duties: readonly Duty[] }

/** One after the other from `from` on, each until the answer may change. */
function* stretches(
  schedule: Schedule,
  overrides: readonly Override[],
  from: Instant,
  limit: number,
): Generator<Stretch> {
  const own = overridesOf(schedule, overrides).filter(each => each.to > from)
  const planned = planner(schedule)
  let at = from
  for (let count = 0; count < limit && Number.isFinite(at); count++) {
    const { duties, until: plannedUntil } = planned(at)
    const until = Math.min(plannedUntil, nextOverrideEdge(own, at))
    yield { at, until, duties: overridden(duties, own, at) }
    at = until
  }
}
