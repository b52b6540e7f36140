/** Phones, mailboxes and the like: what arrives on them is seen, and can be answered with its code or its link. */
import { ChatFailure, type Pager } from '../../bot/ports.ts'
import { whoHas } from './cast.ts'
import type { Refused, Seen } from './evidence.ts'
import { type Fate, isDeaf } from './fate.ts'
import type { Sky } from './weather.ts'

export const PHONES = ['sms', 'voice', 'email', 'push', 'webhook'] as const

type Parts = {
  readonly way: (typeof PHONES)[number]
  readonly sky: Sky
  readonly fate: Fate
  readonly now: () => number
  readonly refused: Refused[]
  see(seen: Seen): void
}

export function openPhones({ way, sky, fate, now, refused, see }: Parts): Pager {
  let messages = 0
  return {
    way,
    async page(to, { summary, code, token }, key) {
      const person = whoHas(to, way)
      if (isDeaf(fate, person, way)) {
        refused.push({ at: now(), by: way, where: `@${person}`, key })
        throw new ChatFailure('never', 'invalid_number', 'the address is not valid')
      }
      return sky.request(key, arrived => {
        const id = `${way}-${++messages}`
        const where = `@${person}`
        const said = { id, by: way, where, key, at: now(), text: summary, first: summary, presses: [] }
        see({ ...said, reply: { code, token }, came: arrived, arrived })
        return { id }
      })
    },
  }
}
