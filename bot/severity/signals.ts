/** What a description says, before any severity is thought of: each signal with the words that gave it. */

import { documentIn } from './documents.ts'
import { type Failure, failuresOf } from './failures.ts'
import { type Figures, figuresOf } from './figures.ts'
import { BREACH, NO_BREACH, SURE_BREACH } from './lexicon/breach.ts'
import { SERVER_ERROR } from './lexicon/down.ts'
import { BROKEN, FAILS } from './lexicon/failing.ts'
import { FEATURE, KEY, SERVICE } from './lexicon/features.ts'
import { MAYBE_LOOKS, SURE_LOOKS } from './lexicon/looks.ts'
import { LOSS, NOT_LOSS, REMOVED } from './lexicon/loss.ts'
import { NO_INCIDENT, OVERRAN, PLANNED, PRECAUTION, SECURITY_TALK } from './lexicon/nothing.ts'
import { type Concept, find, type Hit, ownPhrase } from './lexicon/phrase.ts'
import { HEDGE } from './lexicon/polarity.ts'
import { EVERYBODY, FEW, GLOBAL, PART, PLACES } from './lexicon/scope.ts'
import { SLOW, VERY_SLOW } from './lexicon/slow.ts'
import { OTHER_WAY, WORKAROUND } from './lexicon/workaround.ts'
import { sentences } from './text.ts'
import { wishIn } from './wish.ts'

export type Signals = {
  readonly figures: Figures
  /** What fails, with what it is that fails. */
  readonly failures: readonly Failure[]
  readonly serverError?: Hit | undefined
  readonly everybody?: Hit | undefined
  readonly global?: Hit | undefined
  readonly place?: Hit | undefined
  readonly part?: Hit | undefined
  readonly few?: Hit | undefined
  readonly spared?: Hit | undefined
  readonly service?: Hit | undefined
  readonly key?: Hit | undefined
  readonly feature?: Hit | undefined
  readonly fails?: Hit | undefined
  readonly broken?: Hit | undefined
  readonly loss?: Hit | undefined
  readonly breach?: Hit | undefined
  readonly workaround?: Hit | undefined
  readonly otherWay?: Hit | undefined
  readonly verySlow?: Hit | undefined
  readonly slow?: Hit | undefined
  readonly looks?: Hit | undefined
  readonly maybeLooks?: Hit | undefined
  readonly document?: Hit | undefined
  readonly wish?: Hit | undefined
  readonly nothing?: Hit | undefined
  readonly hedged: boolean
  /** Criterion -> the team's own phrase. */
  readonly own: Readonly<Record<string, Hit>>
}

export function signalsOf(text: string, words: Readonly<Record<string, readonly string[]>>): Signals {
  const all = sentences(text)
  const live = all.map(each => each.live).join('. ')
  const said = all.map(each => each.said).join('. ')
  const raw = all.map(each => each.raw).join('. ')
  const seek = (concepts: readonly Concept[]) => find(concepts, live)
  const spared = all.find(each => each.spared !== undefined)?.spared
  return {
    figures: figuresOf(live),
    failures: failuresOf(all.map(each => each.live)),
    serverError: seek(SERVER_ERROR),
    everybody: seek(EVERYBODY),
    global: seek(GLOBAL),
    place: seek(PLACES),
    part: seek(PART),
    few: seek(FEW),
    spared: spared === undefined ? undefined : { quote: spared, means: 'something else is spared', at: 0 },
    service: seek(SERVICE),
    key: seek(KEY),
    feature: seek(FEATURE),
    fails: seek(FAILS),
    broken: seek(BROKEN),
    loss: seek(NOT_LOSS) ? undefined : (seek(LOSS) ?? seek(REMOVED)),
    breach: breachIn(live, raw),
    workaround: find(WORKAROUND, said),
    otherWay: find(OTHER_WAY, said),
    verySlow: seek(VERY_SLOW),
    slow: seek(SLOW),
    looks: seek(SURE_LOOKS),
    maybeLooks: seek(MAYBE_LOOKS),
    document: documentIn(all.map(each => each.live)),
    wish: wishIn(all.map(each => each.said)),
    nothing: nothingIn(raw),
    hedged: HEDGE.test(said),
    own: ownPhrases(live, words),
  }
}

const breachIn = (live: string, raw: string): Hit | undefined =>
  find(NO_BREACH, raw) && !find(SURE_BREACH, live) ? undefined : find(BREACH, live)

/** Plans, drills, false alarms, and talk of weaknesses that are not ours; a plan that went wrong is none of them. */
function nothingIn(raw: string): Hit | undefined {
  const none = find(NO_INCIDENT, raw)
  if (none) return none
  const planned = find(PLANNED, raw)
  if (planned && !find(OVERRAN, raw)) return planned
  return find(SECURITY_TALK, raw) ? find(PRECAUTION, raw) : undefined
}

function ownPhrases(
  live: string,
  words: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, Hit>> {
  const hits = Object.entries(words).flatMap(([criterion, phrases]) => {
    const hit = find(
      phrases.map(phrase => ({ means: "one of the team's own phrases", words: ownPhrase(phrase) })),
      live,
    )
    return hit ? [[criterion, hit] as const] : []
  })
  return Object.fromEntries(hits)
}
