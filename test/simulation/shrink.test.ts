/** A life that goes wrong is told with what it takes for that, and nothing else. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fewest } from './shrink.ts'

test('of many acts those are left without which it would go well', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 80 }),
      fc.uniqueArray(fc.nat(79), { minLength: 1, maxLength: 4 }),
      async (count, wanted) => {
        const needed = wanted.map(each => each % count)
        const all = Array.from({ length: count }, (_, each) => each)
        const left = await fewest(all, async some => needed.every(each => some.includes(each)))
        expect(left).toEqual([...new Set(needed)].sort((a, b) => a - b))
      },
    ),
  )
})

test('where it goes wrong whatever is done, nothing is left', async () => {
  expect(await fewest([1, 2, 3], async () => true)).toEqual([])
})
