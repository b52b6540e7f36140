/**
 * A description as the classifier reads it: normalised, cut into sentences, and what is taken back masked out. A denial takes
 * back its own words only: "no data loss, but nobody can log in" denies the loss and not the login.
 */

import { HISTORY } from './lexicon/nothing.ts'
import { DENIAL, DENIAL_JA, ELSEWHERE, FINE, IDIOMS, PRODUCTION } from './lexicon/polarity.ts'

/** More than anybody types; what is beyond it is not read. */
export const MAX_CHARS = 8 * 1024

export type Sentence = {
  /** As it was written. */
  readonly raw: string
  /** Without what is denied, said to be well, elsewhere, or long over. */
  readonly live: string
  /** With what is said to be well, which may be a way out. */
  readonly said: string
  /** Something in it is said to be well or spared. */
  readonly spared?: string
}

export const normalise = (text: string): string =>
  text
    .slice(0, MAX_CHARS)
    .normalize('NFKC')
    .replace(/[’‘`]/g, "'")
    .replace(/[“”]/g, '"')
    .toLowerCase()
    .replace(/https?:\/\/\S{1,200}/g, 'link')
    .replace(/[ \t\r]+/g, ' ')
    .replace(/\bno (one|longer)\b/g, 'no-$1')

/** Ends of sentences, and the joints where one turns. A point inside a name or a number ends nothing. */
const JOINT =
  /[!?;。！？；\n]+|\.(?=\s|$)|,? \b(?:but|however|although|though|while|whereas|yet)\b| (?:-|–|—) (?=[a-z])|(?<=が)、|(?<=(?:です|ます|ません|ない|した|する|るが|いが)が)(?=\S)/

/** Parts of a sentence that can each be well or not. */
const PART = /(?<=,) | (?=and (?:the|all|everything|other|web|no )\b)|(?<=、)|(?<=: )/

const blank = (text: string): string => text.replace(/\S/g, '·')

export function sentences(text: string): readonly Sentence[] {
  return normalise(text)
    .replace(HISTORY, blank)
    .replace(IDIOMS, blank)
    .split(JOINT)
    .map(each => each.trim())
    .filter(each => /[^·\s]/.test(each))
    .map(read)
}

function read(sentence: string): Sentence {
  const affirmed = sentence.replace(DENIAL, blank).replace(DENIAL_JA, blank)
  const parts = affirmed.split(PART)
  const live = parts.map(part => (isWell(part) ? blank(part) : part)).join(' ')
  const spared =
    parts.find(part => FINE.test(part) && !ELSEWHERE.test(part)) ?? deniedScope(sentence, affirmed)
  return { raw: sentence, live, said: affirmed, ...(spared === undefined ? {} : { spared: spared.trim() }) }
}

const isWell = (part: string): boolean => FINE.test(part) || (ELSEWHERE.test(part) && !PRODUCTION.test(part))

/** "Search is not affected" spares the search; "no data loss" spares nothing. */
const deniedScope = (sentence: string, affirmed: string): string | undefined =>
  sentence !== affirmed && /affected|impacted|影響/.test(sentence) && !/affected|impacted|影響/.test(affirmed)
    ? sentence
    : undefined
