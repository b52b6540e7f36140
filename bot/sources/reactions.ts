/**
 * When the sources are asked: at the declaration, when the status changes, when somebody investigates, and once more when the
 * stretch that they are asked about is over. Tests and drills ask as well: they are how a team learns that its sources answer.
 */
import type { Effect, Reaction } from '../engine/reactions.ts'
import type { Happened } from '../incidents/events.ts'
import { homesOf } from '../incidents/places.ts'
import type { Incident } from '../incidents/state.ts'
import { AFTER_MS, sourcesOf } from './question.ts'

/** What was measured in the last minutes is there a little later. */
const SETTLED_MS = 30_000
/** How long an investigation waits for the other sources, so that it is one message. */
const GATHER_MS = 10_000

const asks = (event: Happened['event']): boolean =>
  event.type === 'declared' ||
  event.type === 'sources_asked' ||
  (event.type === 'status_changed' && event.to !== 'postmortem')

const askSources: Reaction = ({ world, happened, now }) =>
  happened.some(({ event }) => asks(event))
    ? Object.keys(sourcesOf(world.config)).map(source => ({ arm: { kind: 'ask', source }, at: now }))
    : []

const askAgain: Reaction = ({ happened, now }) =>
  happened.flatMap(({ event }): readonly Effect[] => {
    if (event.type !== 'evidence_found' || event.to >= event.onset + AFTER_MS) return []
    const at = Math.max(now, event.onset + AFTER_MS) + SETTLED_MS
    return [{ arm: { kind: 'ask', source: event.source }, at }]
  })

/** Something was found, or what was found before looks different now, or a source does not answer. */
const tells = (event: Happened['event'], { inquiry, sources }: Incident): boolean =>
  event.type === 'evidence_found'
    ? event.findings.length > 0 || Object.keys(inquiry.posted).length > 0
    : event.type === 'source_failed' || (event.type === 'room_opened' && isWorthTelling(sources))

export const isWorthTelling = (sources: Incident['sources']): boolean =>
  Object.values(sources).some(({ found, failed }) => found > 0 || failed !== null)

const tellRooms: Reaction = ({ world, after, happened, now }) =>
  happened.some(({ event }) => tells(event, after))
    ? homesOf(world)
        .filter(({ name }) => after.rooms[name]?.channel != null)
        .map(({ name: chat }) => ({
          arm: { kind: 'investigation', chat, asked: after.inquiry.asked },
          at: now + GATHER_MS,
        }))
    : []

export const sourceReactions: readonly Reaction[] = [askSources, askAgain, tellRooms]
