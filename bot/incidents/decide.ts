/**
 * decide(world, state, command, now): the events that a command brings about, or a refusal. Pure. The only place where it
 * is settled what may happen to an incident; each part is decided beside its own rules (escalation, pages, lifecycle).
 */
import { decideAlert } from '../alerts/decide.ts'
import { decideEscalation } from '../escalation/decide.ts'
import { decideEvidence } from '../evidence/decide.ts'
import { decidePage } from '../pages/decide.ts'
import { decidePostmortem } from '../postmortem/decide.ts'
import { refuse } from '../refusal.ts'
import { decideSources } from '../sources/decide.ts'
import type { Asked, Decision } from './asked.ts'
import type { IncidentCommand } from './commands.ts'
import { declare } from './declare.ts'
import { decideLifecycle } from './lifecycle.ts'
import type { Incident } from './state.ts'

export function decide(asked: Asked, incident: Incident | undefined, command: IncidentCommand): Decision {
  if (command.do === 'declare') return declare(asked, command)
  if (!incident) return refuse('no_such_incident', 'There is no such incident.', 'Try /incident list.')
  switch (command.do) {
    case 'ack':
    case 'unack':
    case 'escalate':
    case 'stand_aside':
    case 'severity':
    case 'rung_due':
    case 'ack_lapses':
      return decideEscalation(asked, incident, command)
    case 'alert':
      return decideAlert(asked, incident, command)
    case 'page':
    case 'step_due':
    case 'window_over':
    case 'page_sent':
    case 'page_failed':
    case 'page_held':
    case 'page_delivered':
    case 'copy_failed':
      return decidePage(asked, incident, command)
    case 'keep':
    case 'recurs':
    case 'message_read':
    case 'message_lost':
    case 'read_history':
    case 'history_page':
    case 'history_lost':
      return decideEvidence(asked, incident, command)
    case 'draft_postmortem':
    case 'write_section':
    case 'review_postmortem':
    case 'publish_postmortem':
    case 'give_postmortem':
    case 'waive_postmortem':
    case 'export_postmortem':
    case 'postmortem_due':
    case 'export_done':
    case 'export_failed':
      return decidePostmortem(asked, incident, command)
    case 'investigate':
    case 'evidence_found':
    case 'source_failed':
    case 'investigation_posted':
      return decideSources(asked, incident, command)
    default:
      return decideLifecycle(asked, incident, command)
  }
}
