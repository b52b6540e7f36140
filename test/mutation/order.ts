/** Which tests are asked about a mutant, and in which order: who is likely to notice it in the least time, as far as a budget goes. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'

/** What the first run of a test without a mutant showed: how long it takes, and which share of all mutants it reaches. */
export type Known = { readonly timeMs: number; readonly reach: number }

/** The tests of one mutant are not called for longer than this, as measured without one; the slow ones come last and may not come. */
export const BUDGET_MS = 1000 * Number(process.env.SECONDS ?? 12)
const KNOWN = '.stryker-known.json'
const KILLERS = '.stryker-killers.txt'

export class Order {
  #known: Readonly<Record<string, Known>> = {}
  /** Who killed the last mutants of a file is asked first about the next. */
  readonly #killers = new Map<string, readonly string[]>()
  readonly #kills = new Map<string, number>()
  readonly #tries = new Map<string, number>()

  learn(known: Readonly<Record<string, Known>>): void {
    writeFileSync(KNOWN, JSON.stringify(known))
  }

  /** The ids of the tests to ask, of those that reach the mutant or, where that is not known, of all. */
  of(fileName: string, reaching: readonly string[] | undefined): readonly string[] {
    this.#recall()
    const ids = (reaching ?? Object.keys(this.#known)).map(id => ({ id, worth: this.#worth(fileName, id) }))
    const sorted = ids.toSorted((a, b) => b.worth - a.worth).map(({ id }) => id)
    const able = new Set(sorted)
    const first = (this.#killers.get(fileName) ?? []).filter(id => able.has(id))
    let spentMs = 0
    return [...new Set([...first, ...sorted])].filter(id => {
      const timeMs = this.#known[id]?.timeMs ?? 0
      const fits = spentMs + timeMs <= BUDGET_MS
      if (fits) spentMs += timeMs
      return fits
    })
  }

  tried(id: string): void {
    this.#tries.set(id, (this.#tries.get(id) ?? 0) + 1)
  }

  killed(fileName: string, id: string): void {
    this.#remember(fileName, id)
    appendFileSync(KILLERS, `${JSON.stringify([fileName, id])}\n`)
  }

  /** Before it has been tried: who is near, and reaches little, looks closely. */
  #worth(fileName: string, id: string): number {
    const { timeMs, reach } = this.#known[id] ?? { timeMs: 0, reach: 1 }
    const folders = fileName.slice(fileName.lastIndexOf('/bot/') + 5).split('/')
    const isNear = folders.slice(0, -1).some(each => id.includes(`/${each}/`))
    const expected = (isNear ? 1 : 0.3) * Math.sqrt(0.02 / (0.02 + reach))
    const chance = ((this.#kills.get(id) ?? 0) + 3 * expected) / ((this.#tries.get(id) ?? 0) + 3)
    return chance / (timeMs + 1)
  }

  #remember(fileName: string, id: string): void {
    const others = (this.#killers.get(fileName) ?? []).filter(each => each !== id)
    this.#killers.set(fileName, [id, ...others].slice(0, 10))
    this.#kills.set(id, (this.#kills.get(id) ?? 0) + 1)
    this.#tries.set(id, (this.#tries.get(id) ?? 0) + 1)
  }

  /** What was learnt before this process began. */
  #recall(): void {
    if (Object.keys(this.#known).length > 0) return
    this.#known = JSON.parse(readFileSync(KNOWN, 'utf8')) as Record<string, Known>
    for (const line of existsSync(KILLERS) ? readFileSync(KILLERS, 'utf8').split('\n').filter(Boolean) : [])
      this.#remember(...(JSON.parse(line) as [string, string]))
  }
}
