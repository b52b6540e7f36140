/**
 * Who is reminded of what, and when to look again. From three days before it is due an item is mentioned to its owner, and once it
 * is overdue to their lead and the team as well; after longer and longer pauses, on working days only, all that concerns a person
 * in one message, and never twice on a day: a nag that comes too often is muted, and then it nags nobody.
 */

import { isBusinessTime, nextBusinessOpen } from '../schedules/business.ts'
import type { Instant, PersonId } from '../words.ts'
import type { World } from '../world.ts'
import type { ActionEvent } from './events.ts'
import type { Action, Actions } from './state.ts'

const DAY_MS = 24 * 60 * 60_000
/** From three days before the day on whose end it is due. */
const SOON_MS = 4 * DAY_MS
/** The pause after each reminder; the last one holds from then on. An item that becomes overdue begins anew. */
const PAUSES_DAYS = [1, 2, 4, 7] as const
/** A message with more of them is not read. */
export const MAX_ITEMS = 10
const MAX_TEAM_ITEMS = 20
/** A person's budget: so many messages in seven days, however many items there are. */
export const MAX_MESSAGES = 4
const BUDGET_MS = 7 * DAY_MS
/** The look is at the same time of day, give or take an outage or a clock change. */
const SLACK_MS = 60 * 60_000

/** Reminders that are due now, and the next look. */
export function remind({ config }: World, state: Actions, now: Instant): readonly ActionEvent[] {
  const { business } = config.team
  const next: ActionEvent = { type: 'look_planned', at: nextLook(now, business) }
  if (!isBusinessTime(business, now)) return [next]
  const mine = ownersDue(state, now)
  const overdue = [...mine.values()].flatMap(({ shown }) => shown.filter(item => item.dueAt < now))
  const leads = Map.groupBy(
    overdue.filter(({ owner }) => mayBeTold(state, config.people[owner]?.lead, now)),
    ({ owner }) => config.people[owner]?.lead ?? owner,
  )
  const people = [...new Set([...mine.keys(), ...leads.keys()])].sort()
  const reminders = people.map(person => reminderOf(person, mine.get(person), leads.get(person) ?? [], now))
  const team: readonly ActionEvent[] =
    overdue.length > 0
      ? [{ type: 'overdue_told', items: idsOf(byDue(overdue).slice(0, MAX_TEAM_ITEMS)) }]
      : []
  return [...reminders, ...team, next]
}

/** The next opening of business hours after today's: a team is looked at once a working day. */
export const nextLook = (now: Instant, business: World['config']['team']['business']): Instant =>
  nextBusinessOpen(business, now + 12 * 60 * 60_000)

type Due = {
  readonly shown: readonly Action[]
  readonly also: readonly Action[]
  readonly more: number
}

/** The owners who may be told now, with what is due of theirs, the oldest first. */
function ownersDue(state: Actions, now: Instant): ReadonlyMap<PersonId, Due> {
  const due = state.items.filter(item => isDue(item, now))
  const owners = [...Map.groupBy(due, item => item.owner)].filter(([owner]) => mayBeTold(state, owner, now))
  return new Map(
    owners.map(([owner, own]) => {
      const shown = byDue(own).slice(0, MAX_ITEMS)
      const others = state.items.filter(
        item => item.owner === owner && isNear(item, now) && !own.includes(item),
      )
      const also = byDue(others).slice(0, MAX_ITEMS - shown.length)
      return [owner, { shown, also, more: own.length + others.length - shown.length - also.length }]
    }),
  )
}

function reminderOf(
  person: PersonId,
  { shown, also, more }: Due = { shown: [], also: [], more: 0 },
  led: readonly Action[],
  now: Instant,
): ActionEvent {
  const overdue = idsOf(shown.filter(item => item.dueAt < now))
  return {
    type: 'reminded',
    person,
    due: idsOf(shown.filter(item => item.dueAt >= now)),
    overdue,
    escalated: overdue,
    ...(led.length > 0 ? { led: idsOf(byDue(led).slice(0, MAX_ITEMS)) } : {}),
    ...(also.length > 0 ? { also: idsOf(also) } : {}),
    ...(more > 0 ? { more } : {}),
  }
}

const idsOf = (items: readonly Action[]): readonly string[] => items.map(item => item.id)

const byDue = (items: readonly Action[]): readonly Action[] =>
  [...items].sort((a, b) => a.dueAt - b.dueAt || Number(a.id.slice(4)) - Number(b.id.slice(4)))

function mayBeTold({ told }: Actions, person: PersonId | undefined, now: Instant): boolean {
  if (person === undefined) return false
  const recent = (told[person] ?? []).filter(at => now - at < BUDGET_MS - SLACK_MS)
  return recent.length < MAX_MESSAGES
}

/** Overdue, or due soon. */
const isNear = ({ status, dueAt }: Action, now: Instant): boolean =>
  status !== 'completed' && dueAt - now <= SOON_MS

function isDue(item: Action, now: Instant): boolean {
  const { dueAt, reminders, overdueReminders, lastRemindedAt } = item
  if (!isNear(item, now)) return false
  const before = dueAt < now ? overdueReminders : reminders
  if (lastRemindedAt === null || before === 0) return true
  const days = PAUSES_DAYS[Math.min(before, PAUSES_DAYS.length) - 1] ?? 1
  return now - lastRemindedAt >= days * DAY_MS - SLACK_MS
}
