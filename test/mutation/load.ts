/**
 * The tests as the runner has them: a file is loaded when its first test is asked for, and stays. `anew` loads the modules of the
 * product and of the tests again, for what is evaluated while a module is loaded.
 */
import { globSync, readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { declaredBy, type Test } from './suite.ts'

/** All that run in one process, without a browser or a database server, and on one chat of the five. What only others find counts against the score. */
const TESTS = ['test/{bot,commands,scenarios,adapters}/**/*.test.ts', 'test/contracts/chat.test.ts']
const NOT = [
  /every-zone|scenarios\/(?:lives|kill-chats)|adapters\/(?:slack|discord)\//,
  /support\/(?:program|shipped|postgres|bundle|doom)|beforeAll/,
]
/** `TESTS=test/bot/engine/*.test.ts`: only these, for work on one folder. */
const CHOSEN = process.env.TESTS ? process.env.TESTS.split(',') : TESTS

const SUITE = new URL('./suite.ts', import.meta.url).href
const stripped = new Map<string, string>()
let generation = 0
let loaded = new Map<string, ReadonlyMap<string, Test>>()

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

export const testFiles = (): readonly string[] =>
  globSync(CHOSEN)
    .filter(file => !NOT.some(each => each.test(file) || each.test(readFileSync(file, 'utf8'))))
    .sort()

/** From now on nothing is loaded. */
export function anew(): void {
  generation += 1
  loaded = new Map()
}

/** The tests of one file. Throws what loading it threw. */
export async function testsOf(file: string): Promise<ReadonlyMap<string, Test>> {
  const known = loaded.get(file)
  if (known) return known
  const tests = await declaredBy(file, () => import(pathToFileURL(join(process.cwd(), file)).href))
  const found = new Map(tests.map(each => [each.id, each]))
  loaded.set(file, found)
  return found
}
