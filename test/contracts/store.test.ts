/** The store's contract and its model, over each store that there is. */
import { openSqlite } from '../../adapters/sql/sqlite.ts'
import { storeContract } from './store.ts'
import { timersFollowTheModel } from './store-timers.ts'

storeContract('sqlite', () => openSqlite(':memory:'))
timersFollowTheModel('sqlite', () => openSqlite(':memory:'))
