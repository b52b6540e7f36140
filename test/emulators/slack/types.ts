/**
 * The shapes of a Slack workspace as the emulator keeps them.
 *
 * Names follow Slack's own wire fields (snake_case) wherever a value travels, so that what a test reads is
 * what a client would have received. Messages and views are never changed in place: an edit replaces them,
 * so a test may hold on to an older one and compare.
 */

export type Json = { readonly [key: string]: unknown }

/** The only source of time in the emulator: epoch milliseconds. */
export type EmulatorClock = { now(): number }

export type User = {
  readonly id: string
  readonly team_id: string
  readonly name: string
  readonly real_name: string
  readonly email?: string
  readonly tz: string
  readonly is_bot: boolean
  readonly deleted: boolean
  /** A guest in several channels. */
  readonly is_restricted: boolean
  /** A guest in exactly one channel. */
  readonly is_ultra_restricted: boolean
  /** Somebody of another workspace with whom nothing is shared. */
  readonly is_stranger: boolean
}

export type Usergroup = {
  readonly id: string
  readonly handle: string
  name: string
  users: readonly string[]
}

export type Bookmark = {
  readonly id: string
  readonly title: string
  readonly link: string
  readonly emoji: string
}

export type Reaction = { readonly name: string; readonly users: readonly string[] }

export type Message = {
  readonly type: 'message'
  readonly ts: string
  readonly channel: string
  readonly subtype?: string
  readonly user?: string
  readonly bot_id?: string
  readonly app_id?: string
  readonly text: string
  readonly blocks?: readonly Json[]
  readonly attachments?: readonly Json[]
  readonly thread_ts?: string
  readonly edited?: { readonly user: string; readonly ts: string }
  readonly metadata?: Json
  readonly reactions?: readonly Reaction[]
  /** Set on a message that only this person sees; Slack keeps no copy of it. */
  readonly ephemeral_to?: string
}

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim'

export type Channel = {
  readonly id: string
  readonly kind: ChannelKind
  readonly creator: string
  readonly createdAt: number
  readonly members: Set<string>
  readonly messages: Message[]
  readonly pins: string[]
  readonly bookmarks: Map<string, Bookmark>
  name: string
  topic: string
  purpose: string
  isArchived: boolean
  isExtShared: boolean
}

export type View = {
  readonly id: string
  readonly type: 'modal' | 'home'
  readonly hash: string
  readonly user: string
  readonly blocks: readonly Json[]
  readonly title?: Json
  readonly submit?: Json
  readonly close?: Json
  readonly private_metadata: string
  readonly callback_id: string
  readonly external_id: string
  readonly clear_on_close: boolean
  readonly notify_on_close: boolean
  readonly root_view_id: string
  readonly previous_view_id: string | null
}

export type NotifiedBy = 'mention' | 'usergroup' | 'here' | 'channel' | 'everyone' | 'dm' | 'thread'

/** One person's phone or desktop telling them of one message. `source` says which part of it held the mention. */
export type Notification = {
  readonly user: string
  readonly channel: string
  readonly ts: string
  readonly by: NotifiedBy
  readonly source: 'text' | 'blocks'
  readonly text: string
}

/** Something a client did that Slack's documents forbid. */
export type Violation = { readonly at: number; readonly rule: string; readonly detail: string }

/** One thing that crossed the wire, for checkers that rebuild a story from outside. */
export type LogEntry = {
  readonly at: number
  readonly what:
    | 'request'
    | 'answer'
    | 'delivery'
    | 'ack'
    | 'late-ack'
    | 'no-ack'
    | 'connected'
    | 'disconnected'
  readonly name: string
  readonly detail: Json
}
