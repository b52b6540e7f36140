/** What can be asked of the rota: by a person, or by a due timer. */
import type { Instant, PersonId } from '../words.ts'

export type RotaCommand =
  /** Look who is on call: at a change of shift, at the start, after a reload. */
  | { readonly do: 'look' }
  /** Look a week ahead: every morning. */
  | { readonly do: 'look_ahead' }
  /** `to` null: until whoever is on call now would be relieved. */
  | {
      readonly do: 'override'
      readonly schedule: string
      readonly kind: 'instead' | 'extra'
      readonly person: PersonId
      readonly from: Instant
      readonly to: Instant | null
    }
  | { readonly do: 'cancel_override'; readonly id: string }
  | { readonly do: 'offer_swap'; readonly schedule: string; readonly with: PersonId }
  | { readonly do: 'answer_swap'; readonly id: string; readonly accept: boolean }
