/**
 * The stream of digests. Each period is accounted for once, whatever happened: told, told late when no more than three days have passed,
 * or recorded as skipped, which the next one says (I24).
 */
import type { Effect, Reaction } from '../engine/reactions.ts'
import type { Asked } from '../incidents/asked.ts'
import type { Happened } from '../incidents/events.ts'
import { placesOf } from '../incidents/places.ts'
import { DAY_MS } from '../schedules/zone.ts'
import type { ChatName, Instant } from '../words.ts'
import { lastPeriod, type Period, periodAt, periodsOver } from './period.ts'

/** A period that a chat heard nothing of, and why. `chat` is null where none did. */
export type Untold = { readonly week: string; readonly chat: ChatName | null; readonly why: string }

export type DigestEvent =
  | {
      readonly type: 'digest_due'
      readonly period: Period
      /** Somebody wanted it; its time has not come. */
      readonly asked: boolean
      /** What the one before should have told. */
      readonly untold?: readonly Untold[]
    }
  /** Too late to be worth reading. */
  | { readonly type: 'digest_skipped'; readonly periods: readonly Period[] }
  /** It did not get through to a chat. */
  | { readonly type: 'digest_lost'; readonly period: Period; readonly chat: ChatName; readonly why: string }
  /** `from`: the beginning of the period that goes on. */
  | { readonly type: 'digest_planned'; readonly at: Instant; readonly from?: Instant }

export type DigestCommand =
  /** Looks whether a period is over, and when the next one is. */
  | { readonly do: 'plan_digest' }
  /** A person wants the last one in the channel again. */
  | { readonly do: 'send_digest' }
  | {
      readonly do: 'digest_lost'
      readonly period: Period
      readonly chat: ChatName
      readonly why: string
    }

export type DigestState = {
  readonly seq: number
  /** Since when there are weeks to tell of; null where an older version did not say. */
  readonly since: Instant | null
  /** All before it is accounted for; null before the first plan. */
  readonly until: Instant | null
  /** When the period that goes on is over. */
  readonly at: Instant | null
  readonly untold: readonly Untold[]
}

export const NO_DIGEST: DigestState = { seq: 0, since: null, until: null, at: null, untold: [] }

/** An older one is skipped. */
export const TOLD_WITHIN_MS = 3 * DAY_MS
/** Of what was not told, the latest. */
const KEPT_UNTOLD = 12

export function decideDigest(
  { world, now }: Asked,
  state: DigestState = NO_DIGEST,
  command: DigestCommand,
): readonly DigestEvent[] {
  const { every } = world.config.digest
  const { timezone } = world.config.team
  switch (command.do) {
    case 'send_digest':
      return [{ type: 'digest_due', period: lastPeriod(every, timezone, now), asked: true }]
    case 'digest_lost': {
      const { do: _, ...lost } = command
      return [{ type: 'digest_lost', ...lost }]
    }
    case 'plan_digest': {
      const goesOn = periodAt(every, timezone, now)
      // At its first start a team has no week behind it.
      const firstEnd = state.at ?? goesOn.to
      const from = state.until ?? periodAt(every, timezone, firstEnd - 1).from
      const planned: DigestEvent = { type: 'digest_planned', at: goesOn.to, from }
      return [
        ...tell(periodsOver(every, timezone, { from, firstEnd, now }), state.untold, now),
        ...(state.at === goesOn.to ? [] : [planned]),
      ]
    }
  }
}

function tell(over: readonly Period[], untold: readonly Untold[], now: Instant): readonly DigestEvent[] {
  const tooLate = over.filter(({ to }) => now - to > TOLD_WITHIN_MS)
  const due = over.slice(tooLate.length)
  const unsaid = withSkipped(untold, tooLate)
  return [
    ...(tooLate.length > 0 ? [{ type: 'digest_skipped' as const, periods: tooLate }] : []),
    ...due.map(
      (period, index): DigestEvent => ({
        type: 'digest_due',
        period,
        asked: false,
        ...(index === 0 && unsaid.length > 0 ? { untold: unsaid } : {}),
      }),
    ),
  ]
}

const withSkipped = (untold: readonly Untold[], periods: readonly Period[]): readonly Untold[] =>
  [...untold, ...periods.map(({ id }) => ({ week: id, chat: null, why: 'Tocsin was not running' }))].slice(
    -KEPT_UNTOLD,
  )

export const foldDigest = (
  events: readonly Happened<DigestEvent>[],
  from: DigestState | undefined,
): DigestState | undefined =>
  events.reduce<DigestState | undefined>(
    (state, { seq, event }) => ({ ...after(state ?? NO_DIGEST, event), seq }),
    from,
  )

function after(state: DigestState, event: DigestEvent): DigestState {
  switch (event.type) {
    case 'digest_planned':
      return {
        ...state,
        since: state.seq === 0 ? (event.from ?? null) : state.since,
        at: event.at,
        until: state.until ?? event.from ?? null,
      }
    case 'digest_due':
      return event.asked ? state : { ...state, until: event.period.to, untold: [] }
    case 'digest_skipped':
      return {
        ...state,
        until: event.periods.at(-1)?.to ?? state.until,
        untold: withSkipped(state.untold, event.periods),
      }
    case 'digest_lost': {
      const { period, chat, why } = event
      return { ...state, untold: [...state.untold, { week: period.id, chat, why }].slice(-KEPT_UNTOLD) }
    }
  }
}

const plan: Reaction<DigestState, DigestEvent> = ({ happened }) =>
  happened.flatMap(({ event }) =>
    event.type === 'digest_planned' ? [{ arm: { kind: 'digest' as const }, at: event.at }] : [],
  )

const post: Reaction<DigestState, DigestEvent> = ({ world, happened, now }) =>
  happened.flatMap(({ event, seq }): readonly Effect[] => {
    if (event.type !== 'digest_due') return []
    const { period, asked, untold } = event
    return placesOf(world, world.config.digest.channel).map(({ chat, channel }) => ({
      arm: {
        kind: 'week' as const,
        chat,
        channel,
        period,
        asked: asked ? seq : 0,
        ...(untold ? { untold } : {}),
      },
      at: now,
    }))
  })

export const digestReactions: readonly Reaction<DigestState, DigestEvent>[] = [plan, post]
