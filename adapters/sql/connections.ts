/**
 * Connections to PostgreSQL, opened when they are needed and again after they broke. Every wait is bounded on both sides: a
 * server that fell silent is given up by us, and a process that froze or lost its network in the middle of a transaction is
 * given up by the server, so that nobody else waits for its lock longer than that (I26).
 */
import { drizzle } from 'drizzle-orm/node-postgres'
import { Client, type ClientBase, type ClientConfig, Pool, type PoolClient } from 'pg'
import { assert } from '../../bot/refusal.ts'
import { failureOf } from './failure-postgres.ts'
import { type Database, type Dialect, prepareStatements, type Statements } from './statements.ts'

export type Session = { readonly client: ClientBase; readonly db: Database; readonly st: Statements }

export type Connections = {
  /** One connection for as long as `work` lasts. After any failure that connection is not used again. */
  use<T>(work: (session: Session) => Promise<T>): Promise<T>
  end(): Promise<void>
}

const CONNECT_MS = 5_000
/** Between two statements of a transaction is no pause of ours: who makes one has frozen. */
const FROZEN_MS = 5_000
/** No statement of ours is long: one that is waits for a lock. Longer than FROZEN_MS, so that whoever holds it goes first. */
const STATEMENT_MS = 8_000
/** The server would have answered by then, if only to say that it gave up. */
const ANSWER_MS = 10_000

const settings = (url: string): ClientConfig => ({
  connectionString: url,
  connectionTimeoutMillis: CONNECT_MS,
  idle_in_transaction_session_timeout: FROZEN_MS,
  application_name: 'tocsin',
  keepAlive: true,
})

/** What is acknowledged is on the disk, also where the server's default is less than that (D1, D11). */
const DURABLE =
  "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'"

export function createConnections(url: string, dialect: Dialect, max: number): Connections {
  const pool = new Pool({
    ...settings(url),
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
    max,
  })
  const sessions = new WeakMap<ClientBase, Session>()
  // One that breaks while nobody uses it is replaced by the next use; in use, its user hears it from the query.
  pool.on('error', () => undefined)

  async function open(): Promise<PoolClient> {
    const client = await pool.connect()
    if (sessions.has(client)) return client
    client.on('error', () => undefined)
    try {
      await client.query(DURABLE)
    } catch (error) {
      client.release(true)
      throw error
    }
    const db = drizzle({ client }) as unknown as Database
    sessions.set(client, { client, db, st: prepareStatements(db, dialect) })
    return client
  }

  async function used<T>(client: PoolClient, work: (session: Session) => Promise<T>): Promise<T> {
    const session = sessions.get(client)
    assert(session, 'a connection without a session')
    try {
      const result = await work(session)
      client.release()
      return result
    } catch (error) {
      client.release(true)
      throw error
    }
  }

  return {
    async use(work) {
      try {
        return await used(await open(), work)
      } catch (error) {
        throw failureOf(error) ?? error
      }
    },
    end: () => pool.end(),
  }
}

/** A connection of its own, for what is done once and may take its time. */
export async function connect(url: string): Promise<Client> {
  const client = new Client(settings(url))
  try {
    await client.connect()
    return client
  } catch (error) {
    throw failureOf(error) ?? error
  }
}
