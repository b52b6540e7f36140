/**
 * Stands in for vitest where mutants are judged: the same files declare their tests here, and the runner calls them one by one in a
 * process that stays warm. The assertions are vitest's own. What no test of the share uses is not here.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { format } from 'node:util'
import { expect as vitestExpect } from 'vitest'

type Body = (...row: readonly never[]) => unknown
type Suite = {
  readonly name: string
  readonly parent: Suite | null
  readonly before: Body[]
  readonly after: Body[]
}
export type Test = {
  readonly id: string
  readonly file: string
  readonly name: string
  readonly suite: Suite
  readonly body: () => unknown
}

const SKIPPED = Symbol('skipped')

let declared: Test[] = []
let suite: Suite = { name: '', parent: null, before: [], after: [] }
let file = ''
let finally_: Body[] = []

/** The tests that a file declares while it is loaded. */
export async function declaredBy(name: string, load: () => Promise<unknown>): Promise<readonly Test[]> {
  declared = []
  file = name
  suite = { name: '', parent: null, before: [], after: [] }
  await load()
  return declared
}

const chainOf = (inner: Suite | null): readonly Suite[] =>
  inner === null ? [] : [...chainOf(inner.parent), inner]

/** Throws what the test or one of its hooks threw. */
export async function perform(test: Test): Promise<void> {
  const chain = chainOf(test.suite)
  finally_ = []
  const failures: unknown[] = []
  const attempt = async (body: () => unknown) => {
    try {
      await body()
    } catch (failure) {
      failures.push(failure)
    }
  }
  await attempt(async () => {
    for (const { before } of chain) for (const hook of before) await hook()
    await test.body()
  })
  const after = [...finally_.reverse(), ...chain.toReversed().flatMap(each => each.after.toReversed())]
  for (const hook of after) await attempt(hook)
  if (failures.length > 0 && failures[0] !== SKIPPED) throw failures[0]
}

const titled = (title: string, row: readonly unknown[], index: number): string =>
  format(title.replaceAll('%$', String(index + 1)), ...row.slice(0, title.match(/%[sdifjoO]/g)?.length ?? 0))

const rowOf = (row: unknown): readonly unknown[] => (Array.isArray(row) ? row : [row])

/** A test that says itself that it does not apply is left out of its file, and here. */
const context = {
  skip(): never {
    throw SKIPPED
  },
}

function declare(name: string, ...[last, first]: readonly unknown[]): void {
  const own = (typeof last === 'function' ? last : first) as (given: typeof context) => unknown
  const body = async () => {
    await own(context)
  }
  const full = [...chainOf(suite).map(each => each.name), name].filter(Boolean).join(' ')
  const twin = declared.filter(each => each.name === full).length
  declared.push({ id: `${file}#${full}${twin > 0 ? ` (${twin + 1})` : ''}`, file, name: full, suite, body })
}

function nest(name: string, body: () => unknown): void {
  const outer = suite
  suite = { name, parent: outer, before: [], after: [] }
  body()
  suite = outer
}

const each =
  (add: (name: string, body: () => unknown) => void) =>
  (rows: readonly unknown[]) =>
  (title: string, body: Body): void => {
    for (const [index, row] of rows.entries())
      add(titled(title, rowOf(row), index), () => body(...(rowOf(row) as readonly never[])))
  }

export const test = Object.assign(declare, { each: each(declare) })
export const describe = Object.assign(nest, { each: each(nest) })
export const beforeEach = (hook: Body): number => suite.before.push(hook)
export const afterEach = (hook: Body): number => suite.after.push(hook)
export const onTestFinished = (hook: Body): number => finally_.push(hook)

/** Asks again until what is expected holds, for a second if nothing else is said. */
function poll(ask: () => unknown, { timeout = 1000, interval = 20 } = {}): object {
  return new Proxy(
    {},
    {
      get:
        (_, matcher: string) =>
        async (...given: readonly unknown[]): Promise<void> => {
          for (const until = performance.now() + timeout; ; await sleep(interval))
            try {
              const found = vitestExpect(await ask()) as unknown as Record<
                string,
                (...all: readonly unknown[]) => void
              >
              return found[matcher]?.(...given)
            } catch (failure) {
              if (performance.now() > until) throw failure
            }
        },
    },
  )
}

export const expect = new Proxy(vitestExpect, {
  get: (target, key) => (key === 'poll' ? poll : Reflect.get(target, key)),
})
