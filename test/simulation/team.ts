/**
 * The team of the simulated lives, as data of the simulation's own: written as a configuration for the product, and read by the
 * checker, which asks the product nothing.
 */
import type { Provider } from './evidence.ts'

export type Way = 'chat' | Exclude<Provider, 'slack' | 'discord'>
export type Step = { readonly after: number; readonly by: Way; readonly only?: 'SEV1' }
export type Member = {
  readonly name: string
  readonly chats: readonly ('slack' | 'discord')[]
  readonly contacts: readonly ('phone' | 'email' | 'ntfy' | 'webhook')[]
  readonly notify: readonly Step[]
  /** Local hours in which no phone rings, but for SEV1. */
  readonly quiet?: readonly [number, number]
}
/** Changes hands at these local times of each day, since `starts`. */
export type Rotation = {
  readonly people: readonly string[]
  readonly at: readonly number[]
  readonly every: string
}
export type Severity = 'SEV1' | 'SEV2' | 'SEV3' | 'SEV4'
export type Rung = { readonly role: string; readonly after?: number }
export type Chain = {
  readonly rungs: readonly Rung[]
  /** Null: it is a channel's, and asks nobody for an answer. */
  readonly window: number | null
  readonly repeat: number
}

/** A service's own rungs, and how often its chains are repeated, whatever the severity. */
export type OwnChains = {
  readonly rungs: Readonly<Partial<Record<Severity, readonly Rung[]>>>
  readonly repeat?: number
}

export type Team = {
  readonly people: Readonly<Record<string, Member>>
  readonly schedules: Readonly<Record<string, Rotation>>
  readonly starts: string
  /** Role -> a schedule, people, a channel. */
  readonly roles: Readonly<
    Record<
      string,
      { readonly schedule?: string; readonly people?: readonly string[]; readonly channel?: string }
    >
  >
  readonly chains: Readonly<Record<Severity, Chain>>
  readonly services: Readonly<Record<string, OwnChains>>
  readonly digest: string
}

export const ZONE = 'Europe/Berlin'
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
/** Messages in a quarter of an hour before more of them wait. */
export const LIMITS: Readonly<Record<string, number>> = { sms: 3, voice: 2, push: 3 }
/** What the labels of alerts mean. */
export const SEVERITY_OF = { page: 'SEV1', error: 'SEV2', warning: 'SEV3' } as const
export const LIMIT_MS = 15 * MINUTE
