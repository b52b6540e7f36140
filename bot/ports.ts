/**
 * Every door to the outside, on one page: the verbs, and the promise that each makes. `createApp(ports)` gets them all;
 * main.ts passes the real ones, tests pass the real store, strict emulators behind the real adapters, and virtual time.
 */
import type { Answer, Question, SourceKind } from './evidence/types.ts'
import type { Form, Message } from './message.ts'
import type { SignalName } from './telemetry/signals.ts'
import type { ChatName, IncidentId, Instant, PersonId, Reaction } from './words.ts'

export type * from './postmortem/exporter.ts'
export type * from './store.ts'

// ---------------------------------------------------------------- time and chance

/** `now` in epoch ms. `wait` resolves at `untilAt`, or at once when `signal` aborts; it may resolve early, never throws. */
export interface Clock {
  now(): Instant
  wait(untilAt: Instant, signal: AbortSignal): Promise<void>
}

/** A fresh id that nobody can guess, for inputs that bring none of their own. */
export interface Ids {
  fresh(): string
}

// ---------------------------------------------------------------- chats

/** A message that was posted: enough to edit it. Opaque to everybody but its chat. */
export type MessageRef = { readonly channel: string; readonly id: string }

/** A message as it was said in a chat. */
export type Said = {
  readonly ref: MessageRef
  /** The user id of who said it, where it was a user of the chat; and the name that the chat shows. */
  readonly user: string | undefined
  readonly author: string
  /** Tocsin said it. */
  readonly own: boolean
  /** Null: the chat does not give it to us; `withheld` says why, and what to do. */
  readonly text: string | null
  readonly withheld?: string
  readonly at: Instant
  readonly link: string | undefined
}

/** Where a message goes: a channel's id or name, in the chat at hand. */
export type Place = { readonly channel: string } | { readonly user: string }

/** The `reason` of a chat that cannot write to a person directly, and can still mention them in a channel. */
export const CANNOT_DM = 'cannot_dm'

/** Why a chat could not do it. `reason` is the platform's own code; `say` is for people. */
export class ChatFailure extends Error {
  readonly reason: string
  readonly say: string
  /** `later`: it did not happen, try again. `never`: it will not work, move on. `doubt`: it may have happened. */
  readonly kind: 'later' | 'never' | 'doubt'
  readonly retryAfterMs: number | undefined

  constructor(kind: 'later' | 'never' | 'doubt', reason: string, say: string, retryAfterMs?: number) {
    super(`${reason}: ${say}`)
    this.name = 'ChatFailure'
    this.kind = kind
    this.reason = reason
    this.say = say
    this.retryAfterMs = retryAfterMs
  }
}

/** What a chat can do, as data; asked instead of its name. */
export type ChatTraits = {
  /** Opens a channel of its own for an incident. */
  readonly rooms: boolean
  readonly topics: boolean
  readonly pins: boolean
  readonly bookmarks: boolean
  readonly invites: boolean
  /** A page shown here counts as having reached a person when no other chat is set up. */
  readonly reaches: 'people' | 'screen'
  /** As what it takes pictures. */
  readonly pictures: 'png' | 'svg'
  /** The least time between two posts to one channel. */
  readonly paceMs: number
}

