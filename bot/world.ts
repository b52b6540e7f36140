/**
 * The settings as one immutable snapshot, the second argument of every decision. A commit that pages names the version
 * that it saw; when the settings moved meanwhile, it is decided again.
 */
import type { Config } from './config/types.ts'
import type { Contacts } from './contacts/state.ts'
import type { ChatTraits } from './ports.ts'
import type { Override } from './schedules/types.ts'
import type { ChatName, IncidentId, Instant, Way } from './words.ts'

/** What a new declaration is compared with. Advisory: a stale entry only costs an offer. */
export type OpenIncident = {
  readonly id: IncidentId
  readonly title: string
  readonly service: string | null
  readonly declaredAt: Instant
}

export type World = {
  readonly config: Config
  readonly version: number
  readonly overrides: readonly Override[]
  /** What is known of people's ways other than chat: verified, stopped. */
  readonly contacts: Contacts
  readonly open: readonly OpenIncident[]
  /** The connected chats, in a fixed order. */
  readonly chats: readonly { readonly name: ChatName; readonly traits: ChatTraits }[]
  /** The ways other than chat that are set up. */
  readonly ways: readonly Way[]
  /** How the world reaches our pages; absent while nobody knows. */
  readonly address?: string
}
