/**
 * Every event of an incident in one line of plain words: for the timeline, the posts in its channel and the export. One
 * place, so that an incident is told the same way everywhere.
 */
import { nameOf } from '../incidents/asked.ts'
import type { Actor, Happened, IncidentEvent } from '../incidents/events.ts'
import { judgedWords } from '../incidents/judged.ts'
import type { Inline, Line } from '../message.ts'
import { EXPORT_PLACES } from '../postmortem/document.ts'
import { titleOf } from '../postmortem/template.ts'
import { formatDuration } from '../schedules/duration.ts'
import { WAYS } from '../words.ts'
import type { World } from '../world.ts'

type Of<T extends IncidentEvent['type']> = Extract<IncidentEvent, { type: T }>

export function describe(world: World, { event, actor }: Happened): Line {
  switch (event.type) {
    case 'declared':
      return [
        ...who(actor),
        ' declared ',
        { bold: event.title },
        ` as ${event.severity} (${judgedWords(event)})`,
      ]
    case 'chain_started':
      return [`The ${event.severity} chain started: ${event.why}`]
    case 'rung_paged':
      return rungPaged(event)
    case 'rung_skipped':
      return [
        `Rung ${event.rung} (${event.role})`,
        ...(event.person ? [', ', { person: event.person }] : []),
        ` was skipped: ${event.why}`,
      ]
    case 'chain_waits':
      return ['Next in the chain: ', { time: event.next.dueAt, as: 'at' }]
    case 'chain_exhausted':
      return exhausted(event)
    case 'paged_by_hand':
      return [...who(actor), ' paged ', ...people(event.pages.map(page => page.person))]
    case 'page_sent':
      return [
        `Page ${event.page} was accepted by ${event.target}`,
        ...(event.instead ? [` as a mention in a channel: ${event.instead}`] : []),
      ]
    case 'page_failed':
      return [
        `Page ${event.page} ${event.final ? 'cannot be delivered' : 'is not getting through'} by ${event.target}: ${event.why}${event.final ? '' : '; it is tried on'}`,
      ]
    case 'page_held':
      return [`Page ${event.page} waits until `, { time: event.until, as: 'at' }, `: ${event.why}`]
    case 'page_delivered':
      return [`Page ${event.page} was ${event.state} by ${event.target}`]
    case 'step_due':
      return [`Page ${event.page} goes on to its step ${event.step + 1}`]
    case 'page_waits':
      return [`Page ${event.page} had not got through when its time was over: its answer is waited for still`]
    case 'page_unanswered':
      return [`Nobody answered page ${event.page}`]
    case 'page_answered':
      return [{ person: event.by }, ' answered the page']
    case 'acknowledged':
      return [{ person: event.by }, ` acknowledged after ${formatDuration(event.afterMs)}${byWay(actor)}`]
    case 'unacknowledged':
      return [{ person: event.by }, ' took the acknowledgement back']
    case 'ack_questioned':
      return [{ person: event.by }, ` has said nothing for ${formatDuration(event.quietMs)}: still on it?`]
    case 'ack_renewed':
      return [{ person: event.by }, ' is still on it']
    case 'ack_expired':
      return ['No answer from ', { person: event.by }, ': the acknowledgement holds no more']
    case 'stood_aside':
      return [{ person: event.person }, ' said "Not me"']
    case 'status_changed':
      return [...who(actor), ' set the status to ', { bold: event.to }, ` (was ${event.from})`]
    case 'severity_changed':
      return [
        ...who(actor),
        ' set the severity to ',
        { bold: event.to },
        ` (was ${event.from}; judged ${event.judged})`,
      ]
    case 'duty_taken':
      return [{ person: event.person }, ' is ', { bold: event.duty }]
    case 'update_posted':
      return [...who(actor), ': ', event.text]
    case 'note_added':
      return event.from ? written(event.from, event.text) : [...who(actor), ' noted: ', event.text]
    case 'recurrence_seen':
      return [
        'This looks like ',
        { bold: event.incident },
        ` (${event.incidentTitle}), whose ${event.item} "${event.title}" was completed `,
        { time: event.doneAt, as: 'at' },
        `: ${event.why}`,
      ]
    case 'message_marked':
      return ['A message goes into the timeline for ', { person: event.by }]
    case 'message_lost':
      return ['The message that ', { person: event.by }, ` wanted in the timeline is not in it: ${event.why}`]
    case 'history_asked':
      return [{ person: event.by }, ` wants what was said in the channel on ${event.chat} in the timeline`]
    case 'history_read':
      return [`${messages(event.messages.length)} from ${event.chat} for `, { person: event.by }]
    case 'history_ended':
      return [historyEnded(event)]
    case 'alert_fired':
      return [`${event.integration}: `, event.alert.title, ...linked(event.alert.link)]
    case 'alert_resolved':
      return [
        `${event.integration}: resolved: `,
        event.alert.title,
        event.left === 0
          ? '. No alert of this incident is left'
          : `. ${event.left} more ${event.left === 1 ? 'goes' : 'go'} on`,
      ]
    case 'entry_hidden':
      return [...who(actor), ` hid ${event.entry} of the timeline`]
    case 'entry_shown':
      return [...who(actor), ` shows ${event.entry} of the timeline again`]
    case 'entry_corrected':
      return [...who(actor), ` corrected ${event.entry} of the timeline: ${event.text}`]
    case 'postmortem_drafted':
      return ['The post-mortem is drafted']
    case 'section_written':
      return [
        { person: event.by },
        ` wrote "${titleOf(world.config.postmortem.template, event.section)}" of the post-mortem`,
      ]
    case 'postmortem_reviewed':
      return [{ person: event.by }, ' reviewed the post-mortem']
    case 'postmortem_published':
      return [{ person: event.by }, ' published the post-mortem']
    case 'postmortem_nagged':
      return [
        'The post-mortem waits to be finished',
        ...(event.person ? [' by ', { person: event.person }] : []),
      ]
    case 'postmortem_given':
      return [{ person: event.to }, ' is to finish the post-mortem']
    case 'postmortem_waived':
      return [{ person: event.by }, ` says that there will be no post-mortem: ${event.why}`]
    case 'postmortem_resumed':
      return [...who(actor), ' says that there will be a post-mortem after all']
    case 'export_asked':
      return [...who(actor), ' had the post-mortem exported again']
    case 'export_done':
      return [`The post-mortem is in ${EXPORT_PLACES[event.to]}`, ...exportedTo(event.ref)]
    case 'export_failed':
      return [
        `The post-mortem did not get into ${EXPORT_PLACES[event.to]}: ${event.why}`,
        event.final ? '' : '. It is tried on',
      ]
    case 'joined':
      return event.title === ''
        ? [{ person: event.person }, ' joined']
        : [{ person: event.person }, ' reported the same thing: ', event.title]
    case 'room_opened':
      return [`Channel ${event.name} opened on ${event.chat}`]
    case 'room_failed':
      return [`No channel on ${event.chat}: ${event.why}`]
    case 'card_posted':
      return [`Card posted on ${event.chat}`]
    case 'setup_failed':
      return [`Set-up on ${event.chat} is incomplete: ${stepName(world, event.step)} failed: ${event.why}`]
    case 'setup_retried':
      return [...who(actor), ` had the set-up on ${event.chat} tried again`]
    case 'caught_up':
      return [`The channel on ${event.chat} was told what it had missed`]
    case 'post_failed':
      return [`A message did not reach ${event.chat} (${event.what}): ${event.why}`]
    case 'sources_asked':
      return [...who(actor), ` investigates: ${event.sources.join(', ')}`]
    case 'evidence_found':
      return [`${event.source} answered: ${countOf(event.findings.length)}`]
    case 'source_failed':
      return [event.why]
    case 'investigation_posted':
      return [`What the sources said was posted on ${event.chat}`]
    case 'copy_failed':
      return [`A copy of page ${event.page} on ${event.chat} could not be edited: ${event.why}`]
  }
}

