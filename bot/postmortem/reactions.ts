/** An unfinished post-mortem is asked for in time, and no more once it is published. */
import type { Reaction } from '../engine/reactions.ts'
import { askedForAt } from './decide.ts'

const askForIt: Reaction = ({ world, before, after }) => {
  if (before?.postmortem === after.postmortem && before?.severity === after.severity) return []
  const was = before && askedForAt(world, before)
  const is = askedForAt(world, after)
  if (is === was) return []
  return is === undefined ? [{ disarm: { kind: 'unfinished' } }] : [{ arm: { kind: 'unfinished' }, at: is }]
}

export const postmortemReactions: readonly Reaction[] = [askForIt]
