/** The chain's timer follows the chain: armed at the next rung, gone when there is none (I2). Channel rungs are posted. */
import type { Effect, Moment, Reaction } from '../engine/reactions.ts'
import { placesOf } from '../incidents/places.ts'
import { lapsesAt } from './decide.ts'

const rungTimer: Reaction = ({ before, after }) => {
  const was = before?.chain?.next ?? null
  const is = after.chain?.next ?? null
  if (is && (is.dueAt !== was?.dueAt || is.rung !== was.rung || is.pass !== was.pass))
    return [{ arm: { kind: 'rung' }, at: is.dueAt }]
  return was && !is ? [{ disarm: { kind: 'rung' } }] : []
}

const channelRungs: Reaction = ({ world, happened, now }: Moment): readonly Effect[] =>
  happened.flatMap(({ event, seq }) => {
    if (event.type !== 'rung_paged' || !event.channel) return []
    const { why } = event
    return placesOf(world, event.channel).map(({ chat, channel }) => ({
      arm: { kind: 'call' as const, chat, channel, called: seq, why },
      at: now,
    }))
  })

/** The timer of an ack follows what is said: each word puts it off. */
const lapseTimer: Reaction = ({ before, after }) => {
  const was = before && lapsesAt(before)
  const is = lapsesAt(after)
  if (is === was) return []
  return is === undefined ? [{ disarm: { kind: 'lapse' } }] : [{ arm: { kind: 'lapse' }, at: is }]
}

export const chainReactions: readonly Reaction[] = [rungTimer, channelRungs, lapseTimer]
