/** Weekdays as people write them. */
import type { Weekday } from './types.ts'

const NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** `mon`, `Monday`, and what lies between; undefined when it is no weekday. */
export function parseWeekday(text: string): Weekday | undefined {
  const word = text.toLowerCase()
  const index = word.length < 3 ? -1 : NAMES.findIndex(name => name.startsWith(word))
  return index < 0 ? undefined : ((index + 1) as Weekday)
}
