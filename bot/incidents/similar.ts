/**
 * Does a new declaration look like one that is open already? Two people often see the same outage within minutes. Titles are
 * compared by their shared three-letter pieces (Jaccard); the same service needs less likeness. Only an offer follows from it.
 */
import type { Instant } from '../words.ts'
import type { OpenIncident } from '../world.ts'

/** How recent an incident must be to be offered. */
export const SIMILAR_WITHIN_MS = 10 * 60_000
const ALIKE = 0.45
const ALIKE_SAME_SERVICE = 0.25

export function similarOpen(
  open: readonly OpenIncident[],
  draft: { readonly title: string; readonly service: string | null },
  now: Instant,
): OpenIncident | undefined {
  const ranked = open
    .filter(each => now - each.declaredAt <= SIMILAR_WITHIN_MS)
    .map(each => ({
      each,
      likeness: likeness(each.title, draft.title),
      enough: enough(each.service, draft.service),
    }))
    .filter(({ likeness, enough }) => likeness >= enough)
    .sort((a, b) => b.likeness - a.likeness)
  return ranked[0]?.each
}

/** How alike the titles must be. */
export const enough = (a: string | null, b: string | null): number => {
  if (a === null || b === null) return ALIKE
  return a === b ? ALIKE_SAME_SERVICE : 1
}

/** 0 for nothing in common, 1 for the same letters in the same order. */
export function likeness(a: string, b: string): number {
  const [left, right] = [pieces(a), pieces(b)]
  const shared = [...left].filter(piece => right.has(piece)).length
  return shared === 0 ? 0 : shared / (left.size + right.size - shared)
}

function pieces(text: string): ReadonlySet<string> {
  const letters = ` ${text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `
  return new Set(
    Array.from({ length: Math.max(0, letters.length - 2) }, (_, index) => letters.slice(index, index + 3)),
  )
}
