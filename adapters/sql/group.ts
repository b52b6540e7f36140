/**
 * Group commit: writes that arrive within one turn of the event loop share a transaction, and so an fsync. Each caller hears
 * only when that transaction is on the disk (I1), and a bug in one caller's write takes no other's with it.
 */
import type Sqlite from 'better-sqlite3'
import { failureOf } from './failure.ts'

export type Group = {
  /** Runs `work`, which must be synchronous, in the next transaction; resolves with its result once that is durable. */
  write<T>(work: () => T): Promise<T>
  /** Writes what still waits, now. */
  flush(): void
}

/** Writes in one transaction: enough to make the fsync cheap, few enough that the loop goes on turning. */
const MAX_GROUP = 500

type Waiting = {
  readonly work: () => unknown
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

export function createGroup(client: Sqlite.Database): Group {
  const waiting: Waiting[] = []
  const together = client.transaction((group: readonly Waiting[]) => group.map(each => each.work()))

  function run(group: readonly Waiting[]): void {
    try {
      const results = together.immediate(group)
      group.forEach((each, index) => each.resolve(results[index]))
    } catch (error) {
      const failure = failureOf(error)
      if (failure || group.length === 1) for (const each of group) each.reject(failure ?? error)
      // One of them is a bug; alone, the others go through.
      else for (const each of group) run([each])
    }
  }

  function turn(): void {
    run(waiting.splice(0, MAX_GROUP))
    if (waiting.length > 0) setImmediate(turn)
  }

  return {
    write: <T>(work: () => T) =>
      new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: result => resolve(result as T), reject })
        if (waiting.length === 1) setImmediate(turn)
      }),
    flush() {
      while (waiting.length > 0) run(waiting.splice(0, MAX_GROUP))
    },
  }
}
