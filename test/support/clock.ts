/** Virtual time: `now` moves only when a test moves it. A wait ends when it is aborted, or when its instant is reached. */
import type { Clock, Ids } from '../../bot/ports.ts'

export class VirtualClock implements Clock {
  #now: number
  readonly #waits = new Set<{ untilAt: number; end: () => void }>()

  constructor(start: number | string) {
    this.#now = typeof start === 'number' ? start : Date.parse(start)
  }

  now(): number {
    return this.#now
  }

  wait(untilAt: number, signal: AbortSignal): Promise<void> {
    if (untilAt <= this.#now || signal.aborted) return Promise.resolve()
    return new Promise(resolve => {
      const wait = { untilAt, end: () => {} }
      wait.end = () => {
        this.#waits.delete(wait)
        resolve()
      }
      this.#waits.add(wait)
      signal.addEventListener('abort', wait.end, { once: true })
    })
  }

  /** Moves to an instant; time never goes back here (a test of steps back sets `stepTo`). */
  moveTo(at: number): void {
    if (at < this.#now) throw new Error(`the virtual clock is at ${this.#now}, it cannot go to ${at}`)
    this.stepTo(at)
  }

  /** A step of the machine's clock, forward or back. */
  stepTo(at: number): void {
    this.#now = at
    for (const wait of [...this.#waits]) if (wait.untilAt <= at) wait.end()
  }
}

/** Ids that are the same in every run. */
export function countedIds(prefix = 'id'): Ids {
  let next = 0
  return { fresh: () => `${prefix}-${String(++next).padStart(8, '0')}` }
}
