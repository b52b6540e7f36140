/**
 * Group commit for a database that answers later: what arrives while a transaction runs shares the next one. Each caller hears
 * only when that transaction has ended (I1), and what one caller's work does wrong takes no other's with it.
 */
import type { Session } from './connections.ts'

type Work<T> = (session: Session) => Promise<T>

export type Queue = {
  write<T>(work: Work<T>): Promise<T>
  /** Resolves when nothing waits any more. */
  ended(): Promise<void>
}

/** Few enough that a transaction ends soon. */
const MAX_GROUP = 100

type Waiting = {
  readonly work: Work<unknown>
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

/** `together` runs all works in one transaction; where that fails as a whole, what became of it may not be known. */
export function createQueue(
  together: (works: readonly Work<unknown>[]) => Promise<readonly PromiseSettledResult<unknown>[]>,
): Queue {
  const waiting: Waiting[] = []
  let running: Promise<void> | undefined

  async function drain(): Promise<void> {
    while (waiting.length > 0) await turn(waiting.splice(0, MAX_GROUP))
    running = undefined
  }

  async function turn(group: readonly Waiting[]): Promise<void> {
    try {
      const results = await together(group.map(each => each.work))
      group.forEach((each, index) => {
        const result = results[index]
        if (result?.status === 'fulfilled') each.resolve(result.value)
        else each.reject(result?.reason)
      })
    } catch (error) {
      for (const each of group) each.reject(error)
    }
  }

  return {
    write: <T>(work: Work<T>) =>
      new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: result => resolve(result as T), reject })
        running ??= drain()
      }),
    async ended() {
      await running
    },
  }
}
