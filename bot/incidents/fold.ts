/**
 * Events become an incident. `apply` is total and never refuses: what happened, happened. Applying the same events in the
 * same order gives the same incident, on any machine and in any version (I23).
 */
import { foldEvidence, NO_EVIDENCE } from '../evidence/fold.ts'
import { foldPostmortem } from '../postmortem/fold.ts'
import { foldSources, NO_SOURCES } from '../sources/fold.ts'
import type { ChatName, IncidentId, Instant, PersonId, Severity, Status } from '../words.ts'
import type { Actor, Happened, IncidentEvent } from './events.ts'
import { beginPage, callRung, changePage, endPages, pageAfter, replaceChainPages } from './fold-pages.ts'
import type { ChainRun, Incident, Room } from './state.ts'

/** Events as they will stand in their stream, after `seq`. */
export const happen = <E>(
  seq: number,
  events: readonly E[],
  at: Instant,
  actor: Actor,
): readonly Happened<E>[] => events.map((event, index) => ({ seq: seq + 1 + index, at, actor, event }))

/** The incident as it will be after these events: for a decision with a second half. */
export function afterwards(
  incident: Incident,
  events: readonly IncidentEvent[],
  { actor, now }: { readonly actor: Actor; readonly now: Instant },
): Incident {
  return fold(incident.id, happen(incident.seq, events, now, actor), incident) ?? incident
}

/** Folds events onto what is known; `undefined` before the first. */
export function fold(id: IncidentId, events: readonly Happened[], from?: Incident): Incident | undefined {
  return events.reduce<Incident | undefined>((state, happened) => apply(id, state, happened), from)
}

export function apply(id: IncidentId, state: Incident | undefined, happened: Happened): Incident {
  const { event, at, seq } = happened
  if (state === undefined) return begin(id, happened)
  const word = happened.actor.kind === 'person' ? { wordAt: at, questionedAt: null } : {}
  return {
    ...state,
    ...word,
    ...changes(state, event, happened),
    ...closer(happened),
    seq,
    updatedAt: at,
  }
}

const closer = ({ event, actor }: Happened): Partial<Incident> =>
  event.type === 'status_changed' && event.to === 'closed' && actor.kind === 'person'
    ? { closedBy: actor.person }
    : {}

function begin(id: IncidentId, { event, at, seq, actor }: Happened): Incident {
  if (event.type !== 'declared') throw new Error(`bug: ${id} begins with ${event.type}`)
  const { type: _, ...declared } = event
  return {
    ...declared,
    ...NO_EVIDENCE,
    id,
    seq,
    status: 'detected',
    declaredAt: at,
    declaredBy: actor,
    chain: null,
    acked: null,
    wordAt: at,
    questionedAt: null,
    firstAckedAt: null,
    stoodAside: [],
    pages: [],
    pagedChannels: [],
    duties: {},
    rooms: {},
    alerts: {},
    ...NO_SOURCES,
    postmortem: null,
    lastUpdate: null,
    resolvedAt: null,
    closedAt: null,
    closedBy: null,
    updatedAt: at,
  }
}

