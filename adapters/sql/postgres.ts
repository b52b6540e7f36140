/**
 * Opens a database on PostgreSQL: several processes may share it. One writer at a time, across all of them, by an advisory
 * lock that its transaction holds: so the rules of lanes and heads are the same as on SQLite, and a claim is nobody else's.
 */
import { sql } from 'drizzle-orm'
import type { Change, CommitOutcome } from '../../bot/ports.ts'
import { applyChange, Stale } from './commit.ts'
import { type Connections, connect, createConnections, type Session } from './connections.ts'
import { constraintOf, isConnectionError } from './failure-postgres.ts'
import { checkPostgres, migratePostgres } from './migrate-postgres.ts'
import { createQueue } from './queue.ts'
import * as schema from './schema-postgres.ts'
import type { Dialect, Tables } from './statements.ts'
import { runSoon } from './steps.ts'
import { createStore, type Ground, type SqlStore } from './store.ts'

const tables = schema as unknown as Tables
const DIALECT: Dialect = {
  tables,
  firstTicket: sql`nextval('tickets') * 1048576`,
  elements: json => sql`json_array_elements(${json}::json)`,
}

/** Any number, as long as everybody who writes takes the same. */
const WRITER_LOCK = 731_001
/**
 * Each statement must see what was committed while the lock was waited for, whatever the server's default is. In one message,
 * as two would be two journeys.
 */
const BEGIN = `begin isolation level read committed; select pg_advisory_xact_lock(${WRITER_LOCK})`
const READERS = 4

export type PostgresStore = SqlStore & {
  /** How far the database's clock is ahead of this machine's, in ms (D8). */
  clockOffset(): Promise<number>
}

/**
 * Rejects with a StoreFailure when it cannot be reached, with a Refusal when it is of another version. `readonly` is for
 * commands that only read beside running processes: they migrate nothing.
 */
export async function openPostgres(url: string, { readonly = false } = {}): Promise<PostgresStore> {
  const client = await connect(url)
  try {
    await (readonly ? checkPostgres(client) : migratePostgres(client))
  } finally {
    await client.end()
  }
  const [readers, writer] = [createConnections(url, DIALECT, READERS), createConnections(url, DIALECT, 1)]
  return {
    ...createStore(groundOn(readers, writer)),
    clockOffset: () =>
      readers.use(async ({ client }) => {
        const before = Date.now()
        const answer = await client.query<{ now: string }>(
          'select extract(epoch from clock_timestamp()) * 1000 as now',
        )
        const after = Date.now()
        return Number(answer.rows[0]?.now) - (before + after) / 2
      }),
  }
}

function groundOn(readers: Connections, writer: Connections): Ground {
  const queue = createQueue(works => writer.use(session => together(session, works)))
  return {
    tables,
    shared: true,
    ask: query => readers.use(async ({ db }) => query(db)),
    read: steps => readers.use(({ st }) => runSoon(steps(st))),
    write: steps => queue.write(({ st }) => runSoon(steps(st))),
    commit: changes => queue.write(session => commitAll(session, changes)),
    async close() {
      await queue.ended()
      await Promise.all([readers.end(), writer.end()])
    },
  }
}

/** A connection that is lost before the answer to `commit` leaves it unknown; each caller hears that it failed, and asks again. */
async function together<T>(
  session: Session,
  works: readonly ((session: Session) => Promise<T>)[],
): Promise<readonly PromiseSettledResult<T>[]> {
  const results: PromiseSettledResult<T>[] = []
  await session.client.query(BEGIN)
  for (const work of works) results.push(await inSavepoint(session, 'work', () => work(session)))
  await session.client.query('commit')
  return results
}

async function commitAll(session: Session, changes: readonly Change[]): Promise<readonly CommitOutcome[]> {
  const outcomes: CommitOutcome[] = []
  for (const change of changes) {
    const done = await inSavepoint(session, 'change', () => runSoon(applyChange(session.st, change)))
    if (done.status === 'fulfilled') outcomes.push(done.value)
    else if (isLostRace(done.reason)) outcomes.push({ kind: 'stale' })
    else throw done.reason
  }
  return outcomes
}

async function inSavepoint<T>(
  { client }: Session,
  name: string,
  work: () => Promise<T>,
): Promise<PromiseSettledResult<T>> {
  await client.query(`savepoint ${name}`)
  try {
    const value = await work()
    await client.query(`release savepoint ${name}`)
    return { status: 'fulfilled', value }
  } catch (reason) {
    if (isConnectionError(reason)) throw reason
    await client.query(`rollback to savepoint ${name}`)
    return { status: 'rejected', reason }
  }
}

/** A duplicate event means a rival was first. Matched by the constraint: any other violation is a bug and is thrown on. */
const isLostRace = (error: unknown): boolean =>
  error instanceof Stale || constraintOf(error) === 'events_stream_seq_pk'
