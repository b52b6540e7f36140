/**
 * Slack's rate limits: a bucket for each method, and for chat.postMessage one for each channel.
 *
 * Tiers give calls a minute, all of which may come at once; posting refills by one a second with a small burst.
 * A refused caller is told how long to wait, and calling again sooner is a violation (I13 of the promises), whether
 * the refusal was earned or injected as a fault.
 */

import type { Tier } from './methods/method.ts'
import { violate, type Workspace } from './workspace.ts'

export type Rate = { readonly perMinute: number; readonly burst: number }

export const rateOfTier: { readonly [tier in Tier]: Rate } = {
  2: { perMinute: 20, burst: 20 },
  3: { perMinute: 50, burst: 50 },
  4: { perMinute: 100, burst: 100 },
  post: { perMinute: 60, burst: 3 },
  special: { perMinute: 600, burst: 600 },
}

export class RateLimiter {
  readonly #workspace: Workspace
  readonly #buckets = new Map<string, { tokens: number; filledAt: number }>()
  readonly #blockedUntil = new Map<string, number>()

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** 0 when no refusal still holds, else the whole seconds that are left; calling at all was a violation then. */
  left(key: string): number {
    const earlyMs = (this.#blockedUntil.get(key) ?? 0) - this.#workspace.clock.now()
    if (earlyMs <= 0) return 0
    violate(this.#workspace, 'retry_before_retry_after', `${key} came ${earlyMs} ms too early`)
    return Math.ceil(earlyMs / 1000)
  }

  /** 0 when the call may go on, else the whole seconds for Retry-After. */
  take(key: string, rate: Rate): number {
    const bucket = this.#refilled(key, rate, this.#workspace.clock.now())
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1
      return 0
    }
    const waitSeconds = Math.max(1, Math.ceil(((1 - bucket.tokens) * 60) / rate.perMinute))
    this.block(key, waitSeconds)
    return waitSeconds
  }

  /** Nothing may come for `key` before so many seconds have passed. */
  block(key: string, seconds: number): void {
    this.#blockedUntil.set(key, this.#workspace.clock.now() + seconds * 1000)
  }

  #refilled(key: string, rate: Rate, now: number): { tokens: number; filledAt: number } {
    const bucket = this.#buckets.get(key) ?? { tokens: rate.burst, filledAt: now }
    const gained = (Math.max(0, now - bucket.filledAt) * rate.perMinute) / 60_000
    bucket.tokens = Math.min(rate.burst, bucket.tokens + gained)
    bucket.filledAt = now
    this.#buckets.set(key, bucket)
    return bucket
  }
}
