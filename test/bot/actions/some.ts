/** An action item as it stands, on a Tuesday at ten. */
import type { Action } from '../../../bot/actions/state.ts'
import { DAY, MINUTE, START } from '../incidents/any.ts'

export const HOUR = 60 * MINUTE
export const NOW = Date.parse('2026-11-24T10:00:00Z')
export const item = (number: number, more: Partial<Action> = {}): Action => ({
  id: `ACT-${number}`,
  title: `Mend ${number}`,
  description: '',
  owner: 'ben',
  priority: 'P2',
  dueAt: NOW + DAY,
  status: 'open',
  incident: null,
  linked: [],
  updates: [],
  issue: null,
  changedAt: NOW,
  addedAt: NOW,
  doneAt: null,
  evidence: null,
  snoozed: 0,
  reminders: 0,
  overdueReminders: 0,
  lastRemindedAt: null,
  ...more,
})

/** How one is asked for. */
export const ADD = {
  do: 'add_action',
  title: 'Alert on disk',
  description: '',
  owner: 'ben',
  priority: 'P2',
  dueAt: START + 7 * DAY,
  incident: null,
} as const
