/** What follows from a change of the rota: the next look, a word to whom it concerns, the chats' groups in step. */
import type { Effect, Reaction } from '../engine/reactions.ts'
import type { Happened } from '../incidents/events.ts'
import { homesOf, teamChannelOn } from '../incidents/places.ts'
import type { PersonId } from '../words.ts'
import type { World } from '../world.ts'
import type { RotaEvent } from './events.ts'
import { isNotice, noticeSubject, type Rota } from './state.ts'

const planLook: Reaction<Rota, RotaEvent> = ({ happened }) =>
  happened.flatMap(({ event }): readonly Effect[] => {
    if (event.type === 'ahead_planned') return [{ arm: { kind: 'ahead' }, at: event.at }]
    if (event.type !== 'shift_planned') return []
    const look = { kind: 'shift' as const, schedule: event.schedule }
    return event.at === null ? [{ disarm: look }] : [{ arm: look, at: event.at }]
  })

const tell: Reaction<Rota, RotaEvent> = ({ world, before, happened, now }) =>
  happened.flatMap(each =>
    concerned(each, before).flatMap(person =>
      chatsOf(world, person).map(
        (chat): Effect => ({ arm: { kind: 'tell', chat, person, happened: each }, at: now }),
      ),
    ),
  )

/** Whoever did it knows it already. */
function concerned({ event, actor }: Happened<RotaEvent>, before: Rota | undefined): readonly PersonId[] {
  const others = (...people: readonly PersonId[]) =>
    people.filter(person => actor.kind !== 'person' || actor.person !== person)
  switch (event.type) {
    case 'shift_changed': {
      const { before: was, after } = event
      if (was === null) return []
      const moved = [
        ...after.filter(person => !was.includes(person)),
        ...was.filter(person => !after.includes(person)),
      ]
      return others(...moved)
    }
    case 'override_made':
      return others(event.override.person)
    case 'override_cancelled':
      return others(
        ...(before?.overrides ?? []).filter(each => each.id === event.id).map(each => each.person),
      )
    case 'swap_offered':
      return others(event.swap.with)
    case 'swap_accepted':
    case 'swap_declined':
      return others(...(before?.swaps ?? []).filter(swap => swap.id === event.id).map(swap => swap.by))
    default:
      return []
  }
}

/** One message about the same schedule, or the same person, however often it is so. */
const tellTeam: Reaction<Rota, RotaEvent> = ({ world, happened, now }) =>
  [...Map.groupBy(happened, ({ event }) => newsOf(event))].flatMap(([news, [first, ...rest]]) => {
    if (news === undefined || !first) return []
    const also = rest.flatMap(({ event }) => (isNotice(event) ? [{ from: event.from, to: event.to }] : []))
    return homesOf(world)
      .filter(({ name }) => teamChannelOn(world, name) !== undefined)
      .map(
        ({ name: chat }): Effect => ({
          arm: { kind: 'notice', chat, happened: first, ...(also.length > 0 ? { also } : {}) },
          at: now,
        }),
      )
  })

const newsOf = (event: RotaEvent): string | undefined =>
  isNotice(event) ? noticeSubject(event) : event.type === 'week_shown' ? 'week' : undefined

const keepGroups: Reaction<Rota, RotaEvent> = ({ world, happened, now }) =>
  happened.flatMap(({ event }) => {
    if (event.type !== 'shift_changed') return []
    const groups = world.config.groups[event.schedule] ?? {}
    return world.chats
      .filter(({ name }) => groups[name] !== undefined)
      .map(({ name: chat }): Effect => ({ arm: { kind: 'group', chat, schedule: event.schedule }, at: now }))
  })

const chatsOf = (world: World, person: PersonId): readonly string[] =>
  world.chats
    .map(({ name }) => name)
    .filter(name => world.config.people[person]?.identities[name] !== undefined)

export const shiftReactions: readonly Reaction<Rota, RotaEvent>[] = [planLook, tell, tellTeam, keepGroups]
