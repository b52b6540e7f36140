/** Where a configured channel is: a bare name means that name on every connected chat. */
import type { ChannelRef } from '../config/types.ts'
import type { ChatName, PersonId } from '../words.ts'
import type { World } from '../world.ts'

export const placesOf = (
  world: World,
  ref: ChannelRef,
): readonly { readonly chat: ChatName; readonly channel: string }[] =>
  world.chats
    .filter(chat => ref.chat === undefined || ref.chat === chat.name)
    .map(chat => ({ chat: chat.name, channel: ref.name }))

/** The chats on which incidents live: all that are connected, or those that `channels` names. */
export const homesOf = ({ chats, config }: World): World['chats'] =>
  config.channels === undefined ? chats : chats.filter(chat => config.channels?.includes(chat.name))

/** Where a person is told things that are no page: the first chat on which they are linked. */
export const chatOf = ({ chats, config }: World, person: PersonId): ChatName | undefined =>
  chats.find(({ name }) => config.people[person]?.identities[name] !== undefined)?.name

/** What its service's page of links says: title -> address. */
export const linksOf = (
  world: World,
  { service }: { readonly service: string | null },
): Readonly<Record<string, string>> =>
  (service === null ? undefined : world.config.services[service]?.links) ?? {}

/** The team's channel on one chat, if it has one there. */
export const teamChannelOn = (world: World, chat: ChatName): string | undefined =>
  placesOf(world, world.config.team.channel).find(place => place.chat === chat)?.channel
