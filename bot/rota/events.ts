/** What happens to the schedules as time goes by: shifts that change hands. Types are only ever added to. */
import type { Instant, PersonId } from '../words.ts'

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
