/** What a person sees of a message, who is notified by it, and what can be pressed. */
import type { Guild } from './guild.ts'
import type { Channel, Json, Message } from './types.ts'

const MARKDOWN =
  /\\([\s\S])|\*\*|`{1,3}\n?|<@!?(\d+)>|<#(\d+)>|<t:(\d+)(?::\w)?>|\[((?:\\[\s\S]|[^\]\\])*)\]\(([^)\s]*)\)|^(?:#{1,3} |-# |> |- )/gm

/** Discord's markdown as it is drawn: signs gone, escapes resolved, mentions by name. */
export function drawn(text: string, guild: Guild): string {
  return text
    .replace(
      MARKDOWN,
      (_, escaped?: string, user?: string, channel?: string, time?: string, label?: string) => {
        if (escaped !== undefined) return escaped
        if (user !== undefined) return `@${guild.users.get(user)?.name ?? user}`
        if (channel !== undefined) return `#${guild.channels.get(channel)?.name ?? channel}`
        if (time !== undefined) return new Date(Number(time) * 1000).toISOString()
        return label === undefined ? '' : drawn(label, guild)
      },
    )
    .replaceAll('\u200B', '')
}

export const visibleText = (message: Pick<Message, 'content' | 'embeds'>, guild: Guild): string =>
  [message.content, ...message.embeds.flatMap(embed => [embed.title, embed.description])]
    .filter((part): part is string => typeof part === 'string')
    .map(part => drawn(part, guild))
    .join('\n')

export const parts = (message: Pick<Message, 'components'>): readonly Json[] =>
  message.components.flatMap(row => (row.components ?? []) as readonly Json[])

export const buttonsOf = (message: Pick<Message, 'components'>): readonly string[] =>
  parts(message)
    .filter(part => part.type === 2)
    .map(part => String(part.label))

/** Who a message notifies: the person of direct messages; else whoever is mentioned in its content and allowed to be. */
export function notifiedBy(
  message: Message,
  channel: Channel,
  members: readonly string[],
): readonly string[] {
  if (message.ephemeral_to) return []
  if (channel.recipient) return [channel.recipient]
  const { allowed } = message
  const parse = (allowed?.parse ?? (allowed ? [] : ['users', 'everyone', 'roles'])) as readonly string[]
  const users = (allowed?.users ?? []) as readonly string[]
  const mentioned = [...message.content.matchAll(/(?<!\\)<@!?(\d+)>/g)].map(match => match[1] ?? '')
  const everyone = /@(?:everyone|here)\b/.test(message.content) && parse.includes('everyone')
  return [
    ...mentioned.filter(user => parse.includes('users') || users.includes(user)),
    ...(everyone ? members : []),
  ]
}
