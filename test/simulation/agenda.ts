/** What is to come of the world outside, in the order in which it comes. */
export type Agenda = {
  add(at: number, run: () => unknown): void
  /** Infinity when nothing is to come. */
  nextAt(): number
  /** The next of what is due at `now`. */
  take(now: number): (() => unknown) | undefined
}

type Entry = { readonly at: number; readonly number: number; readonly run: () => unknown }

export function createAgenda(): Agenda {
  const entries: Entry[] = []
  let added = 0
  return {
    add(at, run) {
      const entry = { at, number: added++, run }
      const before = entries.findLastIndex(each => each.at <= at)
      entries.splice(before + 1, 0, entry)
    },
    nextAt: () => entries[0]?.at ?? Number.POSITIVE_INFINITY,
    take: now => ((entries[0]?.at ?? Number.POSITIVE_INFINITY) <= now ? entries.shift()?.run : undefined),
  }
}
