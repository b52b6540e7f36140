/**
 * The little language of the tables: a phrase is a few words as somebody types them, compiled to one regular expression per
 * table. English: `fail*` any ending, `is|are` either, `the~` may be missing, `..` up to two words, `...` up to five. Japanese: text without
 * spaces, `(a|b)` either, `…` up to twelve characters of the same sentence. Every repetition is bounded, so that matching
 * stays linear whatever the text.
 */

/** What a table knows: words, and what they mean to the person who reads the reason. */
export type Concept = { readonly means: string; readonly words: RegExp }
/** Where a concept was found. */
export type Hit = { readonly quote: string; readonly means: string; readonly at: number }

type Phrases = { readonly en: readonly string[]; readonly ja: readonly string[] }

export const concept = (means: string, { en, ja }: Phrases): Concept => ({
  means,
  words: new RegExp([english(en), ...ja.map(japanese)].join('|'), 'g'),
})

/** A phrase of a team, in the same language. */
export const ownPhrase = (phrase: string): RegExp => {
  const plain = phrase.normalize('NFKC').toLowerCase().trim()
  return new RegExp(/[ぁ-んァ-ヶ一-龠]/.test(plain) ? japanese(quoted(plain)) : english([quoted(plain)]), 'g')
}

/** The first place where one of the concepts is found. */
export function find(concepts: readonly Concept[], text: string): Hit | undefined {
  for (const { words, means } of concepts) {
    const match = text.matchAll(words).next().value
    if (match) return { quote: match[0].trim(), means, at: match.index }
  }
  return undefined
}

const english = (phrases: readonly string[]): string =>
  `(?<![\\w-])(?:${phrases.map(phrase => phrase.split(' ').map(word).join('')).join('|')})`

function word(token: string, index: number, all: readonly string[]): string {
  if (token === '...') return '(?:[^ .]+ ){0,5}?'
  if (token === '..') return '(?:[^ .]+ ){0,2}?'
  const optional = token.endsWith('~')
  const bare = optional ? token.slice(0, -1) : token
  const pattern = `(?:${bare.replaceAll('*', "[\\w'-]*")})`
  const end = index === all.length - 1 ? '(?![\\w])' : ',? '
  return optional ? `(?:${pattern}${end})?` : `${pattern}${end}`
}

const japanese = (phrase: string): string => phrase.replaceAll('…', '[^。]{0,12}?')

/** What a team writes is literal, but for `*` and `...`. */
const quoted = (phrase: string): string =>
  phrase.replace(/[\\^$+?()[\]{}|]/g, '\\$&').replace(/\.(?!\.)(?<!\.\.)/g, '\\.')
