/** The simulation finds bugs: each of a list is put into a copy of the product, and the life that it spoils goes wrong. */
import { expect, test } from 'vitest'
import { MUTATIONS } from './mutations.ts'
import { plant } from './plant.ts'

/** The lives that go well without a bug (lives-*.test.ts). */
const LIVES = 200

test.each(MUTATIONS)('found: $name', { timeout: 600_000 }, async ({ name, foundBy }) => {
  const { code, out } = await plant(name, ['--seeds', '1', '--from', String(foundBy)])
  expect(out).toMatch(/^seed \d+: /m)
  expect(code).toBe(1)
})

test('each of them is found by one of the lives that go well without it', () => {
  expect(MUTATIONS.filter(({ foundBy }) => foundBy < 1 || foundBy > LIVES)).toEqual([])
})
