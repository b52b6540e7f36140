/**
 * In quiet times every call comes when it is due, and none that is not: to the right person, by the right way, within two seconds
 * (I5, I10, I11). What is said of a chain's end, and the question to whoever has it, come in time as well.
 */
import { chainEvents } from './chains.ts'
import { type Called, calledBy, type Life, type Provider } from './evidence.ts'
import { LIMIT_MS, LIMITS, MINUTE, type Way } from './team.ts'

const LATEST_MS = 2_000
/** So long after trouble what it left behind may still be on its way. */
const SETTLES_MS = 12 * MINUTE

export const isCalm = ({ troubles }: Life, from: number, to: number): boolean =>
  !troubles.some(each => each.from <= to && each.to >= from - SETTLES_MS)

export function lateOrEarly(life: Life): readonly string[] {
  const calls = life.seen.flatMap(each => calledBy(each) ?? [])
  return chainEvents(life).flatMap(({ id, reckoned }) => {
    const own = calls.filter(each => each.incident === id)
    const used = new Set<Called>()
    const missing = reckoned.due.flatMap(({ at, person, by, since }) => {
      const call = own.find(
        each =>
          !used.has(each) &&
          each.person === person &&
          each.by === by &&
          each.at >= at &&
          each.at <= at + LATEST_MS,
      )
      if (call) used.add(call)
      if (call || !isCalm(life, since, at + LATEST_MS)) return []
      if (isHeld(calls, id, person, by, at))
        return isSaid(life, id, at, /waits until/)
          ? []
          : [`it was not said that a page of ${person} for ${id} by ${by} is held`]
      return [`${person} was not called for ${id} by ${by} at ${time(at)}`]
    })
    const extra = own.flatMap(each => {
      const span = reckoned.sure.find(one => one.from <= each.at && each.at < one.to)
      if (!span || used.has(each) || !isCalm(life, span.since, each.at)) return []
      return isHeld(calls, id, each.person, each.by, each.at)
        ? []
        : [`${each.person} was called for ${id} by ${each.by} at ${time(each.at)}, when nothing was due`]
    })
    return [...missing, ...extra, ...silent(life, id, reckoned.words)]
  })
}

const time = (at: number): string => new Date(at).toISOString().slice(8, 19).replace('T', ' ')

/** Their limit is reached, and it is not the incident's first call by this way: it may wait, or be told of in another (I29). */
function isHeld(calls: readonly Called[], id: string, person: string, by: Provider, at: number): boolean {
  const limit = LIMITS[by as Way]
  const lane = calls.filter(each => each.person === person && each.by === by && each.at <= at)
  const recent = lane.filter(each => each.at > at - 2 * LIMIT_MS)
  return limit !== undefined && recent.length >= limit && lane.some(each => each.incident === id)
}

const SAID = { exhausted: /Nobody (?:acknowledged|could be paged)/, asked: /still on it\?/ } as const

const isSaid = ({ seen }: Life, id: string, from: number, words: RegExp): boolean =>
  seen.some(
    each =>
      each.at >= from && each.at <= from + LATEST_MS && each.first.includes(id) && words.test(each.first),
  )

function silent(
  life: Life,
  id: string,
  words: readonly { readonly at: number; readonly since: number; readonly what: keyof typeof SAID }[],
): readonly string[] {
  return words.flatMap(({ at, since, what }) => {
    if (!isCalm(life, since, at + LATEST_MS)) return []
    const said = isSaid(life, id, at, SAID[what])
    return said ? [] : [`nobody read at ${time(at)} that ${id} was ${what}`]
  })
}
