/** What follows from a change of shift: the next look, a word to whoever begins and whoever ends, the chats' groups in step. */
import type { Effect, Reaction } from '../engine/reactions.ts'
import type { Happened } from '../incidents/events.ts'
import type { PersonId } from '../words.ts'
import type { World } from '../world.ts'
import type { RotaEvent } from './events.ts'
import type { Rota } from './state.ts'

type Changed = Happened<Extract<RotaEvent, { type: 'shift_changed' }>>

const planLook: Reaction<Rota, RotaEvent> = ({ happened }) =>
  happened.flatMap(({ event }): readonly Effect[] => {
    if (event.type !== 'shift_planned') return []
    const look = { kind: 'shift' as const, schedule: event.schedule }
    return event.at === null ? [{ disarm: look }] : [{ arm: look, at: event.at }]
  })

const sayShift: Reaction<Rota, RotaEvent> = ({ world, happened, now }) =>
  happened.filter(isChange).flatMap(({ event }) => {
    const { schedule, before, after } = event
    if (before === null) return []
    const said = [
      ...after.filter(person => !before.includes(person)).map(person => ({ person, begins: true })),
      ...before.filter(person => !after.includes(person)).map(person => ({ person, begins: false })),
    ]
    return said.flatMap(({ person, begins }) =>
      chatsOf(world, person).map(
        (chat): Effect => ({ arm: { kind: 'handoff', chat, schedule, person, begins, at: now }, at: now }),
      ),
    )
  })

const keepGroups: Reaction<Rota, RotaEvent> = ({ world, happened, now }) =>
  happened.filter(isChange).flatMap(({ event: { schedule } }) => {
    const groups = world.config.groups[schedule] ?? {}
    return world.chats
      .filter(({ name }) => groups[name] !== undefined)
      .map(({ name: chat }): Effect => ({ arm: { kind: 'group', chat, schedule }, at: now }))
  })

const isChange = (happened: Happened<RotaEvent>): happened is Changed =>
  happened.event.type === 'shift_changed'

const chatsOf = (world: World, person: PersonId): readonly string[] =>
  world.chats
    .map(({ name }) => name)
    .filter(name => world.config.people[person]?.identities[name] !== undefined)

export const shiftReactions: readonly Reaction<Rota, RotaEvent>[] = [planLook, sayShift, keepGroups]
