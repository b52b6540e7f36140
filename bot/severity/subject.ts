/**
 * What it is that fails: the whole, a key feature, or any other part. The last word before a preposition counts, as in
 * "the search filter of the shop fails": a filter, not the search and not the shop.
 */
import { FEATURE, KEY, SERVICE } from './lexicon/features.ts'
import type { Concept, Hit } from './lexicon/phrase.ts'

export type Kind = 'whole' | 'key' | 'feature' | 'unknown'
export type Subject = { readonly kind: Kind; readonly hit?: Hit | undefined }

const PREPOSITION =
  /\b(?:in|on|at|of|for|from|since|after|before|because|due|with|without|when|while|by|during|into|under|via|through|until|as|that|which|against|across|where|if)\b/
const JAPANESE = /[ぁ-んァ-ヶ一-龠]/

/** The subject of a state that was found at `state` in `sentence`. */
export function subjectOf(sentence: string, state: Hit): Subject {
  const before = sentence.slice(0, state.at)
  const after = sentence.slice(state.at + state.quote.length)
  const inQuote = kindOf(state.quote)
  if (JAPANESE.test(sentence))
    return first(kindOf(before.split('、').at(-1) ?? ''), kindOf(before), inQuote, kindOf(after))
  const object =
    takesObject(state.quote) && !PLACE.test(state.quote + after)
      ? first(keyVerb(after), kindOf(head(after)))
      : UNKNOWN
  return first(
    object,
    kindOf(head(nearest(before))),
    kindOf(head(before)),
    inQuote,
    kindOf(before),
    kindOf(head(after)),
  )
}

const UNKNOWN: Subject = { kind: 'unknown' }
const first = (...all: readonly Subject[]): Subject => all.find(each => each.kind !== 'unknown') ?? UNKNOWN

/** "Fails on the website": where, not what. */
const PLACE = /^fail(?:s|ed|ing)? (?:on|in|at) /

/** "cannot open attachments": what is opened is what fails. */
const takesObject = (quote: string): boolean =>
  /(?:can(?:no|')t|can not|could ?n[o']t|unable|nobody|no-one|do(?:es)? not|do(?:es)?n't|did ?n[o']t|fail\w*|can|impossible|to|error\w*)$/.test(
    quote,
  )

/** "nobody can log in to the app", "cannot upload attachments": what cannot be done is itself a key feature. */
function keyVerb(after: string): Subject {
  const rest = after.replace(/^[\s·,:-]*(?:to )?/, '')
  for (const { words, means } of KEY)
    for (const match of rest.matchAll(words))
      if (match.index === 0) return { kind: 'key', hit: { quote: match[0].trim(), means, at: 0 } }
  return UNKNOWN
}

const head = (words: string): string => {
  const trimmed = words.replace(/^[\s·,:-]*(?:(?:to|of|on|for|with|in|at|from|when|while)\b)?/, '')
  const end = trimmed.search(PREPOSITION)
  return end < 0 ? trimmed : trimmed.slice(0, end)
}
const nearest = (before: string): string =>
  before.split(/[,:]| and | or /).findLast(each => /[^·\s]/.test(each)) ?? before

/** "The registration form" is registration; "uploading attachments" is uploading. */
const CONTAINER = /^(?:forms?|links?|buttons?|dialogs?|fields?|modal|webhooks?|sync|リンク|ボタン)$/
const DOES = /ing$/
const KINDS = ['whole', 'key', 'feature'] as const

/** Whichever is named last. */
export function kindOf(words: string): Subject {
  const all = (
    [
      ['whole', SERVICE],
      ['key', KEY],
      ['feature', FEATURE],
    ] as const
  ).flatMap(([kind, concepts]) => {
    const hit = last(concepts, words)
    return hit ? [{ kind, hit }] : []
  })
  const [, key, feature] = KINDS.map(kind => all.find(each => each.kind === kind))
  if (key && feature && (CONTAINER.test(feature.hit.quote) || DOES.test(key.hit.quote))) return key
  return all.reduce<Subject>((best, each) => (end(each.hit) > end(best.hit) ? each : best), UNKNOWN)
}

const end = (hit: Hit | undefined): number => (hit ? hit.at + hit.quote.length : -1)

function last(concepts: readonly Concept[], text: string): Hit | undefined {
  let best: Hit | undefined
  for (const { words, means } of concepts)
    for (const match of text.matchAll(words)) {
      const hit = { quote: match[0].trim(), means, at: match.index }
      if (end(hit) > end(best)) best = hit
    }
  return best
}