function changes(state: Incident, event: IncidentEvent, happened: Happened): Partial<Incident> {
  const { at, seq } = happened
  switch (event.type) {
    case 'declared':
      throw new Error(`bug: ${state.id} declared twice`)
    case 'chain_started':
      return {
        chain: freshRun(event.severity, event.without, at),
        acked: null,
        questionedAt: null,
        pages: replaceChainPages(state.pages),
      }
    case 'rung_paged':
      return rungPaged(state, event, at)
    case 'chain_waits':
      return {
        chain: state.chain && {
          ...state.chain,
          next: event.next,
          passStartAt: event.passStartAt,
          shiftMs: event.shiftMs,
        },
      }
    case 'chain_exhausted':
      return { chain: state.chain && { ...state.chain, next: null, exhaustedAt: at } }
    case 'paged_by_hand':
      return {
        pages: [
          ...state.pages,
          ...event.pages.map(start => beginPage(start, at, { windowMs: event.windowMs })),
        ],
      }
    case 'page_sent':
    case 'page_failed':
    case 'step_due':
    case 'page_waits':
    case 'page_unanswered':
    case 'page_answered':
      return { pages: changePage(state, event.page, page => pageAfter(page, event)) }
    case 'acknowledged':
      return {
        acked: { by: event.by, at, afterMs: event.afterMs },
        firstAckedAt: state.firstAckedAt ?? at,
        chain: stopped(state.chain),
        pages: endPages(state.pages, 'acknowledged'),
      }
    case 'unacknowledged':
      return { acked: null }
    case 'ack_questioned':
      return { questionedAt: at }
    case 'ack_renewed':
      return { questionedAt: null, wordAt: at }
    case 'stood_aside':
      return {
        stoodAside: [...state.stoodAside, event.person],
        pages: state.pages.map(page =>
          page.person === event.person && page.ended === null
            ? { ...page, ended: 'stood aside' as const }
            : page,
        ),
      }
    case 'status_changed':
      return statusChanged(state, event.to, at)
    case 'severity_changed':
      return { severity: event.to, chosen: true }
    case 'duty_taken':
      return { duties: { ...state.duties, [event.duty]: event.person } }
    case 'update_posted':
      return { lastUpdate: { text: event.text, at } }
    case 'room_opened':
      return {
        rooms: {
          ...state.rooms,
          [event.chat]: { channel: event.channel, name: event.name, card: null, failed: {} },
        },
      }
    case 'room_failed':
      return {
        rooms: {
          ...state.rooms,
          [event.chat]: { ...NO_ROOM, failed: { room: event.why } },
        },
      }
    case 'card_posted':
      return {
        rooms: { ...state.rooms, [event.chat]: { ...(state.rooms[event.chat] ?? NO_ROOM), card: event.ref } },
      }
    case 'setup_failed':
      return changeRoom(state, event.chat, room => ({
        ...room,
        failed: { ...room.failed, [event.step]: event.why },
      }))
    case 'caught_up':
      return changeRoom(state, event.chat, room => ({ ...room, toldUntil: event.until }))
    case 'setup_retried':
      return changeRoom(state, event.chat, room => ({ ...room, failed: {} }))
    case 'alert_fired':
    case 'alert_resolved':
      return {
        alerts: { ...state.alerts, [`${event.integration}/${event.alert.fingerprint}`]: event.alert },
      }
    case 'sources_asked':
    case 'evidence_found':
    case 'source_failed':
    case 'investigation_posted':
      return foldSources(state, event, seq)
    case 'postmortem_drafted':
    case 'section_written':
    case 'postmortem_reviewed':
    case 'postmortem_published':
    case 'postmortem_nagged':
    case 'postmortem_given':
    case 'postmortem_waived':
    case 'postmortem_resumed':
    case 'export_asked':
    case 'export_done':
    case 'export_failed':
      return { postmortem: foldPostmortem(state.postmortem, event, at) }
    case 'note_added':
    case 'entry_corrected':
    case 'recurrence_seen':
    case 'message_marked':
    case 'message_lost':
    case 'history_asked':
    case 'history_read':
    case 'history_ended':
      return foldEvidence(state, { ...happened, event })
    case 'entry_hidden':
    case 'entry_shown':
    case 'ack_expired':
    case 'page_held':
    case 'page_delivered':
    case 'rung_skipped':
    case 'joined':
    case 'post_failed':
    case 'copy_failed':
      return {}
  }
}

/** A run of a severity's chain that has paged nobody yet. */
export const freshRun = (severity: Severity, without: readonly PersonId[], at: Instant): ChainRun => ({
  severity,
  passStartAt: at,
  shiftMs: 0,
  lastPagedAt: null,
  lastPagedPass: 0,
  next: null,
  exhaustedAt: null,
  without,
})

const stopped = (chain: ChainRun | null): ChainRun | null => chain && { ...chain, next: null }

function rungPaged(
  state: Incident,
  event: Extract<IncidentEvent, { type: 'rung_paged' }>,
  at: Instant,
): Partial<Incident> {
  const { pass, rung, passStartAt, shiftMs, next } = event
  const posted = event.channel ? [{ channel: event.channel, pass, rung }] : []
  return {
    pages: callRung(state.pages, event, at),
    pagedChannels: [...state.pagedChannels, ...posted],
    chain: state.chain && {
      ...state.chain,
      passStartAt,
      shiftMs,
      lastPagedAt: at,
      lastPagedPass: pass,
      next,
    },
  }
}

const NO_ROOM: Room = { channel: null, name: '', card: null, failed: {} }

function changeRoom(state: Incident, chat: ChatName, change: (room: Room) => Room): Partial<Incident> {
  const room = state.rooms[chat]
  return room ? { rooms: { ...state.rooms, [chat]: change(room) } } : {}
}

function statusChanged(state: Incident, to: Status, at: Instant): Partial<Incident> {
  const over = to === 'resolved' || to === 'closed' || to === 'verifying'
  const base = { status: to, closedAt: to === 'closed' ? at : to === 'postmortem' ? state.closedAt : null }
  if (to === 'postmortem') return base
  if (!over) return { ...base, resolvedAt: null }
  return {
    ...base,
    resolvedAt: state.resolvedAt ?? at,
    chain: stopped(state.chain),
    pages: endPages(state.pages, 'stopped'),
  }
}
