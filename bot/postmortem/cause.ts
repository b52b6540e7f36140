/** The name of a root cause, so that incidents can be counted by it: what its section begins with, up to the first colon. */
import type { PostmortemState } from './document.ts'

/** A name, and not half a sentence. */
const MOST_WORDS = 4
const MOST_CHARACTERS = 40

/** What whoever writes a section should know; undefined where there is nothing. */
export const hintFor = (section: string): string | undefined =>
  section === 'root_cause'
    ? 'Begin with a name, as in "Capacity: the pool was too small": causes are counted by it.'
    : undefined

/** `capacity` of "Capacity: the pool was too small"; null where the section is not written, or names nothing. */
export function causeOf(postmortem: PostmortemState | null): string | null {
  const [, before = ''] = /^([^:\n]+):/.exec(postmortem?.written.root_cause?.text.trim() ?? '') ?? []
  const name = before.trim().replace(/\s+/g, ' ').toLowerCase()
  const isName = name !== '' && name.length <= MOST_CHARACTERS && name.split(' ').length <= MOST_WORDS
  return isName ? name : null
}
