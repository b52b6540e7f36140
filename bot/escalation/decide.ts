/**
 * What stops a chain, starts it anew and pushes it on: ack, un-ack, Escalate, Not me, a changed severity, a due rung.
 */

import { type Asked, type Decision, nameOf, person } from '../incidents/asked.ts'
import type { IncidentCommand } from '../incidents/commands.ts'
import type { IncidentEvent } from '../incidents/events.ts'
import { afterwards } from '../incidents/fold.ts'
import { type Incident, isActive, isOpen, livePages } from '../incidents/state.ts'
import { refuse } from '../refusal.ts'
import { formatDuration } from '../schedules/duration.ts'
import { bySeverity, type Instant, type Severity, STATUSES } from '../words.ts'
import { advance, startChain } from './advance.ts'
import { isLastPass, isPassEnd } from './chain.ts'

type Command = Extract<
  IncidentCommand,
  { do: 'ack' | 'unack' | 'escalate' | 'stand_aside' | 'severity' | 'rung_due' | 'ack_lapses' }
>

export function decideEscalation(asked: Asked, incident: Incident, command: Command): Decision {
  if (command.do === 'rung_due') return advance(asked.world, incident, asked.now, { kind: 'due' })
  if (command.do === 'ack_lapses') return ackLapses(asked, incident)
  if (
    asked.actor.kind === 'person' &&
    command.do !== 'severity' &&
    incident.silent?.includes(asked.actor.person)
  )
    return refuse(
      'silent',
      'In this drill you do not answer: let the next person be called.',
      `To end the drill: /incident close ${incident.id}.`,
    )
  if (!isOpen(incident)) {
    return refuse('closed', `${incident.id} is closed.`, `If it is back: /incident reopen ${incident.id}.`)
  }
  switch (command.do) {
    case 'ack':
      return acknowledge(asked, incident, command.page)
    case 'unack':
      return unacknowledge(asked, incident)
    case 'escalate':
      return escalate(asked, incident)
    case 'stand_aside':
      return standAside(asked, incident)
    case 'severity':
      return changeSeverity(asked, incident, command.to)
  }
}

/** The first ack wins; a later one changes nothing and is told who won (I7), unless it answers a page by hand. */
function acknowledge({ actor, now }: Asked, incident: Incident, page: number | null): Decision {
  const by = person(actor)
  if (incident.acked && incident.questionedAt !== null) return [{ type: 'ack_renewed', by }]
  if (incident.acked) return answerOwnPages(incident, by)
  const acknowledged: IncidentEvent = { type: 'acknowledged', by, page, afterMs: now - incident.declaredAt }
  const early = STATUSES.indexOf(incident.status) < STATUSES.indexOf('responding')
  return early
    ? [acknowledged, { type: 'status_changed', from: incident.status, to: 'responding' }]
    : [acknowledged]
}

/** How long the one who acknowledged has to answer, before others are called. */
export const ANSWER_WITHIN_MS = 10 * 60_000

/** When an ack is looked at next: it is asked about, or it has lapsed. Undefined while it holds for ever. */
export function lapsesAt(incident: Incident): Instant | undefined {
  const within = incident.chains[incident.severity].updateWithin
  if (!incident.acked || !isActive(incident) || within == null) return undefined
  return incident.questionedAt === null ? incident.wordAt + within : incident.questionedAt + ANSWER_WITHIN_MS
}

/** Someone who fell asleep over an incident is asked first; then everybody is called again. */
function ackLapses({ world, now, actor }: Asked, incident: Incident): Decision {
  const at = lapsesAt(incident)
  if (at === undefined || now < at || !incident.acked) return []
  const { by } = incident.acked
  const quietMs = now - incident.wordAt
  if (incident.questionedAt === null) return [{ type: 'ack_questioned', by, quietMs }]
  const expired: IncidentEvent = { type: 'ack_expired', by }
  const why = `${nameOf(world, by)} acknowledged it and has said nothing for ${formatDuration(quietMs)}`
  const left = afterwards(incident, [expired], { actor, now })
  return [expired, ...startChain(world, left, now, { why, without: [] })]
}

