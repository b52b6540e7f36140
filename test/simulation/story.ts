/** A life as it is told: one line a happening, 80 columns, when and who and what. */
const COLUMNS = 80

export function storyTeller(now: () => number): {
  readonly story: readonly string[]
  tell(who: string, words: string): void
} {
  const story: string[] = []
  return {
    story,
    tell(who, words) {
      const time = new Date(now()).toISOString().slice(8, 19).replace('T', ' ')
      const line = `${time} ${who.padEnd(8)} ${words.replaceAll(/\s+/g, ' ')}`
      story.push(line.length > COLUMNS ? `${line.slice(0, COLUMNS - 1)}…` : line)
    },
  }
}
