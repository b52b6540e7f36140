/** The rota as it is: who holds each schedule's shift, when that changes, and what people overrode. */
import type { Happened } from '../incidents/events.ts'
import type { Override } from '../schedules/types.ts'
import type { Instant, PersonId } from '../words.ts'
import type { RotaEvent } from './events.ts'

export type Rota = {
  readonly seq: number
  /** Schedule -> the people on call, as was last seen. */
  readonly holders: Readonly<Record<string, readonly PersonId[]>>
  /** Schedule -> when to look next: its next handoff, or the edge of an override. */
  readonly planned: Readonly<Record<string, Instant | null>>
  readonly overrides: readonly Override[]
}

export const NO_ROTA: Rota = { seq: 0, holders: {}, planned: {}, overrides: [] }

export const foldRota = (events: readonly Happened<RotaEvent>[], from: Rota | undefined): Rota | undefined =>
  events.reduce<Rota | undefined>((state, happened) => apply(state ?? NO_ROTA, happened), from)

const apply = (state: Rota, { seq, event }: Happened<RotaEvent>): Rota => ({
  ...state,
  ...changes(state, event),
  seq,
})

function changes(state: Rota, event: RotaEvent): Partial<Rota> {
  switch (event.type) {
    case 'shift_changed':
      return { holders: { ...state.holders, [event.schedule]: event.after } }
    case 'shift_planned':
      return { planned: { ...state.planned, [event.schedule]: event.at } }
  }
}
