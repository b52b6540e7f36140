/** The link that adds Tocsin to a server: the exact permissions, each with its reason. No Administrator, no mention of everyone, no privileged intent. */
export const PERMISSIONS: Readonly<Record<string, { readonly bit: bigint; readonly why: string }>> = {
  VIEW_CHANNEL: { bit: 1n << 10n, why: 'see the channels that the configuration names' },
  SEND_MESSAGES: { bit: 1n << 11n, why: 'post updates and calls' },
  SEND_MESSAGES_IN_THREADS: {
    bit: 1n << 38n,
    why: 'the same in threads and forum posts',
  },
  CREATE_PUBLIC_THREADS: { bit: 1n << 35n, why: 'open a thread or forum post for an incident' },
  EMBED_LINKS: { bit: 1n << 14n, why: 'draw the card' },
  READ_MESSAGE_HISTORY: {
    bit: 1n << 16n,
    why: 'edit and pin posts, read what is kept',
  },
  ADD_REACTIONS: { bit: 1n << 6n, why: 'tick a message that went into the timeline' },
  ATTACH_FILES: { bit: 1n << 15n, why: 'show the pictures of the weekly digest' },
  MANAGE_CHANNELS: { bit: 1n << 4n, why: "open an incident's channel and set its topic" },
  MANAGE_ROLES: {
    bit: 1n << 28n,
    why: 'let people in, close channels, keep the on-call role',
  },
  MANAGE_THREADS: { bit: 1n << 34n, why: "archive an incident's thread" },
  PIN_MESSAGES: { bit: 1n << 51n, why: 'pin the card' },
}

export const permissionBits = (): bigint => Object.values(PERMISSIONS).reduce((all, { bit }) => all | bit, 0n)

export const inviteLink = (applicationId: string, guildId?: string): string =>
  `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot+applications.commands&permissions=${permissionBits()}${guildId ? `&guild_id=${guildId}&disable_guild_select=true` : ''}`

/** The names of the needed permissions that a set of bits lacks; an administrator lacks none. */
export function lacking(bits: bigint): readonly string[] {
  const ADMINISTRATOR = 1n << 3n
  if ((bits & ADMINISTRATOR) !== 0n) return []
  return Object.entries(PERMISSIONS).flatMap(([name, { bit }]) => ((bits & bit) === bit ? [] : [name]))
}
