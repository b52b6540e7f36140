/** What people saw and were told, with its times, and what befell the world meanwhile: all that the checker knows of a life. */
import type { Fate } from './fate.ts'
import type { Team } from './team.ts'
import type { Arrival } from './weather.ts'

export type Provider = 'slack' | 'discord' | 'sms' | 'voice' | 'email' | 'push' | 'webhook'

export type Seen = {
  readonly id: string
  readonly by: Provider
  /** `@aiko`, or a channel. */
  readonly where: string
  readonly key: string
  readonly at: number
  /** What it says now; edits put it in the place of what it said. */
  text: string
  readonly first: string
  /** The commands behind its buttons. */
  readonly presses: readonly string[]
  /** What a phone can answer with. */
  readonly reply?: { readonly code: string; readonly token: string }
  /** Whether the sender heard then that it arrived. */
  readonly came: Arrival
  /** Whether the sender has heard by now. */
  arrived: Arrival
}

/** Something that a person or a system did, and what came back. */
export type Said = {
  readonly cause: string
  /** When it was done, and when it was answered. */
  readonly from: number
  readonly at: number
  readonly who: string
  /** A command line, or what was done with a phone: `sms: ACK K7QX`, `press ack`. */
  readonly line: string
  /** What it was about, as far as whoever did it knows. */
  readonly incident: string | undefined
  /** Empty when no answer came. */
  readonly words: string
  /** The commands behind the answer's buttons. */
  readonly presses: readonly string[]
}

export type Trouble = {
  readonly from: number
  to: number
  /** `fallen`, `hung`: one process of two, while the other may go on. */
  readonly what: 'dead' | 'fallen' | 'hung' | 'paused' | 'weather' | 'database' | 'clock'
  /** Whose weather. */
  readonly by?: Provider
  /** By how much the clock was set. */
  readonly step?: number
}

/** An alert's delivery that was answered. */
export type Delivered = {
  readonly at: number
  readonly group: string
  readonly status: 'firing' | 'resolved'
  readonly startsAt: number
  readonly label: string
  /** Undefined while it was refused: the sender tries again. */
  readonly incidents: readonly string[] | undefined
}

/** A request that was told to wait, or that was made. */
export type Request = {
  readonly at: number
  readonly by: Provider
  readonly key: string
  readonly waitUntil?: number
}

/** Refused for good. */
export type Refused = {
  readonly at: number
  readonly by: Provider
  readonly where: string
  readonly key: string
}

export type Edition = { readonly from: number; readonly team: Team; readonly sure: boolean }

export type Life = {
  /** The team as it was configured, and since when; where the reload failed, nobody knows which is in force. */
  readonly teams: readonly Edition[]
  readonly said: readonly Said[]
  readonly seen: readonly Seen[]
  readonly delivered: readonly Delivered[]
  readonly requests: readonly Request[]
  readonly refused: readonly Refused[]
  readonly troubles: readonly Trouble[]
  /** Incident -> its card in the end, as somebody who asked read it. */
  readonly cards: ReadonlyMap<string, string>
  /** The same, read elsewhere at the same time. */
  readonly others: readonly ReadonlyMap<string, string>[]
  /** What is wrong with some people's ways all along. */
  readonly fate: Fate
  readonly start: number
  /** When the weather cleared and everybody fell silent. */
  readonly quietFrom: number
  readonly end: number
}

export const incidentIn = (text: string): string | undefined => /INC-\d+/.exec(text)?.[0]

/** A page: somebody is called. In a chat it can be acknowledged; elsewhere it names an incident. */
export type Called = Seen & { readonly person: string; readonly incident: string; readonly page: string }

export function calledBy(seen: Seen): Called | undefined {
  const incident = incidentIn(seen.first)
  if (!incident || !seen.key.startsWith('page:')) return undefined
  const person = seen.where.startsWith('@') ? seen.where.slice(1) : seen.first.split(' |')[0]
  return person === undefined ? undefined : { ...seen, person, incident, page: seen.key.split(':')[2] ?? '' }
}
