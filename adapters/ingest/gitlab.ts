/** GitLab: deployments, and pipelines that deploy. */
import { changeOf, isRollback, link, type Reader, text, time } from './read.ts'

const STATES: Readonly<Record<string, 'started' | 'succeeded' | 'failed'>> = {
  success: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
  running: 'started',
  created: 'started',
}

export const read: Reader = (payload, { now }) => {
  const kind = text(payload, 'object_kind')
  const service = text(payload, 'project.name')
  if (kind === 'deployment') {
    const state = STATES[text(payload, 'status') ?? ''] ?? 'started'
    const title = text(payload, 'commit_title')
    return {
      changes: [
        changeOf({
          id: `deployment-${text(payload, 'deployment_id', 'deployable_id')}-${state}`,
          kind: isRollback(title) ? 'rollback' : 'deployment',
          state,
          service,
          title: `${service}: ${title ?? text(payload, 'short_sha') ?? 'deployment'}`,
          version: text(payload, 'short_sha', 'ref'),
          environment: text(payload, 'environment'),
          by: text(payload, 'user.username', 'user.name'),
          at: time(payload, 'status_changed_at') ?? now,
          link: link(payload, 'deployable_url', 'commit_url'),
        }),
      ],
    }
  }
  if (kind === 'pipeline') {
    const state = STATES[text(payload, 'object_attributes.status') ?? '']
    if (state !== 'succeeded' && state !== 'failed') return { changes: [] }
    return {
      changes: [
        changeOf({
          id: `pipeline-${text(payload, 'object_attributes.id')}-${state}`,
          state,
          service,
          title: `${service}: pipeline on ${text(payload, 'object_attributes.ref')}`,
          version: text(payload, 'object_attributes.sha'),
          by: text(payload, 'user.username'),
          at: time(payload, 'object_attributes.finished_at') ?? now,
          link: link(payload, 'object_attributes.url', 'project.web_url'),
        }),
      ],
    }
  }
  return kind === null ? undefined : { changes: [] }
}
