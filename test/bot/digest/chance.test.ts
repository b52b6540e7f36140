/** The test that patterns are held against, itself held against exact arithmetic. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chanceOf, tail } from '../../../bot/digest/chance.ts'

/** P(X >= k) for X binomial(n, a/b), in whole numbers. */
function exactly(n: number, k: number, a: bigint, b: bigint): number {
  let choose = 1n
  let total = 0n
  for (let i = 0; i <= n; i++) {
    if (i >= k) total += choose * a ** BigInt(i) * (b - a) ** BigInt(n - i)
    choose = (choose * BigInt(n - i)) / BigInt(i + 1)
  }
  return Number((total * 10n ** 30n) / b ** BigInt(n)) / 1e30
}

// Sums of exact fractions: throws of a coin, of a die, hours of a day.
test.each([
  [10, 8, 0.5, 0.0546875],
  [10, 0, 0.5, 1],
  [10, 10, 0.5, 0.0009765625],
  [10, 11, 0.5, 0],
  [20, 8, 1 / 6, 0.011253],
  [24, 5, 1 / 24, 0.0027455],
  [5, 3, 0, 0],
  [5, 3, 1, 1],
  [5, 0, 0, 1],
  [5, 1, 0, 0],
  [5, 5, 1, 1],
  [5, 6, 1, 0],
])('of %i at least %i, each with %d: %d', (n, k, p, chance) => {
  expect(tail(n, k, p)).toBeCloseTo(chance, 5)
})

test('it agrees with exact arithmetic, whatever the counts', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 150 }),
      fc.integer({ min: 0, max: 150 }),
      fc.integer({ min: 1, max: 39 }),
      (n, k, parts) => {
        const exact = exactly(n, k, BigInt(parts), 40n)
        expect(Math.abs(tail(n, k, parts / 40) - exact)).toBeLessThan(1e-9 + exact * 1e-9)
      },
    ),
  )
})

test('of a hundred thousand it is still found, and more of them are never likelier', () => {
  expect(tail(100_000, 50_000, 0.5)).toBeCloseTo(0.50126, 4)
  expect(tail(100_000, 60_000, 0.5)).toBeLessThan(1e-300)
  expect(tail(100_000, 1, 1 / 24)).toBeCloseTo(1, 12)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      (n, p) => {
        for (let k = 0; k < n; k++) expect(tail(n, k + 1, p)).toBeLessThanOrEqual(tail(n, k, p) + 1e-12)
      },
    ),
    { numRuns: 30 },
  )
})

test('who looks at 24 hours finds something 24 times as easily', () => {
  expect(chanceOf({ n: 24, k: 5, share: 1 / 24, looks: 24 })).toBeCloseTo(24 * tail(24, 5, 1 / 24), 12)
  expect(chanceOf({ n: 24, k: 1, share: 1 / 24, looks: 24 })).toBe(1)
})
