/** Argo CD notifications: their bodies are templates of the team's. Ours is in docs/ingest.md; a bare sync result is read too. */
import { at, changeOf, digest, isRollback, link, type Reader, text, time } from './read.ts'

export const read: Reader = (payload, { now }) => {
  const app = text(payload, 'app', 'application', 'metadata.name', 'app.metadata.name')
  const revision = text(
    payload,
    'revision',
    'syncResult.revision',
    'app.status.sync.revision',
    'status.sync.revision',
  )
  if (app === null && revision === null) return undefined
  const phase =
    text(payload, 'phase', 'app.status.operationState.phase', 'status.operationState.phase') ?? 'Succeeded'
  const state = /fail|error/i.test(phase) ? 'failed' : /running/i.test(phase) ? 'started' : 'succeeded'
  const service = app ?? text(payload, 'resources.0.name')
  const message = text(payload, 'message', 'source.targetRevision')
  const ended = time(payload, 'finishedAt', 'app.status.operationState.finishedAt')
  // The same revision is synced anew when an application is rolled back: its end tells the two apart.
  const what = revision ?? digest(JSON.stringify(at(payload, 'resources') ?? ''))
  return {
    changes: [
      changeOf({
        id: [service, what, state, ...(ended === null ? [] : [ended])].join('-'),
        kind: isRollback(message) ? 'rollback' : 'deployment',
        state,
        service,
        title: `${service ?? 'Argo CD'} synced${revision ? ` to ${revision.slice(0, 12)}` : ''}`,
        version: revision,
        environment: text(payload, 'namespace', 'app.spec.destination.namespace'),
        by: text(payload, 'by', 'app.status.operationState.operation.initiatedBy.username'),
        at: ended ?? now,
        link: link(payload, 'link', 'url'),
      }),
    ],
  }
}
