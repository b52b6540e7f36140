/** The simulation finds bugs: each of a list is put into a copy of the product, and one of the lives that it spoils goes wrong. */
import { expect, test } from 'vitest'
import { MUTATIONS } from './mutations.ts'
import { plant } from './plant.ts'

/** The lives that go well without a bug (lives-*.test.ts). */
const LIVES = 200
/** Whatever the product says more or less moves the chances of all that follows: one of so many lives from there on finds it. */
const TRIES = 20

test.each(MUTATIONS)('found: $name', { timeout: 600_000 }, async ({ name, foundBy }) => {
  const tries = Math.min(TRIES, LIVES + 1 - foundBy)
  const { code, out } = await plant(name, ['--first', '--seeds', String(tries), '--from', String(foundBy)])
  expect(out).toMatch(/^seed \d+: /m)
  expect(code).toBe(1)
})

test('each of them is found by one of the lives that go well without it', () => {
  expect(MUTATIONS.filter(({ foundBy }) => foundBy < 1 || foundBy > LIVES)).toEqual([])
})
