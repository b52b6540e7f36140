/** Scales: where a value lies, and the round values to write beside it. */
import { formatDuration } from '../../schedules/duration.ts'

export type Scale = {
  readonly ticks: readonly { readonly value: number; readonly label: string }[]
  /** 0 at the bottom, 1 at the top. */
  at(value: number): number
}

/** Whole numbers from 0; at most five steps, each 1, 2 or 5 times a power of ten. */
export function counts(most: number): Scale {
  const rough = Math.max(1, most) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, [1, 2, 5, 10].map(each => each * power).find(each => each >= rough) ?? rough)
  const top = Math.ceil(Math.max(1, most) / step) * step
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step)
  return { ticks: ticks.map(value => ({ value, label: String(value) })), at: value => value / top }
}

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000] as const
const ROUND = [
  SECOND,
  5 * SECOND,
  15 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  4 * HOUR,
  DAY,
  7 * DAY,
  30 * DAY,
  365 * DAY,
] as const
const MOST_TICKS = 5

/** Lengths of time, each step a few times the one before: seconds and days fit into one picture. */
export function durations(low: number, high: number): Scale {
  const below = ROUND.findLastIndex(each => each <= Math.max(SECOND, low))
  const first = Math.min(Math.max(0, below), ROUND.length - 2)
  const found = ROUND.findIndex(each => each >= Math.max(SECOND, high))
  const last = Math.max(first + 1, found === -1 ? ROUND.length - 1 : found)
  const [bottom = SECOND, top = 365 * DAY] = [ROUND[first], ROUND[last]]
  const inside = ROUND.slice(first, last + 1)
  const every = Math.ceil(inside.length / MOST_TICKS)
  const shown = inside.filter((_, index) => (inside.length - 1 - index) % every === 0)
  return {
    ticks: shown.map(value => ({ value, label: formatDuration(value) })),
    at(value) {
      const within = Math.min(top, Math.max(bottom, value))
      return Math.log(within / bottom) / Math.log(top / bottom)
    },
  }
}
