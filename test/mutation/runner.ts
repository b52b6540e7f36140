/**
 * How mutants are judged in hours and not in days: the tests are loaded once into a process that stays warm, a mutant is switched on,
 * and the tests that reach it are called, the quick ones first, until one fails. A mutant counts as killed only if that test passes
 * again without it and fails again with it, so that nothing left behind by another mutant is taken for a kill. What is evaluated when
 * a module is loaded is loaded anew for each mutant.
 */
import { appendFileSync } from 'node:fs'
import fc from 'fast-check'
import { anew, testFiles, testsOf } from './load.ts'
import { BUDGET_MS, type Known, Order } from './order.ts'
import { perform, type Test } from './suite.ts'

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
type Outcome = { readonly failure: string | null; readonly timeMs: number }
type Verdict = { readonly status: 'killed' | 'survived' | 'timeout'; readonly [detail: string]: unknown }

/** A machine that is busy is slow: whoever has not been found by then has survived. */
const PATIENCE_MS = 4 * BUDGET_MS
const TEST_MS = 10_000
const DRY_MS = 100_000
/** Beside the copies of the project: what survives, as it comes. */
const SURVIVORS = '../../survivors.txt'

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
  readonly #order = new Order()
  /** The modules that are loaded were loaded with a mutant. */
  #foreign = false

  constructor() {
    const all = globalThis as unknown as { __stryker__?: Globals }
    all.__stryker__ ??= {}
    this.#globals = all.__stryker__
    process.env.DESKS = 'console'
    process.on('unhandledRejection', () => {})
    process.stderr.write = () => true
    fc.configureGlobal({ seed: 1 })
  }

  capabilities(): { readonly reloadEnvironment: true } {
    return { reloadEnvironment: true }
  }

  async dryRun(): Promise<object> {
    const globals = this.#globals
    const results: object[] = []
    const times: Record<string, number> = {}
    for (const file of testFiles())
      for (const test of (await testsOf(file)).values()) {
        globals.currentTestId = test.id
        const { failure, timeMs } = await outcome(test, DRY_MS)
        globals.currentTestId = undefined
        times[test.id] = timeMs
        const told = { id: test.id, name: test.name, fileName: file, timeSpentMs: timeMs }
        results.push({
          ...told,
          ...(failure === null ? { status: 0 } : { status: 1, failureMessage: failure }),
        })
      }
    this.#order.learn(this.#knownOf(times))
    return { status: 'complete', tests: results, mutantCoverage: globals.mutantCoverage }
  }

  #knownOf(times: Readonly<Record<string, number>>): Readonly<Record<string, Known>> {
    const reached = this.#globals.mutantCoverage?.perTest ?? {}
    const all = new Set(Object.values(reached).flatMap(Object.keys)).size
    const reachOf = (id: string) => Object.keys(reached[id] ?? {}).length / all
    return Object.fromEntries(
      Object.entries(times).map(([id, timeMs]) => [id, { timeMs, reach: reachOf(id) }]),
    )
  }

  async mutantRun(run: MutantRun): Promise<Verdict> {
    const { activeMutant, mutantActivation, testFilter } = run
    const isStatic = mutantActivation === 'static'
    if (isStatic || this.#foreign) anew()
    this.#foreign = isStatic
    this.#globals.activeMutant = isStatic ? activeMutant.id : undefined
    this.#globals.hitLimit = undefined
    const order = this.#order.of(activeMutant.fileName, testFilter)
    const started = performance.now()
    for (const id of order) {
      if (performance.now() - started > PATIENCE_MS) break
      const verdict = await this.#ask(id, run)
      if (verdict) return verdict
    }
    appendFileSync(SURVIVORS, `${nameOf(run)}\n`)
    return { status: 'survived', nrOfTests: order.length }
  }

  /** What one test says of a mutant; undefined: it noticed nothing. */
  async #ask(id: string, run: MutantRun): Promise<Verdict | undefined> {
    const { activeMutant, mutantActivation, hitLimit } = run
    const killed = { status: 'killed', killedBy: [id], nrOfTests: 1 } as const
    const test = await this.#test(id)
    // Its name may be made of what the mutant changed: then nobody was asked.
    if (!test) return undefined
    if (test instanceof Error) {
      if (mutantActivation === 'runtime') throw test
      return { ...killed, failureMessage: test.message }
    }
    const globals = this.#globals
    globals.activeMutant = activeMutant.id
    globals.hitCount = 0
    globals.hitLimit = hitLimit
    const { failure } = await outcome(test, TEST_MS)
    const hits = globals.hitCount ?? 0
    globals.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined
    globals.hitLimit = undefined
    if (hitLimit !== undefined && hits > hitLimit)
      return { status: 'timeout', reason: `reached ${hits} times` }
    if (failure !== null && (await this.#again(test, run))) {
      this.#order.killed(activeMutant.fileName, id)
      return { ...killed, failureMessage: failure }
    }
    this.#order.tried(id)
    return undefined
  }

  async #test(id: string): Promise<Test | Error | undefined> {
    try {
      return (await testsOf(id.slice(0, id.indexOf('#')))).get(id)
    } catch (failure) {
      return failure instanceof Error ? failure : new Error(String(failure))
    }
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
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'warm', injectableClass: Runner }]
