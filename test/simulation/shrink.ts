/** The same life with fewer acts, as long as it goes wrong: what is left is the shortest story of a bug that chance could find. */
import { live, type Outcome } from './life.ts'

/** Leaves out ever smaller stretches, the last ones first, while `fails` says that the rest still does. */
export async function fewest<T>(
  all: readonly T[],
  fails: (some: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let left = all
  for (let size = Math.ceil(all.length / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0)
    for (let from = left.length - size; from > -size; from -= size) {
      const fewer = left.filter((_, index) => index < from || index >= from + size)
      if (fewer.length < left.length && (await fails(fewer))) left = fewer
    }
  return left
}

export async function shrink(seed: number): Promise<Outcome> {
  let shortest = await live(seed)
  if (shortest.violations.length === 0) return shortest
  await fewest(
    Array.from({ length: shortest.acts }, (_, act) => act),
    async acts => {
      const outcome = await live(seed, new Set(acts))
      if (outcome.violations.length === 0) return false
      shortest = outcome
      return true
    },
  )
  return shortest
}
