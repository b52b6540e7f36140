/** Who may say that a post-mortem is right: an author cannot by themselves, since they read what they meant and not what is there. */
import type { PersonId } from '../words.ts'
import type { World } from '../world.ts'
import type { PostmortemState, Status } from './document.ts'

/** Somebody who wrote nothing of it has read it, or two people have; of a team of one that one is enough. */
export function isReviewed(
  { config }: World,
  { writers, reviewers }: Pick<PostmortemState, 'writers' | 'reviewers'>,
): boolean {
  if (reviewers.length === 0) return false
  const alone = Object.keys(config.people).length <= 1
  return alone || reviewers.length > 1 || reviewers.some(person => !writers.includes(person))
}

/** It counts only beside somebody else's. */
export const isOwnWork = ({ writers }: PostmortemState, person: PersonId): boolean => writers.includes(person)

/** How it stands; what is not begun is read as a draft. */
export function statusOf(world: World, state: PostmortemState | null): Status {
  if (!state) return 'draft'
  if (state.publishedAt !== null) return 'published'
  return state.waived ? 'waived' : isReviewed(world, state) ? 'reviewed' : 'draft'
}
