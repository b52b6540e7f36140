/** Is it a wish? What is said in a subordinate clause is the case in mind, not what is going on. */
import { find, type Hit } from './lexicon/phrase.ts'
import { IMPERATIVE, IMPERATIVE_FAILS, SUBORDINATE, WISH } from './lexicon/wish.ts'

export function wishIn(said: readonly string[]): Hit | undefined {
  for (const sentence of said) {
    const wish = find(WISH, sentence) ?? imperative(sentence)
    if (wish) return wish
  }
  return undefined
}

function imperative(sentence: string): Hit | undefined {
  const match = IMPERATIVE.exec(sentence)
  if (!match) return undefined
  const cut = sentence.slice(match[0].length).search(SUBORDINATE)
  const clause = cut < 0 ? sentence : sentence.slice(0, match[0].length + cut)
  return IMPERATIVE_FAILS.test(clause)
    ? undefined
    : { quote: match[0].trim(), means: 'it asks for something', at: 0 }
}
