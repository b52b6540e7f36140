/**
 * One page's life: its steps come due, its copies get through or fail, its window ends. A step that failed for good passes
 * to the next at once; when all of a rung's people are beyond reach, the next rung comes at once (I11).
 */
import { advance, numberPages } from '../escalation/advance.ts'
import { isPassEnd, LATE_AFTER_MS } from '../escalation/chain.ts'
import { stepsOf } from '../escalation/resolve.ts'
import { type Asked, type Decision, nameOf, person } from '../incidents/asked.ts'
import type { IncidentCommand } from '../incidents/commands.ts'
import type { IncidentEvent } from '../incidents/events.ts'
import { afterwards } from '../incidents/fold.ts'
import { type Incident, isOpen, type Page } from '../incidents/state.ts'
import { refuse } from '../refusal.ts'
import type { Instant, PersonId } from '../words.ts'

/** How long a page by hand waits for its answer after its last step. */
export const ANSWER_WINDOW_MS = 5 * 60_000
/** How long one by hand that does not get through is waited for. */
const TRIED_FOR_MS = 12 * 60 * 60_000

type Command = Extract<
  IncidentCommand,
  {
    do:
      | 'page'
      | 'step_due'
      | 'window_over'
      | 'page_sent'
      | 'page_failed'
      | 'page_held'
      | 'page_delivered'
      | 'copy_failed'
  }
>

export function decidePage(asked: Asked, incident: Incident, command: Command): Decision {
  switch (command.do) {
    case 'page':
      return pageByHand(asked, incident, command.people)
    case 'step_due':
      return stepDue(incident, command.page, command.step)
    case 'window_over':
      return windowOver(asked.now, pageOf(incident, command.page))
    case 'page_sent': {
      const { do: _, ...sent } = command
      return [{ type: 'page_sent', ...sent }, ...answerTime(asked.now, pageOf(incident, command.page))]
    }
    case 'page_held': {
      const { do: _, ...held } = command
      return [{ type: 'page_held', ...held }]
    }
    case 'page_delivered': {
      const { do: _, ...delivered } = command
      return [{ type: 'page_delivered', ...delivered }]
    }
    case 'page_failed':
      return pageFailed(asked, incident, command)
    case 'copy_failed':
      return [{ type: 'copy_failed', page: command.page, chat: command.chat, why: command.why }]
  }
}

const pageOf = (incident: Incident, number: number): Page | undefined =>
  incident.pages.find(page => page.page === number)

function pageByHand({ world, actor, now }: Asked, incident: Incident, people: readonly PersonId[]): Decision {
  if (!isOpen(incident))
    return refuse('closed', `${incident.id} is closed.`, `If it is back: /incident reopen ${incident.id}.`)
  if (people.length === 0)
    return refuse('nobody', 'A page needs somebody to call.', 'Name them: /incident page @person.')
  const by = nameOf(world, person(actor))
  const callees = [...new Set(people)].map(id => {
    const known = world.config.people[id]
    const occasion = { now, severity: incident.severity }
    const { steps, left } = known ? stepsOf(world, known, occasion) : { steps: [], left: [] }
    return { person: id, why: [`paged by ${by}`, ...left].join('; '), steps }
  })
  const deaf = callees.filter(callee => callee.steps.length === 0)
  if (deaf.length > 0) {
    const names = deaf.map(callee => nameOf(world, callee.person)).join(' and ')
    return refuse(
      'unreachable',
      `${names} cannot be reached: no way of theirs is set up here.`,
      'Link their chat account in `people`, or page somebody else.',
    )
  }
  const last = Math.max(...callees.flatMap(callee => callee.steps.map(step => step.afterMs)))
  return [{ type: 'paged_by_hand', pages: numberPages(incident, callees), windowMs: last + ANSWER_WINDOW_MS }]
}

/** One by hand that got through late has its whole time to be answered. */
function answerTime(now: Instant, called: Page | undefined): readonly IncidentEvent[] {
  if (!called || called.ended !== null || called.rung !== null || called.steps.some(isSent)) return []
  const { page, startedAt, windowMs } = called
  const needed = now - startedAt + ANSWER_WINDOW_MS
  return now - startedAt > LATE_AFTER_MS && needed > windowMs
    ? [{ type: 'page_waits', page, windowMs: needed }]
    : []
}

const isSent = ({ state }: Page['steps'][number]): boolean => state === 'sent'

/**
 * A page that an outage kept from leaving has its window yet (D15), and one that nobody's provider has taken is waited for
 * while it is tried on, each time twice as long.
 */
function windowOver(now: Instant, called: Page | undefined): Decision {
  if (called?.ended !== null) return []
  const { page, startedAt, windowMs, steps } = called
  const goesOn = steps.some(({ state }) => state !== 'sent' && state !== 'failed')
  const isHeard = steps.some(isSent)
  const isLate = now - (startedAt + windowMs) > LATE_AFTER_MS
  const elapsed = now - startedAt
  if (goesOn && isLate) return [{ type: 'page_waits', page, windowMs: elapsed + ANSWER_WINDOW_MS }]
  return goesOn && !isHeard && elapsed < TRIED_FOR_MS
    ? [{ type: 'page_waits', page, windowMs: 2 * elapsed }]
    : [{ type: 'page_unanswered', page }]
}

function stepDue(incident: Incident, number: number, step: number): Decision {
  const page = pageOf(incident, number)
  return page?.ended === null && page.steps[step]?.state === 'waiting'
    ? [{ type: 'step_due', page: number, step }]
    : []
}

function pageFailed(
  asked: Asked,
  incident: Incident,
  { do: _, ...failure }: Extract<Command, { do: 'page_failed' }>,
): Decision {
  const failed: IncidentEvent = { type: 'page_failed', ...failure }
  const missed = afterwards(incident, [failed], asked)
  const page = pageOf(missed, failure.page)
  if (!page || page.ended !== null) return [failed]
  const beaten = page.steps[failure.step]?.state
  const earlier = pageOf(incident, failure.page)?.steps[failure.step]?.state
  if (beaten === earlier || (beaten !== 'failed' && beaten !== 'late')) return [failed]
  const nextStep = page.steps.findIndex(step => step.state === 'waiting')
  if (nextStep >= 0) return [failed, { type: 'step_due', page: page.page, step: nextStep }]
  return [failed, ...giveUpRung(asked, missed, page)]
}

/** Nobody of the chain's current rung can be reached: the next rung now. At the end of a pass the window runs on. */
function giveUpRung({ world, now }: Asked, incident: Incident, page: Page): readonly IncidentEvent[] {
  const { chain } = incident
  const rung = page.rung
  if (!chain?.next || !rung || isPassEnd(incident.chains[chain.severity], chain.next)) return []
  const current = rung.pass === chain.next.pass && rung.rung === chain.next.rung - 1
  const fellows = incident.pages.filter(
    other => other.ended === null && other.rung?.pass === rung.pass && other.rung.rung === rung.rung,
  )
  const allBeaten = fellows.every(fellow =>
    fellow.steps.every(step => step.state === 'failed' || step.state === 'late'),
  )
  return current && allBeaten
    ? advance(world, incident, now, {
        kind: 'pushed',
        why: `rung ${rung.rung} could not be reached`,
        asked: false,
      })
    : []
}
