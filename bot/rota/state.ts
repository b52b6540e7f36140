/** The rota as it is: who holds each schedule's shift, when to look again, what people overrode, and which swaps wait for a yes. */
import type { Happened } from '../incidents/events.ts'
import type { Override } from '../schedules/types.ts'
import type { Instant, PersonId } from '../words.ts'
import type { RotaEvent, Swap } from './events.ts'

export type Rota = {
  readonly seq: number
  /** Schedule -> the people on call, as was last seen. */
  readonly holders: Readonly<Record<string, readonly PersonId[]>>
  /** Schedule -> when to look next: its next handoff, or the edge of an override. */
  readonly planned: Readonly<Record<string, Instant | null>>
  /** All that were ever made: the past is answered from them too. */
  readonly overrides: readonly Override[]
  /** Offered, and not answered yet. */
  readonly swaps: readonly Swap[]
  /** When the week ahead is looked at next; null before the first time. */
  readonly ahead: Instant | null
  /** Gaps and double bookings that were said and are not over, by name. */
  readonly said: Readonly<Record<string, Instant>>
}

export const NO_ROTA: Rota = {
  seq: 0,
  holders: {},
  planned: {},
  overrides: [],
  swaps: [],
  ahead: null,
  said: {},
}

export const foldRota = (events: readonly Happened<RotaEvent>[], from: Rota | undefined): Rota | undefined =>
  events.reduce<Rota | undefined>((state, happened) => apply(state ?? NO_ROTA, happened), from)

const apply = (state: Rota, { seq, at, event }: Happened<RotaEvent>): Rota => ({
  ...state,
  ...changes(state, event, at),
  seq,
})

function changes(state: Rota, event: RotaEvent, at: Instant): Partial<Rota> {
  switch (event.type) {
    case 'shift_changed':
      return { holders: { ...state.holders, [event.schedule]: event.after } }
    case 'shift_planned':
      return { planned: { ...state.planned, [event.schedule]: event.at } }
    case 'override_made':
      return { overrides: [...state.overrides, event.override] }
    case 'override_cancelled':
      return {
        overrides: state.overrides.map(each => (each.id === event.id ? { ...each, cancelledAt: at } : each)),
      }
    case 'gap_found':
    case 'booked_twice':
      return { said: { ...unfinished(state.said, at), [noticeKey(event)]: event.to } }
    case 'ahead_planned':
      return { ahead: event.at }
    case 'week_shown':
      return {}
    case 'swap_offered':
      return { swaps: [...state.swaps, event.swap] }
    case 'swap_accepted':
    case 'swap_declined':
      return { swaps: state.swaps.filter(swap => swap.id !== event.id) }
  }
}

/** A gap, or a double booking. */
export type Notice = Extract<RotaEvent, { type: 'gap_found' | 'booked_twice' }>

export const isNotice = (event: RotaEvent): event is Notice =>
  event.type === 'gap_found' || event.type === 'booked_twice'

export const noticeSubject = (event: Notice): string =>
  event.type === 'gap_found' ? `gap ${event.schedule}` : `twice ${event.person} ${event.schedules.join()}`
export const noticeKey = (event: Notice): string => `${noticeSubject(event)} ${event.from}`

const unfinished = (said: Rota['said'], now: Instant): Rota['said'] =>
  Object.fromEntries(Object.entries(said).filter(([, to]) => to > now))