/** One chat. Every verb rejects with ChatFailure and nothing else; none retries by itself; each ends within 8 s (I6). */
export interface Chat {
  readonly name: ChatName
  readonly traits: ChatTraits
  /** Connects and begins to hand every input to `hooks.receive`. Resolves when ready. */
  start(hooks: Hooks): Promise<void>
  /** Takes no more input; resolves when the last answer has left. */
  stop(): Promise<void>
  /** True while it can receive and send; with a sentence when it cannot. */
  health(): { readonly connected: boolean; readonly detail: string }
  /** `key` names the delivery: a chat that can refuse doubles uses it, and `find` looks for it. */
  post(to: Place, message: Message, key: string): Promise<MessageRef>
  edit(ref: MessageRef, message: Message): Promise<void>
  /** The message posted with this key since `sinceAt`, if it is there: resolves a doubt by looking (D3, D4). */
  find(to: Place, key: string, sinceAt: Instant): Promise<MessageRef | undefined>
  /** A message as it is now; undefined when it is gone. */
  read(ref: MessageRef): Promise<Said | undefined>
  /** A page of what was said in a channel and in its threads, in any order; `next` goes on from there, null at the end. */
  history(
    channel: string,
    between: { readonly since: Instant; readonly until: Instant },
    from: string | null,
  ): Promise<{ readonly messages: readonly Said[]; readonly next: string | null }>
  /** Opens the incident's channel. A taken name gets a suffix. `key` finds one that an earlier attempt opened. */
  openRoom(name: string, key: string): Promise<{ readonly channel: string; readonly name: string }>
  setTopic(channel: string, topic: string): Promise<void>
  invite(channel: string, user: string): Promise<void>
  pin(ref: MessageRef): Promise<void>
  bookmark(channel: string, title: string, url: string): Promise<void>
  archive(channel: string): Promise<void>
  /** A group of the chat (a user group, a role) has exactly `users` of these people in it; whoever else is in it stays. */
  keepGroup(group: string, users: readonly string[], others: readonly string[]): Promise<void>
}

/** Who did it, as the chat proves it. */
export type ChatUser = {
  readonly id: string
  readonly name: string
  /** Guests, other workspaces' people and bots may not act. */
  readonly kind: 'member' | 'guest' | 'stranger' | 'bot'
  /** The groups or roles of the chat that they are in, by id, where the chat tells. */
  readonly groups?: readonly string[]
}

/** Something that a person did in a chat. */
export type ChatInput = {
  readonly chat: ChatName
  /** The platform's own id of what happened; a redelivery has the same (I1). */
  readonly cause: string
  readonly user: ChatUser
  readonly channel: string | undefined
  /** The command line: typed, or carried by a button, a menu or a form. */
  readonly line: string
  /** A form's inputs by name; they count as named arguments. */
  readonly values?: Readonly<Record<string, string>>
  /** The channel that `channel` is a thread of, where threads are channels of their own. */
  readonly parent?: string
  /** The message that a shortcut was used on. */
  readonly about?: Said
  /** The message that a reaction, a pin or a press pointed at; its words are not told with it. */
  readonly mark?: MessageRef
  /** A traceparent, where one came in. */
  readonly trace?: string
}

/** What goes back, at once, to the one who did it. */
export type ChatAnswer =
  | { readonly kind: 'say'; readonly message: Message }
  | { readonly kind: 'form'; readonly form: Form }
  /** A form's inputs were wrong: input name -> sentence. The form stays open. */
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }

/** What an option can be completed with. */
export type Completes = 'action' | 'incident' | 'service' | 'schedule' | 'person' | 'target' | 'section'
export type Completion = { readonly label: string; readonly value: string }

/** What somebody gives a message so that it is kept. */
export type Sign = 'pin' | Reaction

export type Receive = (input: ChatInput) => Promise<ChatAnswer>

/** What a chat may ask of the application. */
export type Hooks = {
  readonly receive: Receive
  /** The contents of a home page for one person, where the chat has one. */
  readonly home: (user: ChatUser) => Promise<Message>
  /** What fits what was typed so far, best first; empty for whoever may not act. */
  readonly complete: (user: ChatUser, what: Completes, typed: string) => Promise<readonly Completion[]>
  /** Whether a message of this channel is kept when somebody gives it this sign. */
  readonly keeps: (channel: string, sign: Sign) => Promise<boolean>
  readonly directory: Directory
}

/** Who and what the typed leaves of a message mean, on the chat that asks. Synchronous: a renderer may call it. */
export interface Directory {
  /** The person's name, and their user id on this chat where they are linked. */
  person(id: PersonId): { readonly name: string; readonly user: string | undefined }
  /** The incident's channel on this chat, where it has one. */
  room(incident: IncidentId): string | undefined
  /** Everybody in the configuration. */
  people(): readonly PersonId[]
}

// ---------------------------------------------------------------- other ways to reach a person

