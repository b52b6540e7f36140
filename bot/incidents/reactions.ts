/**
 * The places of an incident keep step with it: a channel on every chat that opens channels, its card, topic, pin, bookmark
 * and the people in it. Opening the channel and posting the card are essential; the rest may fail, is said, and can be
 * retried. The card is edited at most once a second, however much happens.
 */
import type { Effect, Moment, Reaction } from '../engine/reactions.ts'
import { CARD_PAUSE_MS, type SetupStep } from '../engine/timers.ts'
import type { ChatName, PersonId } from '../words.ts'
import type { IncidentEvent } from './events.ts'
import { homesOf, linksOf } from './places.ts'
import type { Incident, Room } from './state.ts'

/** How long the channel of an incident that is closed and written up stays before it is archived. */
export const ARCHIVE_AFTER_MS = 7 * 24 * 60 * 60_000

const openRooms: Reaction = ({ world, happened, now }) =>
  happened.some(({ event }) => event.type === 'declared')
    ? homesOf(world).map(({ name, traits }) => ({
        arm: { kind: traits.rooms ? 'room' : 'card', chat: name },
        at: now,
      }))
    : []

const furnishRooms: Reaction = moment =>
  moment.happened.flatMap(({ event }): readonly Effect[] => {
    if (event.type === 'room_opened') return furnish(moment, event.chat)
    if (event.type === 'room_failed') return [{ arm: { kind: 'card', chat: event.chat }, at: moment.now }]
    if (event.type === 'card_posted')
      return [...decorate(moment, event.chat, ['pin']), ...catchUp(moment, event.chat, event.shows)]
    if (event.type === 'setup_retried') return retry(moment, event.chat)
    return []
  })

/** What happened while the card was on its way is not on it yet. */
const catchUp = ({ before, now }: Moment, chat: ChatName, shows: number): readonly Effect[] =>
  before && before.seq > shows ? [{ arm: { kind: 'card', chat }, at: now + CARD_PAUSE_MS }] : []

const furnish = (moment: Moment, chat: ChatName): readonly Effect[] => [
  { arm: { kind: 'card', chat }, at: moment.now },
  ...decorate(moment, chat, ['topic']),
  ...Object.keys(linksOf(moment.world, moment.after)).flatMap(title => bookmark(moment, chat, title)),
  ...involved(moment.after).flatMap(person => invite(moment, chat, person)),
]

/** Steps that are about the channel as a whole. */
type Plain = Exclude<SetupStep, 'invite' | 'bookmark'>

function decorate({ world, after, now }: Moment, chat: ChatName, steps: readonly Plain[]): readonly Effect[] {
  const traits = world.chats.find(each => each.name === chat)?.traits
  if (!traits || !after.rooms[chat]?.channel) return []
  const able = {
    topic: traits.topics,
    pin: traits.pins,
  }
  return steps.filter(step => able[step]).map(step => ({ arm: { kind: 'setup', chat, step }, at: now }))
}

const bookmark = ({ world, now }: Moment, chat: ChatName, title: string): readonly Effect[] =>
  world.chats.some(each => each.name === chat && each.traits.bookmarks)
    ? [{ arm: { kind: 'setup', chat, step: 'bookmark', of: title }, at: now }]
    : []

function invite({ world, now }: Moment, chat: ChatName, person: PersonId): readonly Effect[] {
  const able = world.chats.some(each => each.name === chat && each.traits.invites)
  const linked = world.config.people[person]?.identities[chat] !== undefined
  return able && linked ? [{ arm: { kind: 'setup', chat, step: 'invite', of: person }, at: now }] : []
}

function retry(moment: Moment, chat: ChatName): readonly Effect[] {
  const failed = Object.keys(moment.before?.rooms[chat]?.failed ?? {})
  return failed.flatMap((step): readonly Effect[] => {
    if (step === 'card') return [{ arm: { kind: 'card', chat }, at: moment.now }]
    if (step === 'room') return [{ arm: { kind: 'room', chat }, at: moment.now }]
    const [name, of] = step.split(/:(.*)/)
    if (!of) return decorate(moment, chat, [name as Plain])
    return name === 'bookmark' ? bookmark(moment, chat, of) : invite(moment, chat, of)
  })
}

/** Everybody with a part in the incident: who declared it, was called, has a duty or has it. */
export function involved(incident: Incident): readonly PersonId[] {
  const declarer = incident.declaredBy.kind === 'person' ? [incident.declaredBy.person] : []
  const all = [
    ...declarer,
    ...incident.pages.map(page => page.person),
    ...Object.values(incident.duties),
    ...(incident.acked ? [incident.acked.by] : []),
  ]
  return [...new Set(all)].filter(person => !incident.stoodAside.includes(person))
}

const inviteNewcomers: Reaction = moment => {
  const { before, after, happened } = moment
  if (!before) return []
  const joined = happened.flatMap(({ event }) => (event.type === 'joined' ? [event.person] : []))
  const known = new Set(involved(before))
  const fresh = [...involved(after).filter(person => !known.has(person)), ...joined]
  return openedRooms(before).flatMap(([chat]) => fresh.flatMap(person => invite(moment, chat, person)))
}

const openedRooms = (incident: Incident): readonly (readonly [ChatName, Room])[] =>
  Object.entries(incident.rooms).filter(([, room]) => room.channel !== null)

const NOT_ON_THE_CARD: readonly IncidentEvent['type'][] = [
  'card_posted',
  'copy_failed',
  'note_added',
  'message_marked',
  'message_lost',
  'history_asked',
  'history_read',
  'history_ended',
  'sources_asked',
  'evidence_found',
  'source_failed',
  'investigation_posted',
]

const refreshCards: Reaction = ({ before, happened, now }) => {
  const own = happened.every(({ event }) => NOT_ON_THE_CARD.includes(event.type))
  if (!before || own) return []
  return Object.entries(before.rooms)
    .filter(([, room]) => room.card !== null)
    .map(([chat]) => ({ arm: { kind: 'card', chat }, at: now + CARD_PAUSE_MS }))
}

const refreshTopics: Reaction = moment => {
  const { before, after } = moment
  const same =
    !before ||
    (before.status === after.status &&
      before.severity === after.severity &&
      before.acked?.by === after.acked?.by &&
      before.duties === after.duties)
  return same ? [] : openedRooms(before).flatMap(([chat]) => decorate(moment, chat, ['topic']))
}

const archiveRooms: Reaction = ({ before, after, now }) => {
  if (!before || keptFor(before) === keptFor(after)) return []
  return openedRooms(after).map(([chat]): Effect => {
    const work = { kind: 'archive' as const, chat }
    return keptFor(after) === null ? { arm: work, at: now + ARCHIVE_AFTER_MS } : { disarm: work }
  })
}

/** What a channel is still needed for: the incident, then what is written about it. */
const keptFor = ({ closedAt, postmortem }: Incident): 'incident' | 'post-mortem' | null => {
  if (closedAt === null) return 'incident'
  return postmortem && postmortem.publishedAt === null && !postmortem.waived ? 'post-mortem' : null
}

export const cardReactions: readonly Reaction[] = [
  openRooms,
  furnishRooms,
  inviteNewcomers,
  refreshCards,
  refreshTopics,
  archiveRooms,
]
