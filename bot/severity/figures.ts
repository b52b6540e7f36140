/**
 * Figures in a description: shares of what fails, changes of latency, money an hour. Read with their neighbours, since a
 * percentage alone says nothing.
 */
import type { Found } from './found.ts'
import { slowerBy } from './latency.ts'
import { moneyAnHour } from './money.ts'
import { shareOf } from './shares.ts'

export type Figures = {
  /** The largest share that fails, 0 to 1. */
  readonly failing?: Found | undefined
  /** The largest relative change of latency: 0.5 is half as much again. */
  readonly slower?: Found | undefined
  /** US dollars an hour. */
  readonly revenue?: Found | undefined
}

/** Reads text that was normalised and rid of what is denied. */
export const figuresOf = (text: string): Figures => ({
  failing: shareOf(text),
  slower: slowerBy(text),
  revenue: moneyAnHour(text),
})
