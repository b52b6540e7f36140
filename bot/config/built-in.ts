/** The four severities as they are when the file says nothing. Any field can be overridden. */
import type { Severity } from '../words.ts'
import type { Rung, SeverityLevel } from './types.ts'

const MINUTE_MS = 60_000
/** Five minutes from the first sign; how fast an incident is mended is for a team to say. */
const TARGETS = { detect: 5 * MINUTE_MS, mitigate: null, resolve: null }
const rungs = (...roles: readonly string[]): readonly Rung[] => roles.map(role => ({ role }))

export const BUILT_IN: Readonly<Record<Severity, SeverityLevel>> = {
  SEV1: {
    description: 'Critical - complete service outage',
    respondWithin: 5 * MINUTE_MS,
    escalation: rungs('oncall_primary', 'oncall_secondary', 'manager', 'director'),
    repeat: 0,
    updateWithin: 30 * MINUTE_MS,
    targets: TARGETS,
    criteria: ['complete_outage', 'data_loss', 'security_breach', 'revenue_impact > $10000/hour'],
  },
  SEV2: {
    description: 'Major - partial outage or a key feature is gone',
    respondWithin: 15 * MINUTE_MS,
    escalation: rungs('oncall_primary', 'oncall_secondary'),
    repeat: 0,
    updateWithin: null,
    targets: TARGETS,
    criteria: ['partial_outage', 'performance_degradation > 50%', 'key_feature_unavailable'],
  },
  SEV3: {
    description: 'Minor - something is broken and work goes on',
    respondWithin: 60 * MINUTE_MS,
    escalation: rungs('oncall_primary'),
    repeat: 0,
    updateWithin: null,
    targets: TARGETS,
    criteria: ['non_critical_feature_issue', 'performance_degradation < 50%', 'workaround_available'],
  },
  SEV4: {
    description: 'Low - cosmetic, documentation, wishes',
    respondWithin: 'next business day',
    escalation: rungs('team_queue'),
    repeat: 0,
    updateWithin: null,
    targets: TARGETS,
    criteria: ['cosmetic_issue', 'documentation_error', 'enhancement_request'],
  },
}
