/** What is wrong with some people's ways all along: a number with a mistake in it, an account that is gone, closed messages. */
import type { Chance } from './chance.ts'
import type { Provider } from './evidence.ts'

export type Fate = {
  /** Never gets through: `farid:sms`. */
  readonly deaf: ReadonlySet<string>
  /** Cannot be written to directly on Discord, and is mentioned in a channel instead. */
  readonly closed: ReadonlySet<string>
  /** Incidents have channels of their own, on the chat that opens them. */
  readonly rooms: boolean
}

const FATES: readonly (readonly string[])[] = [
  [],
  ['emi:webhook'],
  ['chika:slack', 'chika:sms'],
  ['diego:discord'],
  ['ben:email', 'ben:push'],
]

export function fateOf(luck: Chance): Fate {
  // Whoever typed in Farid's number made a mistake.
  const deaf = new Set(['farid:sms', 'farid:voice', ...luck.pick(FATES)])
  const closed = luck.happens(0.3) && !deaf.has('diego:discord') ? ['diego'] : []
  return { deaf, closed: new Set(closed), rooms: luck.happens(0.3) }
}

/** All that the checker and the providers know of an address. */
export const isDeaf = ({ deaf }: Fate, person: string, by: Provider): boolean => deaf.has(`${person}:${by}`)
