/**
 * What can go wrong between a client and Slack, on demand.
 *
 * A fault is armed for the next `times` calls of a method that match. The kinds differ in one thing that matters
 * to a client: whether Slack did what was asked although the answer never came (`accept-then-...`).
 */

import type { Json } from './types.ts'

export type FaultKind =
  /** Refused with Retry-After (`retryAfter` seconds, default 1; null leaves the header out). Not done. */
  | '429'
  /** HTTP 500 with an empty body. Not done. */
  | '500'
  /** The connection is reset before any byte of an answer. Not done. */
  | 'reset'
  /** Done, then the connection is reset. */
  | 'accept-then-reset'
  /** Done, then HTTP 500. */
  | 'accept-then-500'
  /** Nothing happens for `ms`, or until release(); then it is done and answered. */
  | 'hang'
  /** Done at once; the answer comes after `ms`, or at release(). */
  | 'accept-then-hang'
  /** Refused with `error`. Not done. */
  | 'ok:false'
  /** HTTP 200 with half a JSON object. Not done. */
  | 'malformed'
  /** HTTP 200 with a proxy's HTML page. Not done. */
  | 'html'

export type FaultOptions = {
  /** A Web API method, `response_url`, or `*` for any. */
  readonly method: string
  readonly kind: FaultKind
  /** How many calls it strikes; default 1. */
  readonly times?: number
  /** Only calls whose arguments satisfy this. */
  readonly when?: (args: Json) => boolean
  readonly retryAfter?: number | null
  readonly ms?: number
  readonly error?: string
}

/** An armed fault. `hits` counts the calls struck so far. */
export type Fault = FaultOptions & {
  left: number
  hits: number
  /** Resolves when release() was called. */
  readonly released: Promise<void>
  /** Lets every call that hangs on this fault go on. */
  release(): void
  /** No further call is struck. */
  clear(): void
}

export function armFault(faults: Fault[], options: FaultOptions): Fault {
  let release: () => void = () => {}
  const released = new Promise<void>(resolve => {
    release = resolve
  })
  const fault: Fault = {
    ...options,
    left: options.times ?? 1,
    hits: 0,
    released,
    release,
    clear() {
      fault.left = 0
    },
  }
  faults.push(fault)
  return fault
}

/** The fault that strikes this call, counted; the first armed wins. */
export function strike(faults: readonly Fault[], method: string, args: Json): Fault | undefined {
  const fault = faults.find(
    one => one.left > 0 && (one.method === '*' || one.method === method) && (one.when?.(args) ?? true),
  )
  if (!fault) return undefined
  fault.left -= 1
  fault.hits += 1
  return fault
}

/** Waits as a hanging fault asks; no time at all for the others. Real time: the sockets are real. */
export async function hang(fault: Fault): Promise<void> {
  if (fault.ms === undefined) return fault.released
  let timer: NodeJS.Timeout | undefined
  const elapsed = new Promise<void>(resolve => {
    timer = setTimeout(resolve, fault.ms)
  })
  await Promise.race([elapsed, fault.released])
  clearTimeout(timer)
}
