/** An unfinished post-mortem is asked for in time, and no more once it is published; whoever is to finish it is told, then the team. */
import type { Effect, Moment, Reaction } from '../engine/reactions.ts'
import type { Happened, IncidentEvent } from '../incidents/events.ts'
import { chatOf, homesOf, teamChannelOn } from '../incidents/places.ts'
import type { Instant, PersonId } from '../words.ts'
import { EXPORTS } from './document.ts'
import { askedForAt, isTold, workingTime } from './due.ts'

const askForIt: Reaction = ({ world, before, after }) => {
  if (before?.postmortem === after.postmortem && before?.severity === after.severity) return []
  const was = before && askedForAt(world, before)
  const is = askedForAt(world, after)
  if (is === was) return []
  return is === undefined ? [{ disarm: { kind: 'unfinished' } }] : [{ arm: { kind: 'unfinished' }, at: is }]
}

const tell: Reaction = moment =>
  moment.happened.flatMap((each): readonly Effect[] => {
    const { event } = each
    if (event.type === 'postmortem_given') return tellPerson(moment, each, event.to, moment.now)
    if (event.type !== 'postmortem_nagged') return []
    const { person = null } = event
    return [
      ...(person === null
        ? []
        : tellPerson(moment, each, person, workingTime(moment.world, person, moment.now))),
      ...(isTold(moment.world, moment.after, 'team') ? tellTeam(moment, each) : []),
    ]
  })

/** Whoever did it knows it already. */
function tellPerson({ world }: Moment, happened: Happened<IncidentEvent>, person: PersonId, at: Instant) {
  const chat = chatOf(world, person)
  const own = happened.actor.kind === 'person' && happened.actor.person === person
  return chat === undefined || own ? [] : [{ arm: { kind: 'owed' as const, chat, person, happened }, at }]
}

const tellTeam = ({ world, now }: Moment, happened: Happened<IncidentEvent>): readonly Effect[] =>
  homesOf(world)
    .filter(({ name }) => teamChannelOn(world, name) !== undefined)
    .map(({ name: chat }) => ({
      arm: { kind: 'owed', chat, person: null, happened },
      at: workingTime(world, 'team', now),
    }))

/** Each edition, and whenever somebody asks for it again. */
const exportIt: Reaction = ({ world, happened, now }) =>
  happened.some(({ event }) => event.type === 'postmortem_published' || event.type === 'export_asked')
    ? EXPORTS.filter(to => world.config.postmortem.export[to] !== undefined).map(to => ({
        arm: { kind: 'export' as const, to },
        at: now,
      }))
    : []

export const postmortemReactions: readonly Reaction[] = [askForIt, tell, exportIt]
