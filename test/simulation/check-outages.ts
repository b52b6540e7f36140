/** After an outage: nobody is called twice at once, the next call has a whole window, and nobody is asked before they said (I13, I17). */
import { chainEvents } from './chains.ts'
import { pagesOf } from './check-calls.ts'
import { isCalm } from './check-times.ts'
import type { Called, Life } from './evidence.ts'
import { isCall } from './known.ts'
import { MINUTE } from './team.ts'

const AT_ONCE_MS = 45_000
const OUTAGE_MS = 15_000
/** No window is shorter. */
const WINDOW_MS = 4 * MINUTE

/** A page by its number, when it was first seen. */
function begun(life: Life, id: string): readonly Called[] {
  const first = new Map<string, Called>()
  for (const page of pagesOf(life, id)) if (!first.has(page.page)) first.set(page.page, page)
  return [...first.values()]
}

const asked = (life: Life, id: string, from: number, to: number): boolean =>
  life.said.some(each => each.incident === id && isCall(each) && each.from <= to && each.at >= from) ||
  life.delivered.some(each => each.incidents?.includes(id) && each.at <= to && each.at >= from)

const isRefused = (life: Life, id: string, from: number, to: number): boolean =>
  life.refused.some(each => each.key.includes(`:${id}:`) && each.at >= from && each.at <= to)

export function calledTwice(life: Life): readonly string[] {
  return [...life.cards.keys()].flatMap(id =>
    [...Map.groupBy(begun(life, id), each => each.person)].flatMap(([person, pages]) =>
      pages.flatMap((page, index) => {
        const before = pages[index - 1]
        if (before?.arrived !== 'heard' || page.at - before.at > AT_ONCE_MS) return []
        if (asked(life, id, before.at - 5 * MINUTE, page.at)) return []
        // By a clock that was set forward it is long ago.
        if (wasSet(life, before.at, page.at)) return []
        return [`${person} was called for ${id} twice within ${Math.round((page.at - before.at) / 1000)} s`]
      }),
    ),
  )
}

const wasSet = ({ troubles }: Life, from: number, to: number): boolean =>
  troubles.some(each => each.what === 'clock' && each.from >= from && each.from <= to)

/** What was missed is made up for at once, and then there is a whole window. */
export function shortWindows(life: Life): readonly string[] {
  const outages = life.troubles.filter(
    each => (each.what === 'dead' || each.what === 'paused') && each.to - each.from > OUTAGE_MS,
  )
  return chainEvents(life).flatMap(({ id, begun: { service } }) =>
    service === 'checkout'
      ? []
      : outages.flatMap(outage => {
          const until = outage.to + WINDOW_MS - 2_000
          const other = life.troubles.some(
            each => each !== outage && each.from <= until && each.to >= outage.from - 15 * MINUTE,
          )
          if (
            other ||
            asked(life, id, outage.from - 15 * MINUTE, until) ||
            isRefused(life, id, outage.from, until)
          )
            return []
          const [first, ...later] = begun(life, id).filter(each => each.at >= outage.to && each.at < until)
          const early = first && later.find(each => each.at > first.at + 1_000)
          return early
            ? [
                `${early.person} was called for ${id} ${Math.round((early.at - first.at) / 1000)} s after the calls that followed an outage`,
              ]
            : []
        }),
  )
}

/** Whoever says how long to wait is not asked again before (I13). */
export function hurried(life: Life): readonly string[] {
  const waits = life.requests.filter(each => each.waitUntil !== undefined && each.key !== '')
  return waits.flatMap(({ by, key, at, waitUntil = 0 }) => {
    const again = life.requests.find(
      each => each.by === by && each.key === key && each.at > at && each.waitUntil === undefined,
    )
    if (!again || again.at >= waitUntil) return []
    const broken = life.troubles.some(
      each => each.what !== 'weather' && each.from <= again.at && each.to >= at - 20_000,
    )
    return broken
      ? []
      : [`${by} was asked again after ${again.at - at} ms, and had said ${waitUntil - at} ms (${key})`]
  })
}

/** When the clock is set forward, what is due by it comes at once (I16). */
export function overslept(life: Life): readonly string[] {
  const steps = life.troubles.filter(each => each.what === 'clock' && (each.step ?? 0) > MINUTE)
  return steps.flatMap(({ from, step = 0 }) =>
    chainEvents(life).flatMap(({ id, reckoned }) => {
      const next = reckoned.due.find(
        each => each.at > from && each.at < from + step && each.since < from - MINUTE,
      )
      if (!next || !isCalm(life, next.since, from - 1) || isBusy(life, from, from + 10_000)) return []
      const came = pagesOf(life, id).some(each => each.at >= from && each.at <= from + 5_000)
      return came || asked(life, id, from, from + 10_000)
        ? []
        : [`nobody was called for ${id} when the clock was set forward past its time`]
    }),
  )
}

const isBusy = ({ troubles }: Life, from: number, to: number): boolean =>
  troubles.some(each => each.what !== 'clock' && each.from <= to && each.to >= from)
