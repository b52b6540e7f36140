/** The incident's row for lists: derived, upserted beside the events that change it, rebuildable by folding. */
import type { IncidentSummary } from '../ports.ts'
import { causeOf } from '../postmortem/cause.ts'
import { type Incident, isActive, isOpen, isReal } from './state.ts'

export const summaryOf = (incident: Incident): IncidentSummary => ({
  id: incident.id,
  number: incident.number,
  title: incident.title,
  severity: incident.severity,
  status: incident.status,
  service: incident.service,
  open: isOpen(incident),
  acked: incident.acked !== null,
  quiet: isQuiet(incident),
  test: !isReal(incident),
  declaredAt: incident.declaredAt,
  ackedAt: incident.firstAckedAt,
  resolvedAt: incident.resolvedAt,
  updatedAt: incident.updatedAt,
  closedAt: incident.closedAt,
  cause: causeOf(incident.postmortem),
  published: incident.postmortem?.publishedAt != null,
  rooms: Object.entries(incident.rooms).flatMap(([chat, room]) =>
    room.channel ? [`${chat}:${room.channel}`] : [],
  ),
})

/** No rung timer is owed: it is over, or the chain ended with a word about it (I2). */
const isQuiet = (incident: Incident): boolean =>
  !isActive(incident) ||
  incident.chain?.exhaustedAt != null ||
  (incident.chain?.next === null && incident.pagedChannels.length > 0)

/** True when nothing that a list shows has changed, whatever `updatedAt` says. */
export const sameSummary = (a: IncidentSummary, b: IncidentSummary): boolean =>
  JSON.stringify({ ...a, updatedAt: 0 }) === JSON.stringify({ ...b, updatedAt: 0 })
