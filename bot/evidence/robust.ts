/** Statistics that a few wild points cannot bend: medians and what is made of them. All take finite numbers. */

/** Up to so many a plain sort is faster; of more, one of plain numbers is, by a factor of three. */
const FEW = 10

/** The value below which a share `q` (0 to 1) lies, interpolated; NaN for nothing. */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) return Number.NaN
  const sorted = values.length <= FEW ? values.toSorted((a, b) => a - b) : Float64Array.from(values).sort()
  const place = (sorted.length - 1) * q
  const low = Math.floor(place)
  const below = sorted[low] ?? 0
  return below + ((sorted[low + 1] ?? below) - below) * (place - low)
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** The median of each value and the two on either side of it; at the ends, of those that are there. */
export const runningMedian = (values: readonly number[]): number[] =>
  values.map((_, index) => median(values.slice(Math.max(0, index - 2), index + 3)))

/** Theil-Sen: the median of the slopes between all pairs of points, per unit of x. 0 when there are none. */
export function slopeOf(xs: readonly number[], ys: readonly number[]): number {
  const slopes: number[] = []
  for (let i = 0; i < xs.length; i++)
    for (let j = i + 1; j < xs.length; j++)
      if (xs[j] !== xs[i]) slopes.push(((ys[j] ?? 0) - (ys[i] ?? 0)) / ((xs[j] ?? 0) - (xs[i] ?? 0)))
  return slopes.length === 0 ? 0 : median(slopes)
}

/** Ranks from 1; equal values share the middle of theirs. */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b)
  const found = new Array<number>(values.length).fill(0)
  for (let first = 0; first < order.length; ) {
    let last = first
    while (last + 1 < order.length && values[order[last + 1] ?? 0] === values[order[first] ?? 0]) last++
    for (let i = first; i <= last; i++) found[order[i] ?? 0] = (first + last) / 2 + 1
    first = last + 1
  }
  return found
}
