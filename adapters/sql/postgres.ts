/**
 * Opens a database on PostgreSQL: several processes may share it. One writer at a time, across all of them, by an advisory
 * lock that its transaction holds: so the rules of lanes and heads are the same as on SQLite, and a claim is nobody else's.
 */
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { Client } from 'pg'
import type { Change, CommitOutcome } from '../../bot/ports.ts'
import { applyChange, Stale } from './commit.ts'
import { constraintOf, isConnectionError, unreachable } from './failure-postgres.ts'
import { migratePostgres } from './migrate-postgres.ts'
import { createQueue } from './queue.ts'
import * as schema from './schema-postgres.ts'
import { type Database, type Dialect, prepareStatements, type Statements, type Tables } from './statements.ts'
import { runSoon } from './steps.ts'
import { createStore, type Ground, type SqlStore } from './store.ts'

const tables = schema as unknown as Tables
const DIALECT: Dialect = { tables, firstTicket: sql`nextval('tickets') * 1048576` }

/** Any number, as long as everybody who writes takes the same. */
const WRITER_LOCK = 731_001
const CONNECT_MS = 5_000
/** No statement of ours is long: one that is waits for a lock that somebody forgot. */
const STATEMENT_MS = 8_000

type Session = { readonly client: Client; readonly db: Database; readonly st: Statements }

export type PostgresStore = SqlStore & {
  /** How far the database's clock is ahead of this machine's, in ms (D8). */
  clockOffset(): Promise<number>
}

/** Rejects with a StoreFailure when it cannot be reached, with a Refusal when it is of another version. */
export async function openPostgres(url: string): Promise<PostgresStore> {
  const client = await connect(url)
  try {
    await migratePostgres(client)
  } finally {
    await client.end()
  }
  return storeOn(url)
}

function storeOn(url: string): PostgresStore {
  const ground = groundOn(url)
  return {
    ...createStore(ground),
    async clockOffset() {
      const before = Date.now()
      const rows = await ground.ask('select extract(epoch from clock_timestamp()) * 1000 as now')
      const after = Date.now()
      return Number((rows[0] as { now?: unknown } | undefined)?.now) - (before + after) / 2
    },
  }
}

function groundOn(url: string): Ground & { ask(text: string): Promise<readonly unknown[]> } {
  const reader = line(url)
  const writer = line(url)
  const queue = createQueue(async works => {
    const { client, st } = await writer.session()
    const results: PromiseSettledResult<unknown>[] = []
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(${WRITER_LOCK})`)
    for (const work of works) results.push(await inSavepoint(client, 'work', () => work(client, st)))
    await client.query('commit')
    return results
  }, writer.lost)

  return {
    tables,
    shared: true,
    db: async () => (await reader.session()).db,
    read: steps => reader.use(({ st }) => runSoon(steps(st))),
    write: steps => queue.write((_, st) => runSoon(steps(st))),
    commit: changes => queue.write((client, st) => commitAll(client, st, changes)),
    ask: text => reader.use(async ({ client }) => (await client.query(text)).rows as readonly unknown[]),
    async close() {
      await queue.ended()
      await Promise.all([reader.end(), writer.end()])
    },
  }
}

async function commitAll(
  client: Client,
  st: Statements,
  changes: readonly Change[],
): Promise<readonly CommitOutcome[]> {
  const outcomes: CommitOutcome[] = []
  for (const change of changes) {
    const done = await inSavepoint(client, 'change', () => runSoon(applyChange(st, change)))
    if (done.status === 'fulfilled') outcomes.push(done.value)
    else if (isLostRace(done.reason)) outcomes.push({ kind: 'stale' })
    else throw done.reason
  }
  return outcomes
}

async function inSavepoint<T>(
  client: Client,
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

/** One connection that is opened when it is needed, and again after it broke. */
function line(url: string) {
  let open: Promise<Session> | undefined

  async function begin(): Promise<Session> {
    const client = await connect(url)
    client.on('error', () => lost())
    client.on('end', () => lost())
    const db = drizzle({ client }) as unknown as Database
    return { client, db, st: prepareStatements(db, DIALECT) }
  }
  function lost(): void {
    open = undefined
  }
  const session = (): Promise<Session> => {
    open ??= begin().catch(error => {
      lost()
      throw error
    })
    return open
  }

  return {
    session,
    lost,
    async use<T>(work: (session: Session) => Promise<T>): Promise<T> {
      try {
        return await work(await session())
      } catch (error) {
        if (!isConnectionError(error)) throw error
        lost()
        throw unreachable(error)
      }
    },
    async end(): Promise<void> {
      const ending = open
      lost()
      await ending?.then(
        ({ client }) => client.end(),
        () => undefined,
      )
    },
  }
}

async function connect(url: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    application_name: 'tocsin',
    keepAlive: true,
  })
  try {
    await client.connect()
    return client
  } catch (error) {
    throw unreachable(error)
  }
}

/** A duplicate event means a rival was first. Matched by the constraint: any other violation is a bug and is thrown on. */
const isLostRace = (error: unknown): boolean =>
  error instanceof Stale || constraintOf(error) === 'events_stream_seq_pk'