const written = ({ author, withheld }: NonNullable<Of<'note_added'>['from']>, text: string): Line =>
  withheld === undefined ? [`${author} wrote: `, text] : [`${author} wrote something: ${withheld}`]

function historyEnded({ kept, why }: Of<'history_ended'>): string {
  if (why === null)
    return `All that was said here is in the timeline: ${kept === 0 ? 'nothing was missing' : `${messages(kept)} more`}`
  return kept === 0
    ? `What was said here could not be read: ${why}`
    : `Reading what was said here ended early, with ${messages(kept)} kept: ${why}`
}

const messages = (count: number): string => `${count} ${count === 1 ? 'message' : 'messages'}`

const countOf = (findings: number): string =>
  findings === 0 ? 'nothing unusual' : findings === 1 ? '1 finding' : `${findings} findings`

/** That it was not said in a chat, but on a phone or behind a link (S17). */
const byWay = (actor: Actor): string =>
  actor.kind === 'person' && WAYS.some(way => way === actor.via) ? `, by ${actor.via}` : ''

/** `invite:ben` in words. */
export function stepName(world: World, step: string): string {
  const [name = step, person] = step.split(':')
  return person ? `${name} ${nameOf(world, person)}` : name
}

function rungPaged(event: Of<'rung_paged'>): Line {
  const place = `rung ${event.rung}${event.pass > 1 ? `, pass ${event.pass}` : ''}, ${event.role}`
  const target: Line =
    event.pages.length > 0 ? people(event.pages.map(page => page.person)) : [event.channel?.name ?? '']
  const late = event.lateMs > 0 ? `, ${formatDuration(event.lateMs)} late after an outage` : ''
  const next: Line = event.next ? ['. Next: ', { time: event.next.dueAt, as: 'at' }] : []
  return ['Paged ', ...target, ` (${place}): ${event.why}${late}`, ...next]
}

function exhausted(event: Of<'chain_exhausted'>): Line {
  const why = event.nobody ? 'Nobody could be paged' : 'Nobody acknowledged: everybody in the chain was paged'
  return [
    { bold: why },
    event.pass > 1 ? ` ${event.pass} times.` : '.',
    ' Somebody take it: press Ack, or page by hand with /incident page @person.',
  ]
}

export const people = (ids: readonly string[]): Line =>
  ids.flatMap((person, index): Inline[] =>
    index === 0 ? [{ person }] : [index === ids.length - 1 ? ' and ' : ', ', { person }],
  )

/** A page can be looked at; a commit is named. */
const exportedTo = (ref: string): Line =>
  /^https?:/.test(ref) ? linked(ref) : [' (commit ', { code: ref.slice(0, 12) }, ')']

const linked = (link: string | null): Line => (link === null ? [] : [' (', { link, text: 'look' }, ')'])

const who = (actor: Actor): Line => {
  if (actor.kind === 'person') return [{ person: actor.person }]
  return [actor.kind === 'alert' ? actor.integration : 'Tocsin']
}
