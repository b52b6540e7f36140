import type { Entry } from '../../bot/timeline/entries.ts'

/** A timeline for programs; instants as ISO texts. */
export const timelineJson = (entries: readonly Entry[]) => ({
  entries: entries.map(each => ({
    ...each,
    at: new Date(each.at).toISOString(),
    learntAt: new Date(each.learntAt).toISOString(),
  })),
})
