/** Is it about a document? A document and what is wrong with it in one sentence, unless the place that serves it is out. */

import { DOCUMENT, DOCUMENT_WRONG } from './lexicon/documents.ts'
import { DOWN } from './lexicon/down.ts'
import { SURE_LOOKS } from './lexicon/looks.ts'
import { find, type Hit } from './lexicon/phrase.ts'

/** "The link is dead": a piece of a document can be out, too. */
const PIECE = /\b(?:links?|pages?|images?|examples?|samples?|sections?|badges?)\b|リンク/

export function documentIn(live: readonly string[]): Hit | undefined {
  for (const sentence of live) {
    const document = find(DOCUMENT, sentence)
    if (
      document &&
      (find(DOCUMENT_WRONG, sentence) ?? find(SURE_LOOKS, sentence)) &&
      !(find(DOWN, sentence) && !PIECE.test(sentence))
    )
      return document
  }
  return undefined
}
