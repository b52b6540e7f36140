/**
 * Receipts: why somebody was paged for an incident, or why not, step by step. Read from the history, so that it says what was
 * true then; attempted, accepted and acknowledged are different facts, each with its time.
 */
import { resolveRole } from '../escalation/resolve.ts'
import { nameOf } from '../incidents/asked.ts'
import type { Happened } from '../incidents/events.ts'
import type { Incident } from '../incidents/state.ts'
import type { Inline, Line } from '../message.ts'
import { formatDuration } from '../schedules/duration.ts'
import { describe } from '../timeline/describe.ts'
import type { Instant, PersonId } from '../words.ts'
import type { World } from '../world.ts'

export function why(
  world: World,
  incident: Incident,
  history: readonly Happened[],
  person: PersonId,
  now: Instant,
): readonly Line[] {
  const own = new Set(incident.pages.filter(page => page.person === person).map(page => page.page))
  const lines = history.flatMap((each): Line[] => {
    const line = receipt(world, incident, each, person, own)
    return line ? [[{ time: each.at, as: 'at' }, ' ', ...line]] : []
  })
  return own.size > 0 ? lines : [...lines, whyNot(world, incident, person, now)]
}

/** What one event means to one person; undefined when it is none of theirs. */
function receipt(
  world: World,
  incident: Incident,
  happened: Happened,
  person: PersonId,
  own: ReadonlySet<number>,
): Line | undefined {
  const { event } = happened
  switch (event.type) {
    case 'rung_paged':
    case 'paged_by_hand': {
      const page = event.pages.find(each => each.person === person)
      if (!page) return undefined
      const where =
        event.type === 'rung_paged' ? `Rung ${event.rung} of pass ${event.pass} (${event.role}), ` : ''
      const steps = page.steps.map(
        step => `${step.targets.join(' and ')} after ${formatDuration(step.afterMs)}`,
      )
      const late =
        event.type === 'rung_paged' && event.lateMs > 0 ? `, ${formatDuration(event.lateMs)} late` : ''
      const reason = where === '' ? `P${page.why.slice(1)}` : `${where}paged: ${page.why}`
      return [`${reason}${late}. By ${steps.join(', then ')}.`]
    }
    case 'rung_skipped':
      return event.person === person
        ? [`Passed over at rung ${event.rung} (${event.role}): ${event.why}.`]
        : undefined
    case 'page_sent': {
      if (!own.has(event.page)) return undefined
      const { attemptedAt = event.acceptedAt } = event
      const began = incident.pages[event.page - 1]?.startedAt ?? attemptedAt
      return [
        `Tried by ${event.target} ${formatDuration(attemptedAt - began)} after the page began, accepted after ${formatDuration(event.acceptedAt - began)}.`,
        ...(event.instead ? [` As a mention: ${event.instead}.`] : []),
      ]
    }
    case 'page_failed':
      return own.has(event.page)
        ? [`${event.final ? 'Not delivered' : 'Not through yet'} by ${event.target}: ${event.why}.`]
        : undefined
    case 'page_delivered':
      return own.has(event.page)
        ? [`${event.state === 'read' ? 'Read' : 'Delivered'} by ${event.target}.`]
        : undefined
    case 'step_due': {
      const targets = incident.pages[event.page - 1]?.steps[event.step]?.targets
      return own.has(event.page) && targets ? [`Goes on to ${targets.join(' and ')}.`] : undefined
    }
    case 'page_held':
    case 'page_waits':
    case 'page_unanswered':
      return own.has(event.page) ? describe(world, happened) : undefined
    case 'stood_aside':
    case 'page_answered':
    case 'acknowledged':
    case 'ack_questioned':
    case 'ack_renewed':
    case 'ack_expired':
    case 'unacknowledged': {
      const who = 'by' in event ? event.by : event.person
      return who === person || own.size > 0 ? describe(world, happened) : undefined
    }
    default:
      return undefined
  }
}

/** Somebody who was never called: which rung means them, and what kept it from being reached. */
function whyNot(world: World, incident: Incident, person: PersonId, now: Instant): Line {
  const name = nameOf(world, person)
  const severity = incident.chain?.severity ?? incident.severity
  const { rungs } = incident.chains[severity]
  const at = rungs.findIndex(rung =>
    resolveRole(world, rung, { now, severity }, () => null).callees.some(each => each.person === person),
  )
  if (at < 0)
    return [
      `${name} was not paged: no rung of the ${severity} chain means them now. ${namesOf(world, incident, severity, now)}`,
    ]
  const rung: Inline = `${name} was not paged: they are rung ${at + 1} (${rungs[at]?.role}) of the ${severity} chain, `
  const { acked, chain } = incident
  if (acked)
    return [
      rung,
      'and it stopped when ',
      { person: acked.by },
      ' acknowledged at ',
      { time: acked.at, as: 'at' },
      '.',
    ]
  if (chain?.without.includes(person))
    return [rung, 'and they are left out of it: they acknowledged it before it was raised.']
  if (chain?.next) return [rung, 'and the next rung is due at ', { time: chain.next.dueAt, as: 'at' }, '.']
  return [rung, `and nobody is paged while it is ${incident.status}.`]
}

function namesOf(world: World, incident: Incident, severity: Incident['severity'], now: Instant): string {
  const each = incident.chains[severity].rungs.map(rung => {
    const { callees, channel } = resolveRole(world, rung, { now, severity }, () => null)
    const who = callees.map(callee => nameOf(world, callee.person)).join(', ') || channel?.name || 'nobody'
    return `${rung.role}: ${who}`
  })
  return `Its rungs are ${each.join('; ')}.`
}
