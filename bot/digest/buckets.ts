/** A range cut into weeks, months or years on the team's clock, whichever can be drawn side by side. */
import type { Handoff } from '../schedules/types.ts'
import { toInstant, toLocal } from '../schedules/zone.ts'
import type { Instant } from '../words.ts'
import type { Past } from './past.ts'
import type { Range } from './patterns.ts'
import { periodAt } from './period.ts'

export type Unit = 'week' | 'month' | 'year'

export type Bucket = Range & {
  /** `31 Aug`, `Sep 26`, `2026`. */
  readonly label: string
  /** The range holds only a part of it. */
  readonly partial: boolean
  /** Before anything was recorded at all: it has no incidents, and that says nothing. */
  readonly unknown: boolean
  readonly past: readonly Past[]
}

export type Buckets = { readonly unit: Unit; readonly all: readonly Bucket[] }

/** More than these cannot be told apart. */
const MOST_WEEKS = 26
const MOST_MONTHS = 36
const WEEK_MS = 7 * 24 * 60 * 60_000

type Cut = {
  readonly range: Range
  readonly anchor: Handoff
  readonly zone: string
  /** Since when incidents are recorded; null where that is not known. */
  readonly since: Instant | null
}

export function bucketsOf(past: readonly Past[], { range, anchor, zone, since }: Cut): Buckets {
  const weeks = (range.to - range.from) / WEEK_MS
  const unit = weeks <= MOST_WEEKS ? 'week' : weeks <= MOST_MONTHS * 4.35 ? 'month' : 'year'
  const wholeAt = (at: Instant): Range =>
    unit === 'week' ? periodAt(anchor, zone, at) : spanAt(unit, zone, at)
  const all: Bucket[] = []
  let index = 0
  for (let begin = range.from; begin < range.to; ) {
    const whole = wholeAt(begin)
    const to = Math.min(whole.to, range.to)
    const from = index
    while ((past[index]?.declaredAt ?? Number.POSITIVE_INFINITY) < to) index++
    all.push({
      from: begin,
      to,
      label: labelOf(unit, toLocal(zone, begin)),
      partial: begin !== whole.from || to !== whole.to,
      unknown: since !== null && to <= since && from === index,
      past: past.slice(from, index),
    })
    begin = to
  }
  return { unit, all }
}

function spanAt(unit: 'month' | 'year', zone: string, at: Instant): Range {
  const local = new Date(toLocal(zone, at))
  const [year, month] = [local.getUTCFullYear(), unit === 'year' ? 0 : local.getUTCMonth()]
  const next = unit === 'year' ? Date.UTC(year + 1, 0) : Date.UTC(year, month + 1)
  return { from: toInstant(zone, Date.UTC(year, month)), to: toInstant(zone, next) }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

function labelOf(unit: Unit, local: number): string {
  const date = new Date(local)
  const month = MONTHS[date.getUTCMonth()] ?? ''
  if (unit === 'week') return `${date.getUTCDate()} ${month}`
  return unit === 'month'
    ? `${month} ${String(date.getUTCFullYear()).slice(2)}`
    : String(date.getUTCFullYear())
}
