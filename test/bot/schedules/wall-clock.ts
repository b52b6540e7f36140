/**
 * The oracle: a person who sits before a clock on the wall and writes down what it shows, minute after minute. It knows no
 * offsets and divides nothing; the clock is the platform's own, not the one that the product uses.
 */
import type { Restriction, Rotation, Schedule } from '../../../bot/schedules/types.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const at = (iso: string): number => Date.parse(iso)
export const iso = (instant: number): string => new Date(instant).toISOString()

const clocks = new Map<string, Intl.DateTimeFormat>()

/** What the clock shows, as the epoch ms that it would be in UTC. */
export function shows(zone: string, instant: number): number {
  let clock = clocks.get(zone)
  if (!clock) {
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    clocks.set(zone, clock)
  }
  return Date.parse(`${clock.format(instant).replace(' ', 'T')}Z`)
}

/** The first instants of each new offset in (from, to], to the minute. `stepMs`: no offset is kept for less. */
export function clockChanges(zone: string, from: number, to: number, stepMs = DAY): readonly number[] {
  const offset = (instant: number) => shows(zone, instant) - instant
  const found: number[] = []
  let old = offset(from)
  for (let instant = from + stepMs; instant <= to; instant += stepMs) {
    const now = offset(instant)
    if (now === old) continue
    let [low, high] = [instant - stepMs, instant]
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE
      if (offset(middle) === old) low = middle
      else high = middle
    }
    found.push(high)
    old = now
  }
  return found
}

/** One look at the clock. */
type Look = {
  readonly at: number
  /** The furthest that the clock has come until now. */
  readonly furthest: number
  /** The least that it shows now or will show again. */
  readonly least: number
}

export const instants = (from: number, to: number, stepMs: number): readonly number[] =>
  Array.from({ length: Math.ceil((to - from) / stepMs) }, (_, index) => from + index * stepMs)

/** Looks at the clock at each of the instants. */
export function watch(zone: string, all: readonly number[]): readonly Look[] {
  const looks: { at: number; furthest: number; least: number }[] = []
  let furthest = Number.NEGATIVE_INFINITY
  for (const instant of all) {
    const shown = shows(zone, instant)
    furthest = Math.max(furthest, shown)
    looks.push({ at: instant, furthest, least: shown })
  }
  for (let index = looks.length - 2; index >= 0; index--) {
    const [look, next] = [looks[index]!, looks[index + 1]!]
    look.least = Math.min(look.least, next.least)
  }
  return looks
}

/** Who has a rotation at each look, its turns counted one by one from before the first. */
function walkRotation(rotation: Rotation, looks: readonly Look[]): readonly (string | null)[] {
  const step = rotation.every.count * { hour: HOUR, day: DAY, week: 7 * DAY }[rotation.every.unit]
  let handoff = at(`${rotation.starts}T00:00:00Z`)
  const { weekday, minute } = rotation.handoff
  while (weekday !== undefined && new Date(handoff).getUTCDay() !== weekday % 7) handoff += DAY
  handoff += minute * MINUTE
  let turn = -1
  return looks.map(look => {
    while (look.furthest >= handoff) {
      turn++
      handoff += step
    }
    const isOver = rotation.ends !== undefined && look.least >= at(`${rotation.ends}T00:00:00Z`) + DAY
    const isOpen = !rotation.only?.length || rotation.only.some(each => isWithin(each, look))
    return turn < 0 || isOver || !isOpen ? null : rotation.people[turn % rotation.people.length]!
  })
}

/** Some day's hours have begun, and are not over for good. */
function isWithin({ days, except = [], dates = [], fromMinute, toMinute }: Restriction, look: Look): boolean {
  const midnight = Math.floor(look.furthest / DAY) * DAY
  for (let day = midnight - 12 * DAY; day <= midnight; day += DAY) {
    const date = iso(day).slice(0, 10)
    const weekday = ((new Date(day).getUTCDay() + 6) % 7) + 1
    const isDay = dates.includes(date) || (days.some(each => each === weekday) && !except.includes(date))
    if (isDay && look.furthest >= day + fromMinute * MINUTE && look.least < day + toMinute * MINUTE)
      return true
  }
  return false
}

/** Who is on call at each look: the last layer that has anybody. */
export function walk(schedule: Schedule, looks: readonly Look[]): readonly (string | null)[] {
  const layers = schedule.layers.map(layer => walkRotation(layer, looks))
  return looks.map(
    (_, index) => layers.map(layer => layer[index]!).findLast(person => person !== null) ?? null,
  )
}
