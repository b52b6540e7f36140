/** Which messages of chats an incident has in its timeline, and how far the reading of a channel has come: part of its state. */
import type { Happened, IncidentEvent } from '../incidents/events.ts'
import type { ChatName, Instant, PersonId } from '../words.ts'
import type { EvidenceEvent, MessageAt } from './events.ts'

/** A message that is in the timeline, or on its way there. */
export type Mark = {
  readonly by: PersonId
  /** The entry that it became; null until its words were read. */
  readonly entry: string | null
  /** The chat did not give its words. */
  readonly bare: boolean
}

/** A channel that is being read. */
export type Reading = {
  readonly by: PersonId
  readonly until: Instant
  /** The page that is read next, from 1. */
  readonly page: number
  readonly kept: number
}

export type EvidenceState = {
  /** `slack:C123:17.2` -> what became of it. One message is one entry, whoever adds it and however often. */
  readonly messages: Readonly<Record<string, Mark>>
  readonly readings: Readonly<Record<ChatName, Reading>>
  /** What it looks like, as the event that said so; null while nothing was found. */
  readonly recurrence: Happened<Seen> | null
}

type Seen = Extract<EvidenceEvent, { type: 'recurrence_seen' }>

export const NO_EVIDENCE: EvidenceState = { messages: {}, readings: {}, recurrence: null }

export const messageKey = ({ chat, channel, id }: MessageAt): string => `${chat}:${channel}:${id}`

type Event = EvidenceEvent | Extract<IncidentEvent, { type: 'entry_corrected' }>

export function foldEvidence(state: EvidenceState, happened: Happened<Event>): Partial<EvidenceState> {
  const { event, seq } = happened
  const { messages, readings } = state
  switch (event.type) {
    case 'recurrence_seen':
      return { recurrence: { ...happened, event } }
    case 'message_marked':
      return {
        messages: { ...messages, [messageKey(event.message)]: { by: event.by, entry: null, bare: false } },
      }
    case 'note_added':
      return noted(messages, event, seq)
    case 'entry_corrected':
      return filled(messages, event.entry)
    case 'message_lost': {
      const { [messageKey(event.message)]: _, ...rest } = messages
      return { messages: rest }
    }
    case 'history_asked':
      return {
        readings: { ...readings, [event.chat]: { by: event.by, until: event.until, page: 1, kept: 0 } },
      }
    case 'history_read':
      return historyRead(state, event, seq)
    case 'history_ended': {
      const { [event.chat]: _, ...rest } = readings
      return { readings: rest }
    }
  }
}

function noted(
  messages: EvidenceState['messages'],
  { from }: Extract<Event, { type: 'note_added' }>,
  seq: number,
): Partial<EvidenceState> {
  if (!from?.message || !from.by) return {}
  const mark = { by: from.by, entry: `e${seq}`, bare: from.withheld !== undefined }
  return { messages: { ...messages, [messageKey(from.message)]: mark } }
}

/** Somebody gave it the words that the chat had not given. */
function filled(messages: EvidenceState['messages'], entry: string): Partial<EvidenceState> {
  const [key, mark] = Object.entries(messages).find(([, each]) => each.bare && each.entry === entry) ?? []
  return key && mark ? { messages: { ...messages, [key]: { ...mark, bare: false } } } : {}
}

function historyRead(
  { messages, readings }: EvidenceState,
  { chat, by, page, messages: read }: Extract<Event, { type: 'history_read' }>,
  seq: number,
): Partial<EvidenceState> {
  const reading = readings[chat]
  const marks = read.map(
    ({ message }, index) =>
      [messageKey(message), { by, entry: `e${seq}.${index + 1}`, bare: false }] as const,
  )
  return {
    messages: { ...messages, ...Object.fromEntries(marks) },
    readings: reading
      ? { ...readings, [chat]: { ...reading, page: page + 1, kept: reading.kept + read.length } }
      : readings,
  }
}
