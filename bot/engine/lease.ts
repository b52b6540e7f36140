/**
 * What is in hand is so until its lease is over. A process that stood still for longer, or whose machine slept, would else go on as
 * if nothing had happened, and send what another has sent meanwhile, or what somebody has acknowledged.
 */
import type { Clock } from '../ports.ts'
import type { Instant } from '../words.ts'

/** It was not sent. Whoever holds it now does the rest. */
export class LeaseOver extends Error {}

/** The same port, of which nothing is asked any more once the lease is over. */
export const inHand = <T extends object>(port: T, clock: Pick<Clock, 'now'>, until: Instant): T =>
  new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        if (clock.now() >= until) throw new LeaseOver()
        return Reflect.apply(value, target, args) as unknown
      }
    },
  })
