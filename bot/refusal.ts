/**
 * Three kinds of wrong: a Refusal is a friendly "no" to a person's input; a failure is an adapter's error
 * (see ports.ts); anything else is a bug, and `assert` makes it loud.
 */

/** A "no" that names the thing, the rule (`say`) and the way out (`hint`). Returned as a value, or thrown at an edge. */
export class Refusal extends Error {
  readonly code: string
  readonly say: string
  readonly hint: string
  /** The input of a form that it is about. */
  readonly field: string | undefined

  constructor(code: string, say: string, hint = '', field?: string) {
    super(hint ? `${say} ${hint}` : say)
    this.name = 'Refusal'
    this.code = code
    this.say = say
    this.hint = hint
    this.field = field
  }
}

/** Builds a refusal. `code` is snake_case and stable; the texts are for people. */
export const refuse = (code: string, say: string, hint = ''): Refusal => new Refusal(code, say, hint)

/** The same refusal, about one input of a form. */
export const about = ({ code, say, hint }: Refusal, field: string): Refusal =>
  new Refusal(code, say, hint, field)

/** For what cannot be unless Tocsin itself is wrong. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`bug: ${what}`)
}

/** The nearest of `known` to a misspelt `word`, if it is near enough to be what was meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3))
  const ranked = known
    .map(candidate => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance <= limit ? best.candidate : undefined
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours each cost one. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (rows[i - 1]![j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let best = Math.min((rows[i - 1]![j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (rows[i - 2]![j - 2] ?? 0) + 1)
      }
      row.push(best)
    }
    rows.push(row)
  }
  return rows[a.length]![b.length] ?? 0
}
