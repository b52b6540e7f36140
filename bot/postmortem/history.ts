/** What became of a section: each of its versions with who wrote it when, and what changed line by line. */
import { diff } from 'node:util'
import type { Happened } from '../incidents/events.ts'
import type { Instant, PersonId } from '../words.ts'
import type { SectionId } from './template.ts'

export type Version = {
  readonly revision: number
  readonly at: Instant
  readonly by: PersonId
  /** Empty: it was put back to what the facts give. */
  readonly text: string
}

export type LineChange = { readonly kind: 'same' | 'added' | 'removed'; readonly line: string }

/** Oldest first; the first one stands on what the facts gave. */
export const versionsOf = (history: readonly Happened[], id: SectionId): readonly Version[] =>
  history
    .flatMap(({ event, at }) =>
      event.type === 'section_written' && event.section === id
        ? [{ at, by: event.by, text: event.text }]
        : [],
    )
    .map((version, index) => ({ revision: index + 1, ...version }))

/** More lines that differ are two texts, and comparing them would hold up what else waits. */
const MAX_COMPARED = 250

export function lineChanges(before: string, after: string): readonly LineChange[] {
  const [old, now] = [linesOf(before), linesOf(after)]
  const head = commonStart(old, now)
  const tail = commonStart(old.slice(head).toReversed(), now.slice(head).toReversed())
  const same = (line: string): LineChange => ({ kind: 'same', line })
  return [
    ...now.slice(0, head).map(same),
    ...compare(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...now.slice(now.length - tail).map(same),
  ]
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.split('\n'))

function compare(old: readonly string[], now: readonly string[]): readonly LineChange[] {
  if (old.length === 0 || now.length === 0 || old.length + now.length > 2 * MAX_COMPARED)
    return [
      ...old.map((line): LineChange => ({ kind: 'removed', line })),
      ...now.map((line): LineChange => ({ kind: 'added', line })),
    ]
  return diff(old, now).map(([what, line]) => ({
    kind: what === 0 ? 'same' : what > 0 ? 'removed' : 'added',
    line,
  }))
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let count = 0
  while (count < Math.min(a.length, b.length) && a[count] === b[count]) count++
  return count
}
