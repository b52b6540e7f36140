/**
 * Ports that can stop at any await. Of a process that dies nothing happens any more, and nothing that it waits for comes. One that
 * stands still has asked for what it asked for, hears what came of it when it goes on, and believes that no time has passed.
 */
import type { Clock } from '../../bot/ports.ts'

export type Lifeline = {
  readonly dead: boolean
  readonly still: boolean
  /** Resolves when it dies or stands still: nobody hears of it then. */
  lost(): Promise<void>
  /** Resolves when it goes on. */
  awake(): Promise<void>
  /** It dies at the n-th call from now: before the call, or after what the call did. */
  dieIn(calls: number, after: boolean): void
  /** It stands still after the n-th call from now. */
  haltIn(calls: number): void
  /** Nothing of the kind befalls it any more. */
  spare(): void
  wake(): void
}

type Blow = { readonly after: boolean; strike(): void }
type Inner = Lifeline & {
  /** What befalls it at this call. */
  step(): Blow | undefined
}

/** How many calls are under way that nothing but themselves can end. At none, nothing happens until time passes. */
export type Pulse = { busy: number }

export function lifeline(): Inner {
  let [dead, still] = [false, false]
  let left = Number.POSITIVE_INFINITY
  let next: Blow | undefined
  let loss = Promise.withResolvers<void>()
  let waking = Promise.withResolvers<void>()

  function die(): void {
    dead = true
    loss.resolve()
  }

  function halt(): void {
    still = true
    waking = Promise.withResolvers()
    loss.resolve()
  }

  function strikeIn(calls: number, blow: Blow | undefined): void {
    left = calls
    next = blow
  }

  return {
    get dead() {
      return dead
    },
    get still() {
      return still
    },
    lost: () => loss.promise,
    awake: () => waking.promise,
    dieIn: (calls, after) => strikeIn(calls, { after, strike: die }),
    haltIn: calls => strikeIn(calls, { after: true, strike: halt }),
    spare: () => strikeIn(Number.POSITIVE_INFINITY, undefined),
    wake() {
      still = false
      if (!dead) loss = Promise.withResolvers()
      waking.resolve()
    },
    step() {
      left -= 1
      if (left > 0) return undefined
      left = Number.POSITIVE_INFINITY
      return next
    },
  }
}

const never = () => new Promise<never>(() => {})

/** The same port, whose asynchronous calls belong to one process. */
export function mortal<T extends object>(port: T, line: Inner, pulse: Pulse): T {
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        if (line.dead) return never()
        const blow = line.step()
        if (blow?.after === false) {
          blow.strike()
          return never()
        }
        const result: unknown = Reflect.apply(value as () => unknown, target, args)
        return result instanceof Promise ? answered(result, blow, line, pulse) : result
      }
    },
  })
}

async function answered(
  result: Promise<unknown>,
  blow: Blow | undefined,
  line: Inner,
  pulse: Pulse,
): Promise<unknown> {
  pulse.busy += 1
  const outcome = await result.then(
    found => () => found,
    error => () => {
      throw error
    },
  )
  blow?.strike()
  pulse.busy -= 1
  while (line.still) await line.awake()
  return line.dead ? never() : outcome()
}

/** Whoever stands still does not notice that a wait is over. */
export const mortalClock = (clock: Clock, line: Lifeline): Clock => ({
  now: clock.now,
  wait: (untilAt, signal) => clock.wait(untilAt, signal).then(() => (line.still ? line.awake() : undefined)),
})
