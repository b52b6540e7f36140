/**
 * Action items beside their issues in another tracker: what is written there, and what is taken over from there. Each side may be
 * changed; what differs is settled by who wrote last, and what agrees is left alone, so that a change never comes round again.
 */
import type { Issue, IssueDraft } from '../ports.ts'
import { dateOf, toLocal } from '../schedules/zone.ts'
import type { Instant } from '../words.ts'
import type { World } from '../world.ts'
import type { ActionEvent } from './events.ts'
import type { Action } from './state.ts'

export const RECONCILE_EVERY_MS = 10 * 60_000
/** How far back a look goes: further than any outage that an item would outlive unseen. */
export const LOOK_BACK_MS = 30 * 24 * 60 * 60_000

/** The issue of an item. */
export type Mirrored = { readonly number: number; readonly url: string; readonly at: Instant }

export const isMirrored = ({ config }: World): boolean => config.actions.github !== null

/** What finds the issue again when the answer to its opening was lost. */
export const markOf = (item: Pick<Action, 'id'>): string => `<!-- tocsin ${item.id} -->`

export function draftOf({ config }: World, item: Action, page: string | null): IssueDraft {
  const owner = config.people[item.owner]
  const lines = [
    ...(item.description ? [item.description, ''] : []),
    `Owner: ${owner?.name ?? item.owner}. Priority: ${item.priority}. Due: ${dateOf(toLocal(owner?.timezone ?? config.team.timezone, item.dueAt))}.`,
    ...(item.incident ? [`From ${item.incident}${page ? `: ${page}` : ''}.`] : []),
    ...(item.evidence ? [`Done: ${item.evidence}`] : []),
  ]
  return {
    title: item.title,
    body: `${lines.join('\n')}\n\n${markOf(item)}`,
    closed: item.status === 'completed',
    assignee: owner?.github,
  }
}

/**
 * What an item takes over from its issue. What was last written here is written there anew, and that is said where both had changed.
 * GitHub counts whole seconds: what agrees is an echo, whatever its time.
 */
export function takenOver(item: Action, issue: Issue): readonly ActionEvent[] {
  const { id } = item
  const closed = item.status === 'completed'
  if (!item.issue || issue.updatedAt < item.issue.at) return []
  if (issue.closed === closed && issue.title === item.title) return []
  const known = {
    type: 'action_mirrored' as const,
    id,
    number: issue.number,
    url: issue.url,
    at: issue.updatedAt,
  }
  if (issue.updatedAt < item.changedAt)
    return issue.updatedAt > item.issue.at
      ? [
          { ...known, stale: true },
          { type: 'action_updated', id, text: overruled(issue) },
        ]
      : []
  return [
    known,
    ...(issue.title === item.title ? [] : [{ type: 'action_changed' as const, id, title: issue.title }]),
    ...(issue.closed && !closed ? [{ type: 'action_done' as const, id, evidence: issue.url }] : []),
    ...(!issue.closed && closed
      ? [{ type: 'action_reopened' as const, id, why: `its issue was reopened: ${issue.url}` }]
      : []),
  ]
}

const overruled = ({ title, closed }: Issue): string =>
  `Its issue had become "${title}", ${closed ? 'closed' : 'open'}; the item was changed after that, and the issue is written anew.`
