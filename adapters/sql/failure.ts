/**
 * What the disk or another process did to the database, said plainly. A failure is never a success: whoever waits for a
 * commit gets it, so that nothing is called recorded that is not (D1, I1).
 */
import Sqlite from 'better-sqlite3'

/** The database could not do it. Nothing of the write is there; `code` is SQLite's own. */
export class StoreFailure extends Error {
  readonly code: string
  readonly say: string

  constructor(code: string, say: string, cause: Error) {
    super(`${say} (${code}: ${cause.message})`, { cause })
    this.name = 'StoreFailure'
    this.code = code
    this.say = say
  }
}

type SqliteError = InstanceType<typeof Sqlite.SqliteError>

const SAYINGS: readonly (readonly [code: string, say: string])[] = [
  ['SQLITE_BUSY', 'Another process keeps the database locked.'],
  ['SQLITE_FULL', 'The disk is full: nothing can be recorded until there is room.'],
  ['SQLITE_IOERR', 'The disk that holds the database cannot be read or written.'],
  [
    'SQLITE_READONLY',
    'The database may not be written: check who owns the file, and how its disk is mounted.',
  ],
  [
    'SQLITE_CANTOPEN',
    'The database cannot be opened: check the path, and who may read and write its folder.',
  ],
  ['SQLITE_CORRUPT', 'The database is damaged: stop Tocsin and restore a backup.'],
  ['SQLITE_NOTADB', 'The file is not a database: check DATABASE_URL, or restore a backup.'],
]

/** The failure that an error stands for; undefined when it is none, but a bug. */
export function failureOf(error: unknown): StoreFailure | undefined {
  const known = sqliteErrorOf(error)
  const [code, say] = SAYINGS.find(([start]) => known?.code.startsWith(start)) ?? []
  return known && code && say ? new StoreFailure(known.code, say, known) : undefined
}

/** SQLite's own error, also when drizzle has wrapped it. */
export function sqliteErrorOf(error: unknown): SqliteError | undefined {
  if (error instanceof Sqlite.SqliteError) return error
  return error instanceof Error && error.cause instanceof Sqlite.SqliteError ? error.cause : undefined
}
