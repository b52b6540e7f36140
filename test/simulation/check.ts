/** What people may rely on, judged from what they saw and heard, and from nothing else. Each violation is a sentence. */
import { aside, noisy, stranded, unheard } from './check-calls.ts'
import { again, disordered, stale, twice } from './check-copies.ts'
import { calledTwice, hurried, overslept, shortWindows } from './check-outages.ts'
import { strangers } from './check-people.ts'
import { noDigest, toldTwice } from './check-periods.ts'
import {
  declaredTwice,
  echoes,
  endedEarly,
  joinedTheDead,
  lost,
  otherwise,
  untold,
  wonTwice,
} from './check-record.ts'
import { lateOrEarly } from './check-times.ts'
import type { Life } from './evidence.ts'

const RULES: readonly ((life: Life) => readonly string[])[] = [
  lost,
  echoes,
  otherwise,
  wonTwice,
  untold,
  declaredTwice,
  endedEarly,
  joinedTheDead,
  stranded,
  unheard,
  lateOrEarly,
  strangers,
  noisy,
  twice,
  again,
  aside,
  stale,
  disordered,
  calledTwice,
  shortWindows,
  hurried,
  overslept,
  toldTwice,
  noDigest,
]

export const check = (life: Life): readonly string[] => RULES.flatMap(rule => rule(life))
