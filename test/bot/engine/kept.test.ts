import { expect, test } from 'vitest'
import { createKept } from '../../../bot/engine/kept.ts'

test('of what was folded the newest state is kept, whichever was read last', () => {
  const kept = createKept(2)
  expect(kept.get('a')).toBeUndefined()
  kept.put('a', { seq: 1 })
  kept.put('a', { seq: 3 })
  kept.put('a', { seq: 2 })
  expect(kept.get('a')).toEqual({ seq: 3 })
  kept.drop('a')
  expect(kept.get('a')).toBeUndefined()
})

test('what was written longest ago makes room; what was written again stays', () => {
  const kept = createKept(2)
  kept.put('a', { seq: 1 })
  kept.put('b', { seq: 1 })
  kept.put('a', { seq: 1 })
  expect([kept.get('a'), kept.get('b')]).toEqual([{ seq: 1 }, { seq: 1 }])
  kept.put('c', { seq: 1 })
  expect([kept.get('a'), kept.get('b'), kept.get('c')]).toEqual([{ seq: 1 }, undefined, { seq: 1 }])
})
