/** The stream of digests: each period once, whatever happened; what was missed in an outage is not sent after it. */
import type { Effect, Reaction } from '../engine/reactions.ts'
import type { Asked } from '../incidents/asked.ts'
import type { Happened } from '../incidents/events.ts'
import { placesOf } from '../incidents/places.ts'
import type { Instant } from '../words.ts'
import { lastPeriod, type Period, periodAt } from './period.ts'

export type DigestEvent =
  | { readonly type: 'digest_due'; readonly period: Period; readonly asked: boolean }
  | { readonly type: 'digest_planned'; readonly at: Instant }

export type DigestCommand =
  /** Looks whether a period is over, and when the next one is. */
  | { readonly do: 'plan_digest' }
  /** A person wants the last one in the channel again. */
  | { readonly do: 'send_digest' }

export type DigestState = {
  readonly seq: number
  /** The last period that was sent. */
  readonly sent: string | null
  readonly at: Instant | null
}

export const NO_DIGEST: DigestState = { seq: 0, sent: null, at: null }

export function decideDigest(
  { world, now }: Asked,
  state: DigestState = NO_DIGEST,
  command: DigestCommand,
): readonly DigestEvent[] {
  const { digest, team } = world.config
  const last = lastPeriod(digest.every, team.timezone, now)
  if (command.do === 'send_digest') return [{ type: 'digest_due', period: last, asked: true }]
  const at = periodAt(digest.every, team.timezone, now).to
  const planned: readonly DigestEvent[] = state.at === at ? [] : [{ type: 'digest_planned', at }]
  // At its first start a team has no week behind it.
  const isNew = state.at !== null && state.sent !== last.id && now >= last.to
  return isNew ? [{ type: 'digest_due', period: last, asked: false }, ...planned] : planned
}

export const foldDigest = (
  events: readonly Happened<DigestEvent>[],
  from: DigestState | undefined,
): DigestState | undefined =>
  events.reduce<DigestState | undefined>((state, { seq, event }) => {
    const before = state ?? NO_DIGEST
    return event.type === 'digest_planned'
      ? { ...before, seq, at: event.at }
      : { ...before, seq, sent: event.asked ? before.sent : event.period.id }
  }, from)

const plan: Reaction<DigestState, DigestEvent> = ({ happened }) =>
  happened.flatMap(({ event }) =>
    event.type === 'digest_planned' ? [{ arm: { kind: 'digest' as const }, at: event.at }] : [],
  )

const post: Reaction<DigestState, DigestEvent> = ({ world, happened, now }) =>
  happened.flatMap(({ event, seq }): readonly Effect[] =>
    event.type === 'digest_due'
      ? placesOf(world, world.config.digest.channel).map(({ chat, channel }) => ({
          arm: { kind: 'week' as const, chat, channel, period: event.period, asked: event.asked ? seq : 0 },
          at: now,
        }))
      : [],
  )

export const digestReactions: readonly Reaction<DigestState, DigestEvent>[] = [plan, post]
