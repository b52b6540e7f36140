/** Ports that can die at any await: from then on nothing of that process happens any more, and nothing that it waits for comes. */
export type Lifeline = {
  readonly dead: boolean
  /** Resolves when it dies. */
  readonly died: Promise<void>
  /** It dies at the n-th call from now: before the call, or after what the call did. */
  dieIn(calls: number, after: boolean): void
  kill(): void
}

type Inner = Lifeline & { step(): 'live' | 'die before' | 'die after' }

/** How many calls are under way that nothing but themselves can end. At none, nothing happens until time passes. */
export type Pulse = { busy: number }

export function lifeline(): Inner {
  let dead = false
  let left = Number.POSITIVE_INFINITY
  let after = false
  let end = () => {}
  const died = new Promise<void>(resolve => {
    end = resolve
  })
  return {
    get dead() {
      return dead
    },
    died,
    dieIn(calls, late) {
      left = calls
      after = late
    },
    kill() {
      dead = true
      end()
    },
    step() {
      left -= 1
      if (left > 0) return 'live'
      left = Number.POSITIVE_INFINITY
      return after ? 'die after' : 'die before'
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
        const what = line.step()
        if (what === 'die before') {
          line.kill()
          return never()
        }
        const result: unknown = Reflect.apply(value, target, args)
        return result instanceof Promise ? answered(result, what, line, pulse) : result
      }
    },
  })
}

async function answered(result: Promise<unknown>, what: string, line: Inner, pulse: Pulse): Promise<unknown> {
  pulse.busy += 1
  const outcome = await result.then(
    found => () => found,
    error => () => {
      throw error
    },
  )
  if (what === 'die after') line.kill()
  pulse.busy -= 1
  return line.dead ? never() : outcome()
}
