/**
 * What a description says, before any severity is thought of: each signal with the words that gave it. Denied clauses and
 * clauses about what works do not count; where another way is described they are just what is looked at.
 */

import { type Entry, find, type Hit } from './lexicon/entry.ts'
import { BROKEN, CORE_BLOCKED, FAILS, KEY, WORKAROUND } from './lexicon/features.ts'
import { BREACH, DATA_LOSS, NO_BREACH, NOT_LOSS } from './lexicon/loss.ts'
import { DOWN, EVERYBODY, PART } from './lexicon/outage.ts'
import { COSMETIC, DOCUMENT, DOCUMENT_WRONG, PLANNED, SLOW, VERY_SLOW, WISH } from './lexicon/small.ts'
import { type Figures, figures } from './numbers.ts'
import { type Clause, clauses } from './text.ts'

export type Signals = {
  readonly figures: Figures
  readonly down?: Hit | undefined
  readonly everybody?: Hit | undefined
  readonly part?: Hit | undefined
  readonly key?: Hit | undefined
  readonly blocked?: Hit | undefined
  readonly fails?: Hit | undefined
  readonly broken?: Hit | undefined
  readonly loss?: Hit | undefined
  readonly breach?: Hit | undefined
  readonly workaround?: Hit | undefined
  readonly verySlow?: Hit | undefined
  readonly slow?: Hit | undefined
  readonly cosmetic?: Hit | undefined
  readonly document?: Hit | undefined
  readonly wish?: Hit | undefined
  readonly planned?: Hit | undefined
  readonly hedged: boolean
  /** Criterion name -> the team's own phrase. */
  readonly own: Readonly<Record<string, Hit>>
}

const HEDGE =
  /\b(?:may|might|possibly|perhaps|maybe|could be|seems?|appears?|suspect\w*|unclear|not sure|probably|potential(?:ly)?)\b|可能性|かもしれ|おそれ|恐れ|らしい|ようです|疑い/

export function signalsOf(text: string, words: Readonly<Record<string, readonly string[]>>): Signals {
  const all = clauses(text)
  const whole = all.map(each => each.text).join('. ')
  const live = all.filter(each => !each.denied && !each.fine)
  const said = live.map(each => each.text).join('. ')
  const own = ownPhrases(said, words)
  return {
    figures: figures(said),
    down: find(DOWN, said),
    everybody: find(EVERYBODY, said),
    part: find(PART, said) ?? elsewhereFine(all),
    key: together(live, KEY, FAILS),
    blocked: find(CORE_BLOCKED, said),
    fails: find(FAILS, said),
    broken: find(BROKEN, said),
    loss: find(NOT_LOSS, whole) ? undefined : find(DATA_LOSS, said),
    breach: find(NO_BREACH, whole) ? undefined : find(BREACH, said),
    workaround: find(WORKAROUND, whole),
    verySlow: find(VERY_SLOW, said),
    slow: find(SLOW, said),
    cosmetic: find(COSMETIC, said),
    document: find(DOCUMENT, said) && find(DOCUMENT_WRONG, said) ? find(DOCUMENT, said) : undefined,
    wish: find(WISH, whole),
    planned: find(PLANNED, whole),
    hedged: HEDGE.test(whole),
    own,
  }
}

const SPARED =
  /unaffected|not (?:\w+ )?(?:affected|impacted)|影響|\b(?:is|are) (?:fine|ok|healthy)\b|keeps? working|everything else|still works/

/** "IMAP is not affected": what is said to be fine shows that the rest is only a part. */
function elsewhereFine(all: readonly Clause[]): Hit | undefined {
  const spared = all.find(each => (each.denied || each.fine) && SPARED.test(each.text))
  return spared && all.length > 1
    ? { quote: spared.text, means: 'something else is said to be spared' }
    : undefined
}

/** A feature and a failure in one clause: a failure elsewhere says nothing about the feature. */
function together(
  live: readonly Clause[],
  subjects: readonly Entry[],
  states: readonly Entry[],
): Hit | undefined {
  for (const { text } of live) {
    const subject = find(subjects, text)
    if (subject && find(states, text)) return subject
  }
  return undefined
}

function ownPhrases(
  said: string,
  words: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, Hit>> {
  const hits = Object.entries(words).flatMap(([criterion, phrases]) => {
    const phrase = phrases.find(each => said.includes(each.normalize('NFKC').toLowerCase()))
    return phrase ? [[criterion, { quote: phrase, means: "one of the team's own phrases" }] as const] : []
  })
  return Object.fromEntries(hits)
}
