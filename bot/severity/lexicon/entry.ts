/** One thing that the classifier knows: words, and what they mean to the person who reads the reason. */
export type Entry = { readonly words: RegExp; readonly means: string }
export type Hit = { readonly quote: string; readonly means: string }

export const entry = (words: RegExp, means: string): Entry => ({ words, means })

/** The first entry that the text holds, with its words. */
export function find(entries: readonly Entry[], text: string): Hit | undefined {
  for (const { words, means } of entries) {
    const match = words.exec(text)
    if (match) return { quote: match[0].trim(), means }
  }
  return undefined
}
