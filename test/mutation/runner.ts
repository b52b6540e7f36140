/**
 * How mutants are judged in hours and not in days: the tests are loaded once into a process that stays warm, a mutant is switched on,
 * and the tests that reach it are called, the quick ones first, until one fails. A mutant counts as killed only if that test passes
 * again without it and fails again with it, so that nothing left behind by another mutant is taken for a kill. What is evaluated when
 * a module is loaded is loaded anew for each mutant.
 */
import { appendFileSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { declaredBy, perform, type Test } from './suite.ts'

type Globals = {
  activeMutant?: string | undefined
  currentTestId?: string | undefined
  hitCount?: number | undefined
  hitLimit?: number | undefined
  mutantCoverage?: { readonly static: object; readonly perTest: Record<string, object> }
}
type MutantRun = {
  readonly activeMutant: {
    readonly id: string
    readonly fileName: string
    readonly mutatorName: string
    readonly replacement?: string
    readonly location: { readonly start: { readonly line: number; readonly column: number } }
  }
  readonly testFilter?: readonly string[]
  readonly hitLimit?: number
  readonly mutantActivation: 'runtime' | 'static'
}
/** What the first run of a test without a mutant showed: how long it takes, and which share of all mutants it reaches. */
type Known = { readonly timeMs: number; readonly reach: number }
type Outcome = { readonly failure: string | null; readonly timeMs: number }

/** All that run in one process, without a browser or a database server, and on one chat of the five. What only others find counts against the score. */
const TESTS = ['test/{bot,commands,scenarios,adapters}/**/*.test.ts', 'test/contracts/chat.test.ts']
const NOT = [
  /every-zone|scenarios\/(?:lives|kill-chats)|adapters\/(?:slack|discord)\//,
  /support\/(?:program|shipped|postgres|bundle|doom)|beforeAll/,
]
/** `TESTS=test/bot/engine/*.test.ts`: only these, for work on one folder. */
const CHOSEN = process.env.TESTS ? process.env.TESTS.split(',') : TESTS
/** The tests of one mutant are not called for longer than this, as measured without one; the slow ones come last and may not come. */
const BUDGET_MS = 1000 * Number(process.env.SECONDS ?? 12)
/** A machine that is busy is slow: whoever has not been found by then has survived. */
const PATIENCE_MS = 4 * BUDGET_MS
const TEST_MS = 10_000
const DRY_MS = 100_000
const KNOWN = '.stryker-known.json'
const KILLERS = '.stryker-killers.txt'
/** Beside the copies of the project: what survives, as it comes. */
const SURVIVORS = '../../survivors.txt'

const SUITE = new URL('./suite.ts', import.meta.url).href
const stripped = new Map<string, string>()
let generation = 0

/** The copy of the project that holds the mutants is where the runner stands. */
const ours = (url: string): boolean =>
  url.startsWith(pathToFileURL(`${process.cwd()}/`).href) && !url.includes('/node_modules/')

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'vitest' && context.parentURL && ours(context.parentURL) && context.parentURL !== SUITE)
      return { url: SUITE, shortCircuit: true }
    const found = next(specifier, context)
    return ours(found.url) && found.url !== SUITE && found.url.endsWith('.ts')
      ? { ...found, url: `${found.url}?${generation}` }
      : found
  },
  load(url, context, next) {
    const [file = ''] = url.split('?')
    if (!ours(url) || !file.endsWith('.ts')) return next(url, context)
    const source = stripped.get(file) ?? stripTypeScriptTypes(readFileSync(fileURLToPath(file), 'utf8'))
    stripped.set(file, source)
    return { format: 'module', source, shortCircuit: true }
  },
})

async function load(): Promise<ReadonlyMap<string, Test>> {
  generation += 1
  const tests: Test[] = []
  for (const file of globSync(CHOSEN).sort())
    if (!NOT.some(each => each.test(file) || each.test(readFileSync(file, 'utf8'))))
      tests.push(...(await declaredBy(file, () => import(pathToFileURL(join(process.cwd(), file)).href))))
  return new Map(tests.map(each => [each.id, each]))
}

