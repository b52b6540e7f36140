/** The state of the one server: people, roles, channels, messages, and who sees what. */
import {
  type Attachment,
  type Channel,
  DiscordError,
  type Json,
  type Message,
  NO_PERMISSION,
  type Role,
  UNKNOWN_CHANNEL,
  UNKNOWN_MESSAGE,
  type User,
} from './types.ts'
import { notifiedBy } from './view.ts'

const EPOCH = 1_420_070_400_000n
/** How long a nonce is remembered: "the past few minutes". */
const NONCE_MS = 5 * 60_000
/** Everything but Administrator. */
const ALL = String(((1n << 52n) - 1n) & ~(1n << 3n))

export type Guild = ReturnType<typeof createGuild>

export function createGuild(clock: { now(): number }) {
  let count = 0n
  /** Ids carry their time, and sort as they were made. */
  const snowflake = (): string => String(((BigInt(clock.now()) - EPOCH) << 22n) + (count++ & 0x3fffffn))
  const [id, bot, application] = [snowflake(), snowflake(), snowflake()]
  const users = new Map<string, User>([
    [bot, { id: bot, name: 'Tocsin', bot: true, roles: [], closed: false }],
  ])
  const roles = new Map<string, Role>([[id, { id, name: '@everyone', permissions: ALL }]])
  const channels = new Map<string, Channel>()
  const messages: Message[] = []

  const addChannel = (name: string, more: Partial<Channel> = {}): Channel => {
    const channel: Channel = {
      id: snowflake(),
      name,
      type: 0,
      topic: null,
      parent_id: null,
      recipient: null,
      archived: false,
      members: new Set(),
      overwrites: new Map(),
      pins: [],
      owner: bot,
      ...more,
    }
    channels.set(channel.id, channel)
    return channel
  }
  const channelOf = (channel: string): Channel => {
    const found = channels.get(channel)
    if (!found) throw UNKNOWN_CHANNEL()
    return found
  }
  const memberOf = (user: string): User => {
    const found = users.get(user)
    if (!found?.roles) throw new DiscordError(404, 10007, 'Unknown Member')
    return found
  }
  /** The bot's permissions in the server. */
  const may = (bit: bigint): boolean =>
    [...roles.values()]
      .filter(role => role.id === id || users.get(bot)?.roles?.includes(role.id))
      .some(role => (BigInt(role.permissions) & bit) === bit)
  const need = (bit: bigint): void => {
    if (!may(bit)) throw NO_PERMISSION()
  }

  function post(
    channel: Channel,
    body: Json,
    ephemeral_to: string | null = null,
    as: { readonly author?: string; readonly type?: number; readonly about?: string } = {},
  ): Message {
    const nonce = typeof body.nonce === 'string' ? body.nonce : null
    if (nonce && body.enforce_nonce === true) {
      const earlier = messages.find(
        one => one.nonce === nonce && one.channel_id === channel.id && clock.now() - one.at < NONCE_MS,
      )
      if (earlier) return earlier
    }
    const message: Message = {
      id: snowflake(),
      channel_id: channel.id,
      author: as.author ?? bot,
      type: as.type ?? 0,
      about: as.about ?? null,
      reactions: new Map(),
      nonce,
      at: clock.now(),
      editedAt: null,
      ephemeral_to,
      notified: [],
      ...parts(body),
    }
    message.notified = notifiedBy(message, channel, [...users.keys()])
    messages.push(message)
    return message
  }
  const messageOf = (channel: string, message: string): Message => {
    const found = messages.find(one => one.id === message && one.channel_id === channel)
    if (!found) throw UNKNOWN_MESSAGE()
    return found
  }
  const edit = (message: Message, body: Json): void => {
    Object.assign(message, parts({ ...message, allowed_mentions: message.allowed, ...body }), {
      editedAt: clock.now(),
    })
  }
  const pin = (channel: Channel, message: string, by: string): void => {
    if (channel.pins.some(one => one.id === message)) return
    channel.pins.unshift({ id: message, at: clock.now() })
    post(channel, {}, null, { author: by, type: 6, about: message })
  }
  const direct = (user: string): Channel =>
    [...channels.values()].find(channel => channel.recipient === user) ??
    addChannel('', { type: 1, recipient: user })

  return {
    id,
    bot,
    application,
    users,
    roles,
    channels,
    messages,
    snowflake,
    addChannel,
    channelOf,
    memberOf,
    need,
    post,
    messageOf,
    edit,
    pin,
    direct,
  }
}