const answerOwnPages = (incident: Incident, by: string): readonly IncidentEvent[] =>
  livePages(incident)
    .filter(page => page.person === by)
    .map(page => ({ type: 'page_answered', page: page.page, by }))

function unacknowledge({ world, actor, now }: Asked, incident: Incident): Decision {
  if (!incident.acked)
    return refuse(
      'not_acked',
      `Nobody has acknowledged ${incident.id}.`,
      `To take it: /incident ack ${incident.id}.`,
    )
  if (!isActive(incident)) return notActive(incident)
  const by = person(actor)
  const why = `${nameOf(world, by)} took the acknowledgement back`
  return [{ type: 'unacknowledged', by }, ...startChain(world, incident, now, { why, without: [] })]
}

function escalate({ world, actor, now }: Asked, incident: Incident): Decision {
  const next = incident.chain?.next
  if (incident.acked) {
    const { by } = incident.acked
    return refuse(
      'acked',
      `${incident.id} is acknowledged by ${nameOf(world, by)}; its chain has stopped.`,
      `To call somebody else: /incident page @person. To start the chain again: /incident unack ${incident.id}.`,
    )
  }
  if (!isActive(incident)) return notActive(incident)
  if (!next || incident.chain === null || atEnd(incident)) {
    return refuse(
      'chain_over',
      `Every rung of ${incident.id} has been paged.`,
      'To call somebody: /incident page @person.',
    )
  }
  return advance(world, incident, now, {
    kind: 'pushed',
    why: `${nameOf(world, person(actor))} escalated`,
    asked: true,
  })
}

/** True when nothing but the end of the last pass is left. */
function atEnd(incident: Incident): boolean {
  const run = incident.chain
  if (!run?.next) return true
  const chain = incident.chains[run.severity]
  return isPassEnd(chain, run.next) && isLastPass(chain, run.next.pass)
}

/** "Not me": out of this incident's chain for good, and the next rung now. */
function standAside({ world, actor, now }: Asked, incident: Incident): Decision {
  const who = person(actor)
  if (incident.acked?.by === who) {
    return refuse(
      'you_have_it',
      `You acknowledged ${incident.id}.`,
      `To hand it back: /incident unack ${incident.id}.`,
    )
  }
  if (incident.acked) return []
  if (!isActive(incident)) return notActive(incident)
  if (incident.stoodAside.includes(who)) return []
  const aside: IncidentEvent = { type: 'stood_aside', person: who }
  const left = afterwards(incident, [aside], { actor, now })
  const others = livePages(left).length > 0
  if (atEnd(left) && others) return [aside]
  return [
    aside,
    ...advance(world, left, now, { kind: 'pushed', why: `${nameOf(world, who)} said "Not me"`, asked: true }),
  ]
}

/** Raising starts the new chain at once, also after an ack; lowering an acknowledged incident pages nobody. */
function changeSeverity(ask: Asked, incident: Incident, to: Severity): Decision {
  const { world, now } = ask
  if (to === incident.severity) return refuse('same_severity', `${incident.id} is ${to} already.`)
  const changed: IncidentEvent = {
    type: 'severity_changed',
    from: incident.severity,
    to,
    judged: incident.judged.severity,
  }
  const raised = bySeverity(to, incident.severity) < 0
  if (!isActive(incident) || (incident.acked && !raised)) return [changed]
  const rated = afterwards(incident, [changed], ask)
  const without = incident.acked ? [incident.acked.by] : []
  const why = `${raised ? 'raised' : 'lowered'} to ${to}`
  return [changed, ...startChain(world, rated, now, { why, without })]
}

const notActive = (incident: Incident) =>
  refuse(
    'not_active',
    `${incident.id} is ${incident.status}.`,
    `If it is back: /incident reopen ${incident.id}.`,
  )
