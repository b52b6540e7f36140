/** Phrases that blame, and what to write instead. A hint for the writer; nothing is refused for it. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:human|operator|user|pilot) errors?\b/i, 'say what made the mistake easy, and what did not catch it'],
  [/\b(?:should(?:n't| not)? have|ought to have)\b/i, 'say what was known at that moment, and what was done'],
  [/\bif only\b/i, 'say what was known at that moment, and what was done'],
  [
    /\b(?:forgot|neglected|failed|did ?n[o']t bother|did not bother) to\b/i,
    'say which step had no reminder or check',
  ],
  [
    /\b(?:careless|negligent|sloppy|stupid|incompetent|reckless|lazy|clumsy|irresponsibl|idiot|moron|dumb)\w*\b/i,
    'say what happened, without the judgement',
  ],
  [/\b(?:screwed|messed|fucked) (?:it )?up\b/i, 'say what happened, without the judgement'],
  [/\b\w+'s (?:fault|mistake|error|negligence)\b/i, 'name the condition, not the person'],
  [/\b(?:blame|to blame|guilty|culprit)\b/i, 'name the condition, not the person'],
  [/\b(?:obviously|clearly|simply|just) (?:wrong|missed|ignored|forgot)\b/i, 'it is obvious only afterwards'],
]

/** What somebody did to the system, with their name before it. */
const DID = '(?:broke|caused|ignored|missed|overlooked|forgot|deleted|took down|brought down|crashed)'

export type Hint = { readonly phrase: string; readonly instead: string }

/** `names`: whom the text may name, by their first names and in full. */
export function blameful(text: string, names: readonly string[] = []): readonly Hint[] {
  const found = PHRASES.flatMap(([pattern, instead]) => {
    const phrase = pattern.exec(text)?.[0]
    return phrase === undefined ? [] : [{ phrase, instead }]
  })
  return [...found, ...about(text, names)]
}

function about(text: string, names: readonly string[]): readonly Hint[] {
  const words = [...new Set(names.flatMap(name => [name, name.split(' ')[0] ?? name]))]
    .filter(word => word.length > 1)
    .map(word => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`))
  if (words.length === 0) return []
  const anybody = `(?:${words.join('|')})`
  const pattern = new RegExp(`(?:(?<![\\p{L}])${anybody} ${DID}|because of ${anybody})(?![\\p{L}])`, 'iu')
  const phrase = pattern.exec(text)?.[0]
  return phrase === undefined
    ? []
    : [{ phrase, instead: 'say what the system let happen; whoever did it was one of many who could' }]
}
