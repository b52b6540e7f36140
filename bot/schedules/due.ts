/** Due dates as people type them: a duration, a weekday, a date; the end of that day on the owner's clock. */
import { type Refusal, refuse } from '../refusal.ts'
import type { Instant } from '../words.ts'
import { parseWhen } from './when.ts'
import { DAY_MS, startOfDay, toInstant, toLocal } from './zone.ts'

export function parseDue(text: string, zone: string, now: Instant): Instant | Refusal {
  const at = parseWhen(text.trim(), zone, now)
  if (typeof at !== 'number')
    return at.code === 'bad_time'
      ? refuse(
          'bad_due',
          `"${text.slice(0, 60)}" is not a date that Tocsin understands.`,
          'Write 7d, fri, tomorrow or 2027-01-15.',
        )
      : at
  return toInstant(zone, startOfDay(toLocal(zone, at)) + DAY_MS) - 1000
}
