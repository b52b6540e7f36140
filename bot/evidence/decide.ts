/**
 * What is said in a chat becomes evidence: one message is one entry, by whichever of its ways it comes and however often. What a
 * chat told with the press is kept at once; what was only pointed at, and the history of a channel, are read first.
 */
import { type Asked, type Decision, person } from '../incidents/asked.ts'
import type { IncidentCommand } from '../incidents/commands.ts'
import { MAX_TEXT } from '../incidents/declare.ts'
import type { IncidentEvent } from '../incidents/events.ts'
import type { Incident } from '../incidents/state.ts'
import type { Said } from '../ports.ts'
import { refuse } from '../refusal.ts'
import type { ChatName, PersonId } from '../words.ts'
import type { World } from '../world.ts'
import type { Kept, MessageAt } from './events.ts'
import { messageKey } from './fold.ts'

type Command = Extract<
  IncidentCommand,
  {
    do: 'recurs' | 'keep' | 'message_read' | 'message_lost' | 'read_history' | 'history_page' | 'history_lost'
  }
>

/** A channel that has more to give is read no further, and that is said. */
export const MAX_KEPT = 2000
export const MAX_PAGES = 300

export function decideEvidence(asked: Asked, incident: Incident, command: Command): Decision {
  switch (command.do) {
    case 'recurs': {
      const { do: _, ...found } = command
      return incident.recurrence === null ? [{ type: 'recurrence_seen', ...found }] : []
    }
    case 'keep':
      return keep(asked, incident, command)
    case 'message_read':
      return messageRead(asked, incident, command)
    case 'message_lost': {
      const mark = incident.messages[messageKey(command.message)]
      const { message, why } = command
      return mark && mark.entry === null ? [{ type: 'message_lost', message, by: mark.by, why }] : []
    }
    case 'read_history':
      return readHistory(asked, incident)
    case 'history_page':
      return historyPage(asked, incident, command)
    case 'history_lost': {
      const reading = incident.readings[command.chat]
      return reading
        ? [{ type: 'history_ended', chat: command.chat, kept: reading.kept, why: command.why }]
        : []
    }
  }
}

function keep(
  { world, actor }: Asked,
  incident: Incident,
  { message, said }: Extract<Command, { do: 'keep' }>,
): Decision {
  const by = person(actor)
  const mark = incident.messages[messageKey(message)]
  if (said === null) return mark ? [] : [{ type: 'message_marked', message, by }]
  if (said.own) return refuse('own', "That is Tocsin's own message.", 'What it says is in the timeline.')
  if (mark?.bare && mark.entry !== null && said.text !== null)
    return [
      {
        type: 'entry_corrected',
        entry: mark.entry,
        text: `${authorOf(world, message.chat, said)} wrote: ${said.text.slice(0, MAX_TEXT)}`,
      },
    ]
  return mark && mark.entry !== null ? [] : [noteOf(world, message, said, by)]
}

function messageRead(
  { world }: Asked,
  incident: Incident,
  { message, said }: Extract<Command, { do: 'message_read' }>,
): Decision {
  const mark = incident.messages[messageKey(message)]
  if (!mark || mark.entry !== null) return []
  return said.own
    ? [{ type: 'message_lost', message, by: mark.by, why: "it is Tocsin's own, and in the timeline already" }]
    : [noteOf(world, message, said, mark.by)]
}

function noteOf(world: World, message: MessageAt, said: Said, by: PersonId): IncidentEvent {
  const withheld = said.text === null ? (said.withheld ?? 'its words are not given') : undefined
  return {
    type: 'note_added',
    text: (said.text ?? '').slice(0, MAX_TEXT),
    from: {
      author: authorOf(world, message.chat, said),
      saidAt: said.at,
      link: said.link ?? null,
      message,
      by,
      ...(withheld === undefined ? {} : { withheld }),
    },
  }
}

/** Whoever is in the configuration goes by the name that they have there. */
const authorOf = ({ config }: World, chat: ChatName, { user, author }: Said): string =>
  (user === undefined
    ? undefined
    : Object.values(config.people).find(each => each.identities[chat] === user)?.name) ?? author

function readHistory({ actor, now }: Asked, incident: Incident): Decision {
  const own = Object.entries(incident.rooms).filter(([, room]) => room.channel !== null)
  if (own.length === 0)
    return refuse(
      'no_room',
      `${incident.id} has no channel of its own whose history could be read.`,
      'Add single messages with their menu: "Add to timeline".',
    )
  const by = person(actor)
  return own
    .filter(([chat]) => !incident.readings[chat])
    .map(([chat]) => ({ type: 'history_asked', chat, by, until: now }))
}

function historyPage(
  { world }: Asked,
  incident: Incident,
  { chat, page, messages, next }: Extract<Command, { do: 'history_page' }>,
): Decision {
  const reading = incident.readings[chat]
  // A page that comes a second time, after a crash, is in already.
  if (!reading || reading.page !== page) return []
  const fresh = messages.flatMap((said): readonly Kept[] => {
    const message = { chat, ...said.ref }
    if (said.own || said.text === null || incident.messages[messageKey(message)]?.entry) return []
    const { at: saidAt, link = null } = said
    return [
      { message, author: authorOf(world, chat, said), saidAt, link, text: said.text.slice(0, MAX_TEXT) },
    ]
  })
  const kept = reading.kept + fresh.length
  const full = next !== null && (kept >= MAX_KEPT || page >= MAX_PAGES)
  const read: IncidentEvent = {
    type: 'history_read',
    chat,
    by: reading.by,
    page,
    messages: fresh,
    next: full ? null : next,
  }
  if (next !== null && !full) return [read]
  const why = full ? `no more than ${MAX_KEPT} messages are kept at once; ask again for the rest` : null
  return [read, { type: 'history_ended', chat, kept, why }]
}