/** What leaves by a way other than chat, in the shapes that these need. */
export type PageText = {
  /** One sentence, for a phone's lock screen. */
  readonly summary: string
  readonly message: Message
  /** To be spoken: short sentences without symbols. */
  readonly spoken: string
  /** What an answer by SMS names: four characters. */
  readonly code: string
  /** Names it in an address, and cannot be guessed (S17). */
  readonly token: string
  /** Where a press acknowledges; null while nobody knows how the world reaches us. */
  readonly ackUrl: string | null
}

/** Reaches a person by a way that is not chat. Same rules as Chat: rejects with ChatFailure, never retries, ends within 8 s. */
export interface Pager {
  readonly way: 'sms' | 'voice' | 'email' | 'push' | 'webhook'
  page(to: string, text: PageText, key: string): Promise<{ readonly id: string }>
}

/** `sign-in`: a link from chat to the web pages; `session`: the cookie that it brings. */
export type SignedFor = 'page' | 'trial' | 'calendar' | 'sign-in' | 'session'

/** Makes what stands in links and codes, so that nobody can forge it; the same for the same subject, after a restart too. */
export interface Signer {
  /** `purpose` keeps a token from serving for another thing than it was made for. */
  token(purpose: SignedFor, subject: string): string
  /** The subject of a token of ours; undefined for any other. */
  subject(purpose: SignedFor, token: string): string | undefined
  /** Four characters that a person can type. */
  code(subject: string): string
  /** An address of ours as the world reaches it; null without PUBLIC_URL. */
  url(path: string): string | null
}

// ---------------------------------------------------------------- systems that watch the services

/** What a source knows about one service, and in words what it could not say. */
export type Testimony = { readonly answer: Answer; readonly missing: readonly string[] }

/** A system that watches the services. Same rules as Chat: rejects with ChatFailure, never retries, ends within 8 s. */
export interface EvidenceSource {
  readonly name: string
  readonly kind: SourceKind
  ask(question: Question): Promise<Testimony>
}

/** The sources of the configuration in force, each loaded when it is first asked; undefined for a name that it does not have. */
export type OpenSource = (name: string) => Promise<EvidenceSource | undefined>

/** Turns drawings into PNG, for chats that take no SVG. */
export interface Pictures {
  /** Twice as large as they say, in their order. Rejects after 30 s; the same again is quick. */
  png(drawings: readonly string[]): Promise<readonly Uint8Array[]>
}

// ---------------------------------------------------------------- issues

/** An issue as another tracker has it. */
export type Issue = {
  readonly number: number
  /** http(s) only. */
  readonly url: string
  readonly title: string
  readonly closed: boolean
  readonly updatedAt: Instant
}

/** What an issue is to say. */
export type IssueDraft = {
  readonly title: string
  readonly body: string
  readonly closed: boolean
  /** A login there; one that may not be assigned is left out by the tracker. */
  readonly assignee: string | undefined
}

/** Another tracker. Same rules as Chat: rejects with ChatFailure, never retries, ends within 8 s. */
export interface Tracker {
  open(draft: IssueDraft): Promise<Issue>
  /** The issue whose body has this mark, if it is there: resolves a doubt by looking (D3). */
  find(mark: string): Promise<Issue | undefined>
  change(number: number, draft: IssueDraft): Promise<Issue>
  /** The issues of ours that changed since. */
  changed(since: Instant): Promise<readonly Issue[]>
}

// ---------------------------------------------------------------- telemetry

/** Where signals go. The table of signals is in bot/telemetry/signals.ts; calling these never throws and never waits. */
export interface Telemetry {
  count(signal: SignalName, labels?: Readonly<Record<string, string>>, by?: number): void
  observe(signal: SignalName, value: number, labels?: Readonly<Record<string, string>>): void
  set(signal: SignalName, value: number, labels?: Readonly<Record<string, string>>): void
  log(
    level: 'debug' | 'info' | 'warn' | 'error',
    event: string,
    fields?: Readonly<Record<string, unknown>>,
  ): void
  /** Runs `work` inside a span; its traceparent (W3C) is given to `work`, '' when tracing is off. */
  span<T>(name: string, parent: string | undefined, work: (traceparent: string) => Promise<T>): Promise<T>
}