/** A test may wait for what a mutant took away. */
async function outcome(test: Test, limitMs: number): Promise<Outcome> {
  const started = performance.now()
  const late = Promise.withResolvers<string>()
  const timer = setTimeout(() => late.resolve('it did not end'), limitMs)
  const failure = await Promise.race([
    perform(test).then(
      () => null,
      (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)),
    ),
    late.promise,
  ])
  clearTimeout(timer)
  return { failure, timeMs: performance.now() - started }
}

/** `bot/words.ts:12:3 StringLiteral ""` */
const nameOf = ({ activeMutant: { fileName, location, mutatorName, replacement = '' } }: MutantRun): string =>
  `${fileName.slice(fileName.lastIndexOf('/bot/') + 1)}:${location.start.line + 1}:${location.start.column + 1} ${mutatorName} ${replacement.replaceAll(/\s+/g, ' ')}`

class Runner {
  readonly #globals: Globals
  #tests: ReadonlyMap<string, Test> = new Map()
  #known: Readonly<Record<string, Known>> = {}
  /** Who killed the last mutants of a file is asked first about the next, and then whoever is likely to in the least time. */
  readonly #killers = new Map<string, readonly string[]>()
  readonly #kills = new Map<string, number>()
  readonly #tries = new Map<string, number>()
  #foreign = false

  constructor() {
    const all = globalThis as unknown as { __stryker__?: Globals }
    all.__stryker__ ??= {}
    this.#globals = all.__stryker__
    process.on('unhandledRejection', () => {})
    process.stderr.write = () => true
    fc.configureGlobal({ seed: 1 })
  }

  capabilities(): { readonly reloadEnvironment: true } {
    return { reloadEnvironment: true }
  }

  async dryRun(): Promise<object> {
    const globals = this.#globals
    process.env.DESKS = 'console'
    this.#tests = await load()
    const results: object[] = []
    const known: Record<string, Known> = {}
    const reached = (id: string) => Object.keys(globals.mutantCoverage?.perTest[id] ?? {}).length
    const all = () => new Set(Object.values(globals.mutantCoverage?.perTest ?? {}).flatMap(Object.keys)).size
    for (const test of this.#tests.values()) {
      globals.currentTestId = test.id
      const { failure, timeMs } = await outcome(test, DRY_MS)
      globals.currentTestId = undefined
      known[test.id] = { timeMs, reach: reached(test.id) }
      const told = { id: test.id, name: test.name, fileName: test.file, timeSpentMs: timeMs }
      results.push(
        failure === null ? { ...told, status: 0 } : { ...told, status: 1, failureMessage: failure },
      )
    }
    const total = all()
    const shares = Object.entries(known).map(([id, { timeMs, reach }]) => [
      id,
      { timeMs, reach: reach / total },
    ])
    writeFileSync(KNOWN, JSON.stringify(Object.fromEntries(shares)))
    return { status: 'complete', tests: results, mutantCoverage: globals.mutantCoverage }
  }

