/** Phrases that blame, and what to write instead. A hint for the writer; nothing is refused for it. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:human|operator|user) error\b/i, 'say what made the mistake easy, and what did not catch it'],
  [/\bshould(?:n't| not)? have\b/i, 'say what was known at that moment, and what was done'],
  [/\b(?:forgot|neglected|failed) to\b/i, 'say which step had no reminder or check'],
  [/\b(?:careless|negligent|sloppy|stupid|incompetent)\w*\b/i, 'say what happened, without the judgement'],
  [/\b\w+'s (?:fault|mistake)\b/i, 'name the condition, not the person'],
]

export const blameful = (text: string): readonly { readonly phrase: string; readonly instead: string }[] =>
  PHRASES.flatMap(([pattern, instead]) => {
    const phrase = pattern.exec(text)?.[0]
    return phrase === undefined ? [] : [{ phrase, instead }]
  })
