/** GitHub: deployments and their states, releases, and workflow runs that deploy. */
import type { Issue } from '../../bot/ports.ts'
import { issueOf } from '../github/issues.ts'
import { at, changeOf, isRollback, link, type Reader, text, time } from './read.ts'

const STATES: Readonly<Record<string, 'started' | 'succeeded' | 'failed'>> = {
  success: 'succeeded',
  failure: 'failed',
  error: 'failed',
  in_progress: 'started',
  pending: 'started',
  queued: 'started',
}

export const read: Reader = (payload, { now, header }) => {
  const event = header('x-github-event') ?? guessed(payload)
  const service = text(payload, 'repository.name')
  const by = text(payload, 'sender.login')
  if (event === 'deployment' || event === 'deployment_status') {
    const what = text(payload, 'deployment.description', 'deployment.task') ?? 'deploy'
    const state = STATES[text(payload, 'deployment_status.state') ?? 'pending'] ?? 'started'
    const environment = text(payload, 'deployment.environment')
    const ref = text(payload, 'deployment.ref')
    return {
      changes: [
        changeOf({
          id: `deployment-${text(payload, 'deployment.id')}-${state}`,
          kind: isRollback(what, text(payload, 'deployment.payload.reason')) ? 'rollback' : 'deployment',
          state,
          service,
          title: `${service} ${ref ?? ''} to ${environment ?? 'production'}`,
          version: text(payload, 'deployment.sha') ?? ref,
          environment,
          by,
          at: time(payload, 'deployment_status.created_at', 'deployment.created_at') ?? now,
          link: link(
            payload,
            'deployment_status.log_url',
            'deployment_status.target_url',
            'repository.html_url',
          ),
        }),
      ],
    }
  }
  if (event === 'issues' && !GONE.includes(text(payload, 'action') ?? ''))
    return { issues: { repo: text(payload, 'repository.full_name') ?? '', seen: seenIn(payload) } }
  if (event === 'release' && text(payload, 'action') === 'published')
    return {
      changes: [
        changeOf({
          id: `release-${text(payload, 'release.id')}`,
          service,
          title: `${service} ${text(payload, 'release.tag_name') ?? ''} released`,
          version: text(payload, 'release.tag_name'),
          by,
          at: time(payload, 'release.published_at') ?? now,
          link: link(payload, 'release.html_url'),
        }),
      ],
    }
  if (event === 'workflow_run' && /deploy|release|rollback/i.test(text(payload, 'workflow_run.name') ?? ''))
    return {
      changes: [
        changeOf({
          id: `run-${text(payload, 'workflow_run.id')}-${text(payload, 'workflow_run.status')}`,
          kind: isRollback(text(payload, 'workflow_run.name')) ? 'rollback' : 'deployment',
          state: STATES[text(payload, 'workflow_run.conclusion') ?? 'in_progress'] ?? 'failed',
          service,
          title: `${service}: ${text(payload, 'workflow_run.name')}`,
          version: text(payload, 'workflow_run.head_sha'),
          by,
          at: time(payload, 'workflow_run.updated_at', 'workflow_run.run_started_at') ?? now,
          link: link(payload, 'workflow_run.html_url'),
        }),
      ],
    }
  return event === undefined ? undefined : { changes: [] }
}

/** An issue that is not there any more says nothing of its item. */
const GONE: readonly string[] = ['deleted', 'transferred']

function seenIn(payload: unknown): readonly Issue[] {
  try {
    return [issueOf(at(payload, 'issue'))]
  } catch {
    // Not of the shape that GitHub documents: it is looked at with the next look.
    return []
  }
}

function guessed(payload: unknown): string | undefined {
  const names = ['deployment_status', 'deployment', 'release', 'workflow_run', 'repository']
  return names.find(name => at(payload, name) !== undefined)
}