const parts = (body: Json) => ({
  content: String(body.content ?? ''),
  embeds: (body.embeds ?? []) as readonly Json[],
  attachments: (body.uploaded ?? []) as readonly Attachment[],
  components: (body.components ?? []) as readonly Json[],
  allowed: body.allowed_mentions as Json | undefined,
})

/** As Discord shows them in its answers. */
export const userJson = (user: User): Json => ({
  id: user.id,
  username: user.name.toLowerCase(),
  global_name: user.name,
  discriminator: '0',
  avatar: null,
  bot: user.bot,
  public_flags: 0,
  flags: 0,
  primary_guild: null,
})
export const memberJson = (user: User): Json => ({
  user: userJson(user),
  nick: null,
  roles: user.roles ?? [],
  joined_at: '2026-01-01T00:00:00Z',
  deaf: false,
  mute: false,
  flags: 0,
  permissions: '0',
  avatar: null,
  banner: null,
  communication_disabled_until: null,
  pending: false,
  premium_since: null,
})
export const channelJson = (channel: Channel, guild: string): Json => ({
  id: channel.id,
  type: channel.type,
  name: channel.name,
  topic: channel.topic,
  parent_id: channel.parent_id,
  position: 0,
  nsfw: false,
  flags: 0,
  ...(channel.type === 1 ? {} : { guild_id: guild }),
  ...(channel.type === 11
    ? {
        thread_metadata: {
          archived: channel.archived,
          locked: channel.archived,
          auto_archive_duration: 10080,
          archive_timestamp: '2026-01-01T00:00:00Z',
        },
        total_message_sent: 0,
        message_count: 0,
        member_count: channel.members.size,
        owner_id: channel.owner,
      }
    : { permission_overwrites: [...channel.overwrites.values()] }),
})
export const messageJson = (message: Message, guild: Guild, given = true): Json => ({
  id: message.id,
  channel_id: message.channel_id,
  type: message.type,
  ...(message.about === null
    ? {}
    : { message_reference: { type: 0, message_id: message.about, channel_id: message.channel_id } }),
  // Without the privileged intent an app gets the words of its own messages, and of those that mention it.
  ...(given || message.author === guild.bot || message.content.includes(`<@${guild.bot}>`)
    ? {
        content: message.content,
        embeds: message.embeds.map(embed => ({ type: 'rich', ...embed })),
        components: numbered(message.components),
      }
    : { content: '', embeds: [], components: [] }),
  author: userJson(
    guild.users.get(message.author) ?? {
      id: message.author,
      name: 'gone',
      bot: false,
      roles: undefined,
      closed: false,
    },
  ),
  timestamp: new Date(message.at).toISOString(),
  edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
  tts: false,
  mention_everyone: false,
  mentions: [],
  mention_roles: [],
  attachments: message.attachments.map(({ id, filename, description, data }) => ({
    id,
    filename,
    description,
    size: data.length,
    url: `https://cdn.example/${id}/${filename}`,
    proxy_url: `https://media.example/${id}/${filename}`,
    content_type: 'image/png',
    width: 1,
    height: 1,
  })),
  pinned: guild.channels.get(message.channel_id)?.pins.some(one => one.id === message.id) ?? false,
  flags: message.ephemeral_to ? 64 : 0,
})

/** Discord gives every component a number of its own. */
function numbered(rows: readonly Json[]): readonly Json[] {
  let count = 0
  return rows.map(row => ({
    ...row,
    id: ++count,
    components: ((row.components ?? []) as readonly Json[]).map(part => ({ id: ++count, ...part })),
  }))
}

export const roleJson = ({ id, name, permissions }: Role): Json => ({
  id,
  name,
  permissions,
  description: null,
  position: 0,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  managed: false,
  mentionable: false,
  icon: null,
  unicode_emoji: null,
  flags: 0,
})
