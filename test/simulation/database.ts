/**
 * A database that refuses to write, for a while: busy, full, or gone in the middle of a commit, when nobody knows whether it
 * happened. Only a database that others write to as well can leave that open.
 */
import { StoreFailure } from '../../adapters/sql/failure.ts'
import type { SqliteStore } from '../../adapters/sql/sqlite.ts'
import type { Chance } from './chance.ts'

export type Disk = {
  /** So many writes fail. */
  set(share: number): void
}

const WRITES: readonly string[] = ['commit', 'settle', 'claim', 'configure', 'dropLeases']
const broken = new Error('simulated')

/** `shared`: as a database on a server, on which others write too. */
export function fallible(
  store: SqliteStore,
  luck: Chance,
  shared: boolean,
): { readonly store: SqliteStore; readonly disk: Disk } {
  let share = 0
  const wrapped = new Proxy(store, {
    get(target, name) {
      if (name === 'shared') return shared
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function' || !WRITES.includes(String(name))) return value
      return async (...args: unknown[]) => {
        if (!luck.happens(share)) return Reflect.apply(value, target, args)
        const kind = luck.upTo(shared ? 3 : 2)
        if (kind === 0)
          throw new StoreFailure('SQLITE_BUSY', 'Another process keeps the database locked.', broken)
        if (kind === 1) throw new StoreFailure('SQLITE_FULL', 'The disk is full.', broken)
        await Reflect.apply(value, target, args)
        throw new StoreFailure('08006', 'The connection was lost; what became of it is not known.', broken)
      }
    },
  })
  const set = (next: number) => {
    share = next
  }
  return { store: wrapped, disk: { set } }
}
