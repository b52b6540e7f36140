/** What the emulator knows: the server (guild), its people, channels and messages, as Discord's own objects where they leave. */

export type Json = { readonly [key: string]: unknown }

export type User = {
  readonly id: string
  readonly name: string
  readonly bot: boolean
  /** Roles of the member; undefined once they left the server. */
  roles: string[] | undefined
  /** Direct messages to them are refused (50007). */
  closed: boolean
}

export type Channel = {
  readonly id: string
  name: string
  /** 0 text, 1 direct messages, 4 category, 11 public thread, 15 forum. */
  readonly type: number
  topic: string | null
  parent_id: string | null
  /** The person of a direct-message channel. */
  readonly recipient: string | null
  archived: boolean
  readonly members: Set<string>
  /** Who made it. */
  readonly owner: string
  readonly overwrites: Map<string, Json>
  readonly pins: { readonly id: string; readonly at: number }[]
}

export type Message = {
  readonly id: string
  readonly channel_id: string
  readonly author: string
  content: string
  embeds: readonly Json[]
  /** As they were uploaded, with their bytes. */
  attachments: readonly Attachment[]
  components: readonly Json[]
  allowed: Json | undefined
  readonly nonce: string | null
  readonly at: number
  editedAt: number | null
  /** Whom it notified when it was posted; edits notify nobody. */
  notified: readonly string[]
  /** Only this person sees it. */
  readonly ephemeral_to: string | null
  /** 0 people's words, 6 Discord's line about a pin. */
  readonly type: number
  /** What Discord's line is about. */
  readonly about: string | null
  /** Emoji -> who gave it. */
  readonly reactions: Map<string, Set<string>>
}

export type Attachment = {
  readonly id: string
  readonly filename: string
  readonly description: string
  readonly data: Uint8Array
}

export type Role = { readonly id: string; readonly name: string; permissions: string }

/** An interaction, from its dispatch to its last answer. */
export type Interaction = {
  readonly id: string
  readonly token: string
  readonly user: string
  readonly channel: string
  /** 2 command, 3 component, 4 completion, 5 modal. */
  readonly type: number
  readonly at: number
  readonly payload: Json
  acknowledged: boolean
  deferred: boolean
  answer: Message | undefined
  modal: Json | undefined
  choices: readonly Json[] | undefined
  readonly settled: Promise<void>
  settle(): void
}

/** Discord's error: a code, a sentence, and where in the body. */
export class DiscordError extends Error {
  readonly status: number
  readonly code: number
  readonly errors: Json | undefined
  constructor(status: number, code: number, message: string, errors?: Json) {
    super(message)
    this.status = status
    this.code = code
    this.errors = errors
  }
}

export const UNKNOWN_CHANNEL = () => new DiscordError(404, 10003, 'Unknown Channel')
export const UNKNOWN_MESSAGE = () => new DiscordError(404, 10008, 'Unknown Message')
export const NO_PERMISSION = () => new DiscordError(403, 50013, 'Missing Permissions')
