/** Chance that is the same in every run of a seed (mulberry32). */
export type Chance = {
  /** 0 to 1. */
  next(): number
  upTo(most: number): number
  /** True so often. */
  happens(share: number): boolean
  pick<T>(all: readonly T[]): T
  /** A waiting time with this mean. */
  wait(mean: number): number
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    upTo: most => Math.floor(next() * most),
    happens: share => next() < share,
    pick: all => all[Math.floor(next() * all.length)]!,
    wait: mean => Math.round(-Math.log(1 - next()) * mean),
  }
}
