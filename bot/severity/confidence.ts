import type { Ground } from './holds.ts'

/** How often a verdict on such ground had the right severity, on descriptions that had not been seen. */
export const CONFIDENCE: Readonly<Record<Ground, number>> = {
  figures: 0.95,
  words: 0.9,
  inferred: 0.8,
  guess: 0.6,
}
