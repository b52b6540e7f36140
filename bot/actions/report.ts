/** Action items counted: in all, by status, priority and owner, and how many are overdue. */
import type { Instant, PersonId } from '../words.ts'
import { PRIORITIES, type Priority } from './events.ts'
import type { Action } from './state.ts'

export type Count = {
  readonly total: number
  readonly open: number
  readonly inProgress: number
  readonly completed: number
  readonly overdue: number
}
export type Report = Count & {
  readonly byPriority: Readonly<Record<Priority, Count>>
  readonly byOwner: Readonly<Record<PersonId, Count>>
}

export const isOverdue = (item: Action, now: Instant): boolean =>
  item.status !== 'completed' && item.dueAt < now

const count = (items: readonly Action[], now: Instant): Count => ({
  total: items.length,
  open: items.filter(item => item.status === 'open').length,
  inProgress: items.filter(item => item.status === 'in progress').length,
  completed: items.filter(item => item.status === 'completed').length,
  overdue: items.filter(item => isOverdue(item, now)).length,
})

export const report = (items: readonly Action[], now: Instant): Report => ({
  ...count(items, now),
  byPriority: Object.fromEntries(
    PRIORITIES.map(priority => [
      priority,
      count(
        items.filter(item => item.priority === priority),
        now,
      ),
    ]),
  ) as Report['byPriority'],
  byOwner: Object.fromEntries(
    [...Map.groupBy(items, item => item.owner)].map(([owner, own]) => [owner, count(own, now)]),
  ),
})