  async mutantRun(run: MutantRun): Promise<object> {
    const globals = this.#globals
    const anew = run.mutantActivation === 'static'
    globals.activeMutant = anew ? run.activeMutant.id : undefined
    globals.hitLimit = undefined
    if (anew || this.#foreign || this.#tests.size === 0)
      try {
        this.#foreign = anew
        this.#tests = await load()
      } catch (failure) {
        if (!anew) throw failure
        return { status: 'killed', killedBy: [], failureMessage: String(failure), nrOfTests: 0 }
      }
    const order = this.#order(run)
    const started = performance.now()
    for (const [index, test] of order.entries()) {
      if (performance.now() - started > PATIENCE_MS) break
      globals.activeMutant = run.activeMutant.id
      globals.hitCount = 0
      globals.hitLimit = run.hitLimit
      const { failure } = await outcome(test, TEST_MS)
      this.#tries.set(test.id, (this.#tries.get(test.id) ?? 0) + 1)
      const hits = globals.hitCount ?? 0
      globals.activeMutant = anew ? run.activeMutant.id : undefined
      globals.hitLimit = undefined
      if (run.hitLimit !== undefined && hits > run.hitLimit)
        return { status: 'timeout', reason: `reached ${hits} times` }
      if (failure !== null && (await this.#again(test, run))) {
        this.#remember(run.activeMutant.fileName, test.id)
        appendFileSync(KILLERS, `${JSON.stringify([run.activeMutant.fileName, test.id])}\n`)
        return { status: 'killed', killedBy: [test.id], failureMessage: failure, nrOfTests: index + 1 }
      }
    }
    appendFileSync(SURVIVORS, `${nameOf(run)}\n`)
    return { status: 'survived', nrOfTests: order.length }
  }

  /**
   * Whether it is the mutant that makes it fail. A process in which it fails without one is of no more use; where the mutant has been
   * there since the modules were loaded, failing twice must do.
   */
  async #again(test: Test, { activeMutant, mutantActivation }: MutantRun): Promise<boolean> {
    if (mutantActivation === 'runtime') {
      const without = await outcome(test, DRY_MS)
      if (without.failure !== null) throw new Error(`${test.id} fails without a mutant: ${without.failure}`)
    }
    this.#globals.activeMutant = activeMutant.id
    const again = await outcome(test, TEST_MS)
    this.#globals.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined
    return again.failure !== null
  }

  #remember(file: string, id: string): void {
    const others = (this.#killers.get(file) ?? []).filter(each => each !== id)
    this.#killers.set(file, [id, ...others].slice(0, 10))
    this.#kills.set(id, (this.#kills.get(id) ?? 0) + 1)
  }

  /** What was learnt before this process began. */
  #recall(): void {
    if (Object.keys(this.#known).length > 0) return
    this.#known = JSON.parse(readFileSync(KNOWN, 'utf8')) as Record<string, Known>
    for (const line of existsSync(KILLERS) ? readFileSync(KILLERS, 'utf8').split('\n').filter(Boolean) : [])
      this.#remember(...(JSON.parse(line) as [string, string]))
  }

  #order(run: MutantRun): readonly Test[] {
    this.#recall()
    const { fileName } = run.activeMutant
    const timeOf = (id: string) => this.#known[id]?.timeMs ?? 0
    const folders = fileName
      .slice(fileName.lastIndexOf('/bot/') + 5)
      .split('/')
      .slice(0, -1)
    const isNear = (id: string) => folders.some(each => id.includes(`/${each}/`))
    /** Before it has been tried: whoever reaches little looks closely at it. */
    const expected = (id: string) =>
      (isNear(id) ? 1 : 0.3) * Math.sqrt(0.02 / (0.02 + (this.#known[id]?.reach ?? 1)))
    const chanceOf = (id: string) =>
      ((this.#kills.get(id) ?? 0) + 3 * expected(id)) / ((this.#tries.get(id) ?? 0) + 3)
    const worthOf = (id: string) => chanceOf(id) / (timeOf(id) + 1)
    const reached = (run.testFilter ?? [...this.#tests.keys()]).toSorted((a, b) => worthOf(b) - worthOf(a))
    const known = new Set(reached)
    const first = (this.#killers.get(fileName) ?? []).filter(id => known.has(id))
    let spentMs = 0
    const affordable = [...new Set([...first, ...reached])].filter(id => {
      const fits = spentMs + timeOf(id) <= BUDGET_MS
      if (fits) spentMs += timeOf(id)
      return fits
    })
    return affordable.flatMap(id => this.#tests.get(id) ?? [])
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'warm', injectableClass: Runner }]
