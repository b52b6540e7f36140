/**
 * The rest of an incident's life: status, duties, updates, notes, and the places it lives in.
 */
import { startChain } from '../escalation/advance.ts'
import { drafted } from '../postmortem/decide.ts'
import { nearest, refuse } from '../refusal.ts'
import type { Status } from '../words.ts'
import { type Asked, type Decision, nameOf, person } from './asked.ts'
import type { IncidentCommand } from './commands.ts'
import { MAX_TEXT } from './declare.ts'
import type { IncidentEvent } from './events.ts'
import { type Incident, isOpen, isReal } from './state.ts'
import { nextStatuses, REOPENABLE, REOPENED } from './transitions.ts'

type Command = Extract<
  IncidentCommand,
  {
    do:
      | 'status'
      | 'reopen'
      | 'duty'
      | 'update'
      | 'note'
      | 'join'
      | 'retry_setup'
      | 'hide_entry'
      | 'correct_entry'
      | 'room_opened'
      | 'room_failed'
      | 'card_posted'
      | 'setup_failed'
      | 'post_failed'
      | 'caught_up'
  }
>

export function decideLifecycle(asked: Asked, incident: Incident, command: Command): Decision {
  switch (command.do) {
    case 'status':
      return changeStatus(asked, incident, command.to)
    case 'reopen':
      return reopen(asked, incident)
    case 'duty':
      return takeDuty(asked, incident, command)
    case 'update':
      return said(command.text, 'update') ?? [{ type: 'update_posted', text: command.text.trim() }]
    case 'note':
      return said(command.text, 'note') ?? [{ type: 'note_added', text: command.text.trim(), from: null }]
    case 'join':
      return isOpen(incident)
        ? [{ type: 'joined', person: person(asked.actor), title: command.title }]
        : refuse('closed', `${incident.id} is closed by now.`, 'Declare it anew: /incident declare.')
    case 'retry_setup':
      return retrySetup(incident)
    case 'hide_entry':
      return [{ type: command.hidden ? 'entry_hidden' : 'entry_shown', entry: command.entry }]
    case 'correct_entry':
      return (
        said(command.text, 'note') ?? [
          { type: 'entry_corrected', entry: command.entry, text: command.text.trim() },
        ]
      )
    case 'setup_failed':
      // Known, it is no news: a card that cannot be edited would be tried again because it could not be edited.
      return incident.rooms[command.chat]?.failed[command.step] === command.why ? [] : [toEvent(command)]
    case 'room_opened':
    case 'room_failed':
    case 'card_posted':
    case 'post_failed':
    case 'caught_up':
      return [toEvent(command)]
  }
}

/** What a delivery brought about becomes the event of the same name. */
function toEvent(
  command: Extract<
    Command,
    { do: 'room_opened' | 'room_failed' | 'card_posted' | 'setup_failed' | 'post_failed' | 'caught_up' }
  >,
): IncidentEvent {
  const { do: type, ...data } = command
  return { type, ...data } as IncidentEvent
}

function changeStatus(asked: Asked, incident: Incident, to: Status): Decision {
  if (to === incident.status) return []
  const allowed = nextStatuses(incident.status, incident.severity)
  if (allowed.includes(to)) {
    const changed: IncidentEvent = { type: 'status_changed', from: incident.status, to }
    const drafts = to === 'closed' && isGrave(incident) && incident.postmortem === null
    return drafts ? [changed, drafted(asked)] : [changed]
  }
  if (to === 'postmortem' && incident.status === 'closed') {
    return refuse(
      'no_postmortem',
      `${incident.id} is ${incident.severity}; the postmortem status is for SEV1 and SEV2.`,
    )
  }
  const ways = [
    ...allowed.map(status => `/incident status ${status}`),
    ...(REOPENABLE.includes(incident.status) ? ['/incident reopen'] : []),
  ]
  return refuse(
    'no_transition',
    `${incident.id} is ${incident.status}; it cannot become ${to} from there.`,
    `From here: ${ways.join(', ')}.`,
  )
}

/** SEV1 and SEV2 are learnt from; tests and drills have reports of their own. */
const isGrave = (incident: Incident): boolean =>
  (incident.severity === 'SEV1' || incident.severity === 'SEV2') && isReal(incident)

function reopen({ world, actor, now }: Asked, incident: Incident): Decision {
  if (!REOPENABLE.includes(incident.status)) {
    return refuse(
      'not_over',
      `${incident.id} is ${incident.status}; only what is resolved or closed can be reopened.`,
    )
  }
  const why = `reopened by ${nameOf(world, person(actor))}`
  return [
    { type: 'status_changed', from: incident.status, to: REOPENED },
    ...startChain(world, incident, now, { why, without: [] }),
  ]
}

function takeDuty(
  { world }: Asked,
  incident: Incident,
  { duty, person: id }: Extract<Command, { do: 'duty' }>,
): Decision {
  const known = world.config.people[id]
  if (!known) {
    const hint = nearest(id, Object.keys(world.config.people))
    return refuse('unknown_person', `"${id}" is nobody in \`people\`.`, hint ? `Did you mean ${hint}?` : '')
  }
  return incident.duties[duty] === id ? [] : [{ type: 'duty_taken', duty, person: id }]
}

const said = (words: string, what: string) => {
  const length = words.trim().length
  if (length === 0)
    return refuse(
      'empty',
      `The ${what} is empty.`,
      `Say it in words: /incident ${what} Rolled back, watching.`,
    )
  return length > MAX_TEXT
    ? refuse('too_long', `The ${what} has ${length} characters; ${MAX_TEXT} is the most.`)
    : undefined
}

function retrySetup(incident: Incident): Decision {
  const incomplete = Object.entries(incident.rooms).filter(([, room]) => Object.keys(room.failed).length > 0)
  if (incomplete.length === 0) return refuse('set_up', `The set-up of ${incident.id} is complete.`)
  return incomplete.map(([chat]) => ({ type: 'setup_retried', chat }))
}
