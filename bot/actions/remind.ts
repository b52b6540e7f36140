/**
 * Who is reminded of what, and when to look again. From three days before it is due an item is mentioned, then after longer and
 * longer pauses, in business hours only, all of a person's items in one message, and never twice in a period: a nag that comes
 * too often is muted, and then it nags nobody.
 */

import { isBusinessTime, nextBusinessOpen } from '../schedules/business.ts'
import type { Instant } from '../words.ts'
import type { World } from '../world.ts'
import type { ActionEvent } from './events.ts'
import type { Action, Actions } from './state.ts'

const DAY_MS = 24 * 60 * 60_000
const SOON_MS = 3 * DAY_MS
/** The pause after each reminder; the last one holds from then on. */
const PAUSES_DAYS = [1, 2, 4, 7] as const
/** Overdue for so long, an item is told to the team as well. */
const ESCALATE_AFTER_MS = 2 * DAY_MS
/** A message with more of them is not read. */
const BUDGET = 10

/** Reminders that are due now, and the next look. */
export function remind({ config }: World, { items }: Actions, now: Instant): readonly ActionEvent[] {
  const { business } = config.team
  const next: ActionEvent = { type: 'look_planned', at: nextLook(now, business) }
  if (!isBusinessTime(business, now)) return [next]
  const due = items.filter(item => isDue(item, now))
  const reminders = [...Map.groupBy(due, item => item.owner)].map(([person, own]): ActionEvent => {
    const first = [...own].sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1)).slice(0, BUDGET)
    const overdue = first.filter(item => item.dueAt < now)
    return {
      type: 'reminded',
      person,
      due: first.filter(item => item.dueAt >= now).map(item => item.id),
      overdue: overdue.map(item => item.id),
      escalated: overdue.filter(item => now - item.dueAt >= ESCALATE_AFTER_MS).map(item => item.id),
    }
  })
  return [...reminders, next]
}

/** The next opening of business hours after today's: a team is looked at once a working day. */
export const nextLook = (now: Instant, business: World['config']['team']['business']): Instant =>
  nextBusinessOpen(business, now + 12 * 60 * 60_000)

function isDue({ status, dueAt, reminders, lastRemindedAt }: Action, now: Instant): boolean {
  if (status === 'completed' || dueAt - now > SOON_MS) return false
  if (lastRemindedAt === null || reminders === 0) return true
  const days = PAUSES_DAYS[Math.min(reminders, PAUSES_DAYS.length) - 1] ?? 1
  // An hour less: the look is at the same time of day.
  return now - lastRemindedAt >= days * DAY_MS - 60 * 60_000
}
