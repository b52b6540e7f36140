/** The store's contract and its model, over each store that there is. */
import { afterAll, beforeAll } from 'vitest'
import { openSqlite } from '../../adapters/sql/sqlite.ts'
import { type Server, startPostgres } from '../support/postgres.ts'
import { storeContract } from './store.ts'
import { timersFollowTheModel } from './store-timers.ts'

let server: Server
beforeAll(async () => {
  server = await startPostgres()
}, 60_000)
afterAll(() => server.stop())

storeContract('sqlite', () => openSqlite(':memory:'))
timersFollowTheModel('sqlite', () => openSqlite(':memory:'))
storeContract('postgres', () => server.open())
timersFollowTheModel('postgres', () => server.open(), 25)
