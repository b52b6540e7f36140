/** What happens to the schedules: shifts that change hands, overrides, and swaps that two people agree on. Types are only ever added to. */
import type { Override } from '../schedules/types.ts'
import type { Instant, PersonId } from '../words.ts'

export type Stretch = { readonly from: Instant; readonly to: Instant }

/** One gives their stretch for the other's. */
export type Swap = {
  readonly id: string
  readonly schedule: string
  readonly by: PersonId
  readonly with: PersonId
  readonly gives: Stretch
  readonly takes: Stretch
}

export type RotaEvent =
  /** Other people are on call than before; `before` is null when nobody knew who was. */
  | {
      readonly type: 'shift_changed'
      readonly schedule: string
      readonly before: readonly PersonId[] | null
      readonly after: readonly PersonId[]
    }
  /** When to look at a schedule again: it may change hands then. Null: never. */
  | { readonly type: 'shift_planned'; readonly schedule: string; readonly at: Instant | null }
  | { readonly type: 'override_made'; readonly override: Override }
  | { readonly type: 'override_cancelled'; readonly id: string; readonly by: PersonId }
  | { readonly type: 'swap_offered'; readonly swap: Swap }
  | { readonly type: 'swap_accepted'; readonly id: string }
  /** Nobody is on call then: found within the week before. */
  | ({ readonly type: 'gap_found'; readonly schedule: string } & Stretch)
  /** Somebody is on call for several schedules at once: found within the week before. */
  | ({
      readonly type: 'booked_twice'
      readonly person: PersonId
      readonly schedules: readonly string[]
    } & Stretch)
  /** The coming week is shown to the team. */
  | ({ readonly type: 'week_shown' } & Stretch)
  /** When to look ahead again. */
  | { readonly type: 'ahead_planned'; readonly at: Instant }
  | { readonly type: 'swap_declined'; readonly id: string; readonly by: PersonId }
