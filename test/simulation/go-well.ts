/** Lives of a range of seeds, each of which must leave nobody unheard, nobody woken in vain, and nothing lost. */
import { expect, test } from 'vitest'
import { live } from './life.ts'

export function livesGoWell(from: number, count: number): void {
  test(`lives ${from} to ${from + count - 1} go well`, { timeout: 600_000 }, async () => {
    for (let seed = from; seed < from + count; seed++) {
      const { violations, story } = await live(seed)
      const told = violations.length > 0 ? `seed ${seed}\n${story.slice(-80).join('\n')}` : ''
      expect(violations, told).toEqual([])
    }
  })
}
