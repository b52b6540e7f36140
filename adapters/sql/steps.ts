/**
 * The rules of the store are written once, as generators that ask for one statement after the other and get its rows. SQLite
 * answers at once, inside its synchronous transaction; PostgreSQL answers when the network does.
 */

type Values = Readonly<Record<string, unknown>>
type Statement = {
  get(values: Values): unknown
  all(values: Values): unknown
  run(values: Values): unknown
}

/** One statement to be run, and how much of its result is wanted. */
export type Step = {
  readonly statement: Statement
  readonly values: Values
  readonly want: 'get' | 'all' | 'run'
}
export type Steps<T> = Generator<Step, T, unknown>

export function* get<S extends Statement>(statement: S, values: Values = {}): Steps<ReturnType<S['get']>> {
  return (yield { statement, values, want: 'get' }) as ReturnType<S['get']>
}

export function* all<S extends Statement>(statement: S, values: Values = {}): Steps<ReturnType<S['all']>> {
  return (yield { statement, values, want: 'all' }) as ReturnType<S['all']>
}

export function* run(statement: Statement, values: Values = {}): Steps<void> {
  yield { statement, values, want: 'run' }
}

/** On SQLite. */
export function runNow<T>(steps: Steps<T>): T {
  for (let next = steps.next(); ; ) {
    if (next.done) return next.value
    const { statement, values, want } = next.value
    next = steps.next(statement[want](values))
  }
}

/** On PostgreSQL: drizzle's prepared queries of that dialect have `execute`, which gives the rows. */
export async function runSoon<T>(steps: Steps<T>): Promise<T> {
  for (let next = steps.next(); ; ) {
    if (next.done) return next.value
    const { statement, values, want } = next.value
    const rows = await (
      statement as unknown as { execute(values: Values): Promise<readonly unknown[]> }
    ).execute(values)
    next = steps.next(want === 'get' ? rows[0] : rows)
  }
}
