/** Two chats, and five ways to reach a person without one, each with its own weather. */
import type { Chat, Pager } from '../../bot/ports.ts'
import type { Agenda } from './agenda.ts'
import type { Chance } from './chance.ts'
import type { Provider, Refused, Request, Seen } from './evidence.ts'
import type { Fate } from './fate.ts'
import type { Pulse } from './mortal.ts'
import { openPhones, PHONES } from './phones.ts'
import { openPub } from './pub.ts'
import { createSky, type Sky } from './weather.ts'

type Parts = {
  readonly agenda: Agenda
  readonly luck: Chance
  readonly pulse: Pulse
  readonly fate: Fate
  readonly archived: ReadonlySet<string>
  readonly requests: Request[]
  readonly refused: Refused[]
  now(): number
  see(seen: Seen): void
  tell(who: string, words: string): void
}

export function openProviders(parts: Parts): {
  readonly chats: readonly Chat[]
  readonly pagers: readonly Pager[]
  readonly skies: ReadonlyMap<Provider, Sky>
} {
  const skies = new Map<Provider, Sky>()
  const skyOf = (by: Provider): Sky => {
    const sky = createSky({ ...parts, by, tell: words => parts.tell(by, words) })
    skies.set(by, sky)
    return sky
  }
  return {
    chats: (['slack', 'discord'] as const).map(name => openPub({ ...parts, name, sky: skyOf(name) })),
    pagers: PHONES.map(way => openPhones({ ...parts, way, sky: skyOf(way) })),
    skies,
  }
}
