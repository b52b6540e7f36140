/**
 * Is it a wish? What is said in a subordinate clause is the case in mind, not what is going on. "The site is down, can you please
 * look?" is no wish: beside a grave failure a request is a cry for help.
 */
import { failuresOf, isGrave } from './failures.ts'
import { find, type Hit } from './lexicon/phrase.ts'
import { IMAGINED, IMPERATIVE, IMPERATIVE_FAILS, SUBORDINATE, WISH } from './lexicon/wish.ts'

export function wishIn(said: readonly string[]): Hit | undefined {
  const wishes = said.map(sentence => find(WISH, sentence) ?? imperative(sentence))
  const stated = said.map((sentence, index) => sentence.slice(0, wishes[index]?.at).replace(IMAGINED, ''))
  return failuresOf(stated).some(each => isGrave(each) || (each.kind === 'key' && each.state !== 'broken'))
    ? undefined
    : wishes.find(each => each !== undefined)
}

function imperative(sentence: string): Hit | undefined {
  const match = IMPERATIVE.exec(sentence)
  if (!match) return undefined
  const clause = sentence.slice(match[0].length).split(SUBORDINATE)[0]
  return IMPERATIVE_FAILS.test(match[0] + clause)
    ? undefined
    : { quote: match[0].trim(), means: 'it asks for something', at: 0 }
}
