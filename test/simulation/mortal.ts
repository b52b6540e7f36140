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
export function mortal<T extends object>(port: T, line: Inner): T {
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
        if (!(result instanceof Promise)) return result
        return result.then(
          found => settle(found, what, line),
          error => {
            if (line.dead) return never()
            throw error
          },
        )
      }
    },
  })
}

function settle(found: unknown, what: string, line: Inner): unknown {
  if (what === 'die after') line.kill()
  return line.dead ? never() : found
}
