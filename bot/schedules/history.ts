/**
 * Who was on call, from the versions of a schedule that were valid at the time. A rotation that is edited changes what
 * comes after the edit and nothing before it (I21).
 */
import type { Config } from '../config/types.ts'
import type { Instant } from '../words.ts'
import { append, type OnCall, onCall, type Shift, shifts } from './on-call.ts'
import type { Override, Schedule } from './types.ts'

/** From `validFrom` on, until the next version. Null while the configuration had no such schedule. */
export type Version = { readonly validFrom: Instant; readonly schedule: Schedule | null }

/** Of two versions of one instant the later in the list counts. Before the first nobody is on call. */
export function onCallThen(
  versions: readonly Version[],
  overrides: readonly Override[],
  at: Instant,
): OnCall {
  const schedule = ordered(versions).findLast(each => each.validFrom <= at)?.schedule
  return schedule ? onCall(schedule, overrides, at) : { people: [], source: 'nobody' }
}

/** Contiguous shifts that cover the range exactly, as `shifts` gives them. */
export function shiftsThen(
  versions: readonly Version[],
  overrides: readonly Override[],
  from: Instant,
  to: Instant,
): readonly Shift[] {
  const before: Version = { validFrom: Number.NEGATIVE_INFINITY, schedule: null }
  const all: Shift[] = []
  const valid = [before, ...ordered(versions)]
  valid.forEach(({ validFrom, schedule }, index) => {
    const begins = Math.max(from, validFrom)
    const ends = Math.min(to, valid[index + 1]?.validFrom ?? to)
    if (begins < ends) for (const shift of shiftsOf(schedule, overrides, begins, ends)) append(all, shift)
  })
  return all
}

const shiftsOf = (
  schedule: Schedule | null,
  overrides: readonly Override[],
  from: Instant,
  to: Instant,
): readonly Shift[] =>
  schedule ? shifts(schedule, overrides, from, to) : [{ person: null, from, to, source: 'nobody' }]

const ordered = (versions: readonly Version[]): readonly Version[] =>
  versions.toSorted((a, b) => a.validFrom - b.validFrom)

/** A configuration, and when it came into force. */
export type Dated = { readonly at: Instant; readonly config: Config }

/**
 * A schedule through time: as it was under each configuration, and from now on as the last one has it. What was before the
 * first start is answered as if it had been running.
 */
export function versionsOf(
  configs: readonly Dated[],
  config: Config,
  name: string,
  now: Instant,
): readonly Version[] {
  const was = configs.map(
    ({ at, config: then }, index): Version => ({
      validFrom: index === 0 ? Number.NEGATIVE_INFINITY : at,
      schedule: then.schedules[name] ?? null,
    }),
  )
  return [
    ...was,
    {
      validFrom: was.length === 0 ? Number.NEGATIVE_INFINITY : now,
      schedule: config.schedules[name] ?? null,
    },
  ]
}
