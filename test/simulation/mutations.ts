/** Bugs that somebody could make: a file of the product, what it says, and what it would say with the bug in it. */
import { ALERTS_AND_SHIFTS } from './mutations-alerts.ts'
import { CHAIN } from './mutations-chain.ts'
import { ENGINE } from './mutations-engine.ts'
import { PAGES } from './mutations-pages.ts'
import { PROCESSES } from './mutations-processes.ts'

export type Mutation = {
  readonly name: string
  readonly file: string
  readonly from: string
  readonly to: string
  /** The first life that goes wrong with it, or one a little before. */
  readonly foundBy: number
}

export const MUTATIONS: readonly Mutation[] = [
  ...ENGINE,
  ...CHAIN,
  ...PAGES,
  ...PROCESSES,
  ...ALERTS_AND_SHIFTS,
]
