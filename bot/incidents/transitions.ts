/**
 * Which status may follow which: the one table that decides, draws the buttons, fills the help and the diagram in the docs.
 * Work only moves forward, except that `investigating` may follow `mitigated` (it did not hold), and that whatever is
 * resolved, verifying or closed is opened again by `reopen`.
 */
import type { Severity, Status } from '../words.ts'

export const TRANSITIONS: Readonly<Record<Status, readonly Status[]>> = {
  detected: ['triaged', 'responding', 'investigating', 'mitigated', 'resolved', 'closed'],
  triaged: ['responding', 'investigating', 'mitigated', 'resolved', 'closed'],
  responding: ['investigating', 'mitigated', 'resolved', 'closed'],
  investigating: ['mitigated', 'resolved', 'closed'],
  mitigated: ['investigating', 'resolved', 'closed'],
  resolved: ['verifying', 'closed'],
  verifying: ['closed'],
  closed: ['postmortem'],
  postmortem: [],
}

/** Where `reopen` leads, and from where. */
export const REOPENED: Status = 'investigating'
export const REOPENABLE: readonly Status[] = ['resolved', 'verifying', 'closed', 'postmortem']

/** The statuses that may follow now. The post-mortem is for SEV1 and SEV2. */
export const nextStatuses = (status: Status, severity: Severity): readonly Status[] =>
  TRANSITIONS[status].filter(to => to !== 'postmortem' || severity === 'SEV1' || severity === 'SEV2')

/** The table as a Mermaid diagram, for the docs. */
export function transitionsDiagram(): string {
  const forward = Object.entries(TRANSITIONS).flatMap(([from, all]) => all.map(to => `    ${from} --> ${to}`))
  const back = REOPENABLE.map(from => `    ${from} --> ${REOPENED}: reopen`)
  return ['stateDiagram-v2', '    [*] --> detected', ...forward, ...back].join('\n')
}
